#include "src/quantize/bitstack.h"

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>

#include "model/encode.h"

typedef struct {
    size_t channels;
    size_t reduction;
    size_t rank;
    double *scale;     /* [reduction] D as it is stored */
    double *rest;      /* [channels][reduction] R */
    double *sum;       /* likewise, what the planes so far give */
    double *magnitude; /* likewise, |R|; the factorisation destroys it */
    double *values;    /* singular values, and the work space of the factorisation */
    double *left;      /* [channels][least] */
    double *right;     /* [least][reduction] */
    size_t least;      /* of channels and reduction */
    const ng_format *factor;
} stack;

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* As a factor stores it. */
static double stored(const stack *s, double x)
{
    return ng_decode_double(s->factor, ng_encode_double(s->factor, x));
}

/* The factors of the magnitudes, as they are stored. */
static bool factorise(const stack *s)
{
    const int channels = (int)s->channels;
    const int reduction = (int)s->reduction;
    const int least = (int)s->least;
    if (LAPACKE_dgesvd(LAPACK_ROW_MAJOR, 'S', 'S', channels, reduction, s->magnitude, reduction, s->values, s->left, least, s->right,
                       reduction, s->values + s->least) != 0) {
        return false;
    }
    for (size_t r = 0; r < s->rank; r++) {
        const double root = sqrt(s->values[r]);
        for (size_t i = 0; i < s->channels; i++) {
            s->left[i * s->least + r] = stored(s, s->left[i * s->least + r] * root);
        }
        for (size_t k = 0; k < s->reduction; k++) {
            s->right[r * s->reduction + k] = stored(s, s->right[r * s->reduction + k] * root);
        }
    }
    return true;
}

static double product(const stack *s, size_t channel, size_t k)
{
    double sum = 0;
    for (size_t r = 0; r < s->rank; r++) {
        sum += s->left[channel * s->least + r] * s->right[r * s->reduction + k];
    }
    return sum;
}

static bool add_plane(const stack *s)
{
    const size_t count = s->channels * s->reduction;
    for (size_t i = 0; i < count; i++) {
        s->magnitude[i] = fabs(s->rest[i]);
    }
    if (!factorise(s)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        /* Adding 0 makes +0 of -0. */
        const double plane = copysign(1, s->rest[i] + 0.0) * product(s, i / s->reduction, i % s->reduction);
        s->rest[i] -= plane;
        s->sum[i] += plane;
    }
    return true;
}

static double error_of(const stack *s, const float *w)
{
    double error = 0;
    for (size_t i = 0; i < s->channels * s->reduction; i++) {
        const double difference = (double)w[i] - s->sum[i] / s->scale[i % s->reduction];
        error += difference * difference;
    }
    return error;
}

static bool run(const stack *s, unsigned planes, const float *w, const float *input, float *numbers, double *error)
{
    const size_t count = s->channels * s->reduction;
    for (size_t k = 0; k < s->reduction; k++) {
        const double scale = input != NULL ? stored(s, (double)input[k]) : 1;
        s->scale[k] = scale > 0 ? scale : 1;
    }
    for (size_t i = 0; i < count; i++) {
        s->rest[i] = (double)w[i] * s->scale[i % s->reduction];
        s->sum[i] = 0;
    }
    for (unsigned plane = 0; plane < planes; plane++) {
        if (!add_plane(s)) {
            return false;
        }
        if (error != NULL) {
            error[plane] = error_of(s, w);
        }
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = (float)(s->sum[i] / s->scale[i % s->reduction]);
    }
    return true;
}

bool ng_bitstack_fit(const ng_stack *wanted, const float *w, const float *input, size_t channels, size_t reduction, float *numbers,
                     double *error)
{
    const size_t count = channels * reduction;
    const size_t least = smaller(channels, reduction);
    double *memory = malloc((3 * count + (channels + reduction) * least + 2 * least + reduction) * sizeof *memory);
    if (memory == NULL) {
        return false;
    }
    stack s = {.channels = channels, .reduction = reduction, .rank = smaller(wanted->rank, least), .least = least,
               .factor = wanted->factor};
    s.rest = memory;
    s.sum = s.rest + count;
    s.magnitude = s.sum + count;
    s.left = s.magnitude + count;
    s.right = s.left + channels * least;
    s.values = s.right + least * reduction;
    s.scale = s.values + 2 * least;
    const bool fine = run(&s, wanted->planes, w, input, numbers, error);
    free(memory);
    return fine;
}

unsigned long long ng_bitstack_bits(const ng_stack *wanted, bool scaled, size_t channels, size_t reduction)
{
    const size_t rank = smaller(wanted->rank, smaller(channels, reduction));
    const unsigned long long bits = wanted->factor->bits;
    const unsigned long long plane = (unsigned long long)channels * reduction + bits * rank * (channels + reduction);
    return wanted->planes * plane + (scaled ? bits * reduction : 0);
}
