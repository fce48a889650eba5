/* block_encode.h: rounding numbers to a block format: one scale, and the elements under it.
 *
 * value[i] = tensor * scale * element[i];  element[i] = nearest(x[i] / (tensor * scale)), one rounding of the exact
 * quotient
 *
 * (OCP MX v1.0 sections 5.1 and 6.3; BFP and MSFP with a scale of bias 127; NVFP4 with a UE4M3 scale and a scale of the
 * tensor.) `tensor` is 1 but for formats of two scale levels. Elements are rounded by ng_encode(): ties to even,
 * saturating.
 *
 * Range: a block format (format->block > 0) of elements of at most 16 bits, any numbers. A NaN or an infinity among the
 * values gives the scale NaN where the scale has one, as the block has no other place for it; elsewhere it is encoded
 * as ng_encode_double() does, and the scale is that of the finite values. The scale 0 (UE4M3) makes every element a
 * zero of its sign.
 */
#ifndef NG_BLOCK_ENCODE_H
#define NG_BLOCK_ENCODE_H

#include "model/encode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the scale of a block is chosen; m is the largest magnitude, t = m / (tensor * the largest element).
 *   FLOOR  powers of two: 2^(floor(log2(m / tensor)) - emax), emax = floor(log2 of the largest element) (OCP MX v1.0
 *          section 6.3): elements between the largest and 2^(emax + 1) saturate. UE4M3: the largest scale <= t
 *   CEIL   the smallest scale >= t: no value of the block saturates
 *   ROUND  powers of two: 2^round(log2 t), no ties, as no rational t is 2^(k + 1/2). UE4M3: the scale nearest to t,
 *          ties to the even code, the published recipe of NVFP4 (arXiv 2509.25149)
 *   MSE    of all scale codes the one with the least sum of (x[i] - value[i])^2, computed exactly; the smallest of
 *          equal ones
 * A scale beyond the codes is the nearest end; BIASED8 ends at 254 like E8M0. Some libraries call CEIL "rceil", and
 * "ceil" the rule 2^(ceil(log2 m) - emax), which is not here. */
typedef enum { NG_RULE_FLOOR = 0, NG_RULE_CEIL = 1, NG_RULE_ROUND = 2, NG_RULE_MSE = 3 } ng_scale_rule;

/* "floor", "ceil", "round", "mse"; NULL past the end. */
const char *ng_scale_rule_name(ng_scale_rule rule);

/* The rule that was the more accurate one on the bundled networks (src/quantize/block.h), and which convert-back circuits are
 * therefore priced with: ROUND for UE4M3 scales, FLOOR for integer elements, CEIL for all others. */
ng_scale_rule ng_scale_rule_default(const ng_format *format);

/* Scale code for a block whose largest magnitude is |largest|, under tensor scale 1. MSE, which needs the values, is
 * CEIL here. Range: any; NaN is 0, 0 gives code 0. Examples: mxfp4 (largest element 6), 7: FLOOR 127, CEIL 128, ROUND
 * 127. */
uint32_t ng_block_scale(const ng_format *format, double largest, ng_scale_rule rule);

/* The same under a tensor scale. Range: tensor finite and > 0; anything else is read as 1. */
uint32_t ng_block_scale_under(const ng_format *format, float tensor, double largest, ng_scale_rule rule);

/* Quantises format->block values into codes[format->block] under tensor scale 1; returns the scale code. */
uint32_t ng_block_encode(const ng_format *format, const float *values, ng_scale_rule rule, uint16_t *codes);

/* The same under a tensor scale. A tensor scale that is not finite and > 0 is read as 1 and gives the scale NaN where
 * there is one. MSE of a format with values off 2^-320 or beyond 2^300, which no format of 16 bits and common bias has,
 * is CEIL. */
uint32_t ng_block_encode_under(const ng_format *format, float tensor, const float *values, ng_scale_rule rule,
                               uint16_t *codes);

/* The same for doubles, with every choice an argument: element[i] = round(values[i] / (tensor * scale)) under the
 * options (model/encode.h), NULL: nearest even, saturating. STOCHASTIC draws random[i] for element i, or, where random is
 * NULL, options->random for all. The scale does not depend on the options: MSE is that of elements to nearest even. A block
 * with values off 2^-320 or beyond 2^300, which no fp32 number is, reads MSE as CEIL. Example: mxfp4, FLOOR, {7, 1, 0, ...}
 * toward zero: scale code 127, elements 6, 1, 0. */
uint32_t ng_block_encode_with(const ng_format *format, float tensor, const double *values, ng_scale_rule rule,
                              const ng_encode_options *options, const uint32_t *random, uint16_t *codes);

#ifdef __cplusplus
}
#endif

#endif
