/* layers.h: random layers for the tests of methods that round weights. */
#ifndef SUPPORT_LAYERS_H
#define SUPPORT_LAYERS_H

#include <stddef.h>
#include <stdint.h>

/* Numbers about normally distributed. */
float layer_normal(uint64_t seed, uint64_t index);

/* weights[channels][reduction] and rows x[rows][reduction] of correlated inputs: each column takes part of the one before. */
void layer_weights(uint64_t seed, size_t channels, size_t reduction, float *weights);
void layer_rows(uint64_t seed, size_t rows, size_t reduction, float *x);

/* sum over rows of (x (v - w))^2, one channel, straight from the rows. */
double layer_error(const float *x, size_t rows, size_t reduction, const double *v, const float *w);

#endif
