/* The golden block_mac against exact sums, every step, over one block and over longer runs. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "block_mac", .kind = NG_UNIT_MAC};

START_TEST(steps_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_BLOCK, _i, golden_mac_steps);
}
END_TEST

START_TEST(any_order)
{
    golden_check_weight(&unit, NG_FAMILY_BLOCK, _i, golden_mac_order);
}
END_TEST

/* The caller may ask for more terms than the block has. */
START_TEST(longer_than_the_block)
{
    static const golden_pair pairs[] = {{"mxfp4", "mxfp4"}, {"mxint8", "mxint8"}, {"bfp_m4k16", "bfp_m8k16"}};
    golden_case which = unit;
    which.terms = 4608;
    golden_check_pairs(&which, pairs, sizeof pairs / sizeof pairs[0], golden_mac_steps);
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
    golden_check_pairs(&unit, &others[_i], 1, golden_mac_steps);
}
END_TEST

Suite *ng_suite_block_mac(void);

Suite *ng_suite_block_mac(void)
{
    Suite *suite = suite_create("block_mac");
    TCase *tcase = golden_tcase(suite, "block_mac");
    tcase_add_loop_test(tcase, steps_of_every_pair, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_loop_test(tcase, any_order, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_test(tcase, longer_than_the_block);
    tcase_add_loop_test(tcase, other_blocks, 0, sizeof others / sizeof others[0]);
    return suite;
}
