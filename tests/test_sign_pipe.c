/* The golden sign_pipe against exact sums of signs, shifted or not, times integers: those of sign_dot, whatever the latency. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "sign_pipe", .kind = NG_UNIT_PIPE};

static const golden_pair pairs[] = {
    {"binary", "int8"}, {"ternary", "int8"}, {"tpot4", "int8"}, {"pot4", "uint8"}, {"dense4", "uint4"}, {"binary", "int2"},
};

START_TEST(lanes)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_dot_lanes);
}
END_TEST

START_TEST(every_lane_count)
{
    golden_case which = unit;
    which.lanes = (unsigned)_i;
    golden_check_pairs(&which, pairs, 2, golden_dot_lanes);
}
END_TEST

Suite *ng_suite_sign_pipe(void);

Suite *ng_suite_sign_pipe(void)
{
    Suite *suite = suite_create("sign_pipe");
    TCase *tcase = golden_tcase(suite, "sign_pipe");
    tcase_add_loop_test(tcase, lanes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    return suite;
}
