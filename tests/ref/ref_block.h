/* ref_block.h: elements under one power-of-two scale, OCP MX v1.0 sections 5 and 6.3, by search over all scales. */
#ifndef REF_BLOCK_H
#define REF_BLOCK_H

#include "tests/ref/ref_number.h"

enum { REF_SCALE_CODES = 256, REF_SCALE_MAX = 254, REF_SCALE_NAN = 255, REF_SCALE_BIAS = 127 };

typedef enum { REF_RULE_FLOOR, REF_RULE_CEIL } ref_rule;

/* True if the scale code makes its whole block NaN (OCP MX v1.0 section 5.4.1: E8M0 has one NaN, 0xFF). */
bool ref_block_scale_is_nan(const ref_format *format, uint32_t scale);

/* value * 2^(scale - 127). */
void ref_block_scaled(mpfr_t scaled, const mpfr_t value, uint32_t scale);

/* Scale code for a block whose largest magnitude is `largest`.
 *   FLOOR  OCP MX v1.0 section 6.3: the largest power of two at or below it, over the largest power of two of the
 *          element format
 *   CEIL   the smallest scale under which the largest element is no smaller than it */
uint32_t ref_block_scale(const ref_table *table, const mpfr_t largest, ref_rule rule);

/* Quantises format->block values into codes; returns the scale code. */
uint32_t ref_block_encode(const ref_table *table, const float *values, ref_rule rule, uint8_t *codes);

#endif
