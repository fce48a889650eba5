/* The golden shift_mac against exact sums, every step, at the length of ResNet-18's longest dot product. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "shift_mac", .kind = NG_UNIT_MAC};

START_TEST(steps_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_SHIFT, _i, golden_mac_steps);
}
END_TEST

START_TEST(any_order)
{
    golden_check_weight(&unit, NG_FAMILY_SHIFT, _i, golden_mac_order);
}
END_TEST

Suite *ng_suite_shift_mac(void);

Suite *ng_suite_shift_mac(void)
{
    Suite *suite = suite_create("shift_mac");
    TCase *tcase = golden_tcase(suite, "shift_mac");
    tcase_add_loop_test(tcase, steps_of_every_pair, 0, golden_weights(NG_FAMILY_SHIFT));
    tcase_add_loop_test(tcase, any_order, 0, golden_weights(NG_FAMILY_SHIFT));
    return suite;
}
