/* The golden bits_pipe against exact sums of signs times signs: those of bits_dot, whatever the latency. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "bits_pipe", .kind = NG_UNIT_PIPE};

static const golden_pair pairs[] = {
    {"binary", "binary"}, {"binary", "ternary"}, {"ternary", "binary"}, {"ternary", "ternary"},
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

Suite *ng_suite_bits_pipe(void);

Suite *ng_suite_bits_pipe(void)
{
    Suite *suite = suite_create("bits_pipe");
    TCase *tcase = golden_tcase(suite, "bits_pipe");
    tcase_add_loop_test(tcase, lanes, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, every_lane_count, 1, NG_LANES_MAX + 1);
    return suite;
}
