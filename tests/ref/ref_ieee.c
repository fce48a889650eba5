#include "tests/ref/ref_ieee.h"

static mpfr_rnd_t direction(ref_rounding rounding)
{
    switch (rounding) {
    case REF_TOWARD_ZERO: return MPFR_RNDZ;
    case REF_UP: return MPFR_RNDU;
    case REF_DOWN: return MPFR_RNDD;
    default: return MPFR_RNDN;
    }
}

/* The fields of a number the format has. */
static uint32_t code_of(const ref_format *format, const mpfr_t value)
{
    const uint32_t hidden = 1U << format->mantissa_bits;
    const uint32_t exponents = 1U << format->exponent_bits;
    const uint32_t sign = mpfr_signbit(value) ? hidden * exponents : 0;
    if (mpfr_zero_p(value)) {
        return sign;
    }
    if (mpfr_inf_p(value)) {
        return sign + (exponents - 1) * hidden;
    }
    /* MPFR's significand lies in [1/2, 1): the exponent of IEEE 754 is one less. */
    long field = mpfr_get_exp(value) - 1 + format->bias;
    field = field < 1 ? 1 : field;
    MPFR_DECL_INIT(significand, REF_VALUE_PRECISION);
    ref_exact(mpfr_abs(significand, value, MPFR_RNDN));
    ref_exact(mpfr_mul_2si(significand, significand, format->bias + (long)format->mantissa_bits - field, MPFR_RNDN));
    /* A subnormal has no hidden bit to cancel against the field of one. */
    const uint32_t integer = (uint32_t)mpfr_get_ui(significand, MPFR_RNDN);
    return sign + (uint32_t)(field - 1) * hidden + integer;
}

uint32_t ref_ieee_round(const ref_format *format, const mpfr_t x, ref_rounding rounding)
{
    const mpfr_exp_t emin = mpfr_get_emin();
    const mpfr_exp_t emax = mpfr_get_emax();
    const mpfr_rnd_t to = direction(rounding);
    mpfr_t rounded;
    mpfr_init2(rounded, (mpfr_prec_t)format->mantissa_bits + 1);
    int ternary = mpfr_set(rounded, x, to);
    mpfr_set_emin(2 - format->bias - (long)format->mantissa_bits);
    mpfr_set_emax((1L << format->exponent_bits) - 1 - format->bias);
    ternary = mpfr_check_range(rounded, ternary, to);
    (void)mpfr_subnormalize(rounded, ternary, to);
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
    const uint32_t code = code_of(format, rounded);
    mpfr_clear(rounded);
    return code;
}
