/* The golden table_mac against exact sums, every step, of values of tables times integers. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "table_mac", .kind = NG_UNIT_MAC};

static const golden_pair pairs[] = {
    {"apot4k2", "int8"},
    {"apot5k2", "int8"},
    {"e2m1", "int8"},
    {"e2m1", "uint8"},
    {"e3m1", "int4"},
    {"uapot4k2", "uint4"},
    {"e1m2", "int2"},
};

START_TEST(steps)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mac_steps);
}
END_TEST

START_TEST(any_order)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mac_order);
}
END_TEST

Suite *ng_suite_table_mac(void);

Suite *ng_suite_table_mac(void)
{
    Suite *suite = suite_create("table_mac");
    TCase *tcase = golden_tcase(suite, "table_mac");
    tcase_add_loop_test(tcase, steps, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
