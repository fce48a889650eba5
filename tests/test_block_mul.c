/* The golden block_mul against the oracle: every code of every weight times every code of every activation, under
 * scale codes that go through all ends and the NaN of E8M0. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "block_mul", .kind = NG_UNIT_MUL};

START_TEST(every_code_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_BLOCK, _i, golden_mul_every_code);
}
END_TEST

/* {flag, scale, sum} worked by hand; operands are {scale, element}. OCP MX v1.0 section 5.4.1: E8M0 0xFF is NaN. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        {{"mxint8", "mxint8"}, 0x7F80, 0x7F80, 254U << 16 | 0x4000},
        {{"mxint8", "mxint8"}, 0xFF01, 0x0001, 1U << 25 | 255U << 16 | 1},
        {{"mxfp4", "mxfp4"}, 0x7F7, 0x7F7, 254U << 8 | 0x49},
        {{"mxfp4", "mxfp4"}, 0x7F7, 0xFFF, 1U << 17 | (127U + 255U) << 8 | 0xC9},
        /* Without a NaN every scale code is a number, and there is no flag. */
        {{"bfp_m4k32", "bfp_m4k32"}, 0xFF8, 0xFF8, 510U << 8 | 0x40},
        /* NVFP4: scales 1 (8 * 2^6 steps) and 0.5, elements 6 * 6 = 9 << 4; a NaN scale is read as 15 * 2^14. */
        {{"nvfp4", "nvfp4"}, 0x387, 0x307, (12U - 1) << 16 | 64U << 8 | 0x49},
        {{"nvfp4", "nvfp4"}, 0x7F1, 0x017, 1U << 21 | 14U << 16 | 15U << 8 | 0x23},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
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
    golden_check_pairs(&unit, &others[_i], 1, golden_mul_every_code);
}
END_TEST

Suite *ng_suite_block_mul(void);

Suite *ng_suite_block_mul(void)
{
    Suite *suite = suite_create("block_mul");
    TCase *tcase = golden_tcase(suite, "block_mul");
    tcase_add_loop_test(tcase, every_code_of_every_pair, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_test(tcase, by_hand);
    tcase_add_loop_test(tcase, other_blocks, 0, sizeof others / sizeof others[0]);
    return suite;
}
