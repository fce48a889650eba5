/* The golden block_float_accumulate against MPFR, and against ng_block_accumulate(), which was written apart from it. */
#include <string.h>

#include "model/block_accumulate.h"
#include "tests/support/kind_check.h"
#include "tests/support/random.h"
#include "tests/support/sum_check.h"

enum { RUNS = 60, STEPS = 40, SCALES = 511 };

static const char cases[][2][NG_FORMAT_NAME_SIZE] = {
    {"mxfp4", ""}, {"mxint8", ""}, {"bfp_m4k16", ""}, {"bfp_m8k32", "bf16"}, {"mxint8", "fp16"},
};

static kind_case case_of(int row)
{
    kind_case asked = {.kind = NG_UNIT_BLOCK_FLOAT};
    memcpy(asked.weight, cases[row][0], sizeof asked.weight);
    memcpy(asked.activation, cases[row][0], sizeof asked.activation);
    memcpy(asked.output, cases[row][1], sizeof asked.output);
    return asked;
}

/* A sum of random length; scales about a middle of the run, or anywhere. */
static void random_term(const ng_datapath *path, uint64_t run, uint64_t step, int64_t *sum, uint64_t *scale)
{
    const uint64_t word = random_bits(GOLDEN_SEED + run, 2 * step);
    const uint64_t control = random_bits(GOLDEN_SEED + run, 2 * step + 1);
    const uint64_t magnitude = word & ((UINT64_C(1) << (control % path->sum_bits)) - 1);
    *sum = (control >> 20 & 1) != 0 ? (int64_t)magnitude : -(int64_t)magnitude;
    *scale = (control >> 21 & 3) == 0 ? (control >> 30) % SCALES : (run * 31 + (control >> 30) % 30) % SCALES;
}

static void check_run(tally *count, int row, uint64_t run, mpfr_t sum, mpfr_t term)
{
    const kind_case asked = case_of(row);
    const ng_datapath path = kind_path(&asked);
    const ref_register as = {path.output->exponent_bits, path.output->mantissa_bits, REF_CUT_EVEN, false, {0, 0}};
    const long lsb = path.lsb;
    ng_result previous = {{0}};
    bool flag = false;
    mpfr_set_zero(sum, 1);
    for (uint64_t step = 0; step < STEPS; step++) {
        int64_t block;
        uint64_t scale;
        uint64_t first[NG_OPERAND_LIMBS] = {0};
        const uint64_t second[NG_OPERAND_LIMBS] = {0};
        ng_result result;
        random_term(&path, run, step, &block, &scale);
        const bool special = path.flag_bits != 0 && random_bits(GOLDEN_SEED, run + step) % 64 == 0;
        flag = flag || special;
        kind_put(first, 0, path.sum_bits, (uint64_t)block);
        kind_put(first, path.sum_bits, path.scale_bits, scale);
        kind_put(first, path.sum_bits + path.scale_bits, path.flag_bits != 0 ? 1 : 0, special);
        ref_exact(mpfr_set_si_2exp(term, block, lsb + (long)scale, MPFR_RNDN));
        if (!mpfr_inf_p(sum)) {
            ref_exact(mpfr_add(sum, sum, term, MPFR_RNDN));
            ref_register_round(sum, &as);
        }
        ng_golden_result(&path, first, second, step == 0 ? NULL : &previous, &result);
        const uint64_t expected = ref_register_bits(sum, &as) | (uint64_t)flag << path.output->bits;
        (void)tally_case(count, result.limb[0] == expected);
        if (path.output->bits == 32) {
            const uint32_t before = step == 0 ? 0 : (uint32_t)previous.limb[0];
            (void)tally_case(count, ng_block_accumulate(before, block, (int)(lsb + (long)scale)) == (uint32_t)result.limb[0]);
        }
        previous = result;
    }
}

START_TEST(runs)
{
    tally count = {0, 0};
    mpfr_t sum;
    mpfr_t term;
    mpfr_init2(sum, REF_LONG_PRECISION);
    mpfr_init2(term, REF_LONG_PRECISION);
    for (uint64_t run = 0; run < RUNS && !tally_full(&count); run++) {
        check_run(&count, _i, run, sum, term);
    }
    mpfr_clear(sum);
    mpfr_clear(term);
    tally_verdict(&count, cases[_i][0]);
}
END_TEST

START_TEST(requests)
{
    char text[512];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_BLOCK_FLOAT, "mxfp4", "mxfp4", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "OutputExponentBits=8 OutputMantissaBits=23 TermPlace=405 FlagBits=1 SumBits=14 ");
    ck_assert_uint_eq(path.first_bits, 24);
    ck_assert_uint_eq(path.second_bits, 0);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_BLOCK_FLOAT, "e4m3", "e4m3", "", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_BLOCK_FLOAT, "mxfp4", "mxint8", "", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_BLOCK_FLOAT, "mxfp4", "mxfp4", "e4m3", 0, 0, 0}, &path), NG_NO_UNIT);
}
END_TEST

Suite *ng_suite_block_float_accumulate(void);

Suite *ng_suite_block_float_accumulate(void)
{
    Suite *suite = suite_create("block_float_accumulate");
    TCase *tcase = golden_tcase(suite, "block_float_accumulate");
    tcase_add_loop_test(tcase, runs, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, requests);
    return suite;
}
