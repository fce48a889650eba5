/* The golden mixed_pipe against exact sums of operands of different kinds: those of mixed_dot, whatever the latency. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "mixed_pipe", .kind = NG_UNIT_PIPE};

static const golden_pair pairs[] = {
    {"pot4", "e4m3"}, {"ternary", "e4m3fn"}, {"int8", "e5m2"}, {"e4m3", "int8"}, {"posit8es1", "posit8es1"}, {"hif8", "hif8"},
    {"apot5k2", "apot4k2"}, {"e4m3fnuz", "uapot4k2"}, {"p3109k8p3ue", "p3109k8p4"},
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

Suite *ng_suite_mixed_pipe(void);

Suite *ng_suite_mixed_pipe(void)
{
    Suite *suite = suite_create("mixed_pipe");
    TCase *tcase = golden_tcase(suite, "mixed_pipe");
    tcase_add_loop_test(tcase, lanes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    return suite;
}
