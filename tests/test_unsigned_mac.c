/* The golden unsigned_mac against exact sums, every step, of integers, unsigned ones among them. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "unsigned_mac", .kind = NG_UNIT_MAC};

static const golden_pair pairs[] = {
    {"uint4", "uint4"},
    {"int4", "uint4"},
    {"uint8", "int8"},
    {"uint8", "uint8"},
    {"int2", "int8"},
    {"int2", "int2"},
    {"int3", "uint3"},
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

Suite *ng_suite_unsigned_mac(void);

Suite *ng_suite_unsigned_mac(void)
{
    Suite *suite = suite_create("unsigned_mac");
    TCase *tcase = golden_tcase(suite, "unsigned_mac");
    tcase_add_loop_test(tcase, steps, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
