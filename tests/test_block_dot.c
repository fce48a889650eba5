/* The golden block_dot against exact sums over whole blocks. OCP MX v1.0 section 6.1: Dot = Xa * Xb * sum(Pa * Pb). */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "block_dot", .kind = NG_UNIT_DOT};

START_TEST(lanes_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_BLOCK, _i, golden_dot_lanes);
}
END_TEST

START_TEST(any_order)
{
    golden_check_weight(&unit, NG_FAMILY_BLOCK, _i, golden_dot_order);
}
END_TEST

START_TEST(any_order_of_every_pair)
{
    golden_case which = unit;
    golden_check_weight(&which, NG_FAMILY_BLOCK, _i, golden_dot_order);
}
END_TEST

/* Element formats with specials, mixed ones under one block, and NVFP4's multiplied scales. */
static const golden_pair others[] = {
    {"mxfp8_e4m3", "mxfp8_e4m3"}, {"mxfp8_e5m2", "mxfp8_e5m2"}, {"mxfp8_e5m2", "mxfp8_e4m3"},
    {"mxfp6_e2m3", "mxfp6_e2m3"}, {"mxfp6_e3m2", "mxfp6_e3m2"}, {"mxfp4", "mxfp8_e4m3"},
    {"mxfp6_e3m2", "mxfp8_e5m2"}, {"mxfp4", "mxfp6_e2m3"},      {"nvfp4", "nvfp4"},
    {"msfp12", "msfp12"},         {"msfp12", "msfp16"},
};

START_TEST(other_blocks)
{
    golden_check_pairs(&unit, &others[_i], 1, golden_dot_lanes);
}
END_TEST

Suite *ng_suite_block_dot(void);

Suite *ng_suite_block_dot(void)
{
    Suite *suite = suite_create("block_dot");
    TCase *tcase = golden_tcase(suite, "block_dot");
    tcase_add_loop_test(tcase, lanes_of_every_pair, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_loop_test(tcase, any_order, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_loop_test(tcase, any_order_of_every_pair, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_loop_test(tcase, other_blocks, 0, sizeof others / sizeof others[0]);
    return suite;
}
