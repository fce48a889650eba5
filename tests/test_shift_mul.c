/* The golden shift_mul against the oracle: every code of every weight times every code of every activation. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "shift_mul", .kind = NG_UNIT_MUL};

START_TEST(every_code_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_SHIFT, _i, golden_mul_every_code);
}
END_TEST

/* Worked by hand, in units of the smallest power. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        {{"dense4", "int8"}, 0x7, 0x80, 0xC000}, /* -128 << 7 */
        {{"dense4", "int8"}, 0xF, 0x80, 0x4000},
        {{"dense4", "int8"}, 0x0, 0x01, 0x0001}, /* zero-free: field 0 is the smallest power */
        {{"dense4", "int8"}, 0x8, 0x01, 0xFFFF},
        {{"pot4", "int8"}, 0x0, 0x7F, 0x0000},   /* with a zero: field 0 is zero, in both signs */
        {{"pot4", "int8"}, 0x8, 0x7F, 0x0000},
        {{"pot4", "int8"}, 0x1, 0x7F, 0x007F},
        {{"pot4", "int8"}, 0x7, 0x7F, 0x1FC0},
        {{"dense2", "int3"}, 0x3, 0x4, 0x08},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_shift_mul(void);

Suite *ng_suite_shift_mul(void)
{
    Suite *suite = suite_create("shift_mul");
    TCase *tcase = golden_tcase(suite, "shift_mul");
    tcase_add_loop_test(tcase, every_code_of_every_pair, 0, golden_weights(NG_FAMILY_SHIFT));
    tcase_add_test(tcase, by_hand);
    return suite;
}
