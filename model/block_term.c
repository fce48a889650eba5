#include "model/block_term.h"

#include "model/scale.h"

int ng_scale_lsb(ng_scale scale)
{
    return scale == NG_SCALE_NONE ? 0 : scale == NG_SCALE_UE4M3 ? NG_SCALE_LEAST : -NG_SCALE_BIAS;
}

unsigned ng_scale_range_bits(ng_scale scale)
{
    switch (scale) {
    case NG_SCALE_E8M0: return NG_SCALE_NAN - 1;
    case NG_SCALE_BIASED8: return NG_SCALE_NAN;
    case NG_SCALE_UE4M3: return NG_SCALE_MOST - NG_SCALE_LEAST + NG_SCALE_SIGNIFICAND_BITS;
    case NG_SCALE_NONE: break;
    }
    return 0;
}

unsigned ng_scale_multiplier_bits(ng_scale scale)
{
    return scale == NG_SCALE_UE4M3 ? NG_SCALE_SIGNIFICAND_BITS : 0;
}

ng_term ng_block_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t block)
{
    const size_t elements = path->weight->block;
    const int lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    const ng_number w = ng_scale_decode(path->weight->scale, weights->scales[block]);
    const ng_number a = ng_scale_decode(path->activation->scale, activations->scales[block]);
    ng_wide sum = ng_wide_from_int(0);
    bool special = ng_scale_is_nan(path->weight->scale, weights->scales[block]) ||
                   ng_scale_is_nan(path->activation->scale, activations->scales[block]);
    for (size_t i = block * elements; i < (block + 1) * elements; i++) {
        const ng_term product =
            ng_term_product(path->weight, weights->codes[i], path->activation, activations->codes[i]);
        sum = ng_wide_add(sum, ng_wide_shift_left(product.significand, (unsigned)(product.exponent - lsb)));
        special = special || product.special;
    }
    const int exponent = lsb + w.exponent + a.exponent;
    return (ng_term){
        .significand = ng_wide_multiply(sum, ng_wide_from_int(w.significand * a.significand)),
        .exponent = exponent,
        .alignment = exponent + (int)path->block_bits - 3,
        .special = special,
    };
}
