#include "tests/ref/ref_power.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <mpfr.h>

enum { PRECISION = 400 };

static unsigned steps(const ref_power *power)
{
    return (1U << (power->bits - 1)) - 1;
}

/* number^(numerator / denominator), or number^real where denominator is 0; returns MPFR's ternary value: 0 is exact.
 * Powers of the numbers here fit the precision, so only the root rounds. */
static int raise(mpfr_t number, unsigned numerator, unsigned denominator, double real, mpfr_rnd_t mode)
{
    if (denominator == 0) {
        mpfr_t exponent;
        mpfr_init2(exponent, 60);
        mpfr_set_d(exponent, real, MPFR_RNDN);
        const int ternary = mpfr_pow(number, number, exponent, mode);
        mpfr_clear(exponent);
        return ternary;
    }
    if (mpfr_pow_ui(number, number, numerator, mode) != 0) {
        fprintf(stderr, "ref_power: a power was rounded\n");
        abort();
    }
    return mpfr_rootn_ui(number, number, denominator, mode);
}

uint32_t ref_power_step(const ref_power *power, float x)
{
    if (fabsf(x) >= 4) {
        return steps(power);
    }
    mpfr_t y;
    mpfr_init2(y, PRECISION);
    mpfr_set_flt(y, fabsf(x), MPFR_RNDN);
    int inexact = raise(y, power->p, power->q, power->a, MPFR_RNDD);
    inexact |= mpfr_mul_ui(y, y, steps(power), MPFR_RNDD);
    /* y is at or just below L |x|^a: floor(y + 1/2) is the nearest step, unless an exact tie belongs below. */
    inexact |= mpfr_add_d(y, y, 0.5, MPFR_RNDD);
    unsigned long k = mpfr_get_ui(y, MPFR_RNDD);
    if (inexact == 0 && mpfr_integer_p(y) && k % 2 == 1) {
        k--;
    }
    mpfr_clear(y);
    return k < steps(power) ? (uint32_t)k : steps(power);
}

/* (n / d)^(1/a) to fp32; both roundings of the long number must agree. */
static float inverse(const ref_power *power, unsigned long n, unsigned long d, mpfr_rnd_t mode)
{
    float ends[2];
    for (int i = 0; i < 2; i++) {
        mpfr_t y;
        mpfr_t below;
        const mpfr_rnd_t side = i == 0 ? MPFR_RNDD : MPFR_RNDU;
        mpfr_inits2(PRECISION, y, below, (mpfr_ptr)0);
        if (power->q != 0) {
            /* The root of the numerator over that of the denominator. */
            mpfr_set_ui(y, n, MPFR_RNDN);
            mpfr_set_ui(below, d, MPFR_RNDN);
            raise(y, power->q, power->p, 0, side);
            raise(below, power->q, power->p, 0, i == 0 ? MPFR_RNDU : MPFR_RNDD);
            mpfr_div(y, y, below, side);
        } else {
            mpfr_set_ui(y, n, MPFR_RNDN);
            mpfr_div_ui(y, y, d, side);
            mpfr_t exponent;
            mpfr_init2(exponent, PRECISION);
            mpfr_set_d(exponent, power->a, MPFR_RNDN);
            /* y < 1 or y = 1: a larger exponent gives a smaller power. */
            mpfr_ui_div(exponent, 1, exponent, i == 0 ? MPFR_RNDU : MPFR_RNDD);
            mpfr_pow(y, y, exponent, side);
            mpfr_clear(exponent);
        }
        ends[i] = mpfr_get_flt(y, mode);
        mpfr_clears(y, below, (mpfr_ptr)0);
    }
    if (ends[0] < ends[1] || ends[0] > ends[1]) {
        fprintf(stderr, "ref_power: %lu/%lu lies on a border\n", n, d);
        abort();
    }
    return ends[0];
}

float ref_power_value(const ref_power *power, uint32_t k)
{
    return k == 0 ? 0 : inverse(power, k, steps(power), MPFR_RNDN);
}

float ref_power_threshold(const ref_power *power, uint32_t k)
{
    const float up = inverse(power, 2 * (unsigned long)k - 1, 2 * (unsigned long)steps(power), MPFR_RNDU);
    return ref_power_step(power, up) >= k ? up : nextafterf(up, INFINITY);
}
