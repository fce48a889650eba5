#include "tests/ref/ref_integer.h"

/* Sum of code bit i times 2^(i - bias) over the low `bits` bits. */
static void add_bits(mpfr_t sum, uint32_t code, unsigned bits, int bias)
{
    for (unsigned i = 0; i < bits; i++) {
        if ((code >> i) % 2 == 1) {
            MPFR_DECL_INIT(weight, REF_VALUE_PRECISION);
            ref_exact(mpfr_set_si_2exp(weight, 1, (long)i - bias, MPFR_RNDN));
            ref_exact(mpfr_add(sum, sum, weight, MPFR_RNDN));
        }
    }
}

void ref_integer_value(const ref_format *format, uint32_t code, ref_value *value)
{
    const unsigned below = ref_format_magnitude_bits(format);
    value->class = REF_FINITE;
    mpfr_set_zero(value->number, 1);
    add_bits(value->number, code, below, format->bias);
    if (format->sign == REF_SIGN_UNSIGNED || (code >> below) % 2 == 0) {
        return;
    }
    if (format->sign == REF_SIGN_SIGN_MAGNITUDE) {
        ref_exact(mpfr_neg(value->number, value->number, MPFR_RNDN));
        return;
    }
    MPFR_DECL_INIT(weight, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_si_2exp(weight, 1, (long)below - format->bias, MPFR_RNDN));
    ref_exact(mpfr_sub(value->number, value->number, weight, MPFR_RNDN));
}

bool ref_integer_word(mpz_t word, const mpfr_t value, long lsb, unsigned bits)
{
    MPFR_DECL_INIT(units, REF_SUM_PRECISION);
    ref_exact(mpfr_mul_2si(units, value, -lsb, MPFR_RNDN));
    if (!mpfr_integer_p(units)) {
        return false;
    }
    ref_exact(mpfr_get_z(word, units, MPFR_RNDN));
    if (ref_integer_width(word, word) > bits) {
        return false;
    }
    /* The floored remainder modulo 2^bits is the two's complement word. */
    mpz_fdiv_r_2exp(word, word, bits);
    return true;
}

void ref_integer_unword(mpfr_t value, const mpz_t word, long lsb, unsigned bits)
{
    mpz_t number;
    mpz_t period;
    mpz_init_set(number, word);
    mpz_init(period);
    mpz_setbit(period, bits);
    mpz_fdiv_r(number, number, period);
    if (mpz_tstbit(number, bits - 1)) {
        mpz_sub(number, number, period);
    }
    ref_exact(mpfr_set_z_2exp(value, number, lsb, MPFR_RNDN));
    mpz_clear(number);
    mpz_clear(period);
}

/* Smallest n with -2^(n-1) <= value < 2^(n-1). */
static unsigned width(const mpz_t value)
{
    mpz_t edge;
    mpz_init(edge);
    if (mpz_sgn(value) >= 0) {
        mpz_add_ui(edge, value, 1);
    } else {
        mpz_neg(edge, value);
    }
    /* ceil(log2 edge) = bits of edge - 1. */
    mpz_sub_ui(edge, edge, 1);
    const unsigned bits = mpz_sgn(edge) == 0 ? 1 : (unsigned)mpz_sizeinbase(edge, 2) + 1;
    mpz_clear(edge);
    return bits;
}

unsigned ref_integer_width(const mpz_t low, const mpz_t high)
{
    const unsigned a = width(low);
    const unsigned b = width(high);
    return a > b ? a : b;
}
