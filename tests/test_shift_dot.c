/* The golden shift_dot against exact sums, from one lane to all 64. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "shift_dot", .kind = NG_UNIT_DOT};

START_TEST(lanes_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_SHIFT, _i, golden_dot_lanes);
}
END_TEST

START_TEST(any_order)
{
    golden_check_weight(&unit, NG_FAMILY_SHIFT, _i, golden_dot_order);
}
END_TEST

START_TEST(every_lane_count)
{
    static const golden_pair pairs[] = {{"dense4", "int8"}, {"dense3", "int7"}, {"pot3", "int5"}};
    golden_case which = unit;
    which.lanes = (unsigned)_i;
    golden_check_pairs(&which, pairs, sizeof pairs / sizeof pairs[0], golden_dot_lanes);
}
END_TEST

START_TEST(any_order_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_SHIFT, _i, golden_dot_order);
}
END_TEST

Suite *ng_suite_shift_dot(void);

Suite *ng_suite_shift_dot(void)
{
    Suite *suite = suite_create("shift_dot");
    TCase *tcase = golden_tcase(suite, "shift_dot");
    tcase_add_loop_test(tcase, lanes_of_every_pair, 0, golden_weights(NG_FAMILY_SHIFT));
    tcase_add_loop_test(tcase, any_order, 0, golden_weights(NG_FAMILY_SHIFT));
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    tcase_add_loop_test(tcase, any_order_of_every_pair, 0, golden_weights(NG_FAMILY_SHIFT));
    return suite;
}
