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

/* out = 1 / (1 + e^-x), relative error below 2^-21. */
void ng_sigmoid(const float *x, size_t count, float *out);

/* out = tanh(x), relative error below 2^-20. */
void ng_tanh(const float *x, size_t count, float *out);

/* Softmax over rows of `size` numbers: e^(x - largest) divided by the sum, added up in order. */
void ng_softmax(const float *x, size_t rows, size_t size, float *out);

/* Softmax over the middle axis of x[outer][size][inner]. */
void ng_softmax_middle(const float *x, size_t outer, size_t size, size_t inner, float *out);

/* out[outer][inner] = mean over the middle axis of x[outer][size][inner]. Sums run over 16 interleaved partial sums,
 * which are then added in order, if inner is 1; in order otherwise. */
void ng_mean(const float *x, size_t outer, size_t size, size_t inner, float *out);

/* Constants of a normalisation; offset may be NULL: zeros. */
typedef struct {
    const float *scale;
    const float *offset;
    float epsilon;
} ng_normal;

/* out = (x - mean) * fp32(1 / sqrt(variance + epsilon)) * scale + offset over each row of `size` numbers; sums as
 * ng_mean(). */
void ng_normalise(const float *x, size_t rows, size_t size, const ng_normal *normal, float *out);

/* out = x * scale[channel] + offset[channel] on x[outer][channels][inner]. Range: offset is not NULL. */
void ng_scale_channels(const float *x, size_t outer, size_t channels, size_t inner, const ng_normal *normal, float *out);

#endif
