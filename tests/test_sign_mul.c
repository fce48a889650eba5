/* The golden sign_mul against the oracle: every code times every code of signs, shifted or not, times integers. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "sign_mul", .kind = NG_UNIT_MUL};

static const golden_pair pairs[] = {
    {"binary", "int8"},
    {"ternary", "int8"},
    {"tpot4", "int8"},
    {"pot4", "uint8"},
    {"dense4", "uint4"},
    {"ternary", "uint3"},
    {"binary", "int2"},
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
        {{"binary", "int8"}, 0x1, 0x80, 0x080},
        {{"ternary", "int8"}, 0x3, 0x80, 0x080},
        {{"ternary", "int8"}, 0x2, 0x7F, 0}, /* the fourth sign */
        {{"ternary", "int8"}, 0x1, 0x80, 0x180},
        {{"tpot4", "int8"}, 0x7, 0x7F, 127 << 3},
        {{"tpot4", "int8"}, 0xB, 0x7F, 0},
        {{"pot4", "uint8"}, 0x7, 0xFF, 255 << 6},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_sign_mul(void);

Suite *ng_suite_sign_mul(void)
{
    Suite *suite = suite_create("sign_mul");
    TCase *tcase = golden_tcase(suite, "sign_mul");
    tcase_add_loop_test(tcase, every_code, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_test(tcase, by_hand);
    return suite;
}
