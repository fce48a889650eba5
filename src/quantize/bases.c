#include "src/quantize/bases.h"

#include <lapacke.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const float *w;
    size_t count;
    unsigned n;
    uint8_t *code;                /* [count] bit i: b[i] is +1 */
    double alpha[NG_BASES_MOST];
} fit;

static double sign_of(uint32_t code, unsigned i)
{
    return (code >> i & 1) != 0 ? 1 : -1;
}

static double sum_of(const fit *f, uint32_t code)
{
    double sum = 0;
    for (unsigned i = 0; i < f->n; i++) {
        sum += f->alpha[i] * sign_of(code, i);
    }
    return sum;
}

static double error_of(const fit *f)
{
    double error = 0;
    for (size_t k = 0; k < f->count; k++) {
        const double difference = (double)f->w[k] - sum_of(f, f->code[k]);
        error += difference * difference;
    }
    return error;
}

static void start_greedy(fit *f, double *left)
{
    for (size_t k = 0; k < f->count; k++) {
        left[k] = (double)f->w[k];
        f->code[k] = 0;
    }
    for (unsigned i = 0; i < f->n; i++) {
        double sum = 0;
        for (size_t k = 0; k < f->count; k++) {
            f->code[k] = (uint8_t)(f->code[k] | (unsigned)(left[k] >= 0) << i);
            sum += fabs(left[k]);
        }
        f->alpha[i] = sum / (double)f->count;
        for (size_t k = 0; k < f->count; k++) {
            left[k] -= f->alpha[i] * sign_of(f->code[k], i);
        }
    }
}

/* alpha of least squares for the signs as they are; those of a base that another one repeats stay. */
static void refit_alpha(fit *f)
{
    double gram[NG_BASES_MOST * NG_BASES_MOST] = {0};
    double target[NG_BASES_MOST] = {0};
    for (size_t k = 0; k < f->count; k++) {
        for (unsigned i = 0; i < f->n; i++) {
            target[i] += (double)f->w[k] * sign_of(f->code[k], i);
            for (unsigned j = 0; j < f->n; j++) {
                gram[i * f->n + j] += sign_of(f->code[k], i) * sign_of(f->code[k], j);
            }
        }
    }
    const int n = (int)f->n;
    if (LAPACKE_dposv(LAPACK_COL_MAJOR, 'L', n, 1, gram, n, target, n) == 0) {
        memcpy(f->alpha, target, f->n * sizeof *f->alpha);
    }
}

/* A negative scale is the positive one of the opposite base. */
static void make_positive(fit *f)
{
    for (unsigned i = 0; i < f->n; i++) {
        if (f->alpha[i] < 0) {
            f->alpha[i] = -f->alpha[i];
            for (size_t k = 0; k < f->count; k++) {
                f->code[k] = (uint8_t)(f->code[k] ^ 1U << i);
            }
        }
    }
}

static void choose_codes(fit *f)
{
    for (size_t k = 0; k < f->count; k++) {
        double least = INFINITY;
        for (uint32_t code = 0; code < 1U << f->n; code++) {
            const double distance = fabs((double)f->w[k] - sum_of(f, code));
            if (distance < least) {
                least = distance;
                f->code[k] = (uint8_t)code;
            }
        }
    }
}

/* One round; false, and everything as before, if the error does not fall. */
static bool improve(fit *f, uint8_t *kept, double *error)
{
    const fit before = *f;
    memcpy(kept, f->code, f->count);
    refit_alpha(f);
    make_positive(f);
    choose_codes(f);
    const double after = error_of(f);
    if (!(after < *error)) {
        *f = before;
        memcpy(f->code, kept, f->count);
        return false;
    }
    *error = after;
    return true;
}

static void run(fit *f, unsigned rounds, double *left, uint8_t *kept)
{
    start_greedy(f, left);
    double error = error_of(f);
    for (unsigned round = 0; round < rounds && improve(f, kept, &error); round++) {
    }
    if (rounds > 0) { /* the scales that fit the last codes */
        refit_alpha(f);
        make_positive(f);
    }
}

bool ng_bases_fit(const float *w, size_t count, unsigned n, unsigned rounds, double *signs, size_t pitch, float *alpha)
{
    fit f = {.w = w, .count = count, .n = n, .code = malloc(2 * count)};
    double *left = malloc(count * sizeof *left);
    const bool fine = f.code != NULL && left != NULL;
    if (fine) {
        run(&f, rounds, left, f.code + count);
        for (unsigned i = 0; i < n; i++) {
            alpha[i] = (float)f.alpha[i];
            for (size_t k = 0; k < count; k++) {
                signs[i * pitch + k] = sign_of(f.code[k], i);
            }
        }
    }
    free(f.code);
    free(left);
    return fine;
}
