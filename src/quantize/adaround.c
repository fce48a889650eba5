#include "src/quantize/adaround.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/blas.h"
#include "src/quantize/adam.h"
#include "src/quantize/keep_best.h"

#define STRETCH 1.2 /* zeta - gamma of the paper's rectified sigmoid, gamma = -0.1 */
#define OFFSET (-0.1)
#define FREE_SHARE 0.2 /* of the steps, without the regulariser */
#define POWER_FIRST 20.0
#define POWER_LAST 2.0
#define PI 3.14159265358979323846

/* The arrays of the descent, each [channels][reduction]. */
typedef struct {
    double *below;    /* weights, not values */
    double *width;    /* above - below */
    double *v;        /* V */
    double *sharp;    /* its sigmoid */
    double *error;    /* soft weight - w */
    double *gradient; /* first of the soft weights, then of V */
    double *matrix;   /* G [reduction][reduction] */
    double *factor;   /* [channels] 1 / N */
} state;

static bool allocate(state *s, size_t channels, size_t reduction)
{
    const size_t count = channels * reduction;
    s->below = malloc((6 * count + reduction * reduction + channels) * sizeof *s->below);
    s->width = s->below + count;
    s->v = s->width + count;
    s->sharp = s->v + count;
    s->error = s->sharp + count;
    s->gradient = s->error + count;
    s->matrix = s->gradient + count;
    s->factor = s->matrix + reduction * reduction;
    return s->below != NULL;
}

static double sigmoid(double v)
{
    return 1 / (1 + exp(-v));
}

/* h(V) of V's sigmoid. */
static double rectified(double sharp)
{
    return fmin(fmax(sharp * STRETCH + OFFSET, 0), 1);
}

/* The V at which h(V) is a share strictly inside (-0.1, 1.1). */
static double start_at(double share)
{
    const double s = (fmin(fmax(share, 0), 1) - OFFSET) / STRETCH;
    return log(s / (1 - s));
}

static void start(state *s, const ng_lattice *lattice, const float *w)
{
    for (size_t i = 0; i < lattice->channels * lattice->reduction; i++) {
        const size_t channel = i / lattice->reduction;
        const size_t column = i % lattice->reduction;
        const double step = ng_lattice_step(lattice, channel, column);
        double below;
        double above;
        ng_lattice_around(lattice, channel, column, (double)w[i], &below, &above);
        s->below[i] = below * step;
        s->width[i] = (above - below) * step;
        s->v[i] = s->width[i] > 0 ? start_at(((double)w[i] - s->below[i]) / s->width[i]) : 0;
    }
}

/* Error of rounding to nearest, a weight; 1 where there is none. */
static bool find_factors(state *s, const ng_gramian *gram, const ng_lattice *lattice, const float *w)
{
    const size_t n = lattice->reduction;
    for (size_t i = 0; i < lattice->channels * n; i++) {
        s->error[i] = ng_lattice_nearest(lattice, i / n, i % n, (double)w[i]) * ng_lattice_step(lattice, i / n, i % n);
    }
    if (!ng_gramian_errors(gram, s->error, w, lattice->channels, s->factor)) {
        return false;
    }
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        s->factor[channel] = s->factor[channel] > 0 ? (double)n / s->factor[channel] : 1;
    }
    return true;
}

/* d/dV of both terms. power: b, or 0 for the time without the second one. */
static void differentiate(state *s, const ng_lattice *lattice, const float *w, double strength, double power)
{
    const size_t n = lattice->reduction;
    for (size_t i = 0; i < lattice->channels * n; i++) {
        s->sharp[i] = sigmoid(s->v[i]);
        s->error[i] = s->below[i] + rectified(s->sharp[i]) * s->width[i] - (double)w[i];
    }
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)lattice->channels, (int)n, (int)n, 2, s->error, (int)n, s->matrix,
                (int)n, 0, s->gradient, (int)n);
    for (size_t i = 0; i < lattice->channels * n; i++) {
        const double sharp = s->sharp[i];
        const double h = sharp * STRETCH + OFFSET;
        if (!(h > 0 && h < 1) || !(s->width[i] > 0)) {
            s->gradient[i] = 0;
            continue;
        }
        const double slope = STRETCH * sharp * (1 - sharp);
        const double away = 2 * h - 1;
        const double pull = power > 0 ? -2 * power * copysign(pow(fabs(away), power - 1), away) : 0;
        s->gradient[i] = slope * (s->gradient[i] * s->width[i] * s->factor[i / n] + strength * pull);
    }
}

static double power_at(unsigned step, unsigned steps)
{
    const double done = (double)step / steps;
    const double share = (done - FREE_SHARE) / (1 - FREE_SHARE);
    return done < FREE_SHARE ? 0 : POWER_LAST + (POWER_FIRST - POWER_LAST) * 0.5 * (1 + cos(PI * share));
}

static bool descend(const ng_adaround_options *options, state *s, const ng_lattice *lattice, const float *w)
{
    const unsigned steps = options->steps != 0 ? options->steps : 1000;
    const double rate = options->rate > 0 ? options->rate : 0.02;
    const double strength = options->strength > 0 ? options->strength : 10;
    ng_adam adam;
    if (!ng_adam_init(&adam, lattice->channels * lattice->reduction)) {
        return false;
    }
    ng_blas_single();
    for (unsigned step = 0; step < steps; step++) {
        differentiate(s, lattice, w, strength, power_at(step, steps));
        ng_adam_step(&adam, rate, s->gradient, s->v);
    }
    ng_adam_free(&adam);
    return true;
}

/* The learned choice as values. */
static void harden(const state *s, const ng_lattice *lattice, const float *w, double *values)
{
    for (size_t i = 0; i < lattice->channels * lattice->reduction; i++) {
        double below;
        double above;
        ng_lattice_around(lattice, i / lattice->reduction, i % lattice->reduction, (double)w[i], &below, &above);
        values[i] = rectified(sigmoid(s->v[i])) < 0.5 ? below : above;
    }
}

bool ng_adaround(const ng_adaround_options *options, const ng_gramian *gram, const float *w, ng_lattice *lattice)
{
    state s;
    ng_best best;
    if (!allocate(&s, lattice->channels, lattice->reduction)) {
        return false;
    }
    ng_gramian_damped(gram, 0, s.matrix);
    start(&s, lattice, w);
    ng_lattice_round(lattice, w);
    bool fine = ng_best_init(&best, gram, w, lattice) && find_factors(&s, gram, lattice, w) &&
                descend(options, &s, lattice, w);
    if (fine) {
        harden(&s, lattice, w, lattice->values);
        fine = ng_best_offer(&best);
    }
    ng_best_end(&best);
    free(s.below);
    return fine;
}
