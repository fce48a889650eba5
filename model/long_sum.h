/* long_sum.h: an accumulator so long that sums of block products and of squared errors are exact.
 *
 * value = n * 2^-640, n a two's complement integer of 1280 bits: every multiple of 2^-640 in [-2^639, 2^639). The
 * products of two bf16 elements under two E8M0 scales lie on 2^-520 and below 2^511. Bits below 2^-640 are dropped,
 * sums are modulo 2^640.
 */
#ifndef NG_LONG_SUM_H
#define NG_LONG_SUM_H

#include "model/dyadic.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_LONG_LIMBS = 20, NG_LONG_BITS = 64 * NG_LONG_LIMBS, NG_LONG_LSB = -NG_LONG_BITS / 2 };

/* Little-endian limbs; all zero is 0. */
typedef struct {
    uint64_t limb[NG_LONG_LIMBS];
} ng_long_sum;

/* sum += value. Range: any; exact if value is a multiple of 2^-640 and the sum stays in range. */
void ng_long_sum_add(ng_long_sum *sum, const ng_dyadic *value);

/* -1, 0 or 1 as a <, = or > b. */
int ng_long_sum_compare(const ng_long_sum *a, const ng_long_sum *b);

/* The sum as fp64 / fp32, rounded once to nearest even (IEEE 754-2019), subnormals and overflow to infinity included.
 * An exact 0 is +0. */
double ng_long_sum_to_double(const ng_long_sum *sum);
float ng_long_sum_to_float(const ng_long_sum *sum);

#ifdef __cplusplus
}
#endif

#endif
