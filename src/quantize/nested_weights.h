/* nested_weights.h: one stored int8 weight, multiplied at the width of the weight format (model/nested.h; D2MoE, arXiv
 * 2504.15299; MatQuant, arXiv 2502.06786).
 *
 *   q = nearest int8 of w / s,  k = 8 - b bits are left out
 *   TRUNCATE  w ~ s 2^k p                           p = floor(q / 2^k)
 *   CENTRE    w ~ s 2^k p + s (2^k - 1) / 2         a second plane of ones: the sum of the operands, once for all channels
 *   ROUND     w ~ s 2^k min(floor(q / 2^k + 1/2), 2^(b-1) - 1)
 * s[c] is, of the scales 2^(j/32), the one with the least squared error of the weights as they are served at `tuned` bits; all
 * widths then read the same eight bits.
 *
 * Range: bits and tuned 2..8; w finite. Storage: 8 bits a weight, 32 bits of scale a channel, at every width; what is loaded
 * for a product is b bits.
 */
#ifndef NG_NESTED_WEIGHTS_H
#define NG_NESTED_WEIGHTS_H

#include <stddef.h>

#include "model/nested.h"

/* Scale of x[count] for the stored int8. */
float ng_nested_scale(const float *x, size_t count, unsigned tuned, ng_nested_rule rule);

/* The stored code of a weight. */
uint32_t ng_nested_store(float w, float scale);

#endif
