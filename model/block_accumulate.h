/* block_accumulate.h: the fp32 accumulator behind a block datapath.
 *
 * sum' = fp32(sum + P * 2^exponent), one rounding to nearest even (IEEE 754-2019, as a fused multiply-add rounds)
 *
 * P is the exact in-block sum of a BLOCK unit, exponent = lsb of the datapath + scale sum - 254 (two scale codes of
 * bias 127). A dot product starts from +0 and takes its blocks in the order of the reduction axis; the order matters.
 *
 * Range: every sum (fp32 bit pattern), product and exponent. A sum of NaN gives 0x7FC00000, an infinite one stays;
 * beyond the largest fp32 the result is infinite; an exact 0 is +0, also from -0.
 * Examples: (1.0, 1, -24) -> 1.0, a tie; (1.0, 3, -24) -> 1.0 + 2^-22; (1.0, -1, 0) -> +0.
 */
#ifndef NG_BLOCK_ACCUMULATE_H
#define NG_BLOCK_ACCUMULATE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t ng_block_accumulate(uint32_t sum, int64_t product, int exponent);

#ifdef __cplusplus
}
#endif

#endif
