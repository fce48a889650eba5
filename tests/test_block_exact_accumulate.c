/* The golden block_exact_accumulate against GMP: the whole register after every step, and that any order ends in the same. */
#include "tests/support/kind_check.h"
#include "tests/support/random.h"

enum { RUNS = 40, STEPS = 60, SCALES = 511 };

static const char formats[][NG_FORMAT_NAME_SIZE] = {"mxfp4", "mxint8", "bfp_m4k16", "bfp_m8k32"};

static kind_case case_of(int row)
{
    kind_case asked = {.kind = NG_UNIT_BLOCK_EXACT, .terms = 2048};
    for (unsigned i = 0; i < NG_FORMAT_NAME_SIZE; i++) {
        asked.weight[i] = asked.activation[i] = formats[row][i];
    }
    return asked;
}

static void random_term(const ng_datapath *path, uint64_t run, uint64_t step, uint64_t *first, mpz_t value)
{
    const uint64_t word = random_bits(GOLDEN_SEED + run, 2 * step);
    const uint64_t control = random_bits(GOLDEN_SEED + run, 2 * step + 1);
    const int64_t magnitude = (int64_t)(word & ((UINT64_C(1) << (control % path->sum_bits)) - 1));
    const int64_t sum = (control >> 20 & 1) != 0 ? magnitude : -magnitude;
    const uint64_t scale = (control >> 21 & 3) == 0 ? (control >> 30) % 2 * (SCALES - (path->flag_bits != 0 ? 3U : 1U))
                                                    : (control >> 30) % (SCALES - 2);
    kind_put(first, 0, path->sum_bits, (uint64_t)sum);
    kind_put(first, path->sum_bits, path->scale_bits, scale);
    kind_put(first, path->sum_bits + path->scale_bits, path->flag_bits != 0 ? 1 : 0, control >> 50 & (control >> 51 & 1));
    mpz_set_si(value, sum);
    mpz_mul_2exp(value, value, scale);
}

START_TEST(registers)
{
    const kind_case asked = case_of(_i);
    const ng_datapath path = kind_path(&asked);
    tally count = {0, 0};
    mpz_t total;
    mpz_t value;
    mpz_t got;
    mpz_inits(total, value, got, NULL);
    for (uint64_t run = 0; run < RUNS && !tally_full(&count); run++) {
        ng_result previous = {{0}};
        bool flag = false;
        mpz_set_si(total, 0);
        for (uint64_t step = 0; step < STEPS; step++) {
            uint64_t first[NG_OPERAND_LIMBS] = {0};
            const uint64_t second[NG_OPERAND_LIMBS] = {0};
            ng_result result;
            random_term(&path, run, step, first, value);
            mpz_add(total, total, value);
            const unsigned at = path.sum_bits + path.scale_bits;
            flag = flag || (path.flag_bits != 0 && (first[at / 64] >> (at % 64) & 1) != 0);
            ng_golden_result(&path, first, second, step == 0 ? NULL : &previous, &result);
            kind_field(got, &result, 0, path.width, true);
            (void)tally_case(&count, mpz_cmp(got, total) == 0);
            kind_field(got, &result, path.width, path.flag_bits != 0 ? 1 : 0, false);
            (void)tally_case(&count, (mpz_sgn(got) != 0) == flag);
            previous = result;
        }
    }
    mpz_clears(total, value, got, NULL);
    tally_verdict(&count, formats[_i]);
}
END_TEST

/* Bits for all products at the largest magnitude under the largest scales. */
START_TEST(widths)
{
    char text[256];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_BLOCK_EXACT, "mxfp4", "mxfp4", "", 0, 1024, 0});
    ck_assert_uint_eq(path.width, 19 + 508);
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "FlagBits=1 SumBits=14 TotalBits=527 ");
    path = kind_path(&(kind_case){NG_UNIT_BLOCK_EXACT, "bfp_m8k16", "bfp_m8k16", "", 0, 0, 0});
    ck_assert_uint_eq(path.width, 26 + 510);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_BLOCK_EXACT, "mxfp4", "mxfp4", "", 0, 31, 0}, &path), NG_BAD_TERMS);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_BLOCK_EXACT, "int8", "int8", "", 0, 0, 0}, &path), NG_NO_UNIT);
}
END_TEST

Suite *ng_suite_block_exact_accumulate(void);

Suite *ng_suite_block_exact_accumulate(void)
{
    Suite *suite = suite_create("block_exact_accumulate");
    TCase *tcase = golden_tcase(suite, "block_exact_accumulate");
    tcase_add_loop_test(tcase, registers, 0, (int)(sizeof formats / sizeof formats[0]));
    tcase_add_test(tcase, widths);
    return suite;
}
