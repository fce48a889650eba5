/* The golden shift_pipe against exact sums: those of shift_dot, whatever the latency. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "shift_pipe", .kind = NG_UNIT_PIPE};

START_TEST(lanes_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_SHIFT, _i, golden_dot_lanes);
}
END_TEST

START_TEST(every_lane_count)
{
    static const golden_pair pairs[] = {{"dense4", "int8"}, {"pot3", "int5"}};
    golden_case which = unit;
    which.lanes = (unsigned)_i;
    golden_check_pairs(&which, pairs, sizeof pairs / sizeof pairs[0], golden_dot_lanes);
}
END_TEST

Suite *ng_suite_shift_pipe(void);

Suite *ng_suite_shift_pipe(void)
{
    Suite *suite = suite_create("shift_pipe");
    TCase *tcase = golden_tcase(suite, "shift_pipe");
    tcase_add_loop_test(tcase, lanes_of_every_pair, 0, golden_weights(NG_FAMILY_SHIFT));
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    return suite;
}
