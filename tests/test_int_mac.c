/* The golden int_mac against exact sums, every step, at the length of ResNet-18's longest dot product and beyond. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "int_mac", .kind = NG_UNIT_MAC};

START_TEST(steps_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_INTEGER, _i, golden_mac_steps);
}
END_TEST

START_TEST(any_order)
{
    golden_check_weight(&unit, NG_FAMILY_INTEGER, _i, golden_mac_order);
}
END_TEST

/* Lengths at which the width of the sum changes, and the longest of all. */
START_TEST(lengths)
{
    static const golden_pair pairs[] = {{"int8", "int8"}, {"int3", "int8"}};
    static const unsigned terms[] = {1, 2, 3, 4, 255, 256, 257, 1 << 15};
    golden_case which = unit;
    which.terms = terms[_i];
    golden_check_pairs(&which, pairs, sizeof pairs / sizeof pairs[0], golden_mac_steps);
}
END_TEST

Suite *ng_suite_int_mac(void);

Suite *ng_suite_int_mac(void)
{
    Suite *suite = suite_create("int_mac");
    TCase *tcase = golden_tcase(suite, "int_mac");
    tcase_add_loop_test(tcase, steps_of_every_pair, 0, golden_weights(NG_FAMILY_INTEGER));
    tcase_add_loop_test(tcase, any_order, 0, golden_weights(NG_FAMILY_INTEGER));
    tcase_add_loop_test(tcase, lengths, 0, 8);
    return suite;
}
