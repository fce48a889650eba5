/* The golden table_pipe against exact sums of values of tables times integers: those of table_dot, whatever the latency. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "table_pipe", .kind = NG_UNIT_PIPE};

static const golden_pair pairs[] = {
    {"apot4k2", "int8"}, {"apot5k2", "int8"}, {"e2m1", "uint8"}, {"uapot4k2", "uint4"},
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

Suite *ng_suite_table_pipe(void);

Suite *ng_suite_table_pipe(void)
{
    Suite *suite = suite_create("table_pipe");
    TCase *tcase = golden_tcase(suite, "table_pipe");
    tcase_add_loop_test(tcase, lanes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    return suite;
}
