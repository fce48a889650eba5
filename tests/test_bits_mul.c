/* The golden bits_mul against the oracle: every code times every code of signs times signs. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "bits_mul", .kind = NG_UNIT_MUL};

static const golden_pair pairs[] = {
    {"binary", "binary"},
    {"binary", "ternary"},
    {"ternary", "binary"},
    {"ternary", "ternary"},
};

START_TEST(every_code)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mul_every_code);
}
END_TEST

/* Worked by hand. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        {{"binary", "binary"}, 0, 0, 1},
        {{"binary", "binary"}, 1, 0, 3},
        {{"binary", "ternary"}, 1, 3, 1},
        {{"ternary", "ternary"}, 3, 1, 3},
        {{"ternary", "ternary"}, 2, 3, 0},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_bits_mul(void);

Suite *ng_suite_bits_mul(void)
{
    Suite *suite = suite_create("bits_mul");
    TCase *tcase = golden_tcase(suite, "bits_mul");
    tcase_add_loop_test(tcase, every_code, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_test(tcase, by_hand);
    return suite;
}
