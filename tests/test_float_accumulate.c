/* The golden float_accumulate against MPFR: the exact product added, the sum rounded by its two neighbours, bit for bit. */
#include <string.h>

#include "tests/support/kind_check.h"
#include "tests/support/random.h"
#include "tests/support/sum_check.h"

enum { RUNS = 60, STEPS = 40 };

static const char cases[][3][NG_FORMAT_NAME_SIZE] = {
    {"e4m3", "e4m3", ""},     {"e4m3fn", "e5m2ieee", ""}, {"e5m2", "e5m2", "fp16"},     {"e2m1", "e3m2", "bf16"},
    {"e6m1", "e6m1", "tf32"}, {"e1m1", "e1m1", "fp16"},   {"e4m3", "e2m3", "e5m2ieee"},
};

static kind_case case_of(int row)
{
    kind_case asked = {.kind = NG_UNIT_FLOAT};
    memcpy(asked.weight, cases[row][0], sizeof asked.weight);
    memcpy(asked.activation, cases[row][1], sizeof asked.activation);
    memcpy(asked.output, cases[row][2], sizeof asked.output);
    return asked;
}

static uint32_t random_code(const ng_format *format, uint64_t word)
{
    const uint32_t length = (uint32_t)(word >> 40) % format->bits;
    return ((uint32_t)word & ((UINT32_C(1) << length) - 1)) | (uint32_t)(word >> 60 & 1) << (format->bits - 1);
}

/* One run from +0; every third step takes back what the step before it added. */
static void check_run(tally *count, int row, uint64_t run, mpfr_t sum, mpfr_t w, mpfr_t a)
{
    const kind_case asked = case_of(row);
    const ng_datapath path = kind_path(&asked);
    const paired_format weight = paired(asked.weight);
    const paired_format activation = paired(asked.activation);
    const ref_register as = {path.output->exponent_bits, path.output->mantissa_bits, REF_CUT_EVEN, false, {0, 0}};
    ng_result previous = {{0}};
    uint32_t codes[2] = {0, 0};
    bool special = false;
    mpfr_set_zero(sum, 1);
    for (uint64_t step = 0; step < STEPS; step++) {
        ng_result result;
        if (step % 3 == 2) {
            codes[0] ^= UINT32_C(1) << (path.weight->bits - 1);
        } else {
            codes[0] = random_code(path.weight, random_bits(GOLDEN_SEED + run, 2 * step));
            codes[1] = random_code(path.activation, random_bits(GOLDEN_SEED + run, 2 * step + 1));
        }
        const uint64_t first[NG_OPERAND_LIMBS] = {codes[0]};
        const uint64_t second[NG_OPERAND_LIMBS] = {codes[1]};
        special = paired_value(&weight, codes[0], w) != REF_FINITE || special;
        special = paired_value(&activation, codes[1], a) != REF_FINITE || special;
        ref_exact(mpfr_mul(w, w, a, MPFR_RNDN));
        ref_exact(mpfr_add(sum, sum, w, MPFR_RNDN));
        ref_register_round(sum, &as);
        ng_golden_result(&path, first, second, step == 0 ? NULL : &previous, &result);
        const uint64_t flag = (uint64_t)(special && path.flag_bits != 0) << path.sum_bits;
        (void)tally_case(count, result.limb[0] == (ref_register_bits(sum, &as) | flag));
        previous = result;
    }
}

START_TEST(runs)
{
    tally count = {0, 0};
    mpfr_t numbers[3];
    for (int i = 0; i < 3; i++) {
        mpfr_init2(numbers[i], REF_LONG_PRECISION);
    }
    for (uint64_t run = 0; run < RUNS && !tally_full(&count); run++) {
        check_run(&count, _i, run, numbers[0], numbers[1], numbers[2]);
    }
    for (int i = 0; i < 3; i++) {
        mpfr_clear(numbers[i]);
    }
    tally_verdict(&count, cases[_i][0]);
}
END_TEST

/* 0.5 * -6 = -3, then 1 * 1 more. */
START_TEST(by_hand)
{
    const ng_datapath path = kind_path(&(kind_case){NG_UNIT_FLOAT, "e2m1", "e2m1", "", 0, 0, 0});
    const uint64_t codes[][NG_OPERAND_LIMBS] = {{0x1}, {0xF}, {0x2}};
    ng_result first;
    ng_result second;
    ng_golden_result(&path, codes[0], codes[1], NULL, &first);
    ng_golden_result(&path, codes[2], codes[2], &first, &second);
    ck_assert_uint_eq(first.limb[0], 0xC0400000);
    ck_assert_uint_eq(second.limb[0], 0xC0000000);
}
END_TEST

/* Whether sums can leave the register's normal numbers decides what the circuit has. */
START_TEST(requests)
{
    char text[512];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_FLOAT, "e4m3", "e4m3", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "OutputExponentBits=8 OutputMantissaBits=23 TermPlace=643 Subnormals=0 Ends=0 "));
    path = kind_path(&(kind_case){NG_UNIT_FLOAT, "e4m3", "e4m3", "fp16", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "OutputExponentBits=5 OutputMantissaBits=10 TermPlace=518 Subnormals=1 Ends=1 "));
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_FLOAT, "int8", "int8", "", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_FLOAT, "e4m3", "e4m3", "e4m3", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_FLOAT, "e4m3", "e4m3", "int8", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_FLOAT, "e4m3", "e4m3", "", 0, (1 << 20) + 1, 0}, &path), NG_BAD_TERMS);
}
END_TEST

Suite *ng_suite_float_accumulate(void);

Suite *ng_suite_float_accumulate(void)
{
    Suite *suite = suite_create("float_accumulate");
    TCase *tcase = golden_tcase(suite, "float_accumulate");
    tcase_add_loop_test(tcase, runs, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, requests);
    return suite;
}
