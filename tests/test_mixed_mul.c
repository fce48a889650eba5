/* The golden mixed_mul against the oracle: every code times every code. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "mixed_mul", .kind = NG_UNIT_MUL};

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

START_TEST(every_code)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mul_every_code);
}
END_TEST

/* Worked by hand, in units of the product's last bit. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        {{"pot4", "e2m1"}, 0x7, 0x7, 64 * 12}, /* 2^0 x 6 */
        {{"pot4", "e2m1"}, 0xF, 0x7, 0x800 - 64 * 12},
        {{"pot4", "e2m1"}, 0x8, 0x7, 0},
        {{"int4", "e2m1"}, 0x8, 0x7, 0x100 - 8 * 12},
        {{"ternary", "e2m1"}, 0x3, 0x3, 0x20 - 3},
        {{"ternary", "e2m1"}, 0x2, 0x7, 0}, /* the fourth sign */
        {{"binary", "e4m3fn"}, 0x1, 0x7F, 1U << 19 | (0x80000 - (15U << 14))}, /* NaN */
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_mixed_mul(void);

Suite *ng_suite_mixed_mul(void)
{
    Suite *suite = suite_create("mixed_mul");
    TCase *tcase = golden_tcase(suite, "mixed_mul");
    tcase_add_loop_test(tcase, every_code, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_test(tcase, by_hand);
    return suite;
}
