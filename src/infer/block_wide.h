/* block_wide.h: gemm.h for blocks whose exact sums fp32 does not hold: they are made in double, or in two doubles.
 *
 *   c[row][channel] = over the blocks, in order, c = fp32(c + sum over the block's k of a[row][k] * weights[channel][k])
 *
 * the bits of ng_block_accumulate().
 */
#ifndef NG_BLOCK_WIDE_H
#define NG_BLOCK_WIDE_H

#include "src/infer/gemm.h"

/* Packs weights[channels][depth] in blocks of `block`. False without memory. Free with ng_panels_free(). */
bool ng_block_wide_init(ng_panels *panels, const float *weights, size_t channels, size_t depth, size_t block);

/* The product of the first `count` rows, each one run; pair: sums of more than 53 bits (block_sum.h). Rows readable and c writable as for
 * ng_gemm(). */
void ng_block_wide(const ng_panels *panels, bool pair, const ng_rows *rows, size_t count, float *c);

#endif
