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

/* What a block's term is beside its sum. */
typedef struct {
    int lsb;         /* of a product of elements */
    int exponent;    /* of the term: with both scales */
    int64_t factor;  /* product of the scales' significands */
    bool special;
} frame;

static frame frame_of(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t block)
{
    const int lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    const ng_number w = ng_scale_decode(path->weight->scale, weights->scales[block]);
    const ng_number a = ng_scale_decode(path->activation->scale, activations->scales[block]);
    return (frame){
        .lsb = lsb,
        .exponent = lsb + w.exponent + a.exponent,
        .factor = w.significand * a.significand,
        .special = ng_scale_is_nan(path->weight->scale, weights->scales[block]) ||
                   ng_scale_is_nan(path->activation->scale, activations->scales[block]),
    };
}

static ng_term product_at(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t i)
{
    return ng_term_product(path->weight, weights->codes[i], path->activation, activations->codes[i]);
}

ng_long_term ng_block_long_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations,
                                size_t block)
{
    const size_t elements = path->weight->block;
    const frame f = frame_of(path, weights, activations, block);
    ng_long_term term = {.exponent = f.exponent,
                         .alignment = f.exponent + (int)path->block_bits - 3,
                         .special = f.special};
    ng_big_zero(&term.significand, path->block_bits);
    for (size_t i = block * elements; i < (block + 1) * elements; i++) {
        const ng_term product = product_at(path, weights, activations, i);
        const ng_wide scaled = ng_wide_multiply(product.significand, ng_wide_from_int(f.factor));
        ng_big_add_wide(&term.significand, &scaled, (unsigned)(product.exponent - f.lsb));
        term.special = term.special || product.special;
    }
    return term;
}

static ng_term leading_term(const ng_long_term *whole)
{
    unsigned drop = 0;
    const ng_wide leading = ng_big_leading(&whole->significand, &drop);
    return (ng_term){leading, whole->exponent + (int)drop, whole->alignment, whole->special};
}

ng_term ng_block_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t block)
{
    if (path->block_bits > NG_WIDE_BITS) {
        const ng_long_term whole = ng_block_long_term(path, weights, activations, block);
        return leading_term(&whole);
    }
    const size_t elements = path->weight->block;
    const frame f = frame_of(path, weights, activations, block);
    ng_wide sum = ng_wide_from_int(0);
    bool special = f.special;
    for (size_t i = block * elements; i < (block + 1) * elements; i++) {
        const ng_term product = product_at(path, weights, activations, i);
        sum = ng_wide_add(sum, ng_wide_shift_left(product.significand, (unsigned)(product.exponent - f.lsb)));
        special = special || product.special;
    }
    return (ng_term){
        .significand = ng_wide_multiply(sum, ng_wide_from_int(f.factor)),
        .exponent = f.exponent,
        .alignment = f.exponent + (int)path->block_bits - 3,
        .special = special,
    };
}
