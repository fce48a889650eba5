/* block_array.h: arrays of fp32 to blocks of a format of at most 8 bits under a power of two, with the very bits of
 * ng_block_encode().
 *
 *   scales[b] = ng_block_encode(format, values + b * n, rule, codes + b * n),  n = format->block
 *
 * Dividing by the scale 2^S subtracts S from the exponent field of fp32, and so S * 2^23 from the pattern, which is
 * then encoded as in model/array_encode.h. That is exact where the largest magnitude is a normal fp32 and what is
 * subnormal rounds to zero anyway: a block with a NaN or infinity, or of numbers near the smallest fp32, is handed to
 * ng_block_encode(). So is every block under another scale than E8M0 and BIASED8 or another rule than FLOOR and CEIL.
 */
#ifndef NG_BLOCK_ARRAY_H
#define NG_BLOCK_ARRAY_H

#include "model/array_encode.h"
#include "model/block_encode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Owned by the caller, written by ng_block_plan_init() only. */
typedef struct {
    ng_array_plan elements;
    ng_scale_rule rule;
    bool fast;
    int32_t largest; /* pattern of the largest element */
    int32_t lowest;  /* the smallest S at which a subnormal is sure to fall into the lowest cell */
} ng_block_plan;

/* False, and nothing written, if the format is not legal, no block format, or has elements of more than 8 bits. */
bool ng_block_plan_init(ng_block_plan *plan, const ng_format *format, ng_scale_rule rule);

/* Scale codes of `blocks` blocks and the codes of their elements, under tensor scale 1, on the fastest path. Range:
 * any values; the arrays must not overlap. */
void ng_block_array_encode(const ng_block_plan *plan, const float *values, size_t blocks, uint8_t *scales,
                           uint8_t *codes);

/* The same on a path of the caller's choice; a path that does not run here gives way to the portable one. */
void ng_block_array_encode_on(ng_array_path path, const ng_block_plan *plan, const float *values, size_t blocks,
                              uint8_t *scales, uint8_t *codes);

#ifdef __cplusplus
}
#endif

#endif
