/* The golden lookup_mul against the oracle: every index times every code. */
#include "tests/support/golden_check.h"

static const golden_case unit = {.unit = "lookup_mul", .kind = NG_UNIT_MUL};

static const golden_pair pairs[] = {
    {"apot4k2", "e4m3"},
    {"apot5k2", "e4m3fn"},
    {"apot4k2", "e2m1"},
    {"uapot4k2", "e5m2"},
};

START_TEST(every_code)
{
    golden_check_pairs(&unit, &pairs[_i], 1, golden_mul_every_code);
}
END_TEST

Suite *ng_suite_lookup_mul(void);

Suite *ng_suite_lookup_mul(void)
{
    Suite *suite = suite_create("lookup_mul");
    TCase *tcase = golden_tcase(suite, "lookup_mul");
    tcase_add_loop_test(tcase, every_code, 0, sizeof pairs / sizeof pairs[0]);
    return suite;
}
