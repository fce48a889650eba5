/* The golden minifloat_mul against the oracle: every code of every weight times every code of every activation,
 * fields and value. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "minifloat_mul", .kind = NG_UNIT_MUL};

START_TEST(every_code_of_every_pair)
{
    golden_check_weight(&unit, NG_FAMILY_MINIFLOAT, _i, golden_mul_every_code);
}
END_TEST

/* Other specials, another bias. */
START_TEST(every_code)
{
    static const golden_pair pairs[] = {{"e4m3fnuz", "e5m2fnuz"}, {"p3109k8p4", "p3109k8p3sf"}, {"e4m3b11fnuz", "e2m1"}};
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mul_every_code);
}
END_TEST

/* {flag, sign, exponent, significand} worked by hand. */
START_TEST(by_hand)
{
    static const golden_literal rows[] = {
        /* e2m1: 1 + 3 + 4 bits. 6 * 6 = (3 * 2^2)^2 half-units: exponent 2 + 2, significand 9. */
        {{"e2m1", "e2m1"}, 0x7, 0x7, 0x49},
        {{"e2m1", "e2m1"}, 0xF, 0x7, 0xC9},
        {{"e2m1", "e2m1"}, 0x1, 0x1, 0x01},
        {{"e2m1", "e2m1"}, 0x8, 0x7, 0xA0}, /* -0 * 6 keeps its sign and the exponent 0 + 2 */
        /* e4m3fn: flag above 1 + 5 + 8 bits. 448 * 448: exponent 14 + 14, significand 14 * 14. */
        {{"e4m3fn", "e4m3fn"}, 0x7E, 0x7E, 0x1CC4},
        {{"e4m3fn", "e4m3fn"}, 0x7F, 0x38, 0x4000 | 20U << 8 | 15 * 8},
        {{"e4m3fn", "e4m3fn"}, 0xFF, 0x38, 0x6000 | 20U << 8 | 15 * 8},
        /* e5m2ieee: flag above 1 + 6 + 6 bits. Inf (0x7C) * 1: flagged, read as exponent 30, significand 4. */
        {{"e5m2ieee", "e5m2ieee"}, 0x7C, 0x3C, 0x2000 | 44U << 6 | 16},
    };
    golden_check_literals(&unit, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *ng_suite_minifloat_mul(void);

Suite *ng_suite_minifloat_mul(void)
{
    Suite *suite = suite_create("minifloat_mul");
    TCase *tcase = golden_tcase(suite, "minifloat_mul");
    tcase_add_loop_test(tcase, every_code_of_every_pair, 0, golden_weights(NG_FAMILY_MINIFLOAT));
    tcase_add_loop_test(tcase, every_code, 0, 3);
    tcase_add_test(tcase, by_hand);
    return suite;
}
