/* layercast.h: weights stored in a narrow format, computed with in fp32 (LayerCast, arXiv 2506.09501).
 *
 *   number[c][k] = fp32(s[c] * decode(encode(w[c][k] * fp32(1 / s[c]))))
 * Formats of at most 8 bits have a scale for each channel, 2^(j/32) of least squared error; wider ones have
 * none: s = 1, and a bf16 weight is the bf16 nearest to w. Block formats have their blocks along the reduction, zeros at the end.
 * The layer multiplies numbers and inputs in fp32; no narrow datapath is involved, and none is costed.
 *
 * Range: w finite. Storage: the codes, 32 bits of scale a channel where it has one, 8 for each block's scale.
 */
#ifndef NG_LAYERCAST_H
#define NG_LAYERCAST_H

#include <stdbool.h>
#include <stddef.h>

#include "model/block_encode.h"
#include "src/quantize/grid.h"

/* One channel's numbers in the scalar format of a grid. */
void ng_layercast_row(const ng_grid *grid, const float *w, size_t count, float *numbers);

/* The same for a block format and the rule of its scales; codes by ng_block_encode() under the tensor scale 1. */
void ng_layercast_blocks(const ng_format *format, ng_scale_rule rule, const float *w, size_t count, float *numbers);

unsigned long long ng_layercast_bits(const ng_format *format, size_t channels, size_t reduction);

#endif
