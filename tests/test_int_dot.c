/* The golden int_dot against exact sums, from one lane to all 64. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "int_dot", .kind = NG_UNIT_DOT};

START_TEST(lanes_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_INTEGER, _i, golden_dot_lanes);
}
END_TEST

START_TEST(any_order)
{
    golden_check_weight(&unit, NG_FAMILY_INTEGER, _i, golden_dot_order);
}
END_TEST

/* Odd element widths straddle the limbs of the operand words. */
START_TEST(every_lane_count)
{
    static const golden_pair pairs[] = {{"int8", "int8"}, {"int3", "int7"}, {"int5", "int6"}};
    golden_case which = unit;
    which.lanes = (unsigned)_i;
    golden_check_pairs(&which, pairs, sizeof pairs / sizeof pairs[0], golden_dot_lanes);
}
END_TEST

START_TEST(any_order_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_INTEGER, _i, golden_dot_order);
}
END_TEST

Suite *ng_suite_int_dot(void);

Suite *ng_suite_int_dot(void)
{
    Suite *suite = suite_create("int_dot");
    TCase *tcase = golden_tcase(suite, "int_dot");
    tcase_add_loop_test(tcase, lanes_of_every_pair, 0, golden_weights(NG_FAMILY_INTEGER));
    tcase_add_loop_test(tcase, any_order, 0, golden_weights(NG_FAMILY_INTEGER));
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    tcase_add_loop_test(tcase, any_order_of_every_pair, 0, golden_weights(NG_FAMILY_INTEGER));
    return suite;
}
