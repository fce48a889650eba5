/* Exact numbers and the long sum against GMP; its rounding to fp64 and fp32 against MPFR. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/long_sum.h"
#include "tests/ref/ref_number.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { SEED = 99, SUMS = 300, TERMS = 40, PAIRS = 10000, PRECISION = 1400 };

/* A number of random length and sign; short ones coincide and cancel. */
static ng_dyadic random_dyadic(uint64_t index, unsigned bits, int low, int high)
{
    ng_dyadic made = {.exponent = low + (int)random_below(SEED + 1, index, (uint32_t)(high - low + 1))};
    for (unsigned limb = 0; limb < NG_WIDE_LIMBS; limb++) {
        made.significand.limb[limb] = random_bits(SEED, index * 4 + limb);
    }
    made.significand = ng_wide_sign_extend(made.significand, 1 + random_below(SEED + 2, index, bits));
    return made;
}

static ng_dyadic magnitude(ng_dyadic a)
{
    a.significand = ng_wide_is_negative(&a.significand) ? ng_wide_negate(a.significand) : a.significand;
    return a;
}

static void to_rational(mpq_t number, const ng_dyadic *a)
{
    wide_to_signed(mpq_numref(number), &a->significand);
    mpz_set_ui(mpq_denref(number), 1);
    if (a->exponent < 0) {
        mpq_div_2exp(number, number, (mp_bitcnt_t)-a->exponent);
    } else {
        mpq_mul_2exp(number, number, (mp_bitcnt_t)a->exponent);
    }
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

START_TEST(compare_and_multiply)
{
    tally count = {0};
    mpq_t x;
    mpq_t y;
    mpq_t z;
    mpq_inits(x, y, z, NULL);
    for (uint64_t i = 0; i < PAIRS; i++) {
        const ng_dyadic a = random_dyadic(2 * i, i % 2 == 0 ? 120 : 6, -300, 300);
        ng_dyadic b = random_dyadic(2 * i + 1, i % 2 == 0 ? 120 : 6, -300, 300);
        if (i % 3 == 0) {
            /* The same number otherwise written, and one unit more. */
            b = ng_dyadic_multiply(a, ng_dyadic_make(INT64_C(1) << 10, -10));
            b.significand.limb[0] += i % 2;
        }
        const ng_dyadic product = ng_dyadic_multiply(a, b);
        const ng_dyadic p = magnitude(a);
        const ng_dyadic q = magnitude(b);
        to_rational(x, &a);
        to_rational(y, &b);
        to_rational(z, &product);
        mpq_mul(x, x, y);
        tally_case(&count, mpq_equal(x, z));
        to_rational(x, &p);
        to_rational(y, &q);
        const int order = mpq_cmp(x, y);
        tally_case(&count, ng_dyadic_compare(&p, &q) == (order > 0) - (order < 0));
    }
    mpq_clears(x, y, z, NULL);
    tally_verdict(&count, "dyadic compare, multiply");
}
END_TEST

START_TEST(from_double)
{
    static const double special[] = {0, -0.0, 0x1p-1074, -0x1.fffffffffffffp1023, 1, 3, 0x1p300, NAN, INFINITY};
    tally count = {0};
    mpq_t x;
    mpq_t y;
    mpq_inits(x, y, NULL);
    for (uint64_t i = 0; i < PAIRS; i++) {
        const double value = i < 9 ? special[i] : random_double(SEED, i, -1022, 1023);
        const ng_dyadic made = ng_dyadic_from_double(value);
        to_rational(x, &made);
        mpq_set_d(y, isfinite(value) ? value : 0);
        tally_case(&count, mpq_equal(x, y) && (value == 0 || !isfinite(value) || made.significand.limb[0] % 2 == 1));
    }
    mpq_clears(x, y, NULL);
    tally_verdict(&count, "dyadic from_double");
}
END_TEST

/* number = 2^exponent * number. */
static void scale_up(mpq_t number, long exponent)
{
    if (exponent < 0) {
        mpq_div_2exp(number, number, (mp_bitcnt_t)-exponent);
    } else {
        mpq_mul_2exp(number, number, (mp_bitcnt_t)exponent);
    }
}

/* A quotient lies on the side of a number of 127 bits that the exact one lies on, and equals it only if that does: the
 * number below the quotient, and the one above. */
static void try_divide(tally *count, const ng_dyadic *a, const ng_dyadic *b)
{
    enum { BITS = 127 };
    const ng_dyadic quotient = ng_dyadic_divide(*a, *b);
    mpq_t exact;
    mpq_t got;
    mpq_t mark;
    mpz_t floor;
    mpq_inits(exact, got, mark, NULL);
    mpz_init(floor);
    to_rational(exact, a);
    to_rational(mark, b);
    mpq_div(exact, exact, mark);
    to_rational(got, &quotient);
    /* A unit of the 126th or 127th place. */
    const long length = (long)mpz_sizeinbase(mpq_numref(exact), 2) - (long)mpz_sizeinbase(mpq_denref(exact), 2);
    const long unit = length - BITS + 1;
    mpq_set(mark, exact);
    scale_up(mark, -unit);
    mpz_fdiv_q(floor, mpq_numref(mark), mpq_denref(mark));
    for (int step = 0; step < 2; step++) {
        mpq_set_z(mark, floor);
        scale_up(mark, unit);
        const int right = mpq_cmp(exact, mark);
        const int side = mpq_cmp(got, mark);
        tally_case(count, (right > 0) - (right < 0) == (side > 0) - (side < 0));
        mpz_add_ui(floor, floor, 1);
    }
    mpz_clear(floor);
    mpq_clears(exact, got, mark, NULL);
}

/* The a for which a * 2^shift is 1 more or less than a multiple of b: as near to a number of few bits as a quotient
 * comes. */
static int64_t nearly_short(uint32_t b, unsigned shift, bool above)
{
    mpz_t a;
    mpz_t modulus;
    mpz_init(a);
    mpz_init_set_ui(modulus, b);
    mpz_setbit(a, shift);
    ck_assert_int_ne(mpz_invert(a, a, modulus), 0);
    const int64_t found = (int64_t)mpz_get_ui(a);
    mpz_clears(a, modulus, NULL);
    return above ? found : (int64_t)b - found;
}

START_TEST(divide)
{
    tally count = {0};
    for (uint64_t i = 0; i < PAIRS; i++) {
        const uint32_t divisor = 1 + random_below(SEED, i, i % 2 == 0 ? UINT32_MAX : 9);
        const ng_dyadic b = ng_dyadic_make(divisor, -40 + (int)(i % 80));
        const ng_dyadic a = random_dyadic(2 * i, 53, -300, 300);
        const ng_dyadic exact = ng_dyadic_make((int64_t)divisor * 77, 3);
        try_divide(&count, &a, &b);
        try_divide(&count, &exact, &b);
        if (divisor > 1 && divisor % 2 == 1) {
            for (unsigned shift = 120; shift < 160; shift++) {
                const ng_dyadic near = ng_dyadic_make(nearly_short(divisor, shift, i % 4 < 2), 0);
                try_divide(&count, &near, &b);
            }
        }
    }
    const ng_dyadic nothing = ng_dyadic_divide(ng_dyadic_make(5, 0), ng_dyadic_make(0, 0));
    tally_case(&count, ng_wide_is_zero(&nothing.significand));
    tally_verdict(&count, "dyadic divide");
}
END_TEST

/* ---- sums ------------------------------------------------------------------------------------------------------- */

/* The limbs as a number in units of 2^-640. */
static void to_integer(mpz_t number, const ng_long_sum *sum)
{
    mpz_import(number, NG_LONG_LIMBS, -1, sizeof sum->limb[0], 0, 0, sum->limb);
    if (mpz_tstbit(number, NG_LONG_BITS - 1)) {
        mpz_t period;
        mpz_init(period);
        mpz_setbit(period, NG_LONG_BITS);
        mpz_sub(number, number, period);
        mpz_clear(period);
    }
}

static void judge_rounding(tally *count, const ng_long_sum *sum)
{
    MPFR_DECL_INIT(exact, PRECISION);
    mpz_t number;
    mpz_init(number);
    to_integer(number, sum);
    ref_exact(mpfr_set_z_2exp(exact, number, NG_LONG_LSB, MPFR_RNDN));
    const double got = ng_long_sum_to_double(sum);
    const float narrow = ng_long_sum_to_float(sum);
    const double expected = mpfr_get_d(exact, MPFR_RNDN);
    const float expected_narrow = mpfr_get_flt(exact, MPFR_RNDN);
    if (!tally_case(count, memcmp(&got, &expected, sizeof got) == 0) && !tally_full(count)) {
        gmp_fprintf(stderr, "long sum %Zd * 2^-640: got %a expected %a\n", number, got, expected);
    }
    if (!tally_case(count, memcmp(&narrow, &expected_narrow, sizeof narrow) == 0) && !tally_full(count)) {
        gmp_fprintf(stderr, "long sum %Zd * 2^-640: got %a expected %a as fp32\n", number, (double)narrow,
                    (double)expected_narrow);
    }
    mpz_clear(number);
}

START_TEST(sums)
{
    tally count = {0};
    mpz_t expected;
    mpz_t got;
    mpz_t term;
    mpz_inits(expected, got, term, NULL);
    for (uint64_t i = 0; i < SUMS; i++) {
        ng_long_sum sum = {{0}};
        ng_long_sum other = {{0}};
        mpz_set_ui(expected, 0);
        for (uint64_t j = 0; j < TERMS; j++) {
            /* Every alignment, also the one at which a significand of 256 bits ends at the top. */
            const ng_dyadic a = random_dyadic(i * TERMS + j, i % 3 == 0 ? 256 : 50, NG_LONG_LSB, 370);
            wide_to_signed(term, &a.significand);
            mpz_mul_2exp(term, term, (mp_bitcnt_t)(a.exponent - NG_LONG_LSB));
            mpz_add(expected, expected, term);
            ng_long_sum_add(&sum, &a);
            to_integer(got, &sum);
            tally_case(&count, mpz_cmp(got, expected) == 0);
            judge_rounding(&count, &sum);
        }
        ng_dyadic unit = ng_dyadic_make(i % 2 == 0 ? 1 : -1, NG_LONG_LSB);
        other = sum;
        tally_case(&count, ng_long_sum_compare(&sum, &other) == 0);
        ng_long_sum_add(&other, &unit);
        tally_case(&count, ng_long_sum_compare(&other, &sum) == (i % 2 == 0 ? 1 : -1));
        tally_case(&count, ng_long_sum_compare(&sum, &other) == (i % 2 == 0 ? -1 : 1));
    }
    mpz_clears(expected, got, term, NULL);
    tally_verdict(&count, "long sums");
}
END_TEST

/* Ties of both widths, a bit more and a bit less, from below the smallest subnormal to above the largest number. */
START_TEST(roundings)
{
    static const unsigned widths[] = {23, 24, 25, 52, 53, 54};
    tally count = {0};
    for (int exponent = -640; exponent < 570; exponent++) {
        for (unsigned w = 0; w < 6; w++) {
            for (int offset = -1; offset <= 1; offset++) {
                ng_long_sum sum = {{0}};
                const ng_dyadic x = ng_dyadic_make((INT64_C(1) << widths[w]) + 1 + (exponent & 2), exponent);
                const ng_dyadic sticky = ng_dyadic_make(offset, NG_LONG_LSB);
                ng_long_sum_add(&sum, &x);
                ng_long_sum_add(&sum, &sticky);
                judge_rounding(&count, &sum);
            }
        }
    }
    tally_verdict(&count, "long sum roundings");
}
END_TEST

/* Bits below the last place are cut off towards minus infinity, bits above the first one vanish. */
START_TEST(out_of_range)
{
    static const int exponents[] = {-100000, -2000, -897, -896, -769, -768, -641, 600, 640, 100000};
    tally count = {0};
    mpz_t expected;
    mpz_t got;
    mpz_inits(expected, got, NULL);
    for (size_t i = 0; i < sizeof exponents / sizeof exponents[0]; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            ng_long_sum sum = {{0}};
            const ng_dyadic x = {ng_wide_from_int(sign * INT64_C(0x123456789ABCDEF)), exponents[i]};
            ng_long_sum_add(&sum, &x);
            to_integer(got, &sum);
            wide_to_signed(expected, &x.significand);
            if (x.exponent >= NG_LONG_LSB) {
                mpz_mul_2exp(expected, expected, (mp_bitcnt_t)(x.exponent - NG_LONG_LSB));
                mpz_fdiv_r_2exp(expected, expected, NG_LONG_BITS);
                mpz_fdiv_r_2exp(got, got, NG_LONG_BITS);
            } else {
                mpz_fdiv_q_2exp(expected, expected, (mp_bitcnt_t)(NG_LONG_LSB - x.exponent));
            }
            tally_case(&count, mpz_cmp(got, expected) == 0);
        }
    }
    mpz_clears(expected, got, NULL);
    tally_verdict(&count, "long sum out of range");
}
END_TEST

Suite *ng_suite_long_sum(void);

Suite *ng_suite_long_sum(void)
{
    Suite *suite = suite_create("long_sum");
    TCase *tcase = golden_tcase(suite, "long_sum");
    tcase_add_test(tcase, compare_and_multiply);
    tcase_add_test(tcase, from_double);
    tcase_add_test(tcase, divide);
    tcase_add_test(tcase, sums);
    tcase_add_test(tcase, roundings);
    tcase_add_test(tcase, out_of_range);
    return suite;
}
