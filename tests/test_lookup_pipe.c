/* The golden lookup_pipe against exact sums of looked-up integers times minifloats: those of lookup_dot, whatever the latency. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "lookup_pipe", .kind = NG_UNIT_PIPE};

static const golden_pair pairs[] = {
    {"apot4k2", "e4m3"}, {"apot5k2", "e4m3fn"}, {"apot4k2", "e2m1"}, {"uapot4k2", "e5m2"},
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

Suite *ng_suite_lookup_pipe(void);

Suite *ng_suite_lookup_pipe(void)
{
    Suite *suite = suite_create("lookup_pipe");
    TCase *tcase = golden_tcase(suite, "lookup_pipe");
    tcase_add_loop_test(tcase, lanes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    return suite;
}
