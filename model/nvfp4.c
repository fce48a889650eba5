#include "model/nvfp4.h"

#include <math.h>

#include "model/long_sum.h"
#include "model/scale.h"
#include "model/unit.h"

float ng_nvfp4_tensor_scale(float largest)
{
    const float reach = 6 * 448;
    const float scale = largest / reach;
    if (!isfinite(largest) || !(largest > 0)) {
        return 1;
    }
    return scale > 0 ? scale : 0x1p-149F;
}

/* x * y in units of 2^(lsb_x + lsb_y). */
static int64_t product(const ng_format *x, uint32_t x_code, const ng_format *y, uint32_t y_code)
{
    const ng_number a = ng_decode_finite(x, x_code);
    const ng_number b = ng_decode_finite(y, y_code);
    const int shift = a.exponent - ng_format_lsb(x) + b.exponent - ng_format_lsb(y);
    return a.significand * b.significand * (INT64_C(1) << shift);
}

ng_nvfp4_product ng_nvfp4_multiply(const ng_format *x, uint32_t x_scale, const uint16_t *x_codes, const ng_format *y,
                                   uint32_t y_scale, const uint16_t *y_codes)
{
    const ng_number a = ng_scale_decode(x->scale, x_scale);
    const ng_number b = ng_scale_decode(y->scale, y_scale);
    if (ng_scale_is_nan(x->scale, x_scale) || ng_scale_is_nan(y->scale, y_scale)) {
        return (ng_nvfp4_product){.nan = true};
    }
    ng_nvfp4_product out = {
        .scale = (uint32_t)(a.significand * b.significand),
        .shift = (unsigned)(a.exponent + b.exponent - NG_NVFP4_LSB),
    };
    for (unsigned i = 0; i < x->block; i++) {
        out.products += product(x, x_codes[i], y, y_codes[i]);
    }
    return out;
}

ng_wide ng_nvfp4_aligned(const ng_nvfp4_product *product_of_block)
{
    const ng_wide scaled = ng_wide_multiply(ng_wide_from_int(product_of_block->products),
                                            ng_wide_from_int((int64_t)product_of_block->scale));
    return ng_wide_shift_left(scaled, product_of_block->shift);
}

static unsigned ceil_log2(uint32_t value)
{
    unsigned bits = 0;
    while (bits < 32 && (UINT64_C(1) << bits) < value) {
        bits++;
    }
    return bits;
}

unsigned ng_nvfp4_sum_bits(const ng_format *x, const ng_format *y, uint32_t blocks)
{
    return ng_sum_bits(x, y, x->block) + NG_NVFP4_SCALE_BITS + NG_NVFP4_SHIFT_MOST + ceil_log2(blocks);
}

float ng_nvfp4_result(const ng_format *x, const ng_format *y, const ng_wide *sum, float x_tensor, float y_tensor)
{
    ng_long_sum exact = {{0}};
    if (!isfinite(x_tensor) || !isfinite(y_tensor)) {
        return NAN;
    }
    const ng_dyadic tensors = ng_dyadic_multiply(ng_dyadic_from_double((double)x_tensor),
                                                 ng_dyadic_from_double((double)y_tensor));
    const ng_dyadic unscaled = {*sum, ng_format_lsb(x) + ng_format_lsb(y) + NG_NVFP4_LSB};
    const ng_dyadic result = ng_dyadic_multiply(unscaled, tensors);
    ng_long_sum_add(&exact, &result);
    return ng_long_sum_to_float(&exact);
}
