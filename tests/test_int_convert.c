/* The golden int_convert against the oracle: sums of every family back to every scalar integer, at every shift. */
#include "tests/support/golden_check.h"

/* int8 is the last integer of the table. */
static golden_case to_int8(void)
{
    return golden_output("int_convert", NG_FAMILY_INTEGER, golden_weights(NG_FAMILY_INTEGER) - 1);
}

START_TEST(every_shift)
{
    static const golden_pair pairs[] = {
        {"int8", "int8"}, {"int3", "int8"}, {"int4", "int4"},     {"dense4", "int8"},
        {"pot3", "int4"}, {"e2m3", "e2m3"}, {"e4m3fn", "e4m3fn"}, {"mxint8", "mxint8"},
    };
    const golden_case which = golden_output("int_convert", NG_FAMILY_INTEGER, _i);
    golden_check_pairs(&which, pairs, sizeof pairs / sizeof pairs[0], golden_convert_every_shift);
}
END_TEST

/* The widest accumulator and the narrowest. */
START_TEST(ends_of_the_widths)
{
    golden_case which = golden_output("int_convert", NG_FAMILY_INTEGER, 0);
    which.terms = 1;
    golden_check_pairs(&which, &(golden_pair){"int3", "int3"}, 1, golden_convert_every_shift);
    which.terms = NG_TERMS_MAX;
    golden_check_pairs(&which, &(golden_pair){"e6m1", "e6m1"}, 1, golden_convert_every_shift);
}
END_TEST

/* Ties to even and saturation; the sum of int8 x int8 has 28 bits, the shift 5. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        {{"int8", "int8"}, 1, 1, 0x00},          {{"int8", "int8"}, 3, 1, 0x02},
        {{"int8", "int8"}, 5, 1, 0x02},          {{"int8", "int8"}, 7, 2, 0x02},
        {{"int8", "int8"}, 0xFFFFFFF, 1, 0x00},  {{"int8", "int8"}, 0xFFFFFFD, 1, 0xFE},
        {{"int8", "int8"}, 127, 0, 0x7F},        {{"int8", "int8"}, 128, 0, 0x7F},
        {{"int8", "int8"}, 0xFFFFF80, 0, 0x80},  {{"int8", "int8"}, 0xFFFFF7F, 0, 0x80},
        {{"int8", "int8"}, 0x7FFFFFF, 0, 0x7F},  {{"int8", "int8"}, 0x8000000, 0, 0x80},
        {{"int8", "int8"}, 0x7FFFFFF, 20, 0x7F}, {{"int8", "int8"}, 0x8000000, 20, 0x80},
        {{"int8", "int8"}, 0x7FFFFFF, 21, 0x40}, {{"int8", "int8"}, 0x8000000, 31, 0x00},
    };
    const golden_case which = to_int8();
    golden_check_literals(&which, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_int_convert(void);

Suite *ng_suite_int_convert(void)
{
    Suite *suite = suite_create("int_convert");
    TCase *tcase = golden_tcase(suite, "int_convert");
    tcase_add_loop_test(tcase, every_shift, 0, golden_weights(NG_FAMILY_INTEGER));
    tcase_add_test(tcase, ends_of_the_widths);
    tcase_add_test(tcase, by_hand);
    return suite;
}
