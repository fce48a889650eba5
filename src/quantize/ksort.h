/* ksort.h: the order in which a block format meets the terms of a layer's sums, so that outliers share blocks (Accurate Block
 * Quantization in LLMs with Outliers, arXiv 2403.20137).
 *
 *   order: norm[order[0]] >= norm[order[1]] >= ..., the lower index first of equal ones
 * A large number sets the scale of its block and takes the precision of the others in it; sorted, the large ones spoil each other's
 * block alone. Both operands are cut into blocks along the same order, so every product is there as before: without rounding
 * the sum is unchanged.
 *
 * Hardware: nothing. For a linear or 1x1 layer the order is that of the input channels, which the layer in front can write in any
 * order; for a larger window it is the order in which its addresses are counted. Both are fixed when the network is compiled.
 */
#ifndef NG_KSORT_H
#define NG_KSORT_H

#include <stddef.h>
#include <stdint.h>

/* Fills order[count]. Range: norms not NaN; count below 2^32. */
void ng_ksort(const float *norm, size_t count, uint32_t *order);

#endif
