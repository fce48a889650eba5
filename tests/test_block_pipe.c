/* The golden block_pipe against exact sums over whole blocks: those of block_dot, whatever the latency. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "block_pipe", .kind = NG_UNIT_PIPE};

static const golden_pair pairs[] = {
    {"bfp_m4k16", "bfp_m4k16"}, {"bfp_m8k32", "bfp_m3k32"}, {"mxfp4", "mxfp4"}, {"mxint8", "mxint8"}, {"mxfp8_e4m3", "mxfp8_e5m2"},
    {"mxfp6_e3m2", "mxfp6_e3m2"}, {"nvfp4", "nvfp4"}, {"msfp12", "msfp12"}, {"mxfp4", "mxfp8_e4m3"},
};

START_TEST(lanes)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_dot_lanes);
}
END_TEST

Suite *ng_suite_block_pipe(void);

Suite *ng_suite_block_pipe(void)
{
    Suite *suite = suite_create("block_pipe");
    TCase *tcase = golden_tcase(suite, "block_pipe");
    tcase_add_loop_test(tcase, lanes, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
