/* The golden int_mul against the oracle: every code of every weight times every code of every activation. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "int_mul", .kind = NG_UNIT_MUL};

START_TEST(every_code_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_INTEGER, _i, golden_mul_every_code);
}
END_TEST

/* Worked by hand: 16 bits for int8, because (-128)^2 = 2^14 needs a sign bit above it. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        {{"int8", "int8"}, 0x80, 0x80, 0x4000}, {{"int8", "int8"}, 0x80, 0x7F, 0xC080},
        {{"int8", "int8"}, 0xFF, 0xFF, 0x0001}, {{"int8", "int8"}, 0xFF, 0x01, 0xFFFF},
        {{"int4", "int8"}, 0x8, 0x80, 0x400},   {{"int3", "int3"}, 0x4, 0x3, 0x34},
        {{"int3", "int3"}, 0x0, 0x4, 0x00},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_int_mul(void);

Suite *ng_suite_int_mul(void)
{
    Suite *suite = suite_create("int_mul");
    TCase *tcase = golden_tcase(suite, "int_mul");
    tcase_add_loop_test(tcase, every_code_of_every_pair, 0, golden_weights(NG_FAMILY_INTEGER));
    tcase_add_test(tcase, by_hand);
    return suite;
}
