#include "model/block_array.h"

#include "model/parts/block_shift.h"

enum { EXPONENT_LIMIT = 250 }; /* no scaled pattern comes near infinity */

/* True if no number differs in code from the zero of its sign by being tiny. */
static bool tiny_is_zero(const ng_array_plan *plan)
{
    return plan->cell[0].drop == 0 && plan->cell[plan->cells / 2].drop == 0;
}

static bool is_fast(const ng_block_plan *plan, double largest)
{
    const ng_scale scale = plan->elements.format.scale;
    return (scale == NG_SCALE_E8M0 || scale == NG_SCALE_BIASED8) &&
           (plan->rule == NG_RULE_FLOOR || plan->rule == NG_RULE_CEIL) && plan->elements.cells > 0 &&
           tiny_is_zero(&plan->elements) && largest > 0 && (double)(float)largest == largest &&
           plan->largest >= NG_FLOAT_SMALLEST_NORMAL && plan->largest >> NG_FLOAT_MANTISSA_BITS < EXPONENT_LIMIT;
}

bool ng_block_plan_init(ng_block_plan *plan, const ng_format *format, ng_scale_rule rule)
{
    if (format->block == 0 || !ng_array_plan_init(&plan->elements, format)) {
        return false;
    }
    const double largest = ng_decode_double(format, ng_format_largest(format));
    plan->rule = rule;
    plan->largest = largest > 0 ? (int32_t)ng_float_pattern((float)largest) : 0;
    /* (1 - S) * 2^23 is above every subnormal divided by 2^S. */
    const int32_t cell_end = plan->elements.low + (1 << plan->elements.shift);
    plan->lowest = 1 - (cell_end >> NG_FLOAT_MANTISSA_BITS);
    plan->lowest = plan->lowest < -NG_SCALE_BIAS ? -NG_SCALE_BIAS : plan->lowest;
    plan->fast = is_fast(plan, largest);
    return true;
}

static uint8_t encode_block(const ng_block_plan *plan, const float *values, uint8_t *codes)
{
    const unsigned count = plan->elements.format.block;
    int32_t largest = 0;
    int shift = 0;
    for (unsigned i = 0; i < count; i++) {
        const int32_t magnitude = (int32_t)(ng_float_pattern(values[i]) & NG_FLOAT_MAGNITUDE);
        largest = magnitude > largest ? magnitude : largest;
    }
    if (!ng_block_shift(plan, largest, &shift)) {
        return ng_block_slow(plan, values, codes);
    }
    for (unsigned i = 0; i < count; i++) {
        const uint32_t pattern = ng_float_pattern(values[i]);
        const int32_t magnitude = (int32_t)(pattern & NG_FLOAT_MAGNITUDE);
        codes[i] = ng_array_code(&plan->elements, pattern >> 31, magnitude - shift * NG_FLOAT_SMALLEST_NORMAL);
    }
    return ng_block_scale_code(largest, shift);
}

void ng_block_array_encode_on(ng_array_path path, const ng_block_plan *plan, const float *restrict values,
                              size_t blocks, uint8_t *restrict scales, uint8_t *restrict codes)
{
    const size_t count = plan->elements.format.block;
#if defined(__x86_64__) && defined(__GNUC__)
    if (plan->fast && count % 16 == 0 && path == NG_PATH_AVX2 && ng_array_path_runs(path)) {
        ng_block_array_avx2(plan, values, blocks, scales, codes);
        return;
    }
#endif
    for (size_t b = 0; b < blocks; b++) {
        scales[b] = plan->fast ? encode_block(plan, values + b * count, codes + b * count)
                               : ng_block_slow(plan, values + b * count, codes + b * count);
    }
}

void ng_block_array_encode(const ng_block_plan *plan, const float *restrict values, size_t blocks,
                           uint8_t *restrict scales, uint8_t *restrict codes)
{
    ng_block_array_encode_on(ng_array_path_best(), plan, values, blocks, scales, codes);
}
