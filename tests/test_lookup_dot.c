/* The golden lookup_dot against exact sums. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "lookup_dot", .kind = NG_UNIT_DOT};

static const golden_pair pairs[] = {
    {"apot4k2", "e4m3"},
    {"apot5k2", "e4m3fn"},
    {"apot4k2", "e2m1"},
    {"uapot4k2", "e5m2"},
};

START_TEST(lanes)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_dot_lanes);
}
END_TEST

START_TEST(any_order)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_dot_order);
}
END_TEST

Suite *ng_suite_lookup_dot(void);

Suite *ng_suite_lookup_dot(void)
{
    Suite *suite = suite_create("lookup_dot");
    TCase *tcase = golden_tcase(suite, "lookup_dot");
    tcase_add_loop_test(tcase, lanes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
