/* nested.h: integers whose leading bits are integers of fewer bits (matryoshka weights): one stored int8, served at
 * 1..8 bits.
 *
 *   bit    7 6 5 4 3 2 1 0
 *          s | the b-bit weight is the b leading bits; the k = 8 - b bits below it are loaded where wanted
 *
 *   prefix    p = floor(q / 2^k), in [-2^(b-1), 2^(b-1) - 1]
 *   residual  r = q - p * 2^k, in [0, 2^k - 1]: q = p * 2^k + r
 * What the prefix stands for on the grid of the int8 weight:
 *   TRUNCATE  p * 2^k: error q - value in [0, 2^k - 1], a bias of (2^k - 1) / 2
 *   CENTRE    p * 2^k + (2^k - 1) / 2, the mean of all q with this prefix: |error| <= (2^k - 1) / 2, no bias
 *   ROUND     min(floor(q / 2^k + 1/2), 2^(b-1) - 1) * 2^k, the slicing operator of MatQuant (arXiv 2502.06786):
 *             |error| <= 2^(k-1) but for the clamped codes at the top, whose error is below 2^k. Its b bits are no
 *             prefix: bit k - 1 is added to them
 * The weights of D2MoE (arXiv 2504.15299) are nested by their prefixes: TRUNCATE and CENTRE read the same bits.
 *
 * A prefix of b bits is an int<b> with the scale of the int8 weight times 2^k; at b = 8 all three are q. An unsigned
 * code u with zero point 128 is q = u - 128, the sign bit inverted: all of the above holds for its bits.
 *
 * Range: bits 1..8, anything else is read as the nearer end; any code, bits above its width are ignored.
 * Examples, q = 107 = 0x6B: 4 bits: prefix 6, residual 11; TRUNCATE 96, CENTRE 103.5, ROUND 7 -> 112. 2 bits: prefix 1;
 * TRUNCATE 64, CENTRE 95.5, ROUND clamps to 1 -> 64.
 */
#ifndef NG_NESTED_H
#define NG_NESTED_H

#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_NESTED_BITS = 8 };

typedef enum { NG_NESTED_TRUNCATE = 0, NG_NESTED_CENTRE = 1, NG_NESTED_ROUND = 2 } ng_nested_rule;

/* The code of `bits` bits a circuit is given for an int8 code: its prefix, or for ROUND the rounded one. */
uint32_t ng_nested_slice(uint32_t code, unsigned bits, ng_nested_rule rule);

/* Exact value of such a code in units of the int8 weight's scale. */
ng_number ng_nested_decode(uint32_t slice, unsigned bits, ng_nested_rule rule);

/* The 8 - bits bits of an int8 code below its prefix, and the int8 code they and the prefix came from. */
uint32_t ng_nested_residual(uint32_t code, unsigned bits);
uint32_t ng_nested_join(uint32_t prefix, uint32_t residual, unsigned bits);

#ifdef __cplusplus
}
#endif

#endif
