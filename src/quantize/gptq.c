#include "src/quantize/gptq.h"

#include <cblas.h>
#include <lapacke.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/blas.h"

enum { RETRIES = 4 };

/* Columns in the order in which they are rounded. */
typedef struct {
    double weight;
    size_t column;
} place;

static int by_falling_weight(const void *a, const void *b)
{
    const place *x = a;
    const place *y = b;
    return x->weight != y->weight ? (x->weight < y->weight) - (x->weight > y->weight)
                                  : (x->column > y->column) - (x->column < y->column);
}

static void make_order(const ng_gramian *gram, bool act_order, place *order)
{
    const size_t n = gram->reduction;
    for (size_t i = 0; i < n; i++) {
        order[i] = (place){gram->sums[i * n + i], i};
    }
    if (act_order) {
        qsort(order, n, sizeof *order, by_falling_weight);
    }
}

/* The row-major upper triangle of u is LAPACK's column-major lower one: H^-1 = L L^T = U^T U. damped: room for a matrix. */
static bool factorise(const ng_gramian *gram, const place *order, double damping, double *damped, double *u)
{
    const size_t n = gram->reduction;
    ng_gramian_damped(gram, damping, damped);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            u[i * n + j] = 2 * damped[order[i].column * n + order[j].column];
        }
    }
    ng_blas_single();
    return LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', (int)n, u, (int)n) == 0 &&
           LAPACKE_dpotri(LAPACK_COL_MAJOR, 'L', (int)n, u, (int)n) == 0 &&
           LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', (int)n, u, (int)n) == 0;
}

/* The scale of the group that starts at a column, from what its weights have become. */
static void refit(ng_lattice *lattice, size_t channel, size_t column, const double *w, float *narrow)
{
    const size_t index = column / lattice->group;
    for (size_t i = 0; i < ng_lattice_columns(lattice, index); i++) {
        narrow[i] = (float)w[column + i];
    }
    ng_lattice_fit(lattice, channel, index, narrow);
}

/* w: the channel's weights in the order of rounding, used up. */
static void round_channel(ng_lattice *lattice, size_t channel, const place *order, bool refits, const double *u, double *w,
                          float *narrow)
{
    const size_t n = lattice->reduction;
    for (size_t j = 0; j < n; j++) {
        const size_t column = order[j].column;
        if (refits && column % lattice->group == 0) {
            refit(lattice, channel, column, w, narrow);
        }
        const double value = ng_lattice_nearest(lattice, channel, column, w[j]);
        const double error = (w[j] - value * ng_lattice_step(lattice, channel, column)) / u[j * n + j];
        lattice->values[channel * n + column] = value;
        cblas_daxpy((int)(n - j - 1), -error, u + j * n + j + 1, 1, w + j + 1, 1);
    }
}

static bool round_all(const ng_gptq_options *options, const ng_gramian *gram, const place *order, double *u, const float *w,
                      ng_lattice *lattice)
{
    const size_t n = gram->reduction;
    const bool refits = !options->act_order && lattice->groups > 1 && !lattice->fixed;
    double *row = malloc(n * sizeof *row);
    float *narrow = malloc(n * sizeof *narrow);
    const bool fine = row != NULL && narrow != NULL;
    for (size_t channel = 0; fine && channel < lattice->channels; channel++) {
        for (size_t j = 0; j < n; j++) {
            row[j] = (double)w[channel * n + order[j].column];
        }
        round_channel(lattice, channel, order, refits, u, row, narrow);
    }
    free(row);
    free(narrow);
    return fine;
}

bool ng_gptq(const ng_gptq_options *options, const ng_gramian *gram, const float *w, ng_lattice *lattice)
{
    const size_t n = gram->reduction;
    double damping = options->damping > 0 ? options->damping : 0.01;
    place *order = malloc(n * sizeof *order);
    double *u = malloc(2 * n * n * sizeof *u);
    bool fine = order != NULL && u != NULL;
    if (fine) {
        make_order(gram, options->act_order, order);
        fine = factorise(gram, order, damping, u + n * n, u);
        for (int i = 0; !fine && i < RETRIES; i++) {
            damping *= 10;
            fine = factorise(gram, order, damping, u + n * n, u);
        }
    }
    fine = fine && round_all(options, gram, order, u, w, lattice);
    free(order);
    free(u);
    return fine;
}
