#include "src/quantize/gramian.h"

#include <cblas.h>
#include <lapacke.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/blas.h"

bool ng_gramian_init(ng_gramian *gram, size_t reduction)
{
    *gram = (ng_gramian){.reduction = reduction, .sums = calloc(reduction * reduction, sizeof *gram->sums)};
    return gram->sums != NULL;
}

void ng_gramian_free(ng_gramian *gram)
{
    free(gram->sums);
    free(gram->cross);
    *gram = (ng_gramian){0};
}

static double *widened(const float *x, size_t count)
{
    double *wide = malloc((count != 0 ? count : 1) * sizeof *wide);
    for (size_t i = 0; wide != NULL && i < count; i++) {
        wide[i] = (double)x[i];
    }
    return wide;
}

/* sum += a^T b. */
static void add_product(size_t rows, size_t columns, const double *a, const double *b, double *sum)
{
    const int n = (int)columns;
    ng_blas_single();
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, n, n, (int)rows, 1, a, n, b, n, 1, sum, n);
}

bool ng_gramian_add(ng_gramian *gram, const float *x, const float *y, size_t rows)
{
    const size_t n = gram->reduction;
    if (y != NULL && gram->cross == NULL) {
        gram->cross = calloc(n * n, sizeof *gram->cross);
    }
    double *wide = widened(x, rows * n);
    double *other = y != NULL ? widened(y, rows * n) : NULL;
    const bool fine = wide != NULL && (y == NULL || (other != NULL && gram->cross != NULL));
    if (fine) {
        add_product(rows, n, wide, wide, gram->sums);
        if (y != NULL) {
            add_product(rows, n, wide, other, gram->cross);
        }
        gram->rows += rows;
    }
    free(wide);
    free(other);
    return fine;
}

static double mean_of_diagonal(const double *matrix, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += matrix[i * n + i];
    }
    return sum > 0 ? sum / (double)n : 1;
}

static double per_row(const ng_gramian *gram)
{
    return gram->rows != 0 ? 1 / (double)gram->rows : 1;
}

static void add_to_diagonal(double *matrix, size_t n, double value)
{
    for (size_t i = 0; i < n; i++) {
        matrix[i * n + i] += value;
    }
}

void ng_gramian_damped(const ng_gramian *gram, double damping, double *out)
{
    const size_t n = gram->reduction;
    const double factor = per_row(gram);
    for (size_t i = 0; i < n * n; i++) {
        out[i] = gram->sums[i] * factor;
    }
    add_to_diagonal(out, n, damping * mean_of_diagonal(out, n));
}

bool ng_gramian_errors(const ng_gramian *gram, const double *v, const float *w, size_t channels, double *out)
{
    const size_t n = gram->reduction;
    double *difference = malloc(2 * channels * n * sizeof *difference);
    if (difference == NULL) {
        return false;
    }
    double *product = difference + channels * n;
    for (size_t i = 0; i < channels * n; i++) {
        difference[i] = v[i] - (double)w[i];
    }
    ng_blas_single();
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)channels, (int)n, (int)n, per_row(gram), difference, (int)n,
                gram->sums, (int)n, 0, product, (int)n);
    for (size_t c = 0; c < channels; c++) {
        out[c] = cblas_ddot((int)n, difference + c * n, 1, product + c * n, 1);
    }
    free(difference);
    return true;
}

/* target [channels][n] = w (C + d I)^T, then G + d I is solved for it: row-major rows are the columns LAPACK works on. */
static bool solve(const ng_gramian *gram, double damping, double *square, double *target, double *wide, size_t channels)
{
    const int n = (int)gram->reduction;
    ng_gramian_damped(gram, 0, square);
    const double ridge = damping * mean_of_diagonal(square, gram->reduction);
    for (size_t i = 0; i < channels * gram->reduction; i++) {
        target[i] = wide[i] * ridge;
    }
    ng_blas_single();
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)channels, n, n, per_row(gram), wide, n, gram->cross, n, 1, target, n);
    add_to_diagonal(square, gram->reduction, ridge);
    return LAPACKE_dposv(LAPACK_COL_MAJOR, 'L', n, (int)channels, square, n, target, n) == 0;
}

bool ng_gramian_target(const ng_gramian *gram, double damping, float *w, size_t channels)
{
    const size_t n = gram->reduction;
    if (gram->cross == NULL) {
        return true;
    }
    double *square = malloc(n * n * sizeof *square);
    double *target = malloc(channels * n * sizeof *target);
    double *wide = widened(w, channels * n);
    const bool fine = square != NULL && target != NULL && wide != NULL && solve(gram, damping, square, target, wide, channels);
    for (size_t i = 0; fine && i < channels * n; i++) {
        w[i] = (float)target[i];
    }
    free(square);
    free(target);
    free(wide);
    return fine;
}
