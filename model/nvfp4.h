/* nvfp4.h: NVFP4's two scale levels, and its dot product as the integers a circuit has.
 *
 * value = tensor * scale * element: tensor fp32, scale UE4M3 for 16 elements, element E2M1 (arXiv 2509.25149). Encoding
 * is ng_block_encode_under() with rule ROUND, decoding ng_block_decode_double().
 *
 * One block of a dot product, elements of two minifloat formats Ex,y without specials:
 *   products = sum_i x[i] * y[i] / 2^(lsb_x + lsb_y)                  exact, P bits of two's complement
 *   scale    = significand_x * significand_y                          4 x 4 bits, 8 bits unsigned, at most 15 * 15
 *   shift    = exponent_x + exponent_y + 18                           0..28, 5 bits; exponents as in model/scale.h
 *   value    = products * scale * 2^shift * 2^(lsb_x + lsb_y - 18)
 * Widths (docs/formats.md): P = ng_sum_bits(x, y, 16), E2M1: 13; products * scale: P + 8 = 21; aligned for all shifts:
 * P + 8 + 28 = 49; the sum of n blocks: P + 36 + ceil(log2 n). Where MX adds two exponents, NVFP4 multiplies: the 4 x 4
 * and the P x 8 multiplier are its price.
 */
#ifndef NG_NVFP4_H
#define NG_NVFP4_H

#include "model/format.h"
#include "model/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_NVFP4_SCALE_BITS = 8, NG_NVFP4_SHIFT_MOST = 28, NG_NVFP4_LSB = -18 };

/* What one block of both operands gives before alignment. */
typedef struct {
    bool nan;         /* a scale was NaN: the rest is 0 */
    int64_t products;
    uint32_t scale;
    unsigned shift;
} ng_nvfp4_product;

/* The scale of a tensor whose largest magnitude is `largest`: fp32(largest / (6 * 448)), so that the block of the
 * largest value gets the largest scale and it becomes the largest element. Range: any; a quotient that rounds to 0
 * gives 2^-149; a largest that is 0, negative, NaN or infinite gives 1. Examples: 2688 -> 1; 1 -> 0x1.861862p-12. */
float ng_nvfp4_tensor_scale(float largest);

/* One block: format->block codes of each and their scale codes. Range: minifloats without specials whose P fits 63
 * bits, one block length, scale UE4M3; any codes. */
ng_nvfp4_product ng_nvfp4_multiply(const ng_format *x, uint32_t x_scale, const uint16_t *x_codes, const ng_format *y,
                                   uint32_t y_scale, const uint16_t *y_codes);

/* products * scale * 2^shift, in units of 2^(lsb_x + lsb_y - 18): what the accumulator adds. */
ng_wide ng_nvfp4_aligned(const ng_nvfp4_product *product);

/* Bits of the sum of `blocks` aligned products: P + 36 + ceil(log2 blocks). Range: blocks 1..2^20. */
unsigned ng_nvfp4_sum_bits(const ng_format *x, const ng_format *y, uint32_t blocks);

/* The whole result: sum * 2^(lsb_x + lsb_y - 18) * x_tensor * y_tensor as fp32, exact up to one rounding to nearest
 * even. Range: |sum| below 2^200, finite tensor scales; others give NaN. An exact 0 is +0. */
float ng_nvfp4_result(const ng_format *x, const ng_format *y, const ng_wide *sum, float x_tensor, float y_tensor);

#ifdef __cplusplus
}
#endif

#endif
