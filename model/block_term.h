/* block_term.h: one block pair as a term: (sum over the block of w[i] * a[i]) * weight scale * activation scale, exact.
 *
 * The sum is that of the BLOCK units. A power-of-two scale 2^(code - 127) adds to the exponent; a UE4M3 scale has a
 * 4-bit significand, so that two of them cost a multiplication of the sum by 8 bits. Width of the significand for k
 * elements: the exact width of the sum of k products (model/accumulator.h) + 4 for each UE4M3 scale. Its alignment
 * exponent is E = exponent + width - 3, whatever the sum. `special` as in the units: an element or a scale is NaN or
 * infinite. The widest elements (posit8es4, ue8m0nz, a codebook over many binades) take up to 531 bits: ng_dot() goes
 * through the long term where 256 are not enough.
 *
 * Range: a block pair of a valid path; codes and scales any. A scale that is NaN makes the term 0, and special.
 */
#ifndef NG_BLOCK_TERM_H
#define NG_BLOCK_TERM_H

#include "model/accumulator.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Codes of a vector; scales: one a block, not looked at in scalar formats. */
typedef struct {
    const uint32_t *codes;
    const uint8_t *scales;
} ng_vector;

/* Term of block number `block` of both vectors. Where path->block_bits is beyond 256 it is the leading bits of the long
 * term, rounded to odd (ng_big_leading()): zero, sign and alignment are right, and so is cutting it to a window. */
ng_term ng_block_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t block);

/* The same, exact whatever its width. */
ng_long_term ng_block_long_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations,
                                size_t block);

/* Exponent every scale is a multiple of 2^ of: E8M0, BIASED8 -127, UE4M3 -9, NONE 0. */
int ng_scale_lsb(ng_scale scale);

/* Bits a scale adds to the width of a sum: E8M0 254, BIASED8 255, UE4M3 18, NONE 0. */
unsigned ng_scale_range_bits(ng_scale scale);

/* Bits of a scale's significand that a term is multiplied by: UE4M3 4, else 0. */
unsigned ng_scale_multiplier_bits(ng_scale scale);

#ifdef __cplusplus
}
#endif

#endif
