/* The fp32 block accumulator against MPFR: one exact sum, one rounding to 24 bits with fp32's exponents. */
#include <check.h>
#include <math.h>
#include <mpfr.h>
#include <string.h>

#include "model/block_accumulate.h"
#include "tests/support/random.h"

enum { CASES = 400000, PRECISION = 4200 };

static float to_float(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t to_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* mpfr_get_flt() rounds once, subnormals included, and overflows to infinity. Range: sum finite. */
static uint32_t reference(uint32_t sum, int64_t product, int exponent)
{
    mpfr_t exact;
    mpfr_t term;
    mpfr_init2(exact, PRECISION);
    mpfr_init2(term, 64);
    mpfr_set_flt(exact, to_float(sum), MPFR_RNDN);
    mpfr_set_sj_2exp(term, product, exponent, MPFR_RNDN);
    const int inexact = mpfr_add(exact, exact, term, MPFR_RNDN);
    ck_assert_int_eq(inexact, 0);
    const float rounded = mpfr_zero_p(exact) ? 0.0F : mpfr_get_flt(exact, MPFR_RNDN);
    mpfr_clears(exact, term, (mpfr_ptr)0);
    return to_bits(rounded);
}

static void check(uint32_t sum, int64_t product, int exponent)
{
    const uint32_t got = ng_block_accumulate(sum, product, exponent);
    const uint32_t expected = reference(sum, product, exponent);
    ck_assert_msg(got == expected, "sum %08x product %lld exponent %d: got %08x expected %08x", sum, (long long)product,
                  exponent, got, expected);
}

/* A product of random length: short ones tie and cancel, long ones are what a 64-bit sum could be. */
static int64_t random_product(uint64_t seed, uint64_t index)
{
    const uint64_t bits = random_bits(seed, index);
    return (int64_t)bits >> (bits & 63);
}

START_TEST(anywhere)
{
    for (uint64_t i = 0; i < CASES; i++) {
        const uint32_t sum = (uint32_t)random_bits(1, i);
        if (isfinite(to_float(sum))) {
            check(sum, random_product(2, i), (int)random_below(3, i, 400) - 250);
        }
    }
}
END_TEST

/* Products whose bits overlap the sum's: every kind of carry, tie and cancellation. */
START_TEST(close_together)
{
    for (uint64_t i = 0; i < CASES; i++) {
        const uint32_t field = 1 + random_below(4, i, 253);
        const uint32_t sum = (uint32_t)random_bits(5, i) & ~UINT32_C(0x7F800000) & (0xFFFFFFFFU << random_below(6, i, 23));
        const int shift = (int)field - 127 - 23 - (int)random_below(7, i, 30);
        check(sum | field << 23, random_product(8, i) >> 36, shift);
    }
}
END_TEST

START_TEST(edges)
{
    static const uint32_t sums[] = {0, 0x80000000, 1, 0x80000001, 0x007FFFFF, 0x00800000, 0x3F800000, 0xBF800000,
                                    0x7F7FFFFF, 0xFF7FFFFF};
    static const int64_t products[] = {0, 1, -1, 2, 3, -3, 1 << 24, (1 << 24) + 1, INT64_MAX, INT64_MIN};
    static const int exponents[] = {-1900, -300, -150, -149, -148, -127, -24, -23, 0, 40, 64, 103, 104, 127, 128, 1900};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        for (size_t j = 0; j < sizeof products / sizeof products[0]; j++) {
            for (size_t k = 0; k < sizeof exponents / sizeof exponents[0]; k++) {
                check(sums[i], products[j], exponents[k]);
            }
        }
    }
}
END_TEST

START_TEST(not_numbers_and_far_exponents)
{
    ck_assert_uint_eq(ng_block_accumulate(0x7F800000, -5, 3), 0x7F800000);
    ck_assert_uint_eq(ng_block_accumulate(0xFF800000, 5, 3000), 0xFF800000);
    ck_assert_uint_eq(ng_block_accumulate(0x7F800001, 1, 0), 0x7FC00000);
    ck_assert_uint_eq(ng_block_accumulate(0xFFFFFFFF, 0, 0), 0x7FC00000);
    ck_assert_uint_eq(ng_block_accumulate(0x3F800000, -1, INT32_MAX), 0xFF800000);
    ck_assert_uint_eq(ng_block_accumulate(0x3F800000, -1, INT32_MIN), 0x3F800000);
    ck_assert_uint_eq(ng_block_accumulate(0x80000000, 0, 0), 0);
}
END_TEST

/* The examples of the header. */
START_TEST(examples)
{
    ck_assert_uint_eq(ng_block_accumulate(to_bits(1.0F), 1, -24), to_bits(1.0F));
    ck_assert_uint_eq(ng_block_accumulate(to_bits(1.0F), 3, -24), to_bits(1.0F + 0x1p-22F));
    ck_assert_uint_eq(ng_block_accumulate(to_bits(1.0F), -1, 0), 0);
}
END_TEST

Suite *ng_suite_block_accumulate(void);

Suite *ng_suite_block_accumulate(void)
{
    Suite *suite = suite_create("block_accumulate");
    TCase *tcase = tcase_create("block_accumulate");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, anywhere);
    tcase_add_test(tcase, close_together);
    tcase_add_test(tcase, edges);
    tcase_add_test(tcase, not_numbers_and_far_exponents);
    tcase_add_test(tcase, examples);
    suite_add_tcase(suite, tcase);
    return suite;
}
