/* Codes that mean no finite number, signs and zeros. */
#include "model/parts/kind.h"

uint32_t ng_sign_bit(const ng_format *format)
{
    return format->sign == NG_SIGN_UNSIGNED || format->kind == NG_KIND_CODEBOOK ? 0 : UINT32_C(1) << (format->bits - 1);
}

static uint32_t minifloat_nan(const ng_format *format)
{
    const uint32_t sign = ng_sign_bit(format);
    const uint32_t ones = sign != 0 ? sign - 1 : ng_format_codes(format) - 1;
    switch (format->specials) {
    case NG_SPECIALS_NONE: return NG_NO_CODE;
    case NG_SPECIALS_FN: return ones;
    case NG_SPECIALS_IEEE: return format->mantissa_bits > 0 ? ones : NG_NO_CODE;
    case NG_SPECIALS_FNUZ:
    case NG_SPECIALS_P3109_EXTENDED:
    case NG_SPECIALS_P3109_FINITE: return sign != 0 ? sign : ones;
    }
    return NG_NO_CODE;
}

uint32_t ng_nan_code(const ng_format *format)
{
    switch (format->kind) {
    case NG_KIND_MINIFLOAT: return minifloat_nan(format);
    case NG_KIND_POSIT:
    case NG_KIND_HIFLOAT: return ng_sign_bit(format);
    default: return NG_NO_CODE;
    }
}

uint32_t ng_infinity_code(const ng_format *format, bool negative)
{
    const uint32_t sign = ng_sign_bit(format);
    const bool minifloat = format->kind == NG_KIND_MINIFLOAT &&
                           (format->specials == NG_SPECIALS_IEEE || format->specials == NG_SPECIALS_P3109_EXTENDED);
    if ((!minifloat && format->kind != NG_KIND_HIFLOAT) || (negative && sign == 0)) {
        return NG_NO_CODE;
    }
    return (ng_format_largest(format) + 1) | (negative ? sign : 0);
}

uint32_t ng_minus_zero_code(const ng_format *format)
{
    const uint32_t sign = ng_sign_bit(format);
    switch (format->kind) {
    case NG_KIND_INTEGER: return format->sign == NG_SIGN_SIGN_MAGNITUDE ? sign : NG_NO_CODE;
    case NG_KIND_MINIFLOAT: return sign != 0 && format->has_zero && !ng_code_is_special(format, sign) ? sign : NG_NO_CODE;
    case NG_KIND_SHIFT: return format->has_zero && format->sign == NG_SIGN_SIGNED ? sign : NG_NO_CODE;
    case NG_KIND_APOT: return sign != 0 ? sign : NG_NO_CODE;
    case NG_KIND_LOGARITHMIC: return sign | sign / 2;
    default: return NG_NO_CODE;
    }
}
