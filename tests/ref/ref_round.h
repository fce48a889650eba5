/* ref_round.h: rounding into a format by enumeration: all its values sorted, the two neighbours found, the rule of the mode
 * applied to the distances as real numbers. The modes and the rules of each kind are those model/encode.h states.
 */
#ifndef REF_ROUND_H
#define REF_ROUND_H

#include "tests/ref/ref_number.h"

typedef enum {
    REF_NEAREST_EVEN,
    REF_NEAREST_AWAY,
    REF_TIES_UP,
    REF_TOWARD_ZERO,
    REF_UP,
    REF_DOWN,
    REF_TO_ODD,
    REF_STOCHASTIC,
    REF_ROUNDINGS
} ref_rounding;

typedef enum { REF_SATURATE, REF_TO_INFINITY, REF_TO_NAN, REF_WRAP, REF_OVERFLOWS } ref_overflow;

typedef struct {
    ref_rounding rounding;
    ref_overflow overflow;
    uint32_t random;      /* STOCHASTIC: below 2^random_bits */
    unsigned random_bits; /* 1..32 */
} ref_options;

/* Code of x under the options; NaN gives ref_nan(). */
uint32_t ref_round(const ref_table *table, const mpfr_t x, const ref_options *options);

/* The largest NaN code of positive sign, else the one NaN, else 0. */
uint32_t ref_nan(const ref_table *table);

/* Nearest, ties to even, saturating. Range: x not NaN. */
uint32_t ref_nearest(const ref_table *table, const mpfr_t x);

/* The same for a double, NaN too. */
uint32_t ref_nearest_double(const ref_table *table, double x);

#endif
