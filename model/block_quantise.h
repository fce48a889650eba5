/* block_quantise.h: accumulators to a block: the circuit behind a layer whose output is a block format.
 *
 * The k sums of a block are integers x[i] of W bits with one common bit 0 worth 2^lsb. With m = max |x[i]|, L the
 * largest element = l * 2^emax (1 <= l < 2) and a power-of-two scale:
 *   1. magnitudes |x[i]|, W bits
 *   2. p = place of the leading one of m. FLOOR needs no maxima: p is that of the OR of all magnitudes, (k - 1) * W
 *      2-input ORs and a leading-zero count of ceil(log2 W) bits. The other rules take the tree of maxima, k - 1
 *      comparators of W bits, and compare m with constants shifted to p: FLOOR c = 0; CEIL c = (m > l * 2^p); ROUND c =
 *      (m > sqrt(2) * l * 2^p) - (m < l * 2^p / sqrt(2))
 *   3. scale exponent q = p + lsb - emax + c; code = q + 127, clamped to [0, 254]: 9 bits and a saturation
 *   4. element i = encode(x[i] * 2^(lsb - q)): one barrel shift of W bits by (q - lsb), the same for all, then the
 *      element format's own rounding: nearest even and saturating, or as the options say
 * A UE4M3 scale s is found by bisection over its codes, seven comparisons of m with s * L (and, for ROUND, with the
 * middle of two), and the elements are quotients x[i] / s by a number of 4 bits, a remainder as sticky bit, rounded once.
 * The circuit for e2m1 (rtl/nvfp4_quantiser.sv) does not divide: it compares x[i] with multiples of s.
 * A block of zeros has scale code 0. `special`: a sum was not a number: the scale is NaN where it
 * has one.
 * The same bits as ng_block_encode() for the same numbers: that is the way in for floats, ng_block_encode_with() for
 * doubles and for options. Error: half a unit in the last place of the element
 * times the scale; FLOOR, and ROUND where it rounds down, also saturate elements above L: m - L * scale, at most half
 * of L (FLOOR).
 *
 * Range: block formats with a scale; |x| < 2^200, for ROUND 2^120; |lsb| below 2^14. MSE is no rule of a circuit and
 * reads as CEIL.
 * Example: mxfp4 (L = 6, emax 2), x = {7, 1, 0, ...}, lsb 0: FLOOR p = 2, q = 0: code 127, elements 6,
 * 1; CEIL code 128, 4 (3.5, a tie, to even) and 0.5.
 */
#ifndef NG_BLOCK_QUANTISE_H
#define NG_BLOCK_QUANTISE_H

#include "model/block_encode.h"
#include "model/encode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Quantises x[format->block]; returns the scale code. options NULL: nearest even, saturating; STOCHASTIC draws
 * options->random for every element. */
uint32_t ng_block_quantise(const ng_format *format, const ng_wide *x, int lsb, bool special, ng_scale_rule rule,
                           const ng_encode_options *options, uint16_t *codes);

/* The same, STOCHASTIC drawing random[i] for element i. */
uint32_t ng_block_quantise_drawn(const ng_format *format, const ng_wide *x, int lsb, bool special, ng_scale_rule rule,
                                 const ng_encode_options *options, const uint32_t *random, uint16_t *codes);

#ifdef __cplusplus
}
#endif

#endif
