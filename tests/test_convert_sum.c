/* Accumulators back to codes: against the oracle's nearest code, and for the widths that have a circuit against the
 * convert unit. */
#include <stdio.h>

#include "model/convert.h"
#include "model/convert_sum.h"
#include "model/operand.h"
#include "tests/ref/ref_round.h"
#include "tests/support/random.h"
#include "tests/support/sum_check.h"

enum { LENGTH = 40, REPEATS = 6 };

static const char pairs[][2][NG_FORMAT_NAME_SIZE] = {{"int8", "int8"}, {"e4m3", "e4m3"}, {"e2m1", "e4m3fn"},
                                                     {"e5m2", "e5m2"}, {"bf16", "bf16"}, {"dense4", "int8"},
                                                     {"e6m1", "e6m1"}, {"fp16", "tf32"}};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

static bool agrees(const ng_dot_path *path, const ng_sum *sum, int exponent, const char *output)
{
    const ref_table *table = ref_table_named(output);
    mpfr_t value;
    mpfr_init2(value, REF_LONG_PRECISION);
    sum_value(path, sum, value);
    if (!mpfr_nan_p(value)) {
        ref_exact(mpfr_mul_2si(value, value, exponent, MPFR_RNDN));
    }
    if (mpfr_zero_p(value) && table->format->kind == REF_SHIFT) {
        mpfr_set_zero(value, 1); /* code 0 for both zeros: model/encode.h */
    }
    const uint32_t expected = ref_nearest(table, value);
    const uint32_t got = ng_convert_sum(path, sum, exponent, ng_format_find(output), NULL);
    if (got != expected) {
        fprintf(stderr, "convert_sum %s x %s to %s: %a * 2^%d got %x expected %x\n", path->weight->name,
                path->activation->name, output, mpfr_get_d(value, MPFR_RNDN), exponent, got, expected);
    }
    mpfr_clear(value);
    return got == expected;
}

/* Sums that are no numbers are not compared here. */
static bool is_number(const ng_dot_path *path, const ng_sum *sum)
{
    return !sum->flag && (!ng_sum_is_float(path) || sum->running.category != NG_CLASS_NAN);
}

static void every_output(tally *count, const ng_dot_path *path, const ng_sum *sum, uint64_t seed)
{
    for (size_t i = 0; i < ng_format_count(); i++) {
        const ng_format *output = ng_format_at(i);
        if (output->block != 0) {
            continue;
        }
        /* From well below the output's range to well above it. */
        const int exponent = (int)random_below(seed, i, 40) - 20 - (int)path->exact_bits / 2 - path->lsb;
        (void)tally_case(count, agrees(path, sum, 0, output->name));
        (void)tally_case(count, agrees(path, sum, exponent, output->name));
    }
}

/* _i: the pair. */
START_TEST(to_every_format)
{
    const ng_accumulator hows[] = {accumulate_exact(), accumulate_window(9, NG_ROUND_NEAREST_EVEN),
                                   accumulate_float(8, 23, NG_ROUND_NEAREST_EVEN),
                                   accumulate_float(5, 4, NG_ROUND_NEAREST_EVEN), accumulate_blocked(8, 8, 7)};
    const paired_format wf = paired(pairs[_i][0]);
    const paired_format af = paired(pairs[_i][1]);
    tally count = {0, 0};
    for (size_t h = 0; h < sizeof hows / sizeof hows[0]; h++) {
        ng_dot_path path;
        ck_assert_int_eq(ng_dot_path_init(&path, &wf.model, &af.model, &hows[h], LENGTH), NG_PATH_OK);
        for (uint64_t seed = 0; seed < REPEATS * FILLS && !tally_full(&count); seed++) {
            uint32_t w[LENGTH];
            uint32_t a[LENGTH];
            ng_sum sum;
            fill_codes(&wf, &af, (fill)(seed % FILLS), GOLDEN_SEED + 10 * seed, w, a, LENGTH);
            ng_dot(&path, &(ng_vector){w, NULL}, &(ng_vector){a, NULL}, seed < FILLS ? seed : LENGTH, &sum);
            if (is_number(&path, &sum)) {
                every_output(&count, &path, &sum, seed);
            }
        }
    }
    tally_verdict(&count, "convert_sum");
}
END_TEST

/* The register's codes that matter: midpoints and their neighbours of every output, in registers longer than a wide
 * number. */
START_TEST(ties_of_long_registers)
{
    const paired_format f = paired("bf16");
    const ng_accumulator how = accumulate_exact();
    tally count = {0, 0};
    ng_dot_path path;
    ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &how, 1024), NG_PATH_OK);
    for (size_t i = 0; i < ng_format_count(); i++) {
        const ng_format *output = ng_format_at(i);
        for (uint32_t code = 0; code + 1 < ng_format_codes(output) && output->block == 0; code++) {
            const ng_number number = ng_decode_finite(output, code);
            const ng_number next = ng_decode_finite(output, code + 1);
            const int low = number.exponent < next.exponent ? number.exponent : next.exponent;
            const ng_wide middle = ng_wide_add(
                ng_wide_shift_left(ng_wide_from_int(number.significand), (unsigned)(number.exponent - low)),
                ng_wide_shift_left(ng_wide_from_int(next.significand), (unsigned)(next.exponent - low)));
            for (int64_t beside = -1; beside <= 1; beside++) {
                const ng_wide little = ng_wide_from_int(beside);
                ng_sum sum;
                ng_sum_start(&path, &sum);
                ng_big_add_wide(&sum.fixed, &middle, (unsigned)(low - 1 - path.lsb));
                ng_big_add_wide(&sum.fixed, &little, 0);
                (void)tally_case(&count, agrees(&path, &sum, 0, output->name));
            }
        }
    }
    tally_verdict(&count, "convert_sum, ties of long registers");
}
END_TEST

/* Long registers under every direction and overflow: numbers in the output's range, ties, and far beyond it. */
static const char outputs[][NG_FORMAT_NAME_SIZE] = {"int4", "int8", "uint4", "int4m", "e2m1", "e4m3fn", "e5m2ieee",
                                                    "e4m3fnuz", "posit8es1", "hif8", "pot4", "nf4"};
enum { OUTPUTS = sizeof outputs / sizeof outputs[0] };

/* _i: the output. */
START_TEST(every_option)
{
    const paired_format f = paired("bf16");
    const paired_format output = paired(outputs[_i]);
    ref_table *table = ref_table_new(&output.ref);
    const ng_accumulator how = accumulate_exact();
    tally count = {0, 0};
    ng_dot_path path;
    mpfr_t value;
    mpfr_init2(value, REF_LONG_PRECISION);
    ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &how, 1024), NG_PATH_OK);
    for (uint64_t i = 0; i < 6000 && !tally_full(&count); i++) {
        const ng_encode_options options = {.rounding = (ng_rounding)(i % 7), .overflow = (ng_overflow)(i / 7 % 4)};
        const ref_options expected = {.rounding = (ref_rounding)options.rounding,
                                      .overflow = (ref_overflow)options.overflow};
        const ng_wide high = ng_wide_from_int((int64_t)random_bits(1, i) >> (40 + random_below(2, i, 23)));
        const ng_wide low = ng_wide_from_int((int64_t)random_below(3, i, 3) - 1);
        const int at = ng_format_lsb(&output.model) - path.lsb - (int)random_below(4, i, 12) + (i % 5 == 0 ? 200 : 2);
        ng_sum sum;
        ng_sum_start(&path, &sum);
        ng_big_add_wide(&sum.fixed, &high, (unsigned)at);
        ng_big_add_wide(&sum.fixed, &low, random_below(5, i, 100));
        sum_value(&path, &sum, value);
        const uint32_t got = ng_convert_sum(&path, &sum, 0, &output.model, &options);
        if (!tally_case(&count, got == ref_round(table, value, &expected))) {
            fprintf(stderr, "convert_sum to %s, rounding %d, overflow %d: %a gives %x\n", outputs[_i], options.rounding,
                    options.overflow, mpfr_get_d(value, MPFR_RNDN), got);
        }
    }
    mpfr_clear(value);
    ref_table_free(table);
    tally_verdict(&count, "convert_sum, every option");
}
END_TEST

/* Every shift of the convert units. */
START_TEST(as_the_convert_units)
{
    static const char same[][NG_FORMAT_NAME_SIZE] = {"int4", "int8", "e2m1", "e4m3", "e4m3fn", "e5m2ieee"};
    const ng_accumulator how = accumulate_exact();
    tally count = {0, 0};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        const ng_format *f = ng_format_find(same[i]);
        const ng_request request = {.kind = NG_UNIT_CONVERT, .weight = f, .activation = f, .terms = 64};
        ng_datapath unit;
        ng_dot_path path;
        ck_assert_int_eq(ng_datapath_init(&unit, &request), NG_OK);
        ck_assert_int_eq(ng_dot_path_init(&path, f, f, &how, 64), NG_PATH_OK);
        ck_assert_uint_eq(path.fixed_bits, unit.sum_bits);
        for (uint64_t j = 0; j < 4000; j++) {
            const unsigned shift = random_below(1, j, 1U << unit.second_bits);
            const ng_wide random = {{random_bits(2, 2 * j), random_bits(2, 2 * j + 1), 0, 0}};
            const ng_wide word = ng_wide_sign_extend(random, 1 + random_below(3, j, unit.sum_bits));
            const uint64_t second = shift;
            ng_sum sum;
            ng_sum_start(&path, &sum);
            ng_big_add_wide(&sum.fixed, &word, 0);
            const ng_wide expected = ng_convert(&unit, word.limb, &second);
            const int exponent = ng_format_lsb(f) - (int)shift - path.lsb;
            (void)tally_case(&count, ng_convert_sum(&path, &sum, exponent, f, NULL) == expected.limb[0]);
        }
    }
    tally_verdict(&count, "convert_sum, as the convert units");
}
END_TEST

/* Flags, infinities, NaN and negative zero. */
START_TEST(not_numbers)
{
    const ng_format *e5m2 = ng_format_find("e5m2ieee");
    const ng_format *e4m3 = ng_format_find("e4m3fn");
    const ng_format *integer = ng_format_find("int8");
    const ng_accumulator how = accumulate_float(8, 23, NG_ROUND_NEAREST_EVEN);
    ng_dot_path path;
    ng_sum sum;
    ck_assert_int_eq(ng_dot_path_init(&path, e5m2, e5m2, &how, 8), NG_PATH_OK);
    ng_sum_start(&path, &sum);
    ng_mac(&path, &sum, 0x7C, 0x3C); /* infinity times one */
    ck_assert(sum.flag);
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, e5m2, NULL), 0x7F);
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, e4m3, NULL), 0x7F);
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, integer, NULL), 0);
    ng_sum_start(&path, &sum);
    sum.running = (ng_float){NG_CLASS_INFINITE, true, 0, 0};
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, e5m2, NULL), 0xFB); /* saturates */
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, integer, NULL), 0x80);
    sum.running.category = NG_CLASS_NAN;
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, e5m2, NULL), 0x7F);
    sum.running = (ng_float){NG_CLASS_FINITE, true, 0, 0};
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, e4m3, NULL), 0x80);
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, integer, NULL), 0);
}
END_TEST

/* The example of the header. */
START_TEST(examples)
{
    const ng_format *integer = ng_format_find("int8");
    const ng_accumulator how = accumulate_exact();
    const ng_wide value = ng_wide_from_int(449);
    ng_dot_path path;
    ng_sum sum;
    ck_assert_int_eq(ng_dot_path_init(&path, integer, integer, &how, 8), NG_PATH_OK);
    ng_sum_start(&path, &sum);
    ng_big_add_wide(&sum.fixed, &value, 0);
    ck_assert_uint_eq(ng_convert_sum(&path, &sum, 0, ng_format_find("e4m3fn"), NULL), 0x7E);
}
END_TEST

Suite *ng_suite_convert_sum(void);

Suite *ng_suite_convert_sum(void)
{
    Suite *suite = suite_create("convert_sum");
    TCase *tcase = golden_tcase(suite, "convert_sum");
    tcase_add_loop_test(tcase, to_every_format, 0, PAIRS);
    tcase_add_test(tcase, ties_of_long_registers);
    tcase_add_loop_test(tcase, every_option, 0, OUTPUTS);
    tcase_add_test(tcase, as_the_convert_units);
    tcase_add_test(tcase, not_numbers);
    tcase_add_test(tcase, examples);
    return suite;
}
