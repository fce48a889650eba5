/* Blocks under scales as terms of every kind of accumulator: against MPFR, and in fp32 against the block units with the
 * accumulator behind them. */
#include <string.h>

#include "model/block_accumulate.h"
#include "model/block_term.h"
#include "model/operand.h"
#include "model/scale.h"
#include "model/window.h"
#include "tests/ref/ref_minifloat.h"
#include "tests/support/random.h"
#include "tests/support/sum_check.h"
#include "tests/support/wide_check.h"

enum { BLOCKS = 12, BLOCK_MAX = 32, REPEATS = 20, LIMBS = NG_OPERAND_LIMBS };

/* A format and blocks of it. */
typedef struct {
    char weight[NG_FORMAT_NAME_SIZE];
    char activation[NG_FORMAT_NAME_SIZE];
    ng_scale scale;
    unsigned block;
} subject;

static const subject subjects[] = {
    {"int4", "int4", NG_SCALE_BIASED8, 16},  {"int8", "int8", NG_SCALE_E8M0, 32}, {"e2m1", "e2m1", NG_SCALE_E8M0, 32},
    {"e2m1", "e2m1", NG_SCALE_UE4M3, 16},    {"e4m3fn", "e5m2ieee", NG_SCALE_E8M0, 32},
    {"e2m1", "int8", NG_SCALE_UE4M3, 4},     {"int3", "int3", NG_SCALE_E8M0, 1},  {"e3m2", "e2m3", NG_SCALE_E8M0, 32},
    /* Blocks whose sums are longer than 256 bits. */
    {"posit8es4", "posit8es4", NG_SCALE_E8M0, 8}, {"lns8f0", "posit8es3", NG_SCALE_UE4M3, 16},
};
enum { SUBJECTS = sizeof subjects / sizeof subjects[0] };

static paired_format blocked(const char *name, ng_scale scale, unsigned block)
{
    paired_format format = paired(name);
    format.model.scale = scale;
    format.model.block = block;
    return format;
}

/* ---- the oracle's scales ---------------------------------------------------------------------------------------- */

/* Value of a scale and the exponent its significand stands at; NaN reads as 0. Returns false for NaN. */
static bool scale_value(ng_scale scale, uint32_t code, mpfr_t value, long *exponent)
{
    if (scale != NG_SCALE_UE4M3) {
        const bool nan = scale == NG_SCALE_E8M0 && code == 255;
        *exponent = nan ? 0 : (long)code - 127;
        ref_exact(mpfr_set_ui_2exp(value, nan ? 0 : 1, *exponent, MPFR_RNDN));
        return !nan;
    }
    const ref_format ue4m3 = {.kind = REF_MINIFLOAT, .bits = 8, .exponent_bits = 4, .mantissa_bits = 3, .bias = 7,
                              .specials = REF_SPECIALS_FN, .has_zero = true};
    ref_value read = {.class = REF_FINITE};
    mpfr_init2(read.number, REF_VALUE_PRECISION);
    ref_minifloat_value(&ue4m3, code & 0x7F, &read);
    const bool nan = read.class != REF_FINITE;
    ref_exact(mpfr_set(value, read.number, MPFR_RNDN));
    const long field = (long)(code >> 3 & 15);
    *exponent = (field > 0 ? field : 1) - 10;
    if (nan) {
        mpfr_set_zero(value, 1);
        *exponent = 0;
    }
    mpfr_clear(read.number);
    return !nan;
}

/* ---- terms ------------------------------------------------------------------------------------------------------ */

typedef struct {
    uint32_t w[BLOCKS * BLOCK_MAX];
    uint32_t a[BLOCKS * BLOCK_MAX];
    uint8_t w_scales[BLOCKS];
    uint8_t a_scales[BLOCKS];
    mpfr_t terms[BLOCKS];
    long alignment[BLOCKS];
    bool special;
} vectors;

/* The exact value of one block, and whether all of it are numbers. */
static bool block_value(const paired_format *weight, const paired_format *activation, const vectors *v, size_t block,
                        mpfr_t value, long *exponent)
{
    const size_t k = weight->model.block;
    long w_exponent = 0;
    long a_exponent = 0;
    mpfr_t x;
    mpfr_t y;
    mpfr_init2(x, 2 * REF_VALUE_PRECISION);
    mpfr_init2(y, REF_VALUE_PRECISION);
    mpfr_set_zero(value, 1);
    bool number = true;
    for (size_t i = block * k; i < (block + 1) * k; i++) {
        number = paired_value(weight, v->w[i], x) == REF_FINITE && number;
        number = paired_value(activation, v->a[i], y) == REF_FINITE && number;
        ref_exact(mpfr_mul(x, x, y, MPFR_RNDN));
        ref_exact(mpfr_add(value, value, x, MPFR_RNDN));
    }
    number = scale_value(weight->model.scale, v->w_scales[block], x, &w_exponent) && number;
    ref_exact(mpfr_mul(value, value, x, MPFR_RNDN));
    number = scale_value(activation->model.scale, v->a_scales[block], x, &a_exponent) && number;
    ref_exact(mpfr_mul(value, value, x, MPFR_RNDN));
    if (mpfr_zero_p(value)) {
        mpfr_set_zero(value, 1);
    }
    *exponent = w_exponent + a_exponent;
    mpfr_clears(x, y, (mpfr_ptr)0);
    return number;
}

/* Scales near each other, so that blocks meet, or anywhere. */
static uint8_t random_scale(ng_scale scale, uint64_t seed, uint64_t index)
{
    const uint32_t any = random_below(seed, index, 256);
    if (scale == NG_SCALE_UE4M3) {
        return (uint8_t)(any % 128);
    }
    return (uint8_t)(random_below(seed + 1, index, 40) == 0 ? any : 120 + any % 12);
}

static void fill_vectors(const paired_format *weight, const paired_format *activation, fill how, uint64_t seed,
                         vectors *v)
{
    fill_codes(weight, activation, how, seed, v->w, v->a, BLOCKS * weight->model.block);
    for (size_t i = 0; i < BLOCKS; i++) {
        v->w_scales[i] = random_scale(weight->model.scale, seed + 3, 2 * i);
        v->a_scales[i] = random_scale(activation->model.scale, seed + 3, 2 * i + 1);
    }
}

static bool dot_agrees(const ng_dot_path *path, const paired_format *weight, const paired_format *activation,
                       vectors *v)
{
    ref_sum how = sum_reference(&path->accumulator);
    const ng_vector weights = {v->w, v->w_scales};
    const ng_vector activations = {v->a, v->a_scales};
    const long lsb = ng_format_lsb(&weight->model) + ng_format_lsb(&activation->model);
    ng_random random[BLOCKS];
    ref_random words[BLOCKS];
    ng_sum sum;
    mpfr_t got;
    mpfr_t expected;
    mpfr_init2(got, REF_LONG_PRECISION);
    mpfr_init2(expected, REF_LONG_PRECISION);
    v->special = false;
    for (size_t i = 0; i < BLOCKS; i++) {
        long scales = 0;
        mpfr_init2(v->terms[i], 1000);
        v->special = !block_value(weight, activation, v, i, v->terms[i], &scales) || v->special;
        v->alignment[i] = lsb + scales + (long)path->block_bits - 3;
    }
    draw_words(path->accumulator.random_bits, v->w[0] + v->a[1] * 7, random, words, BLOCKS);
    how.random = words;
    ref_sum_of(expected, &how, v->terms, v->alignment, BLOCKS);
    ng_dot_drawn(path, &weights, &activations, BLOCKS * weight->model.block, random, &sum);
    sum_value(path, &sum, got);
    const bool ok = same_number(got, expected) && sum.flag == v->special;
    for (size_t i = 0; i < BLOCKS; i++) {
        mpfr_clear(v->terms[i]);
    }
    mpfr_clears(got, expected, (mpfr_ptr)0);
    return ok;
}

static void every_subject(const ng_accumulator *how, const char *title)
{
    tally count = {0, 0};
    static vectors v;
    for (size_t i = 0; i < SUBJECTS; i++) {
        const paired_format weight = blocked(subjects[i].weight, subjects[i].scale, subjects[i].block);
        const paired_format activation = blocked(subjects[i].activation, subjects[i].scale, subjects[i].block);
        ng_dot_path path;
        ck_assert_int_eq(ng_dot_path_init(&path, &weight.model, &activation.model, how, BLOCKS * subjects[i].block),
                         NG_PATH_OK);
        for (uint64_t seed = 0; seed < REPEATS * FILLS && !tally_full(&count); seed++) {
            fill_vectors(&weight, &activation, (fill)(seed % FILLS), GOLDEN_SEED + 10 * seed, &v);
            (void)tally_case(&count, dot_agrees(&path, &weight, &activation, &v));
        }
    }
    tally_verdict(&count, title);
}

START_TEST(exact_across_blocks)
{
    const ng_accumulator how = accumulate_exact();
    every_subject(&how, "block_term, exact across blocks");
}
END_TEST

START_TEST(float_across_blocks)
{
    static const unsigned registers[][2] = {{8, 23}, {8, 7}, {5, 10}, {11, 52}};
    for (size_t i = 0; i < 4; i++) {
        ng_accumulator how = accumulate_float(registers[i][0], registers[i][1], NG_ROUND_NEAREST_EVEN);
        every_subject(&how, "block_term, float across blocks");
        how.product = (ng_precision){8, 10};
        every_subject(&how, "block_term, block rounded first");
    }
}
END_TEST

START_TEST(windows_and_groups_across_blocks)
{
    ng_accumulator how = accumulate_window(14, NG_ROUND_TOWARD_ZERO);
    every_subject(&how, "block_term, window across blocks");
    how = accumulate_blocked(4, 8, 23);
    every_subject(&how, "block_term, groups of blocks");
    how.window = 25;
    how.cut = NG_ROUND_TOWARD_ZERO;
    how.joined = true;
    every_subject(&how, "block_term, groups of blocks and the running sum in a window");
}
END_TEST

START_TEST(random_bits_across_blocks)
{
    ng_accumulator how = accumulate_window(20, NG_ROUND_STOCHASTIC);
    every_subject(&how, "block_term, random window across blocks");
    how = accumulate_float(8, 10, NG_ROUND_STOCHASTIC);
    how.product = (ng_precision){8, 7};
    every_subject(&how, "block_term, random float across blocks");
    how = accumulate_blocked(3, 8, 10);
    how.window = 25;
    how.cut = NG_ROUND_STOCHASTIC;
    how.rule.rounding = NG_ROUND_STOCHASTIC;
    how.random_bits = 11;
    how.joined = true;
    every_subject(&how, "block_term, random groups of blocks");
}
END_TEST

/* Windows across blocks stay within their error bound. */
START_TEST(window_error)
{
    tally count = {0, 0};
    static vectors v;
    mpfr_t error;
    mpfr_t value;
    mpz_t number;
    mpfr_inits2(REF_LONG_PRECISION, error, value, (mpfr_ptr)0);
    mpz_init(number);
    for (uint64_t i = 0; i < SUBJECTS * REPEATS * FILLS; i++) {
        const subject *s = &subjects[i % SUBJECTS];
        const paired_format weight = blocked(s->weight, s->scale, s->block);
        const paired_format activation = blocked(s->activation, s->scale, s->block);
        const ng_vector weights = {v.w, v.w_scales};
        const ng_vector activations = {v.a, v.a_scales};
        const ng_rounding cut = (ng_rounding)random_below(1, i, NG_ROUND_STOCHASTIC);
        const ng_accumulator how = accumulate_window(4 + random_below(2, i, 30), cut);
        const ng_accumulator exactly = accumulate_exact();
        ng_dot_path path;
        ng_dot_path exact;
        ng_sum sum;
        int largest = 0;
        int exponent = 0;
        unsigned terms = 0;
        ck_assert_int_eq(ng_dot_path_init(&path, &weight.model, &activation.model, &how, BLOCKS * s->block), NG_PATH_OK);
        ck_assert_int_eq(ng_dot_path_init(&exact, &weight.model, &activation.model, &exactly, BLOCKS * s->block),
                         NG_PATH_OK);
        fill_vectors(&weight, &activation, (fill)(i / SUBJECTS % FILLS), GOLDEN_SEED + 10 * i, &v);
        for (size_t block = 0; block < BLOCKS; block++) {
            const ng_term term = ng_dot_term(&path, &weights, &activations, block);
            if (!ng_wide_is_zero(&term.significand)) {
                largest = terms == 0 || term.alignment > largest ? term.alignment : largest;
                terms++;
            }
        }
        if (terms == 0) {
            continue;
        }
        ng_dot(&exact, &weights, &activations, BLOCKS * s->block, &sum);
        sum_value(&exact, &sum, error);
        ng_dot(&path, &weights, &activations, BLOCKS * s->block, &sum);
        sum_value(&path, &sum, value);
        ref_exact(mpfr_sub(error, error, value, MPFR_RNDN));
        const ng_wide bound = ng_window_error(&path, largest, terms, &exponent);
        wide_to_signed(number, &bound);
        ref_exact(mpfr_set_z_2exp(value, number, exponent, MPFR_RNDN));
        (void)tally_case(&count, mpfr_cmpabs(error, value) <= 0);
    }
    mpfr_clears(error, value, (mpfr_ptr)0);
    mpz_clear(number);
    tally_verdict(&count, "block_term, error of windows");
}
END_TEST

/* ---- widths ----------------------------------------------------------------------------------------------------- */

/* The short form of a term is the long one, or its leading bits. */
static bool is_the_same(const ng_long_term *whole, ng_term term)
{
    unsigned drop = 0;
    const ng_wide leading = ng_big_leading(&whole->significand, &drop);
    const bool cut = whole->significand.bits > NG_WIDE_BITS;
    const ng_wide all = ng_big_window(&whole->significand, 0);
    return ng_wide_equal(&term.significand, cut ? &leading : &all) && term.alignment == whole->alignment &&
           term.special == whole->special && term.exponent == whole->exponent + (cut ? (int)drop : 0);
}

/* Extreme elements under the largest scales in all blocks: the exact register and the block's own width hold it. */
START_TEST(widths)
{
    tally count = {0, 0};
    static vectors v;
    const ng_accumulator how = accumulate_exact();
    for (size_t i = 0; i < SUBJECTS; i++) {
        const paired_format weight = blocked(subjects[i].weight, subjects[i].scale, subjects[i].block);
        const paired_format activation = blocked(subjects[i].activation, subjects[i].scale, subjects[i].block);
        const unsigned products = BLOCKS * subjects[i].block;
        ng_dot_path path;
        ck_assert_int_eq(ng_dot_path_init(&path, &weight.model, &activation.model, &how, products), NG_PATH_OK);
        for (int negative = 0; negative < 2; negative++) {
            for (unsigned j = 0; j < products; j++) {
                v.w[j] = negative == 1 ? ng_format_smallest(&weight.model) : ng_format_largest(&weight.model);
                v.a[j] = negative == 1 ? ng_format_largest(&activation.model) : ng_format_smallest(&activation.model);
            }
            memset(v.w_scales, (int)ng_scale_largest(subjects[i].scale), sizeof v.w_scales);
            memset(v.a_scales, (int)ng_scale_largest(subjects[i].scale), sizeof v.a_scales);
            (void)tally_case(&count, dot_agrees(&path, &weight, &activation, &v));
            const ng_vector weights = {v.w, v.w_scales};
            const ng_vector activations = {v.a, v.a_scales};
            const ng_long_term whole = ng_block_long_term(&path, &weights, &activations, 0);
            const unsigned length = ng_big_length(&whole.significand);
            (void)tally_case(&count, length < path.block_bits && length + 3 >= path.block_bits - (weight.model.block == 1));
            (void)tally_case(&count, is_the_same(&whole, ng_block_term(&path, &weights, &activations, 0)));
        }
    }
    tally_verdict(&count, "block_term, widths");
}
END_TEST

/* Products of one scale code only differ in the scale's range: 8 elements of two formats at hand. */
START_TEST(widths_by_hand)
{
    const paired_format mxfp4 = blocked("e2m1", NG_SCALE_E8M0, 32);
    const paired_format nvfp4 = blocked("e2m1", NG_SCALE_UE4M3, 16);
    const paired_format bfp = blocked("int8", NG_SCALE_BIASED8, 32);
    ck_assert_uint_eq(ng_exact_bits(&mxfp4.model, &mxfp4.model, 1024), 4 + 4 + 10 + 1 + 2 * 254);
    ck_assert_uint_eq(ng_exact_bits(&nvfp4.model, &nvfp4.model, 1024), 4 + 4 + 10 + 1 + 2 * 18);
    ck_assert_uint_eq(ng_exact_bits(&bfp.model, &bfp.model, 1024), 7 + 7 + 10 + 1 + 1 + 2 * 255);
    const ng_accumulator how = accumulate_exact();
    ng_dot_path path;
    ck_assert_int_eq(ng_dot_path_init(&path, &nvfp4.model, &nvfp4.model, &how, 32), NG_PATH_OK);
    ck_assert_uint_eq(path.block_bits, 4 + 4 + 4 + 1 + 8);
    ck_assert_uint_eq(path.term.significant, path.block_bits - 1);
    ck_assert_uint_eq(path.term.fraction, path.block_bits - 3);
    ck_assert_int_eq(ng_scale_lsb(NG_SCALE_E8M0) + ng_scale_lsb(NG_SCALE_BIASED8), -254);
    ck_assert_int_eq(ng_scale_lsb(NG_SCALE_UE4M3) + ng_scale_lsb(NG_SCALE_NONE), -9);
    ck_assert_uint_eq(ng_scale_multiplier_bits(NG_SCALE_UE4M3), 4);
    ck_assert_uint_eq(ng_scale_multiplier_bits(NG_SCALE_E8M0) + ng_scale_range_bits(NG_SCALE_NONE), 0);
}
END_TEST

/* ---- the units of today ----------------------------------------------------------------------------------------- */

/* Block dot units with fp32 behind them: the same bits as the FLOAT accumulator over blocks. */
START_TEST(as_the_block_units)
{
    static const char names[][NG_FORMAT_NAME_SIZE] = {"bfp_m4k16", "bfp_m8k32", "mxfp4", "mxint8"};
    const ng_accumulator how = accumulate_float(8, 23, NG_ROUND_NEAREST_EVEN);
    tally count = {0, 0};
    static vectors v;
    for (size_t i = 0; i < 4; i++) {
        const paired_format f = paired(names[i]);
        ng_datapath unit;
        ng_dot_path path;
        const ng_request request = {.kind = NG_UNIT_DOT, .weight = &f.model, .activation = &f.model};
        ck_assert_int_eq(ng_datapath_init(&unit, &request), NG_OK);
        ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &how, BLOCKS * f.model.block), NG_PATH_OK);
        for (uint64_t seed = 0; seed < 100; seed++) {
            uint32_t running = 0;
            ng_sum sum;
            fill_vectors(&f, &f, (fill)(seed % FILLS), seed, &v);
            for (size_t block = 0; block < BLOCKS; block++) {
                uint64_t first[LIMBS] = {0};
                uint64_t second[LIMBS] = {0};
                ng_wide result;
                v.w_scales[block] %= 255;
                v.a_scales[block] %= 255;
                for (unsigned j = 0; j < f.model.block; j++) {
                    ng_operand_put(first, j * f.model.bits, f.model.bits, v.w[block * f.model.block + j]);
                    ng_operand_put(second, j * f.model.bits, f.model.bits, v.a[block * f.model.block + j]);
                }
                ng_operand_put(first, f.model.block * f.model.bits, 8, v.w_scales[block]);
                ng_operand_put(second, f.model.block * f.model.bits, 8, v.a_scales[block]);
                ng_golden(&unit, first, second, NULL, &result);
                const ng_wide product = ng_wide_sign_extend(result, unit.sum_bits);
                const int scales = (int)ng_wide_bits(&result, unit.sum_bits, unit.scale_bits);
                running = ng_block_accumulate(running, (int64_t)product.limb[0], unit.lsb + scales - 254);
            }
            ng_dot(&path, &(ng_vector){v.w, v.w_scales}, &(ng_vector){v.a, v.a_scales}, BLOCKS * f.model.block, &sum);
            (void)tally_case(&count, ng_float_bits(&how.rule.precision, &sum.running) == running);
        }
    }
    tally_verdict(&count, "block_term, as the block units");
}
END_TEST

Suite *ng_suite_block_term(void);

Suite *ng_suite_block_term(void)
{
    Suite *suite = suite_create("block_term");
    TCase *tcase = golden_tcase(suite, "block_term");
    tcase_add_test(tcase, exact_across_blocks);
    tcase_add_test(tcase, float_across_blocks);
    tcase_add_test(tcase, windows_and_groups_across_blocks);
    tcase_add_test(tcase, random_bits_across_blocks);
    tcase_add_test(tcase, window_error);
    tcase_add_test(tcase, widths);
    tcase_add_test(tcase, widths_by_hand);
    tcase_add_test(tcase, as_the_block_units);
    return suite;
}
