#include "model/parts/family.h"

#include "model/operand.h"

void ng_parameter_add(ng_parameter_list *list, const char *role, const char *name, int value)
{
    ng_parameter *parameter = &list->parameters[list->count++];
    size_t length = 0;
    for (size_t i = 0; role[i] != 0; i++) {
        parameter->name[length++] = role[i];
    }
    for (size_t i = 0; name[i] != 0 && length < sizeof parameter->name - 1; i++) {
        parameter->name[length++] = name[i];
    }
    parameter->name[length] = 0;
    parameter->value = value;
}

bool ng_family_minifloat(const ng_format *format)
{
    return format->kind == NG_KIND_MINIFLOAT && format->block == 0 && format->sign == NG_SIGN_SIGNED &&
           format->bits >= 3 && format->bits <= 8 && !format->flush && format->mantissa_bits >= 1 &&
           format->exponent_bits <= 6 && format->has_zero;
}

bool ng_family_integer(const ng_format *format)
{
    return format->kind == NG_KIND_INTEGER && (format->sign == NG_SIGN_SIGNED || format->sign == NG_SIGN_SYMMETRIC) &&
           format->bits >= 3 && format->bits <= 8;
}

bool ng_family_any_integer(const ng_format *format)
{
    return format->kind == NG_KIND_INTEGER && format->block == 0 && format->bits <= 8 &&
           format->sign != NG_SIGN_SIGN_MAGNITUDE;
}

bool ng_family_sign(const ng_format *format)
{
    if (format->block != 0) {
        return false;
    }
    if (format->kind == NG_KIND_SHIFT) {
        return format->sign == NG_SIGN_TERNARY ? format->bits == 2 : format->bits == 1;
    }
    return format->kind == NG_KIND_INTEGER && format->sign == NG_SIGN_SYMMETRIC && format->bits == 2;
}

bool ng_family_sign_magnitude(const ng_format *format)
{
    return format->kind == NG_KIND_INTEGER && format->sign == NG_SIGN_SIGN_MAGNITUDE && format->bits >= 3 &&
           format->bits <= 8;
}

unsigned ng_family_exponent_bits(const ng_format *format)
{
    return ng_family_sign_magnitude(format) ? 1 : format->exponent_bits;
}

unsigned ng_family_mantissa_bits(const ng_format *format)
{
    return ng_family_sign_magnitude(format) ? format->bits - 2 : format->mantissa_bits;
}

void ng_family_add_integer(ng_parameter_list *list, const char *role, const ng_format *format)
{
    ng_parameter_add(list, role, "Bits", (int)format->bits);
    ng_parameter_add(list, role, "Signed", format->sign != NG_SIGN_UNSIGNED);
}

void ng_family_add_fields(ng_parameter_list *list, const char *role, const ng_format *format)
{
    ng_parameter_add(list, role, "ExponentBits", (int)format->exponent_bits);
    ng_parameter_add(list, role, "MantissaBits", (int)format->mantissa_bits);
}

unsigned ng_bit_length(uint64_t value)
{
    unsigned bits = 0;
    while (value != 0) {
        value >>= 1;
        bits++;
    }
    return bits;
}

unsigned ng_ceil_log2(uint64_t value)
{
    return ng_bit_length(value - 1);
}

/* Largest |code value| of an integer or shift format in units of its lsb: a power of two. */
static uint64_t largest_power(const ng_format *format)
{
    return UINT64_C(1) << (ng_format_magnitude_bits(format) - 1);
}

unsigned ng_family_power_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_bit_length(terms * largest_power(weight) * largest_power(activation)) + 1;
}

unsigned ng_family_float_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_format_magnitude_bits(weight) + ng_format_magnitude_bits(activation) + ng_ceil_log2(terms) + 1;
}

typedef struct {
    int64_t least; /* at most 0 */
    int64_t most;  /* at least 0 */
} span;

/* Ends of what the circuits multiply for a code, in units of the lsb. */
static span span_of(const ng_format *format)
{
    span ends = {0, 0};
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        const ng_number number = ng_operand_value(format, code);
        const int64_t value = number.significand * (INT64_C(1) << (number.exponent - ng_format_lsb(format)));
        ends.least = value < ends.least ? value : ends.least;
        ends.most = value > ends.most ? value : ends.most;
    }
    return ends;
}

static int64_t larger(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

unsigned ng_family_exact_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    const span w = span_of(weight);
    const span a = span_of(activation);
    const int64_t most = larger(w.most * a.most, w.least * a.least) * terms;
    const int64_t least = larger(-w.most * a.least, -w.least * a.most) * terms;
    const unsigned above = ng_bit_length((uint64_t)most);
    const unsigned below = least == 0 ? 0 : ng_bit_length((uint64_t)least - 1);
    return 1 + (above > below ? above : below);
}
