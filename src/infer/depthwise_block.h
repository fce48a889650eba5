/* depthwise_block.h: depthwise.h for block formats. A block lies along the taps of one channel, so that sixteen channels are sixteen
 * blocks side by side: their scales, roundings and sums are lanes of vectors.
 *
 *   c[row][channel] = sum over the blocks, in order, of fp(sum over the block's taps of round(a[row][tap][channel]) *
 *                     weights[channel][tap])
 */
#ifndef NG_DEPTHWISE_BLOCK_H
#define NG_DEPTHWISE_BLOCK_H

#include "src/infer/gemm.h"
#include "src/quantize/block_shape.h"

/* The first `count` rows, of numbers as they are stored; panels from ng_depthwise_init(), of weights that are rounded. False if a
 * block is not finite or its scale out of the range of src/quantize/block.h. Rows and c as ng_depthwise(). Range: a rule other than MSE. */
bool ng_depthwise_blocks(const ng_block_shape *shape, const ng_panels *panels, const ng_rows *rows, size_t count, float *c);

#endif
