/* encode.h: rounding an exact value into a format, and a run of values into a block.
 *
 * code = the nearest value of the format; a tie goes to the even code; beyond the largest finite value it saturates.
 * A zero-free format has no nearest value at 0: +0 and -0 give the smallest positive code. A shift format with a zero
 * gives code 0 for both zeros and keeps the sign of what rounds to zero.
 * Negative values that round to zero give the code of -0 where the format has one (IEEE 754-2019 clause 6.3).
 */
#ifndef NG_ENCODE_H
#define NG_ENCODE_H

#include "model/format.h"
#include "model/wide.h"

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

#endif
