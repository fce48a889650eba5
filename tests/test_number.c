/* Numbers as the command line reads and writes them, against MPFR. */
#include <check.h>
#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <string.h>

#include "src/cli/number.h"
#include "tests/support/random.h"

enum { TEXT_SIZE = 512, LONG_PRECISION = 4096, NUMBERS = 20000 };

static const mpfr_prec_t precisions[] = {1, 2, 4, 8, 11, 24, 51};
static const mpfr_rnd_t directions[] = {MPFR_RNDN, MPFR_RNDZ, MPFR_RNDU, MPFR_RNDD};

/* Rounding the double that was read gives what rounding the written number does, to every precision, in every direction. */
static void expect_once(const char *text, mpfr_srcptr exact)
{
    double value;
    ck_assert_msg(ng_read_number(text, &value), "'%s' is refused", text);
    for (size_t p = 0; p < sizeof precisions / sizeof precisions[0]; p++) {
        for (size_t d = 0; d < sizeof directions / sizeof directions[0]; d++) {
            mpfr_t twice;
            mpfr_t once;
            mpfr_init2(twice, precisions[p]);
            mpfr_init2(once, precisions[p]);
            mpfr_set_d(twice, value, directions[d]);
            mpfr_set(once, exact, directions[d]);
            ck_assert_msg(mpfr_equal_p(twice, once), "'%s' to %ld bits, direction %zu", text, (long)precisions[p], d);
            mpfr_clears(twice, once, (mpfr_ptr)NULL);
        }
    }
}

/* A midpoint of two numbers of few bits, in full, with something far below it or nothing. */
static void near_tie(uint64_t index, char text[TEXT_SIZE])
{
    static const char *const tails[] = {"", "0000000000000000000000001", "00000000000000000000000000000000000000007"};
    const uint32_t bits = 2 + random_below(11, 3 * index, 24);
    const uint64_t significand = (random_bits(12, index) & ((UINT64_C(1) << bits) - 1)) | 1;
    const int exponent = (int)random_below(13, index, 60) - 50;
    const bool negative = random_below(14, index, 2) != 0;
    const int length = snprintf(text, TEXT_SIZE, "%s%.60f", negative ? "-" : "", ldexp((double)significand, exponent));
    const char *tail = tails[random_below(15, index, 3)];
    ck_assert_int_lt(length + (int)strlen(tail), TEXT_SIZE);
    strcat(text, tail);
}

START_TEST(reads_without_double_rounding)
{
    char text[TEXT_SIZE];
    mpfr_t exact;
    mpfr_init2(exact, LONG_PRECISION);
    for (uint64_t i = 0; i < NUMBERS; i++) {
        near_tie(i, text);
        ck_assert_int_eq(mpfr_set_str(exact, text, 10, MPFR_RNDN), 0);
        expect_once(text, exact);
    }
    mpfr_clear(exact);
}
END_TEST

START_TEST(reads_quotients)
{
    char text[TEXT_SIZE];
    mpfr_t numerator;
    mpfr_t exact;
    mpfr_inits2(LONG_PRECISION, numerator, exact, (mpfr_ptr)NULL);
    for (uint64_t i = 0; i < NUMBERS; i++) {
        const long top = (long)random_below(21, i, 1 << 20) - (1 << 19);
        const long bottom = ((long)random_below(22, i, 1 << (i % 20)) + 1) * (i % 3 == 0 ? -1 : 1);
        (void)snprintf(text, sizeof text, "%ld/%ld", top, bottom);
        mpfr_set_si(numerator, top, MPFR_RNDN);
        mpfr_div_si(exact, numerator, bottom, MPFR_RNDZ);
        expect_once(text, exact);
    }
    mpfr_clears(numerator, exact, (mpfr_ptr)NULL);
}
END_TEST

START_TEST(ends_of_the_range)
{
    double value;
    ck_assert(ng_read_number("1e999", &value) && isfinite(value) && value > 1e308);
    ck_assert(ng_read_number("-1e999", &value) && isfinite(value) && value < -1e308);
    ck_assert(ng_read_number("1e-999", &value) && value > 0);
    ck_assert(ng_read_number("-1e-999", &value) && value < 0);
    ck_assert(ng_read_number("0x1p1000/0x1p-1000", &value) && isfinite(value) && value > 1e308);
    ck_assert(ng_read_number("0x1p-1000/-0x1p1000", &value) && value < 0 && value > -1e-300);
    ck_assert(ng_read_number("-0", &value) && value == 0 && signbit(value));
    ck_assert(ng_read_number("-inf", &value) && isinf(value) && value < 0);
    ck_assert(ng_read_number("nan", &value) && isnan(value));
    ck_assert(ng_read_number("0x1.8p1", &value) && value == 3);
}
END_TEST

START_TEST(refuses)
{
    static const char *const bad[] = {"", " 1", "1 ", "x", "1x", "1/", "/2", "1/0", "1/-0", "1/2/3", "0.1/3", "1/0.1", "inf/2", "1/inf",
                                      "nan/1", "1/nan", "1/ 2", "--1", "0x", "1e", "1,5"};
    static const char *const bad_codes[] = {"", "0x", "0b", "-1", "+1", " 1", "1 ", "0b2", "0xg", "256", "0x100", "0b100000000",
                                            "99999999999999999999999999", "1.0", "a"};
    double value;
    uint32_t code;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!ng_read_number(bad[i], &value), "'%s' is a number", bad[i]);
    }
    for (size_t i = 0; i < sizeof bad_codes / sizeof bad_codes[0]; i++) {
        ck_assert_msg(!ng_read_code(bad_codes[i], 256, &code), "'%s' is a code", bad_codes[i]);
    }
}
END_TEST

START_TEST(reads_codes)
{
    uint32_t code;
    ck_assert(ng_read_code("255", 256, &code) && code == 255);
    ck_assert(ng_read_code("0XfF", 256, &code) && code == 255);
    ck_assert(ng_read_code("0b11111111", 256, &code) && code == 255);
    ck_assert(ng_read_code("010", 256, &code) && code == 10);
    ck_assert(ng_read_code("0", 256, &code) && code == 0);
    ck_assert(ng_read_code("4294967295", UINT64_C(1) << 32, &code) && code == UINT32_MAX);
}
END_TEST

/* What is written is the value, digit for digit. */
static void expect_text(long double value)
{
    char text[NG_EXACT_SIZE];
    mpfr_t written;
    mpfr_t exact;
    mpfr_inits2(LONG_PRECISION, written, exact, (mpfr_ptr)NULL);
    ng_exact_text(value, text);
    mpfr_set_ld(exact, value, MPFR_RNDN);
    ck_assert_msg(mpfr_set_str(written, text, 10, MPFR_RNDN) == 0, "'%s' is not a number", text);
    /* A decimal of a dyadic fraction is exact; 4096 bits hold every one here to far more digits than it has. */
    mpfr_sub(written, written, exact, MPFR_RNDN);
    ck_assert_msg(mpfr_zero_p(written) || mpfr_get_exp(written) < mpfr_get_exp(exact) - 4000, "%s is not %La", text, value);
    mpfr_clears(written, exact, (mpfr_ptr)NULL);
}

START_TEST(writes_every_digit)
{
    for (uint64_t i = 0; i < NUMBERS; i++) {
        const int exponent = (int)random_below(31, i, 2200) - 1100;
        expect_text(ldexpl((long double)(int64_t)random_bits(32, i), (exponent < -1036 ? exponent : exponent - 64)));
    }
}
END_TEST

START_TEST(writes_briefly)
{
    static const struct {
        long double value;
        const char *text;
    } rows[] = {{0, "0"}, {-0.0L, "-0"}, {1, "1"}, {-1.5L, "-1.5"}, {57344, "57344"}, {0x1p-9L, "0.001953125"},
                {0x1p-16L, "0.0000152587890625"}, {0x1p-17L, "7.62939453125e-6"}, {0x1p60L, "1152921504606846976"},
                {0x1p70L, "1.180591620717411303424e21"}, {100, "100"}, {0.125L, "0.125"}, {123.25L, "123.25"},
                {INFINITY, "inf"}, {-INFINITY, "-inf"}, {NAN, "nan"}};
    char text[NG_EXACT_SIZE];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ng_exact_text(rows[i].value, text);
        ck_assert_str_eq(text, rows[i].text);
    }
}
END_TEST

Suite *ng_suite_number(void);

Suite *ng_suite_number(void)
{
    Suite *suite = suite_create("number");
    TCase *text = tcase_create("text");
    tcase_set_timeout(text, 120);
    tcase_add_test(text, reads_without_double_rounding);
    tcase_add_test(text, reads_quotients);
    tcase_add_test(text, ends_of_the_range);
    tcase_add_test(text, refuses);
    tcase_add_test(text, reads_codes);
    tcase_add_test(text, writes_every_digit);
    tcase_add_test(text, writes_briefly);
    suite_add_tcase(suite, text);
    return suite;
}
