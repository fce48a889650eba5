/* scale.h: choosing the scale of a tensor or of an output channel's weights for a scalar format.
 *
 * Searched scales are taken from one fixed grid, fp32(2^(j / 32)), so that a last-bit difference in the data that
 * they are derived from does not move them.
 */
#ifndef NG_QUANTIZE_SCALE_H
#define NG_QUANTIZE_SCALE_H

#include "src/quantize/grid.h"
#include "src/quantize/histogram.h"

enum { NG_SCALE_STEPS = 32 }; /* candidates per factor of two */

/* fp32(2^(step / 32)). Range: step in [-4000, 4000]. */
float ng_scale_at(int step);

/* The scale at which `largest` is the format's largest value: fp32(largest / value), kept within [2^-100, 2^100];
 * 1 for largest = 0. */
float ng_scale_for(const ng_grid *grid, float largest);

/* Scale of the grid with the least ng_grid_error() over x[count] of magnitude up to `largest`, within a factor 2 above
 * and 64 below ng_scale_for(); the larger one of two that are as good. */
float ng_scale_search(const ng_grid *grid, const float *x, const float *weight, size_t count, float largest);

/* The same among powers of two. */
float ng_scale_search_powers(const ng_grid *grid, const float *x, const float *weight, size_t count, float largest);

/* A way to choose the activation scale from the distribution of calibration. */
typedef struct {
    char name[16];
    double share; /* percentile methods: of the numbers that stay inside the range */
    bool (*choose)(const ng_grid *grid, const ng_histogram *histogram, double share, float *scale);
} ng_calibration;

/* Rows of the table: "mse" (least error, the default), "max", "p99.9", "p99.99", "p99.999". NULL past the end. */
const ng_calibration *ng_calibration_at(size_t index);

/* The row named `name`, or NULL. */
const ng_calibration *ng_calibration_find(const char *name);

#endif
