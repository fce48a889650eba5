/* The golden minifloat_convert against the oracle: sums of every family back to every scalar minifloat, at every
 * shift. */
#include "tests/support/golden_check.h"

START_TEST(every_shift)
{
    static const golden_pair pairs[] = {{"int8", "int8"}, {"e2m3", "e2m3"}, {"dense4", "int8"}, {"mxfp4", "mxfp4"}};
    const golden_case which = golden_output("minifloat_convert", NG_FAMILY_MINIFLOAT, _i);
    golden_check_pairs(&which, pairs, sizeof pairs / sizeof pairs[0], golden_convert_every_shift);
}
END_TEST

/* Back to the operands' own format, the usual case, from its own wide sum. */
START_TEST(back_to_the_operand)
{
    static const golden_pair pairs[] = {
        {"e1m1", "e1m1"}, {"e3m2", "e3m2"},     {"e3m3", "e3m3"},         {"e4m3", "e4m3"},
        {"e5m2", "e5m2"}, {"e4m3fn", "e4m3fn"}, {"e5m2ieee", "e5m2ieee"}, {"e2m1", "e4m3fn"},
        {"e4m3fnuz", "e4m3fnuz"}, {"p3109k8p3", "p3109k8p3"}, {"p3109k6p4sf", "p3109k6p4sf"}, {"e2m1", "e5m2fnuz"},
    };
    const golden_case which = {.unit = "minifloat_convert", .kind = NG_UNIT_CONVERT};
    golden_check_pairs(&which, &pairs[_i], 1, golden_convert_every_shift);
}
END_TEST

/* The widest accumulator there is. */
START_TEST(widest_sum)
{
    golden_case which = {.unit = "minifloat_convert", .kind = NG_UNIT_CONVERT, .output = "e2m1"};
    which.terms = NG_TERMS_MAX;
    golden_check_pairs(&which, &(golden_pair){"e6m1", "e6m1"}, 1, golden_convert_every_shift);
}
END_TEST

/* e4m3fn has 2^-9 as its last bit: sum 1 at shift 0 is code 1. OCP OFP8 v1.0: the largest number is 448 = 0x7E. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        {{"e4m3fn", "e4m3fn"}, 0, 0, 0x00},
        {{"e4m3fn", "e4m3fn"}, 1, 0, 0x01},
        {{"e4m3fn", "e4m3fn"}, 1, 1, 0x00},        /* half of the smallest: a tie, to even */
        {{"e4m3fn", "e4m3fn"}, 3, 1, 0x02},        /* 1.5: a tie, to even */
        {{"e4m3fn", "e4m3fn"}, 15, 1, 0x08},       /* 7.5: rounds up into the normal numbers */
        {{"e4m3fn", "e4m3fn"}, 17, 0, 0x10},       /* 17 between 16 and 18: to even */
        {{"e4m3fn", "e4m3fn"}, 448 << 9, 0, 0x7E},
        {{"e4m3fn", "e4m3fn"}, 464 << 9, 0, 0x7E}, /* halfway to 480, which is NaN: saturates */
        {{"e4m3fn", "e4m3fn"}, 480 << 9, 0, 0x7E},
        {{"e4m3fn", "e4m3fn"}, 1 << 30, 0, 0x7E},
        {{"e4m3fn", "e4m3fn"}, UINT64_MAX, 0, 0x81},
        {{"e4m3fn", "e4m3fn"}, UINT64_MAX, 1, 0x80}, /* a negative number that rounds to zero keeps its sign */
    };
    const golden_case which = {.unit = "minifloat_convert", .kind = NG_UNIT_CONVERT};
    golden_check_literals(&which, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_minifloat_convert(void);

Suite *ng_suite_minifloat_convert(void)
{
    Suite *suite = suite_create("minifloat_convert");
    TCase *tcase = golden_tcase(suite, "minifloat_convert");
    tcase_add_loop_test(tcase, every_shift, 0, golden_weights(NG_FAMILY_MINIFLOAT));
    tcase_add_loop_test(tcase, back_to_the_operand, 0, 12);
    tcase_add_test(tcase, widest_sum);
    tcase_add_test(tcase, by_hand);
    return suite;
}
