/* The golden lookup_mac against exact sums, every step. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "lookup_mac", .kind = NG_UNIT_MAC};

static const golden_pair pairs[] = {
    {"apot4k2", "e4m3"},
    {"apot5k2", "e4m3fn"},
    {"apot4k2", "e2m1"},
    {"uapot4k2", "e5m2"},
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

Suite *ng_suite_lookup_mac(void);

Suite *ng_suite_lookup_mac(void)
{
    Suite *suite = suite_create("lookup_mac");
    TCase *tcase = golden_tcase(suite, "lookup_mac");
    tcase_add_loop_test(tcase, steps, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
