/* mx_dot.h: the dot product of block-scaled vectors, exact.
 *
 * Dot(x, y)        = scale_x * scale_y * sum_i x[i] * y[i]        OCP MX v1.0 section 6.1
 * DotGeneral(x, y) = sum_j Dot(x_j, y_j) over blocks j             OCP MX v1.0 section 6.2
 *
 * The standard leaves internal precision and order of summation open. Here nothing is rounded: all products of all
 * blocks add up in one fixed-point number of 1280 bits (model/long_sum.h), so the order makes no difference, and the
 * result is rounded once, when it is read. The circuits round between blocks instead (model/block_accumulate.h); the
 * sum inside a block is the same in both.
 *
 * Specials: a NaN scale makes all numbers of its block NaN; else an element that is NaN or infinite stands for itself
 * (section 5.1), and NaN, infinity times zero and the sum of both infinities give NaN as in IEEE 754-2019 clause 7.2.
 * A scale of the tensor (NVFP4) is not in the sum: the product of two is one factor of the whole result.
 *
 * Range: formats of one block length with elements on 2^-150 and below 2^150 or closer, as every minifloat of up to 8
 * exponent bits and common bias is; any codes; up to 2^40 blocks.
 */
#ifndef NG_MX_DOT_H
#define NG_MX_DOT_H

#include "model/format.h"
#include "model/long_sum.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A sum in progress; all zero is the empty sum. */
typedef struct {
    bool nan;
    bool positive; /* a term was +infinity */
    bool negative; /* a term was -infinity */
    ng_long_sum finite;
} ng_mx_sum;

/* One operand: element codes of whole blocks, one scale code a block. */
typedef struct {
    const ng_format *format;
    const uint16_t *codes;  /* [blocks][format->block] */
    const uint8_t *scales;  /* [blocks] */
} ng_mx_vector;

/* sum += Dot of block `block` of both. */
void ng_mx_dot(const ng_mx_vector *x, const ng_mx_vector *y, size_t block, ng_mx_sum *sum);

/* DotGeneral of the first `blocks` blocks. Range: blocks 0 gives 0. */
ng_mx_sum ng_mx_dot_general(const ng_mx_vector *x, const ng_mx_vector *y, size_t blocks);

/* NaN, infinite or finite. */
ng_class ng_mx_sum_class(const ng_mx_sum *sum);

/* The sum rounded once to nearest even, NaN and infinities as such; an exact 0 is +0. */
double ng_mx_sum_to_double(const ng_mx_sum *sum);
float ng_mx_sum_to_float(const ng_mx_sum *sum);

#ifdef __cplusplus
}
#endif

#endif
