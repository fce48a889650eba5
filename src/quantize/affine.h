/* affine.h: learning the transform of a layer's inputs that lets both operands be quantised best (FlatQuant, arXiv 2410.09426).
 *
 *   y = W x = (W R^-1) (R x),   R = (P1 kron P2) diag(c)
 *   minimise over P1, P2, c:   sum over rows of |Q(W R^-1) Q(R x) - W x|^2
 *
 * P1 [n1][n1], P2 [n2][n2] with n1 * n2 = n inputs, n1 the largest divisor of n up to sqrt(n): a transform of n (n1 + n2)
 * multiplications. Q: rounding to nearest in the layer's formats, weights under a scale of each channel, inputs under one, or in
 * blocks; its gradient is taken as 1 within the range and 0 outside. By Adam, all rows at once; with
 *   g_a = d/d(R x), g_w = d/d(W R^-1):   dR = sum over rows of g_a x^T - (W R^-1)^T g_w R^-T
 * and from there to the factors. Every REFRESH steps the scales are searched anew, the error is measured under them, and the
 * best transform so far is kept, the identity among them. Starts at the identity or, where n is a power of two and it is asked
 * for, at the Hadamard matrix, which is a product of two smaller ones.
 */
#ifndef NG_AFFINE_H
#define NG_AFFINE_H

#include "model/block_encode.h"
#include "src/quantize/grid.h"

typedef struct {
    const ng_format *weight;     /* both scalar, or both of blocks that divide n */
    const ng_format *activation;
    ng_scale_rule rule;
    unsigned steps;
    double rate;                 /* of Adam */
    bool hadamard;
} ng_affine_options;

/* matrix[n][n] = R and folded[channels][n] = W R^-1 for weights w[channels][n] and inputs rows[count][n]; *error[2]: mean squared
 * error of the outputs without and with the transform. False without memory. Range: n <= 1024, count > 0. */
bool ng_affine_learn(const ng_affine_options *options, const float *w, size_t channels, const float *rows, size_t count, size_t n,
                     float *matrix, float *folded, double error[2]);

#endif
