/* The golden bits_mac against exact sums, every step, of signs times signs. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "bits_mac", .kind = NG_UNIT_MAC};

static const golden_pair pairs[] = {
    {"binary", "binary"},
    {"binary", "ternary"},
    {"ternary", "binary"},
    {"ternary", "ternary"},
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

Suite *ng_suite_bits_mac(void);

Suite *ng_suite_bits_mac(void)
{
    Suite *suite = suite_create("bits_mac");
    TCase *tcase = golden_tcase(suite, "bits_mac");
    tcase_add_loop_test(tcase, steps, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
