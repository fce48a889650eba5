#include "model/block_term.h"

#include "model/multiply.h"

enum {
    SCALE_MANTISSA = 3, /* of UE4M3 */
    SCALE_EXPONENT_BIAS = 7,
    SCALE_LSB = 1 - SCALE_EXPONENT_BIAS - SCALE_MANTISSA,
    SCALE_FIELDS = 15,
    SCALE_ALL_ONES = 0x7F
};

/* OCP OFP8 v1.0 E4M3 without its sign. */
static ng_number small_float(uint32_t code)
{
    const int field = (int)(code >> SCALE_MANTISSA & SCALE_FIELDS);
    const int64_t mantissa = code & ((1U << SCALE_MANTISSA) - 1);
    const int64_t hidden = field != 0 ? INT64_C(1) << SCALE_MANTISSA : 0;
    return (ng_number){NG_CLASS_FINITE, mantissa | hidden, SCALE_LSB + (field != 0 ? field - 1 : 0)};
}

/* Value of a scale code, special codes read as numbers. */
static ng_number scale_number(ng_scale scale, uint32_t code)
{
    switch (scale) {
    case NG_SCALE_E8M0:
    case NG_SCALE_BIASED8: return (ng_number){NG_CLASS_FINITE, 1, (int)(code & 0xFF) - NG_SCALE_BIAS};
    case NG_SCALE_UE4M3: return small_float(code);
    case NG_SCALE_NONE: break;
    }
    return (ng_number){NG_CLASS_FINITE, 1, 0};
}

static bool scale_is_nan(ng_scale scale, uint32_t code)
{
    return (scale == NG_SCALE_E8M0 && (code & 0xFF) == NG_SCALE_NAN) ||
           (scale == NG_SCALE_UE4M3 && (code & SCALE_ALL_ONES) == SCALE_ALL_ONES);
}

int ng_scale_lsb(ng_scale scale)
{
    return scale == NG_SCALE_NONE ? 0 : scale == NG_SCALE_UE4M3 ? SCALE_LSB : -NG_SCALE_BIAS;
}

unsigned ng_scale_range_bits(ng_scale scale)
{
    return scale == NG_SCALE_NONE ? 0 : scale == NG_SCALE_UE4M3 ? SCALE_FIELDS + SCALE_MANTISSA : 255;
}

unsigned ng_scale_significand_bits(ng_scale scale)
{
    return scale == NG_SCALE_UE4M3 ? SCALE_MANTISSA + 1 : 0;
}

ng_term ng_block_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t block)
{
    const size_t elements = path->weight->block;
    const int lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    const ng_number w = scale_number(path->weight->scale, weights->scales[block]);
    const ng_number a = scale_number(path->activation->scale, activations->scales[block]);
    ng_wide sum = ng_wide_from_int(0);
    bool special = scale_is_nan(path->weight->scale, weights->scales[block]) ||
                   scale_is_nan(path->activation->scale, activations->scales[block]);
    for (size_t i = block * elements; i < (block + 1) * elements; i++) {
        const ng_term product =
            ng_term_product(path->weight, weights->codes[i], path->activation, activations->codes[i]);
        sum = ng_wide_add(sum, ng_wide_shift_left(product.significand, (unsigned)(product.exponent - lsb)));
        special = special || product.special;
    }
    const int exponent = lsb + w.exponent + a.exponent;
    return (ng_term){
        .significand = ng_wide_times(sum, (uint64_t)(w.significand * a.significand)),
        .exponent = exponent,
        .alignment = exponent + (int)path->block_bits - 3,
        .special = special,
    };
}
