/* gramian.h: what the rounding methods need to know of a layer's inputs.
 *
 *   G = X^T X / n          X [n][reduction]: rows of operands (layer.h) of the calibration images
 *   C = X^T Y / n          Y: the same rows of the fp32 network, where X has been through quantised layers
 *
 * The layer's squared output error with weights v instead of w is, a row, (v - w) G (v - w)^T where X = Y, and up to a constant
 * (v - w*) G (v - w*)^T with w* = w C^T G^-1 else: a method that knows G and a target w* needs no rows. Calculated in double, by
 * BLAS on one thread, so that the result does not depend on the number of threads.
 */
#ifndef NG_GRAMIAN_H
#define NG_GRAMIAN_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    size_t reduction;
    size_t rows;
    double *sums;  /* [reduction][reduction] X^T X */
    double *cross; /* X^T Y; NULL as long as X = Y */
} ng_gramian;

/* All zeros. False without memory. Free with ng_gramian_free(). */
bool ng_gramian_init(ng_gramian *gram, size_t reduction);
void ng_gramian_free(ng_gramian *gram);

/* Adds rows x[rows][reduction], `rows` of them. y: the same of the fp32 network, or NULL: x. All calls alike. False without
 * memory. */
bool ng_gramian_add(ng_gramian *gram, const float *x, const float *y, size_t rows);

/* out[reduction][reduction] = G + damping * (mean of its diagonal) * I; the mean counts as 1 where it is 0. */
void ng_gramian_damped(const ng_gramian *gram, double damping, double *out);

/* out[channels] = (v - w) G (v - w)^T of each channel. False without memory. */
bool ng_gramian_errors(const ng_gramian *gram, const double *v, const float *w, size_t channels, double *out);

/* Replaces w[channels][reduction] by w*, with G and C damped alike (so w* is w where X = Y). False without memory or if G is not
 * positive definite with the damping. Range: damping > 0. */
bool ng_gramian_target(const ng_gramian *gram, double damping, float *w, size_t channels);

#endif
