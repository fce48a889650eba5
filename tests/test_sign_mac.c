/* The golden sign_mac against exact sums, every step, of signs, shifted or not, times integers. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "sign_mac", .kind = NG_UNIT_MAC};

static const golden_pair pairs[] = {
    {"binary", "int8"},
    {"ternary", "int8"},
    {"tpot4", "int8"},
    {"pot4", "uint8"},
    {"dense4", "uint4"},
    {"ternary", "uint3"},
    {"binary", "int2"},
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

Suite *ng_suite_sign_mac(void);

Suite *ng_suite_sign_mac(void)
{
    Suite *suite = suite_create("sign_mac");
    TCase *tcase = golden_tcase(suite, "sign_mac");
    tcase_add_loop_test(tcase, steps, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
