/* The golden table_mul against the oracle: every code times every code of values of tables times integers. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "table_mul", .kind = NG_UNIT_MUL};

static const golden_pair pairs[] = {
    {"apot4k2", "int8"},
    {"apot5k2", "int8"},
    {"e2m1", "int8"},
    {"e2m1", "uint8"},
    {"e3m1", "int4"},
    {"uapot4k2", "uint4"},
    {"e1m2", "int2"},
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
        /* e2m1: 6 is 12 halves. */
        {{"e2m1", "int8"}, 0xF, 0x7F, 0x1000 - 12 * 127},
        {{"e2m1", "int8"}, 0x3, 0x05, 15},
        {{"apot4k2", "int8"}, 0x0, 0x7F, 0},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_table_mul(void);

Suite *ng_suite_table_mul(void)
{
    Suite *suite = suite_create("table_mul");
    TCase *tcase = golden_tcase(suite, "table_mul");
    tcase_add_loop_test(tcase, every_code, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_test(tcase, by_hand);
    return suite;
}
