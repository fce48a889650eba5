#include "tests/ref/ref_shift.h"

void ref_shift_value(const ref_format *format, uint32_t code, ref_value *value)
{
    const uint32_t levels = 1U << (format->bits - 1);
    const uint32_t field = code % levels;
    const bool negative = code / levels % 2 == 1;
    value->class = REF_FINITE;
    if (format->has_zero && field == 0) {
        mpfr_set_zero(value->number, negative ? -1 : 1);
        return;
    }
    /* Walk up the powers one field at a time. */
    ref_exact(mpfr_set_ui_2exp(value->number, 1, -(long)format->bias, MPFR_RNDN));
    for (uint32_t at = format->has_zero ? 1 : 0; at < field; at++) {
        ref_exact(mpfr_mul_ui(value->number, value->number, 2, MPFR_RNDN));
    }
    ref_exact(mpfr_setsign(value->number, value->number, negative, MPFR_RNDN));
}
