#include "model/parts/family.h"

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
    return format->kind == NG_KIND_MINIFLOAT && format->block == 0 && format->sign == NG_SIGN_SIGNED && format->bits >= 3 &&
           format->bits <= 8 && !format->flush && format->mantissa_bits >= 1 && format->exponent_bits <= 6 &&
           format->has_zero &&
           (format->specials == NG_SPECIALS_NONE || format->specials == NG_SPECIALS_FN ||
            format->specials == NG_SPECIALS_IEEE);
}

bool ng_family_integer(const ng_format *format)
{
    return format->kind == NG_KIND_INTEGER && format->sign == NG_SIGN_SIGNED && format->bits >= 3 && format->bits <= 8;
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
