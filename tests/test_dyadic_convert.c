/* The golden dyadic_convert against GMP: the product rounded by quotient and remainder, clamped. */
#include "tests/support/kind_check.h"
#include "tests/support/random.h"

enum { CASES = 40000 };

typedef struct {
    mpz_t sum;
    mpz_t unit;
    mpz_t quotient;
    mpz_t rest;
} room;

/* round(sum * multiplier / 2^shift), ties to even, clamped to `bits` bits. */
static long expected(room *r, uint64_t multiplier, unsigned shift, unsigned bits)
{
    mpz_mul_ui(r->sum, r->sum, multiplier);
    mpz_set_ui(r->unit, 1);
    mpz_mul_2exp(r->unit, r->unit, shift);
    mpz_fdiv_qr(r->quotient, r->rest, r->sum, r->unit);
    mpz_mul_2exp(r->rest, r->rest, 1);
    const int half = mpz_cmp(r->rest, r->unit);
    if (half > 0 || (half == 0 && mpz_odd_p(r->quotient))) {
        mpz_add_ui(r->quotient, r->quotient, 1);
    }
    const long end = 1L << (bits - 1);
    return mpz_cmp_si(r->quotient, -end) < 0 ? -end : mpz_cmp_si(r->quotient, end - 1) > 0 ? end - 1 : mpz_get_si(r->quotient);
}

static const kind_case cases[] = {
    {NG_UNIT_DYADIC, "int8", "int8", "", 0, 0, 32},      {NG_UNIT_DYADIC, "int4", "int8", "", 0, 16, 8},
    {NG_UNIT_DYADIC, "e2m3", "e2m3", "int4", 0, 0, 16},  {NG_UNIT_DYADIC, "mxint8", "mxint8", "int8", 0, 0, 2},
    {NG_UNIT_DYADIC, "int3", "int3", "int3", 0, 1, 5},
};

START_TEST(rounded)
{
    const ng_datapath path = kind_path(&cases[_i]);
    const uint64_t mask = (UINT64_C(1) << path.output->bits) - 1;
    tally count = {0, 0};
    room r;
    mpz_inits(r.sum, r.unit, r.quotient, r.rest, NULL);
    for (uint64_t i = 0; i < CASES && !tally_full(&count); i++) {
        uint64_t words[2][NG_OPERAND_LIMBS] = {{0}};
        const uint64_t control = random_bits(GOLDEN_SEED, 3 * i);
        uint64_t size = random_bits(GOLDEN_SEED, 3 * i + 1) & ((UINT64_C(1) << (control % path.sum_bits)) - 1);
        uint64_t multiplier = random_bits(GOLDEN_SEED, 3 * i + 2) & ((UINT64_C(1) << path.width) - 1);
        if ((control >> 32 & 3) == 0) { /* ties */
            multiplier = UINT64_C(1) << (control >> 34) % path.width;
            size &= ~UINT64_C(7) >> (control >> 40 & 3);
        }
        const int64_t sum = (control >> 20 & 1) != 0 ? (int64_t)size : -(int64_t)size;
        const unsigned shift_bits = path.second_bits - path.width;
        const unsigned shift = (unsigned)(control >> 24) & ((1U << shift_bits) - 1);
        kind_put(words[0], 0, path.sum_bits, (uint64_t)sum);
        kind_put(words[1], 0, path.width, multiplier);
        kind_put(words[1], path.width, shift_bits, shift);
        ng_result result;
        ng_golden_result(&path, words[0], words[1], NULL, &result);
        mpz_set_si(r.sum, sum);
        const uint64_t code = (uint64_t)expected(&r, multiplier, shift, path.output->bits) & mask;
        (void)tally_case(&count, result.limb[0] == code);
    }
    mpz_clears(r.sum, r.unit, r.quotient, r.rest, NULL);
    tally_verdict(&count, cases[_i].weight);
}
END_TEST

START_TEST(requests)
{
    char text[256];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_DYADIC, "int8", "int8", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "OutputBits=8 MultiplierBits=16 SumBits=28 ");
    ck_assert_uint_eq(path.second_bits, 16 + 6);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_DYADIC, "e4m3", "e4m3", "", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_DYADIC, "int8", "e4m3", "int8", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_DYADIC, "int8", "int8", "", 0, 0, 33}, &path), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_DYADIC, "e5m2", "e5m2", "int8", 0, 0, 0}, &path), NG_BAD_TERMS);
}
END_TEST

Suite *ng_suite_dyadic_convert(void);

Suite *ng_suite_dyadic_convert(void)
{
    Suite *suite = suite_create("dyadic_convert");
    TCase *tcase = golden_tcase(suite, "dyadic_convert");
    tcase_add_loop_test(tcase, rounded, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, requests);
    return suite;
}
