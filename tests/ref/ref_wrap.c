#include "tests/ref/ref_wrap.h"

enum { TINY = -300 };

/* True if the integer above is the one: x = floor + fraction, 0 < fraction < 1. */
static bool takes_upper(const mpz_t floor, const mpfr_t fraction, bool negative, const ref_options *options)
{
    const int side = mpfr_cmp_d(fraction, 0.5);
    switch (options->rounding) {
    case REF_NEAREST_EVEN: return side != 0 ? side > 0 : mpz_odd_p(floor) != 0;
    case REF_NEAREST_AWAY: return side != 0 ? side > 0 : !negative;
    case REF_TIES_UP: return side >= 0;
    case REF_TOWARD_ZERO: return negative;
    case REF_UP: return true;
    case REF_DOWN: return false;
    case REF_TO_ODD: return mpz_even_p(floor) != 0;
    case REF_STOCHASTIC:
    case REF_ROUNDINGS: break;
    }
    /* floor(2^n distance) + random >= 2^n  <=>  2^n distance >= 2^n - random: of the magnitude, from the integer nearer 0. */
    MPFR_DECL_INIT(distance, REF_SUM_PRECISION);
    MPFR_DECL_INIT(needed, REF_SUM_PRECISION);
    ref_exact(mpfr_set(distance, fraction, MPFR_RNDN));
    if (negative) {
        ref_exact(mpfr_ui_sub(distance, 1, fraction, MPFR_RNDN));
    }
    ref_exact(mpfr_set_ui_2exp(needed, 1, options->random_bits, MPFR_RNDN));
    ref_exact(mpfr_sub_ui(needed, needed, options->random, MPFR_RNDN));
    ref_exact(mpfr_mul_2ui(distance, distance, options->random_bits, MPFR_RNDN));
    const bool outward = mpfr_cmp(distance, needed) >= 0;
    return outward != negative;
}

static uint32_t wrapped(const ref_format *format, mpz_t integer, bool negative)
{
    const unsigned below = ref_format_magnitude_bits(format);
    const uint32_t sign = 1U << below;
    if (format->sign == REF_SIGN_SIGN_MAGNITUDE) {
        mpz_abs(integer, integer);
        mpz_fdiv_r_2exp(integer, integer, below);
        return (uint32_t)mpz_get_ui(integer) + (negative ? sign : 0);
    }
    mpz_fdiv_r_2exp(integer, integer, format->bits);
    const uint32_t code = (uint32_t)mpz_get_ui(integer);
    return format->sign == REF_SIGN_SYMMETRIC && code == sign ? code + 1 : code;
}

uint32_t ref_wrap(const ref_format *format, const mpfr_t x, const ref_options *options)
{
    const bool negative = mpfr_signbit(x) != 0;
    MPFR_DECL_INIT(units, REF_SUM_PRECISION);
    MPFR_DECL_INIT(fraction, REF_SUM_PRECISION);
    mpz_t integer;
    mpz_init(integer);
    ref_exact(mpfr_mul_2si(units, x, format->bias, MPFR_RNDN));
    if (mpfr_get_exp(units) < TINY) {
        /* Closer to zero than any mode can tell: random words have 32 bits. */
        ref_exact(mpfr_set_si_2exp(units, negative ? -1 : 1, TINY, MPFR_RNDN));
    }
    (void)mpfr_get_z(integer, units, MPFR_RNDD);
    if (!mpfr_integer_p(units)) {
        ref_exact(mpfr_sub_z(fraction, units, integer, MPFR_RNDN));
        if (takes_upper(integer, fraction, negative, options)) {
            mpz_add_ui(integer, integer, 1);
        }
    }
    const uint32_t code = wrapped(format, integer, negative);
    mpz_clear(integer);
    return code;
}
