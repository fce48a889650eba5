/* The golden mixed_mac against exact sums, every step. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "mixed_mac", .kind = NG_UNIT_MAC};

/* Every form on either side, and every structure of the circuit. */
static const golden_pair pairs[] = {
    {"pot4", "e4m3"},     {"dense4", "e4m3fn"}, {"tpot4", "e5m2"},    {"binary", "e4m3"},  {"ternary", "e4m3fn"},
    {"int4", "e4m3fn"},   {"int8", "e5m2"},     {"e4m3", "int8"},     {"uint4", "e2m1"},   {"pot3", "e2m1"},
    {"ternary", "e2m1"},  {"binary", "e2m1"},   {"int3", "e2m1"},     {"int2", "e3m2"},    {"e2m3", "ternary"},
    {"e5m2ieee", "pot4"}, {"e2m1", "dense3"},   {"dense2", "e1m2"},   {"uint8", "e6m1"},
    /* Shifts, integers and signs in the other order; APoT, posits, HiFloat8, no sign, other specials. */
    {"int8", "pot4"},     {"pot4", "dense4"},   {"int4", "ternary"},  {"posit8es0", "int8"},    {"posit8es1", "posit8es1"},
    {"posit8es2", "e4m3"}, {"hif8", "hif8"},    {"int4", "hif8"},     {"int8", "apot4k2"},      {"apot5k2", "apot4k2"},
    {"int4", "uapot4k2"}, {"ue4m3fn", "e2m1"},  {"e4m3fnuz", "uapot4k2"}, {"p3109k8p5uf", "int8"},
    {"p3109k8p3ue", "p3109k8p4"},               {"int3", "p3109k8p2"},
};

START_TEST(steps)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mac_steps);
}
END_TEST

START_TEST(any_order)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mac_order);
}
END_TEST

Suite *ng_suite_mixed_mac(void);

Suite *ng_suite_mixed_mac(void)
{
    Suite *suite = suite_create("mixed_mac");
    TCase *tcase = golden_tcase(suite, "mixed_mac");
    tcase_add_loop_test(tcase, steps, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, any_order, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
