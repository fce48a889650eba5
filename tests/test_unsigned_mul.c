/* The golden unsigned_mul against the oracle: every code times every code of integers, unsigned ones among them. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "unsigned_mul", .kind = NG_UNIT_MUL};

static const golden_pair pairs[] = {
    {"uint4", "uint4"},
    {"int4", "uint4"},
    {"uint8", "int8"},
    {"uint8", "uint8"},
    {"int2", "int8"},
    {"int2", "int2"},
    {"int3", "uint3"},
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
        {{"uint4", "uint4"}, 0xF, 0xF, 225},
        {{"int4", "uint4"}, 0x8, 0xF, 0x88}, /* -120 */
        {{"uint8", "uint8"}, 0xFF, 0xFF, 65025},
        {{"int2", "int8"}, 0x2, 0x80, 256},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_unsigned_mul(void);

Suite *ng_suite_unsigned_mul(void)
{
    Suite *suite = suite_create("unsigned_mul");
    TCase *tcase = golden_tcase(suite, "unsigned_mul");
    tcase_add_loop_test(tcase, every_code, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_test(tcase, by_hand);
    return suite;
}
