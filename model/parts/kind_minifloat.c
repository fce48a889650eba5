/* MINIFLOAT: sign, exponent, mantissa (IEEE 754-2019 clause 3.3); format.h has the formulas. */
#include "model/parts/kind.h"

static uint32_t magnitude_mask(const ng_format *format)
{
    return (UINT32_C(1) << (format->exponent_bits + format->mantissa_bits)) - 1;
}

static bool is_p3109(const ng_format *format)
{
    return format->specials == NG_SPECIALS_P3109_EXTENDED || format->specials == NG_SPECIALS_P3109_FINITE;
}

/* Magnitude codes above the largest finite value. */
static uint32_t specials_above(const ng_format *format)
{
    const bool without_sign = format->sign == NG_SIGN_UNSIGNED;
    switch (format->specials) {
    case NG_SPECIALS_NONE: return 0;
    case NG_SPECIALS_FN: return 1;
    case NG_SPECIALS_IEEE: return UINT32_C(1) << format->mantissa_bits;
    case NG_SPECIALS_FNUZ: return 0;
    case NG_SPECIALS_P3109_EXTENDED: return without_sign ? 2 : 1;
    case NG_SPECIALS_P3109_FINITE: return without_sign ? 1 : 0;
    }
    return 0;
}

/* The specials are those of a format that has their code, and leave a positive number. */
static bool specials_fit(const ng_format *format)
{
    if (format->specials == NG_SPECIALS_FNUZ && format->sign == NG_SIGN_UNSIGNED) {
        return false;
    }
    if (is_p3109(format) && (format->bias != 1 << (format->exponent_bits - 1) || format->flush || !format->has_zero)) {
        return false;
    }
    if (!format->has_zero && (format->flush || format->specials == NG_SPECIALS_FNUZ)) {
        return false;
    }
    const uint32_t numbers = magnitude_mask(format) + 1 - (format->has_zero ? 1 : 0);
    const uint32_t flushed = format->flush ? (UINT32_C(1) << format->mantissa_bits) - 1 : 0;
    return numbers > specials_above(format) + flushed;
}

bool ng_minifloat_fits(const ng_format *format)
{
    const bool signs = format->sign == NG_SIGN_SIGNED || format->sign == NG_SIGN_UNSIGNED;
    const unsigned sign_bits = format->sign == NG_SIGN_UNSIGNED ? 0 : 1;
    return signs && format->exponent_bits >= 1 && format->exponent_bits <= 8 && format->mantissa_bits <= 10 &&
           format->bits == sign_bits + format->exponent_bits + format->mantissa_bits &&
           (unsigned)format->specials <= NG_SPECIALS_P3109_FINITE && format->terms == 0 && specials_fit(format);
}

int ng_minifloat_lsb(const ng_format *format)
{
    return (format->has_zero ? 1 : 0) - format->bias - (int)format->mantissa_bits;
}

unsigned ng_minifloat_magnitude_bits(const ng_format *format)
{
    return (1U << format->exponent_bits) + format->mantissa_bits - (format->has_zero ? 1 : 0);
}

uint32_t ng_minifloat_largest(const ng_format *format)
{
    return magnitude_mask(format) - specials_above(format);
}

uint32_t ng_minifloat_smallest(const ng_format *format)
{
    return format->sign == NG_SIGN_UNSIGNED ? 0 : ng_minifloat_largest(format) | ng_sign_bit(format);
}

bool ng_minifloat_special(const ng_format *format, uint32_t code)
{
    const bool nan_is_minus_zero = format->specials == NG_SPECIALS_FNUZ || is_p3109(format);
    if (nan_is_minus_zero && format->sign != NG_SIGN_UNSIGNED && code == ng_sign_bit(format)) {
        return true;
    }
    return (code & magnitude_mask(format)) > ng_minifloat_largest(format);
}

ng_number ng_minifloat_decode(const ng_format *format, uint32_t code)
{
    const uint32_t magnitude = code & magnitude_mask(format);
    const uint32_t hidden = UINT32_C(1) << format->mantissa_bits;
    const uint32_t mantissa = magnitude & (hidden - 1);
    const uint32_t field = magnitude >> format->mantissa_bits;
    const int lsb = ng_minifloat_lsb(format);
    int64_t significand = (int64_t)(hidden + mantissa);
    int exponent = lsb + (int)field;
    if (format->has_zero && field == 0) {
        significand = format->flush ? 0 : mantissa;
    } else if (format->has_zero) {
        exponent--;
    }
    return (ng_number){NG_CLASS_FINITE, (code & ng_sign_bit(format)) != 0 ? -significand : significand, exponent};
}

uint32_t ng_minifloat_ranks(const ng_format *format)
{
    return ng_ranks_sign_magnitude(ng_sign_bit(format), 0, ng_minifloat_largest(format), format->has_zero);
}

uint32_t ng_minifloat_ranked(const ng_format *format, uint32_t rank)
{
    return ng_rank_sign_magnitude(ng_sign_bit(format), 0, ng_minifloat_largest(format), format->has_zero, rank);
}
