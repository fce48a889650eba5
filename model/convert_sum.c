#include "model/convert_sum.h"

#include <math.h>

/* Modulo 2^bits of an integer output: the sign, and the bits from far below the output's last one, with a sticky bit, to far
 * above its first. The number has the sign of the register and differs from it by a multiple of 2^bits. */
static ng_wide low_part(const ng_big *value, const ng_format *output, int *exponent)
{
    enum { BELOW = 100, KEPT = 199 };
    const int start = ng_format_lsb(output) - BELOW - *exponent;
    const unsigned drop = start > 0 ? (unsigned)start : 0;
    ng_wide kept = ng_wide_truncate(ng_big_window(value, drop), KEPT);
    kept.limb[0] |= ng_big_any_below(value, drop);
    *exponent += (int)drop;
    const ng_wide period = ng_wide_shift_left(ng_wide_from_int(-1), KEPT);
    return ng_big_is_negative(value) ? ng_wide_add(kept, period) : kept;
}

static uint32_t from_fixed(const ng_big *value, int exponent, const ng_format *output, const ng_encode_options *options)
{
    if (options != NULL && options->overflow == NG_OVERFLOW_WRAP && output->kind == NG_KIND_INTEGER) {
        const ng_wide low = low_part(value, output, &exponent);
        return ng_encode_with(output, &low, exponent, options);
    }
    unsigned drop = 0;
    const ng_wide leading = ng_big_leading(value, &drop);
    return ng_encode_with(output, &leading, exponent + (int)drop, options);
}

static uint32_t from_float(const ng_float *value, int exponent, const ng_format *output,
                           const ng_encode_options *options)
{
    if (value->category == NG_CLASS_NAN) {
        return ng_encode_double_with(output, NAN, options);
    }
    if (value->category == NG_CLASS_INFINITE) {
        return ng_encode_double_with(output, value->negative ? -INFINITY : INFINITY, options);
    }
    if (value->significand == 0) {
        return ng_encode_double_with(output, value->negative ? -0.0 : 0.0, options);
    }
    const ng_wide size = {{value->significand, 0, 0, 0}};
    const ng_wide number = value->negative ? ng_wide_negate(size) : size;
    return ng_encode_with(output, &number, value->exponent + exponent, options);
}

uint32_t ng_convert_sum(const ng_dot_path *path, const ng_sum *sum, int exponent, const ng_format *output,
                        const ng_encode_options *options)
{
    if (sum->flag) {
        return ng_encode_double_with(output, NAN, options);
    }
    return ng_sum_is_float(path) ? from_float(&sum->running, exponent, output, options)
                                 : from_fixed(&sum->fixed, sum->exponent + exponent, output, options);
}
