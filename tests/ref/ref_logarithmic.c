#include "tests/ref/ref_logarithmic.h"

int ref_logarithmic_power(mpfr_t power, const ref_format *format, uint32_t code)
{
    const long half = 1L << (format->bits - 2);
    const long levels = 2 * half;
    const bool negative = (code >> (format->bits - 1)) % 2 == 1;
    long logarithm = (long)(code % (uint32_t)levels);
    if (logarithm >= half) {
        logarithm -= levels;
    }
    if (logarithm == -half) {
        mpfr_set_zero(power, negative ? -1 : 1);
        return 0;
    }
    MPFR_DECL_INIT(exponent, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_si_2exp(exponent, logarithm, -(long)format->mantissa_bits, MPFR_RNDN));
    ref_exact(mpfr_sub_si(exponent, exponent, format->bias, MPFR_RNDN));
    const int ternary = mpfr_exp2(power, exponent, MPFR_RNDN);
    ref_exact(mpfr_setsign(power, power, negative, MPFR_RNDN));
    return ternary;
}

void ref_logarithmic_value(const ref_format *format, uint32_t code, ref_value *value)
{
    MPFR_DECL_INIT(power, REF_LOGARITHMIC_PRECISION);
    value->class = REF_FINITE;
    /* The one rounding the format itself has. */
    (void)ref_logarithmic_power(power, format, code);
    ref_exact(mpfr_set(value->number, power, MPFR_RNDN));
}
