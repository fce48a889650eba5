#include "tests/ref/ref_shift.h"

/* -1, 0 or 1, the factor before the power; *zero_sign is the sign of a zero. */
static int factor(const ref_format *format, uint32_t sign_field, uint32_t shift, int *zero_sign)
{
    static const int ternary[] = {0, 1, 0, -1};
    if (format->sign == REF_SIGN_TERNARY) {
        *zero_sign = sign_field % 4 == 2 ? -1 : 1;
        return ternary[sign_field % 4];
    }
    const int sign = sign_field % 2 == 1 ? -1 : 1;
    *zero_sign = sign;
    return format->has_zero && shift == 0 ? 0 : sign;
}

void ref_shift_value(const ref_format *format, uint32_t code, ref_value *value)
{
    const uint32_t levels = 1U << ref_format_magnitude_bits(format);
    const uint32_t field = code % levels;
    const uint32_t first = format->has_zero && format->sign != REF_SIGN_TERNARY ? 1 : 0;
    int zero_sign = 1;
    const int sign = factor(format, code / levels, field, &zero_sign);
    value->class = REF_FINITE;
    if (sign == 0) {
        mpfr_set_zero(value->number, zero_sign);
        return;
    }
    /* Walk up the powers one field at a time. */
    ref_exact(mpfr_set_ui_2exp(value->number, 1, -(long)format->bias, MPFR_RNDN));
    for (uint32_t at = first; at < field; at++) {
        ref_exact(mpfr_mul_ui(value->number, value->number, 2, MPFR_RNDN));
    }
    ref_exact(mpfr_setsign(value->number, value->number, sign < 0, MPFR_RNDN));
}
