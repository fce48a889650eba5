/* The golden minifloat_mac against exact sums, every step: all pairs for a short run, the pairs below at the length of
 * ResNet-18's longest dot product, the widest at the longest sum there is. */
#include "tests/support/golden_check.h"

enum { SHORT = 48 };

static const golden_case unit = {.unit = "minifloat_mac", .kind = NG_UNIT_MAC};

static const golden_pair pairs[] = {
    {"e1m1", "e1m1"}, {"e2m1", "e2m1"}, {"e3m1", "e3m1"}, {"e2m2", "e2m2"},     {"e1m6", "e1m6"},
    {"e2m3", "e2m3"}, {"e3m2", "e3m2"}, {"e3m3", "e3m3"}, {"e4m3", "e4m3"},     {"e5m2", "e5m2"},
    {"e6m1", "e6m1"}, {"e2m5", "e2m5"}, {"e3m4", "e3m4"}, {"e4m3fn", "e4m3fn"}, {"e5m2ieee", "e5m2ieee"},
    {"e2m1", "e4m3fn"}, {"e4m3fn", "e5m2ieee"}, {"e5m2ieee", "e2m1"}, {"e3m2", "e4m3"}, {"e1m1", "e6m1"},
    {"e4m3fnuz", "e5m2fnuz"}, {"p3109k8p4", "p3109k8p3sf"}, {"e4m3b11fnuz", "e2m1"},
};

START_TEST(steps_of_every_pair)
{
    golden_case which = unit;
    which.terms = SHORT;
    golden_check_weight(&which, NG_FAMILY_MINIFLOAT, _i, golden_mac_steps);
}
END_TEST

START_TEST(full_length)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mac_steps);
}
END_TEST

START_TEST(any_order)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mac_order);
}
END_TEST

START_TEST(longest_sum)
{
    golden_case which = unit;
    which.terms = 1 << 16;
    golden_check_pairs(&which, &(golden_pair){"e6m1", "e6m1"}, 1, golden_mac_steps);
}
END_TEST

Suite *ng_suite_minifloat_mac(void);

Suite *ng_suite_minifloat_mac(void)
{
    Suite *suite = suite_create("minifloat_mac");
    TCase *tcase = golden_tcase(suite, "minifloat_mac");
    tcase_add_loop_test(tcase, steps_of_every_pair, 0, golden_weights(NG_FAMILY_MINIFLOAT));
    tcase_add_loop_test(tcase, full_length, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_test(tcase, longest_sum);
    return suite;
}
