/* encode.h: rounding an exact value into a format.
 *
 * ng_encode(): the nearest value of the format; a tie goes to the even code; beyond the largest finite value it saturates.
 * ng_encode_with(): the same with every choice an argument.
 * A zero-free format has no nearest value at 0: +0 and -0 give the smallest positive code. A shift format with a zero
 * gives code 0 for both zeros and keeps the sign of what rounds to zero.
 * Negative values that round to zero give the code of -0 where the format has one (IEEE 754-2019 clause 6.3).
 */
#ifndef NG_ENCODE_H
#define NG_ENCODE_H

#include "model/format.h"
#include "model/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a value between two neighbours lo < x < hi of the format is rounded. "Even" is the even code (of the magnitude for
 * sign-and-magnitude formats).
 *   NEAREST_EVEN  NEAREST_AWAY (tie to the larger magnitude)  TIES_UP (tie to hi)  TOWARD_ZERO  UP (hi)  DOWN (lo)
 *   TO_ODD        the neighbour with the odd code: truncate, then OR the sticky bit into the last place
 *   STOCHASTIC    hi of the magnitude if floor(2^n (|x| - near) / (far - near)) + random >= 2^n, n = random_bits: probability
 *                 proportional to the distance, to n bits */
typedef enum {
    NG_ROUND_NEAREST_EVEN = 0,
    NG_ROUND_NEAREST_AWAY = 1,
    NG_ROUND_TIES_UP = 2,
    NG_ROUND_TOWARD_ZERO = 3,
    NG_ROUND_UP = 4,
    NG_ROUND_DOWN = 5,
    NG_ROUND_TO_ODD = 6,
    NG_ROUND_STOCHASTIC = 7
} ng_rounding;

/* What becomes of a value whose rounding lies beyond the largest finite magnitude.
 *   SATURATE  the largest finite value of its sign
 *   INFINITE  the infinity of its sign, else NaN, else the largest finite value
 *   NAN       NaN, else infinity, else the largest finite value
 *   WRAP      INTEGER: modulo 2^bits; other kinds: SATURATE */
typedef enum {
    NG_OVERFLOW_SATURATE = 0,
    NG_OVERFLOW_INFINITE = 1,
    NG_OVERFLOW_NAN = 2,
    NG_OVERFLOW_WRAP = 3
} ng_overflow;

typedef struct {
    ng_rounding rounding;
    ng_overflow overflow;
    uint32_t random;      /* STOCHASTIC: uniform in [0, 2^random_bits) */
    unsigned random_bits; /* 1..32 */
} ng_encode_options;

/* Code of value * 2^exponent under the options; NULL means nearest even, saturating. Total: any value, |exponent| below 2^20;
 * random bits above random_bits are ignored. */
uint32_t ng_encode_with(const ng_format *format, const ng_wide *value, int exponent, const ng_encode_options *options);

/* The same for a double. An infinity is an overflow; NaN gives the format's NaN (NaR) code, or 0 where it has none. */
uint32_t ng_encode_double_with(const ng_format *format, double value, const ng_encode_options *options);

/* Code nearest to value * 2^exponent. Total: any value; |exponent| below 2^20. Never a special code. */
uint32_t ng_encode(const ng_format *format, const ng_wide *value, int exponent);

/* Code nearest to value. Infinities saturate; NaN gives the format's NaN code, or 0 where it has none. */
uint32_t ng_encode_double(const ng_format *format, double value);

/* How the shared scale of a block is chosen from its largest magnitude m.
 *   FLOOR  2^(floor(log2 m) - emax), OCP MX v1.0 section 6.3
 *   CEIL   2^ceil(log2(m / largest element)), never saturates */
typedef enum { NG_RULE_FLOOR = 0, NG_RULE_CEIL = 1 } ng_scale_rule;

/* Scale code (2^(code - 127)) for a block whose largest magnitude is `largest`. Range: finite, >= 0; 0 gives code 0;
 * the exponent saturates to the code range [0, 254]. */
uint32_t ng_block_scale(const ng_format *format, double largest, ng_scale_rule rule);

/* Quantises format->block values into codes[format->block]; returns the scale code. Values are divided by the scale
 * exactly, then rounded by ng_encode_double(). Range: format->block > 0. A NaN or infinity among the values gives
 * the scale NaN where the scale has one; elsewhere it is encoded as ng_encode_double() does. */
uint32_t ng_block_encode(const ng_format *format, const float *values, ng_scale_rule rule, uint8_t *codes);

#ifdef __cplusplus
}
#endif

#endif
