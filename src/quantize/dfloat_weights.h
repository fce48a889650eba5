/* dfloat_weights.h: bf16 weights with Huffman-coded exponents, bit for bit those of the bf16 weights (DFloat11, arXiv 2504.11651).
 *
 *   bits = sum over the weights of (length of the code of its exponent + 8) + 8 * 256
 * (model/dfloat.h; the last term are the lengths, all a decoder has to be told.) One code a layer. The weights come out of the
 * compressed streams: what is returned has been coded and decoded. A decoder stands in front of the weight port; the layer
 * multiplies in fp32, as with LayerCast.
 */
#ifndef NG_DFLOAT_WEIGHTS_H
#define NG_DFLOAT_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

/* numbers[count] = the bf16 numbers nearest to w[count]; *bits: of the streams and the lengths. False without memory. Range: w
 * finite, count >= 1. */
bool ng_dfloat_weights(const float *w, size_t count, float *numbers, unsigned long long *bits);

#endif
