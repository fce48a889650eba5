#include "model/parts/middle.h"

#include "model/parts/exp2_fraction.h"
#include "model/parts/kind.h"

int ng_mean_side(const ng_exact *lo, const ng_exact *hi, const ng_exact *x)
{
    ng_exact twice = *x;
    const ng_exact sum = ng_exact_sum(*lo, *hi);
    twice.exponent++;
    return ng_exact_compare(&twice, &sum);
}

/* Nothing but 0 is rounded to 0: the middle next to it is 0 itself. */
static int posit_side(const ng_format *format, uint32_t lo, uint32_t hi, const ng_exact *x)
{
    if (lo == 0 || hi == 0) {
        return lo == 0 ? 1 : -1;
    }
    const ng_exact middle = ng_exact_from_number(ng_posit_number(format->bits + 1, format->exponent_bits, 2 * lo + 1));
    return ng_exact_compare(x, &middle);
}

/* 2^(l / 2^y - bias) to 122 bits. */
static ng_exact power(const ng_format *format, int32_t l)
{
    const int32_t unit = INT32_C(1) << format->mantissa_bits;
    const int whole = l >= 0 ? l / unit : -((unit - 1 - l) / unit);
    const ng_wide fraction = ng_exp2_fraction((unsigned)(l - whole * unit), format->mantissa_bits);
    return (ng_exact){false, fraction, whole - format->bias - NG_EXP2_BITS};
}

static ng_exact logarithmic_value(const ng_format *format, uint32_t code)
{
    if (ng_decode_finite(format, code).significand == 0) {
        return (ng_exact){false, {{0}}, 0};
    }
    ng_exact value = power(format, ng_logarithm_field(format, code));
    value.negative = (code & ng_sign_bit(format)) != 0;
    return value;
}

int ng_middle_side(const ng_format *format, uint32_t lo, uint32_t hi, const ng_exact *x)
{
    if (format->kind == NG_KIND_POSIT) {
        return posit_side(format, lo, hi, x);
    }
    if (format->kind == NG_KIND_LOGARITHMIC) {
        const ng_exact low = logarithmic_value(format, lo);
        const ng_exact high = logarithmic_value(format, hi);
        return ng_mean_side(&low, &high, x);
    }
    const ng_exact low = ng_exact_from_number(ng_decode_finite(format, lo));
    const ng_exact high = ng_exact_from_number(ng_decode_finite(format, hi));
    return ng_mean_side(&low, &high, x);
}
