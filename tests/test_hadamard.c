/* The golden hadamard against Sylvester's recursion: H(2n) = [H(n) H(n); H(n) -H(n)]. */
#include "tests/support/kind_check.h"
#include "tests/support/random.h"

enum { CASES = 300, POINTS_MOST = 32 };

/* x = H x, in place. */
static void transform(long *x, unsigned count)
{
    if (count == 1) {
        return;
    }
    const unsigned half = count / 2;
    transform(x, half);
    transform(x + half, half);
    for (unsigned i = 0; i < half; i++) {
        const long upper = x[i];
        x[i] = upper + x[i + half];
        x[i + half] = upper - x[i + half];
    }
}

static const kind_case cases[] = {
    {NG_UNIT_HADAMARD, "int8", "int8", "", 16, 0, 0}, {NG_UNIT_HADAMARD, "int8", "int8", "", 32, 0, 0},
    {NG_UNIT_HADAMARD, "int4", "int4", "", 4, 0, 0},  {NG_UNIT_HADAMARD, "int3", "int3", "", 2, 0, 0},
    {NG_UNIT_HADAMARD, "int5", "int5", "", 8, 0, 0},
};

START_TEST(recursion)
{
    const ng_datapath path = kind_path(&cases[_i]);
    const unsigned bits = path.activation->bits;
    const long end = 1L << (bits - 1);
    tally count = {0, 0};
    mpz_t got;
    mpz_init(got);
    for (uint64_t i = 0; i < CASES && !tally_full(&count); i++) {
        uint64_t points[NG_OPERAND_LIMBS] = {0};
        const uint64_t none[NG_OPERAND_LIMBS] = {0};
        long x[POINTS_MOST];
        ng_result result;
        for (unsigned p = 0; p < path.lanes; p++) {
            const uint32_t word = random_below(GOLDEN_SEED, i * POINTS_MOST + p, (uint32_t)(2 * end));
            x[p] = i == 0 ? -end : i == 1 ? end - 1 : i % 4 == 2 ? (word & 1 ? -end : end - 1) : (long)word - end;
            kind_put(points, p * bits, bits, (uint64_t)x[p]);
        }
        ng_golden_result(&path, points, none, NULL, &result);
        transform(x, path.lanes);
        for (unsigned p = 0; p < path.lanes; p++) {
            kind_field(got, &result, p * path.sum_bits, path.sum_bits, true);
            (void)tally_case(&count, mpz_cmp_si(got, x[p]) == 0);
        }
    }
    mpz_clear(got);
    tally_verdict(&count, cases[_i].activation);
}
END_TEST

START_TEST(requests)
{
    char text[256];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_HADAMARD, "int8", "int8", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "Points=16 PointBits=8 ");
    ck_assert_uint_eq(path.result_bits, 16 * 12);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_HADAMARD, "int8", "int8", "", 12, 0, 0}, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_HADAMARD, "int8", "int8", "", 64, 0, 0}, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_HADAMARD, "e4m3", "e4m3", "", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_HADAMARD, "mxint8", "mxint8", "", 0, 0, 0}, &path), NG_NO_UNIT);
}
END_TEST

Suite *ng_suite_hadamard(void);

Suite *ng_suite_hadamard(void)
{
    Suite *suite = suite_create("hadamard");
    TCase *tcase = golden_tcase(suite, "hadamard");
    tcase_add_loop_test(tcase, recursion, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, requests);
    return suite;
}
