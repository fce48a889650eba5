/* precision.h: a binary floating-point register wider than a format, and the addition that rounds into it.
 *
 * {x, y}: sign, x exponent bits, y mantissa bits, bias 2^(x-1) - 1, subnormals, the top exponent kept for Inf and NaN
 * (IEEE 754-2019 clause 3.4). fp32 = {8, 23}, bf16 = {8, 7}, fp16 = {5, 10}, tf32 = {8, 10}, fp64 = {11, 52}.
 *
 * ng_float_add: a' = round(a + b * 2^exponent), the sum exact, one rounding: what a fused multiply-add does when b is a
 * product. The circuit: align to the larger of both, add, normalise, round; y + 1 bits, guard, round and sticky.
 * An exact zero is +0 in every direction; a sum that rounds to zero keeps its sign. Inf stays; Inf - Inf is NaN; NaN
 * stays. Beyond the largest finite value: SATURATE gives that value; INFINITE gives what IEEE 754-2019 clause 7.4
 * gives: Inf for the nearest roundings and where STOCHASTIC rounds up, else Inf only in the direction of rounding;
 * TO_ODD gives the largest value, which is odd. Error of one addition without overflow: at most half a unit in the last
 * place (less than one unit where the rounding is not to nearest): 2^-(y+1) * |sum|, or 2^(2 - bias - y - 1) below the
 * normal numbers.
 *
 * Range: x 2..11, y 0..52. Examples, fp32, to nearest even: 1 + 1 * 2^-24 -> 1 (a tie); 1 + 3 * 2^-24 -> 1 + 2^-22;
 * 1 - 1 * 2^0 -> +0.
 */
#ifndef NG_PRECISION_H
#define NG_PRECISION_H

#include "model/big.h"
#include "model/round.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    unsigned exponent_bits;
    unsigned mantissa_bits;
} ng_precision;

/* Where a value is rounded, and how. */
typedef struct {
    ng_precision precision;
    ng_rounding rounding;
    ng_overflow overflow; /* SATURATE or INFINITE */
    ng_draw draw;         /* STOCHASTIC: the random bits (model/round.h), in magnitude below the last place kept */
} ng_float_rule;

/* A number of a precision: value = (-1)^negative * significand * 2^exponent, significand < 2^(y+1); zero has
 * significand 0. The sign of a zero or an infinity counts, that of a NaN is false. */
typedef struct {
    ng_class category;
    bool negative;
    uint64_t significand;
    int exponent;
} ng_float;

enum { NG_FLOAT_EXPONENT_MAX = 11, NG_FLOAT_MANTISSA_MAX = 52, NG_FLOAT_ADDEND_BITS = 1152 /* of ng_exact_add() */ };

bool ng_precision_valid(const ng_precision *precision);

/* Bits of the register: 1 + x + y. */
unsigned ng_precision_bits(const ng_precision *precision);

/* value * 2^exponent in the precision. Range: |exponent| below 2^20. */
ng_float ng_float_round(const ng_float_rule *rule, const ng_wide *value, int exponent);

/* a + b * 2^exponent, rounded once. Range: a of the precision; b of at most NG_FLOAT_ADDEND_BITS; |exponent| below
 * 2^20. */
ng_float ng_float_add(const ng_float_rule *rule, const ng_float *a, const ng_big *b, int exponent);

/* a + b of the precision, rounded once. */
ng_float ng_float_add_float(const ng_float_rule *rule, const ng_float *a, const ng_float *b);

/* The IEEE 754 interchange pattern {sign, exponent field, mantissa}; NaN is 0 1...1 10...0 (y = 0 has no NaN: Inf). */
uint64_t ng_float_bits(const ng_precision *precision, const ng_float *value);

/* The number a pattern stands for; bits above the register's are ignored. */
ng_float ng_float_from_bits(const ng_precision *precision, uint64_t bits);

#ifdef __cplusplus
}
#endif

#endif
