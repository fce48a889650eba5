/* The golden minifloat_dot against exact sums, from one lane to all 64. */
#include "tests/support/golden_check.h"

enum { SHORT = 4 };

static const golden_case unit = {.unit = "minifloat_dot", .kind = NG_UNIT_DOT};

static const golden_pair pairs[] = {
    {"e2m1", "e2m1"}, {"e2m3", "e2m3"},     {"e3m2", "e3m2"},         {"e4m3", "e4m3"},   {"e5m2", "e5m2"},
    {"e6m1", "e6m1"}, {"e4m3fn", "e4m3fn"}, {"e5m2ieee", "e5m2ieee"}, {"e2m1", "e4m3fn"}, {"e5m2ieee", "e1m1"},
    {"e4m3fnuz", "e5m2fnuz"}, {"p3109k8p4", "p3109k8p3sf"}, {"e4m3b11fnuz", "e2m1"},
};

START_TEST(lanes_of_every_pair)
{
    golden_case which = unit;
    which.lanes = SHORT;
    golden_check_weight(&which, NG_FAMILY_MINIFLOAT, _i, golden_dot_lanes);
}
END_TEST

START_TEST(default_lanes)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_dot_lanes);
}
END_TEST

START_TEST(any_order)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_dot_order);
}
END_TEST

START_TEST(every_lane_count)
{
    static const golden_pair odd[] = {{"e2m3", "e4m3fn"}, {"e2m4", "e1m1"}};
    golden_case which = unit;
    which.lanes = (unsigned)_i;
    golden_check_pairs(&which, odd, sizeof odd / sizeof odd[0], golden_dot_lanes);
}
END_TEST

START_TEST(any_order_of_every_pair)
{
    golden_case which = unit;
    which.lanes = SHORT;
    golden_check_weight(&which, NG_FAMILY_MINIFLOAT, _i, golden_dot_order);
}
END_TEST

Suite *ng_suite_minifloat_dot(void);

Suite *ng_suite_minifloat_dot(void)
{
    Suite *suite = suite_create("minifloat_dot");
    TCase *tcase = golden_tcase(suite, "minifloat_dot");
    tcase_add_loop_test(tcase, lanes_of_every_pair, 0, golden_weights(NG_FAMILY_MINIFLOAT));
    tcase_add_loop_test(tcase, default_lanes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    tcase_add_loop_test(tcase, any_order_of_every_pair, 0, golden_weights(NG_FAMILY_MINIFLOAT));
    return suite;
}
