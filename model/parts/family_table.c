/* Weights of up to 5 bits with any values that are integers of at most 14 bits in units of their lsb, times integers: codebooks,
 * APoT, short minifloats. The circuit looks up the digits of the value (rtl/parts/table_digits.sv). */
#include "model/parts/family.h"

#include "model/operand.h"

enum { INDEX_MAX = 5, DIGITS_MAX = 7, VALUE_BITS = 15, VALUES = 1 << INDEX_MAX };

/* 2 + 8 + 32 + ...: what digits of -2..2 reach. */
static int64_t reach(unsigned digits)
{
    return 2 * ((INT64_C(1) << (2 * digits)) - 1) / 3;
}

static int64_t value_of(const ng_format *format, uint32_t code)
{
    const ng_number number = ng_operand_value(format, code);
    return number.significand * (INT64_C(1) << (number.exponent - ng_format_lsb(format)));
}

static int64_t largest(const ng_format *format)
{
    int64_t most = 0;
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        const int64_t value = value_of(format, code);
        const int64_t magnitude = value < 0 ? -value : value;
        most = magnitude > most ? magnitude : most;
    }
    return most;
}

/* Codes that are numbers, all of them, and whose value in units of the lsb is short. */
static bool is_table(const ng_format *format)
{
    if (format->block != 0 || format->bits > INDEX_MAX || format->kind == NG_KIND_HIFLOAT ||
        format->kind == NG_KIND_LOGARITHMIC || ng_format_magnitude_bits(format) >= VALUE_BITS) {
        return false;
    }
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        if (ng_code_is_special(format, code)) {
            return false;
        }
    }
    return largest(format) <= reach(DIGITS_MAX);
}

bool ng_family_table_serves(const ng_format *weight, const ng_format *activation)
{
    return ng_family_any_integer(activation) && !ng_family_sign(activation) && is_table(weight);
}

unsigned ng_family_table_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_family_exact_sum_bits(weight, activation, terms);
}

void ng_family_table_derive(ng_datapath *path)
{
    (void)path;
}

/* The last digit of a value reaches at most this without being 2 or -2: then its rows are a bit shorter. */
static bool short_last(int64_t most, unsigned digits)
{
    return digits > 1 && most <= (INT64_C(1) << (2 * (digits - 1))) + reach(digits - 1);
}

static void add_values(ng_parameter_list *list, const ng_format *format)
{
    static const char names[VALUES / 2][3] = {"0", "1", "2",  "3",  "4",  "5",  "6",  "7",
                                              "8", "9", "10", "11", "12", "13", "14", "15"};
    const uint32_t mask = (UINT32_C(1) << VALUE_BITS) - 1;
    const uint32_t codes = ng_format_codes(format);
    for (uint32_t i = 0; 2 * i < codes; i++) {
        const uint32_t low = (uint32_t)value_of(format, 2 * i) & mask;
        const uint32_t high = 2 * i + 1 < codes ? (uint32_t)value_of(format, 2 * i + 1) & mask : 0;
        ng_parameter_add(list, "Table", names[i], (int)(high << VALUE_BITS | low));
    }
}

void ng_family_table_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    const int64_t most = largest(path->weight);
    unsigned digits = 1;
    while (reach(digits) < most) {
        digits++;
    }
    ng_parameter_add(list, "Weight", "Bits", (int)path->weight->bits);
    ng_parameter_add(list, "", "Digits", (int)digits);
    ng_parameter_add(list, "", "ShortLast", short_last(most, digits));
    add_values(list, path->weight);
    ng_family_add_integer(list, "Activation", path->activation);
}
