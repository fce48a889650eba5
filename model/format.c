#include "model/format.h"

#include <math.h>
#include <string.h>

static const ng_format table[] = {
#define FORMAT(name, kind, bits, x, y, bias, specials, zero, block, scale) \
    {#name, NG_KIND_##kind, bits, x, y, bias, NG_SPECIALS_##specials, zero, block, NG_SCALE_##scale, NG_SIGN_SIGNED, false, 0, \
     NULL},
#include "model/formats.def"
#undef FORMAT
};

size_t ng_format_count(void)
{
    return sizeof table / sizeof table[0];
}

const ng_format *ng_format_at(size_t index)
{
    return index < ng_format_count() ? &table[index] : NULL;
}

const ng_format *ng_format_find(const char *name)
{
    for (size_t i = 0; i < ng_format_count(); i++) {
        if (strcmp(table[i].name, name) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

const char *ng_kind_name(ng_kind kind)
{
    switch (kind) {
    case NG_KIND_INTEGER: return "integer";
    case NG_KIND_MINIFLOAT: return "minifloat";
    case NG_KIND_SHIFT: return "shift";
    case NG_KIND_APOT: return "apot";
    case NG_KIND_POSIT: return "posit";
    case NG_KIND_LOGARITHMIC: return "logarithmic";
    case NG_KIND_HIFLOAT: return "hifloat";
    case NG_KIND_CODEBOOK: return "codebook";
    }
    return "unknown";
}

int ng_format_lsb(const ng_format *format)
{
    if (format->kind == NG_KIND_MINIFLOAT) {
        return 1 - format->bias - (int)format->mantissa_bits;
    }
    return -format->bias;
}

uint32_t ng_format_codes(const ng_format *format)
{
    return UINT32_C(1) << format->bits;
}

static uint32_t sign_bit(const ng_format *format)
{
    return UINT32_C(1) << (format->bits - 1);
}

unsigned ng_format_magnitude_bits(const ng_format *format)
{
    switch (format->kind) {
    case NG_KIND_INTEGER: return format->bits;
    case NG_KIND_MINIFLOAT: return (1U << format->exponent_bits) + format->mantissa_bits - 1;
    case NG_KIND_SHIFT: return (1U << (format->bits - 1)) - (format->has_zero ? 1U : 0U);
    default: break;
    }
    return 0;
}

uint32_t ng_format_largest(const ng_format *format)
{
    uint32_t code = sign_bit(format) - 1;
    while (ng_code_is_special(format, code)) {
        code--;
    }
    return code;
}

uint32_t ng_format_smallest(const ng_format *format)
{
    if (format->kind == NG_KIND_INTEGER) {
        return sign_bit(format);
    }
    return ng_format_largest(format) | sign_bit(format);
}

bool ng_code_is_special(const ng_format *format, uint32_t code)
{
    const uint32_t magnitude = code & (sign_bit(format) - 1);
    switch (format->specials) {
    case NG_SPECIALS_NONE: return false;
    case NG_SPECIALS_FN: return magnitude == sign_bit(format) - 1;
    case NG_SPECIALS_IEEE: return magnitude >> format->mantissa_bits == (UINT32_C(1) << format->exponent_bits) - 1;
    default: break;
    }
    return false;
}

ng_number ng_decode_finite(const ng_format *format, uint32_t code)
{
    const uint32_t sign = sign_bit(format);
    const uint32_t magnitude = code & (sign - 1);
    const bool negative = (code & sign) != 0;
    const int lsb = ng_format_lsb(format);
    int64_t significand = 0;
    int exponent = lsb;

    if (format->kind == NG_KIND_INTEGER) {
        significand = (int64_t)magnitude - (negative ? (int64_t)sign : 0);
        return (ng_number){NG_CLASS_FINITE, significand, exponent};
    }
    if (format->kind == NG_KIND_SHIFT) {
        if (!format->has_zero) {
            significand = 1;
            exponent = lsb + (int)magnitude;
        } else if (magnitude != 0) {
            significand = 1;
            exponent = lsb + (int)magnitude - 1;
        }
    } else {
        const uint32_t hidden = UINT32_C(1) << format->mantissa_bits;
        const uint32_t mantissa = magnitude & (hidden - 1);
        const uint32_t field = magnitude >> format->mantissa_bits;
        significand = field == 0 ? mantissa : hidden + mantissa;
        exponent = field == 0 ? lsb : lsb + (int)field - 1;
    }
    return (ng_number){NG_CLASS_FINITE, negative ? -significand : significand, exponent};
}

ng_number ng_decode(const ng_format *format, uint32_t code)
{
    ng_number number = ng_decode_finite(format, code);
    if (!ng_code_is_special(format, code)) {
        return number;
    }
    const uint32_t mantissa = code & ((UINT32_C(1) << format->mantissa_bits) - 1);
    const bool infinite = format->specials == NG_SPECIALS_IEEE && mantissa == 0;
    number.category = infinite ? NG_CLASS_INFINITE : NG_CLASS_NAN;
    number.significand = number.significand < 0 ? -1 : 1;
    number.exponent = 0;
    return number;
}

double ng_decode_double(const ng_format *format, uint32_t code)
{
    const ng_number number = ng_decode(format, code);
    if (number.category == NG_CLASS_NAN) {
        return NAN;
    }
    if (number.category == NG_CLASS_INFINITE) {
        return number.significand < 0 ? -INFINITY : INFINITY;
    }
    if (number.significand == 0 && (code & sign_bit(format)) != 0) {
        return -0.0;
    }
    return ldexp((double)number.significand, number.exponent);
}
