#include "src/quantize/flexround.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>

#include "src/base/blas.h"
#include "src/quantize/adam.h"
#include "src/quantize/keep_best.h"

#define LEAST 0.05 /* of a divisor, which stays positive */

/* One array of parameters, [channels][reduction + 2]: S2 of each weight, s3, s1 relative to where it started. */
typedef struct {
    size_t pitch;
    double *parameters;
    double *gradient;
    double *error;   /* [channels][reduction] v - w */
    double *slope;   /* of the error by v */
    double *matrix;  /* G */
    float *started;  /* [channels][groups] s1 */
    float *quotients; /* [channels][reduction] */
    double *factor;  /* [channels] makes errors of different channels comparable */
} state;

static bool allocate(state *s, const ng_lattice *lattice)
{
    const size_t n = lattice->reduction;
    const size_t count = lattice->channels * n;
    s->pitch = n + 2;
    s->parameters = malloc((2 * lattice->channels * s->pitch + 2 * count + n * n + lattice->channels) * sizeof *s->parameters);
    s->gradient = s->parameters + lattice->channels * s->pitch;
    s->error = s->gradient + lattice->channels * s->pitch;
    s->slope = s->error + count;
    s->matrix = s->slope + count;
    s->factor = s->matrix + n * n;
    s->started = malloc(lattice->channels * lattice->groups * sizeof *s->started);
    s->quotients = malloc(count * sizeof *s->quotients);
    return s->parameters != NULL && s->started != NULL && s->quotients != NULL;
}

static bool learns_scale(const ng_lattice *lattice)
{
    return lattice->groups == 1 && lattice->grid.format->block == 0 && lattice->kind == NG_SCALES_FREE && !lattice->fixed;
}

/* The quotients w / (S2 * s3), still in weights: the lattice divides by s1. */
static void divide(const state *s, size_t channel, const float *w, float *z)
{
    const double *p = s->parameters + channel * s->pitch;
    const size_t n = s->pitch - 2;
    for (size_t i = 0; i < n; i++) {
        z[i] = (float)((double)w[i] / (p[i] * p[n]));
    }
}

/* Scales and values that the parameters stand for. */
static void choose(const state *s, const float *w, ng_lattice *lattice)
{
    const size_t n = lattice->reduction;
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        if (learns_scale(lattice)) {
            lattice->scales[channel] = (float)((double)s->started[channel] * s->parameters[channel * s->pitch + n + 1]);
        }
        divide(s, channel, w + channel * n, s->quotients + channel * n);
        ng_lattice_round_channel(lattice, channel, s->quotients + channel * n, lattice->values + channel * n);
        for (size_t at = channel * n; at < (channel + 1) * n; at++) {
            s->error[at] = lattice->values[at] * ng_lattice_step(lattice, channel, at - channel * n) - (double)w[at];
        }
    }
}

static void differentiate_channel(const state *s, size_t channel, const ng_lattice *lattice)
{
    const size_t n = lattice->reduction;
    const double *p = s->parameters + channel * s->pitch;
    double *g = s->gradient + channel * s->pitch;
    g[n] = g[n + 1] = 0;
    for (size_t column = 0; column < n; column++) {
        const double step = ng_lattice_step(lattice, channel, column);
        const double z = (double)s->quotients[channel * n + column];
        const double slope = s->slope[channel * n + column] * s->factor[channel];
        const bool inside = z > lattice->smallest * step && z < lattice->largest * step;
        g[column] = inside ? -slope * z / p[column] : 0;
        g[n] += inside ? -slope * z / p[n] : 0;
        g[n + 1] += slope * (lattice->values[channel * n + column] * step - (inside ? z : 0)) / p[n + 1];
    }
    g[n + 1] = learns_scale(lattice) ? g[n + 1] : 0;
}

/* errors: [channels] of the present values. */
static void differentiate(const state *s, const ng_lattice *lattice, double *errors)
{
    const int n = (int)lattice->reduction;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)lattice->channels, n, n, 2, s->error, n, s->matrix, n, 0,
                s->slope, n);
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        const size_t at = channel * lattice->reduction;
        errors[channel] = cblas_ddot(n, s->error + at, 1, s->slope + at, 1) / 2;
        differentiate_channel(s, channel, lattice);
    }
}

static void start(state *s, const ng_gramian *gram, const ng_lattice *lattice, const ng_best *best)
{
    ng_gramian_damped(gram, 0, s->matrix);
    for (size_t i = 0; i < lattice->channels * s->pitch; i++) {
        s->parameters[i] = 1;
    }
    for (size_t i = 0; i < lattice->channels * lattice->groups; i++) {
        s->started[i] = lattice->scales[i];
    }
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        s->factor[channel] = best->errors[channel] > 0 ? 1 / best->errors[channel] : 1;
    }
}

static bool descend(const ng_flexround_options *options, state *s, const float *w, ng_lattice *lattice, ng_best *best)
{
    const unsigned steps = options->steps != 0 ? options->steps : 500;
    const double rate = options->rate > 0 ? options->rate : 0.003;
    ng_adam adam;
    if (!ng_adam_init(&adam, lattice->channels * s->pitch)) {
        return false;
    }
    ng_blas_single();
    for (unsigned step = 0; step <= steps; step++) {
        choose(s, w, lattice);
        differentiate(s, lattice, best->offered);
        ng_best_take(best, best->offered);
        ng_adam_step(&adam, rate * (1 - (double)step / (steps + 1)), s->gradient, s->parameters);
        for (size_t i = 0; i < adam.count; i++) {
            s->parameters[i] = fmax(s->parameters[i], LEAST);
        }
    }
    ng_adam_free(&adam);
    return true;
}

bool ng_flexround(const ng_flexround_options *options, const ng_gramian *gram, const float *w, ng_lattice *lattice)
{
    state s;
    ng_best best;
    bool fine = allocate(&s, lattice);
    if (fine) {
        ng_lattice_round(lattice, w);
        fine = ng_best_init(&best, gram, w, lattice);
        if (fine) {
            start(&s, gram, lattice, &best);
            fine = descend(options, &s, w, lattice, &best);
        }
        ng_best_end(&best);
    }
    free(s.parameters);
    free(s.started);
    free(s.quotients);
    return fine;
}
