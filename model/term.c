#include "model/term.h"

static uint64_t magnitude_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static unsigned length_of(uint64_t value)
{
    const ng_wide wide = {{value, 0, 0, 0}};
    return ng_wide_length(&wide);
}

int ng_code_alignment(const ng_format *format, uint32_t code)
{
    if (format->kind == NG_KIND_INTEGER) {
        return ng_format_lsb(format) + (int)ng_format_magnitude_bits(format) - 1;
    }
    if (format->kind == NG_KIND_MINIFLOAT) {
        const int field = (int)(code >> format->mantissa_bits & ((UINT32_C(1) << format->exponent_bits) - 1));
        return (field == 0 && format->has_zero ? 1 : field) - format->bias;
    }
    const ng_number number = ng_decode_finite(format, code);
    return number.significand == 0 ? 0 : number.exponent + (int)length_of(magnitude_of(number.significand)) - 1;
}

static ng_wide multiply(int64_t x, int64_t y)
{
    const int64_t half = INT64_C(1) << 31;
    if (x > -half && x < half && y > -half && y < half) {
        return ng_wide_from_int(x * y);
    }
    return ng_wide_multiply(ng_wide_from_int(x), ng_wide_from_int(y));
}

ng_term ng_term_product(const ng_format *weight, uint32_t w, const ng_format *activation, uint32_t a)
{
    const ng_number x = ng_decode_finite(weight, w);
    const ng_number y = ng_decode_finite(activation, a);
    return (ng_term){
        .significand = multiply(x.significand, y.significand),
        .exponent = x.exponent + y.exponent,
        .alignment = ng_code_alignment(weight, w) + ng_code_alignment(activation, a),
        .special = ng_code_is_special(weight, w) || ng_code_is_special(activation, a),
    };
}

/* Bits from the leading one to the last one. */
static unsigned span_of(int64_t significand)
{
    uint64_t odd = magnitude_of(significand);
    while (odd != 0 && (odd & 1) == 0) {
        odd >>= 1;
    }
    return length_of(odd);
}

static unsigned longest_span(const ng_format *format)
{
    unsigned longest = 1;
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        const unsigned span = span_of(ng_decode_finite(format, code).significand);
        longest = span > longest ? span : longest;
    }
    return longest;
}

ng_term_bits ng_format_term_bits(const ng_format *format)
{
    if (format->kind == NG_KIND_MINIFLOAT) {
        return (ng_term_bits){format->mantissa_bits + 1, format->mantissa_bits};
    }
    if (format->kind == NG_KIND_INTEGER) {
        const unsigned bits = ng_format_magnitude_bits(format);
        const bool twos_complement = format->sign == NG_SIGN_SIGNED || format->sign == NG_SIGN_SYMMETRIC;
        return (ng_term_bits){twos_complement && bits > 1 ? bits - 1 : bits, bits - 1};
    }
    const unsigned span = format->kind == NG_KIND_SHIFT ? 1 : longest_span(format);
    return (ng_term_bits){span, span - 1};
}
