/* functions.h: the functions of fp32 layers, over arrays. Every one is made of single-rounded fp32 operations in a
 * fixed order, so that the same network gives the same bits on every machine. In-place use (out = x) is fine. */
#ifndef NG_FUNCTIONS_H
#define NG_FUNCTIONS_H

#include <stddef.h>

/* out = e^x, relative error below 2^-22; x is first brought into [-87, 88]. */
void ng_exp(const float *x, size_t count, float *out);

/* out = erf(x), absolute error below 2^-20 (Abramowitz and Stegun, formula 7.1.26). */
void ng_erf(const float *x, size_t count, float *out);

/* out = max(x, 0); NaN stays. */
void ng_relu(const float *x, size_t count, float *out);

void ng_sqrt(const float *x, size_t count, float *out);

/* Softmax over rows of `size` numbers: e^(x - largest) divided by the sum, added up in order. */
void ng_softmax(const float *x, size_t rows, size_t size, float *out);

/* out[outer][inner] = mean over the middle axis of x[outer][size][inner]. Sums run over 16 interleaved partial sums,
 * which are then added in order, if inner is 1; in order otherwise. */
void ng_mean(const float *x, size_t outer, size_t size, size_t inner, float *out);

/* out[i][j] = sum_k a[i][k] * b[k][j], in the order of k, for `count` pairs of matrices [rows][depth], [depth][columns]. */
void ng_matrices(const float *a, const float *b, size_t count, size_t rows, size_t depth, size_t columns, float *out);

#endif
