/* Dot products and MAC steps in every kind of accumulator against MPFR, on five kinds of operands; every pair of codes
 * of small formats; sums in any order. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/random.h"
#include "tests/support/sum_check.h"

static const char pairs[][2][NG_FORMAT_NAME_SIZE] = {
    {"int3", "int4"},   {"int8", "int8"},         {"e1m1", "e1m1"},         {"e2m1", "e4m3fn"}, {"e4m3", "e4m3"},
    {"e3m2", "int8"},   {"e5m2ieee", "e5m2ieee"}, {"e4m3fn", "e5m2ieee"},   {"e6m1", "e6m1"},   {"dense4", "int8"},
    {"pot4", "e4m3"},   {"dense3", "dense3"},     {"fp16", "fp16"},         {"bf16", "bf16"},   {"tf32", "tf32"},
    {"bf16", "e2m1"},   {"uint8", "int8"},        {"posit8es2", "posit8es1"}, {"apot4k2", "int8"}, {"nf4", "bf16"},
    {"hif8", "hif8"},   {"lns8f3", "e4m3"},       {"p3109k8p4", "e5m2fnuz"},  {"int4m", "int4s"}, {"tpot4", "uint4"},
    {"posit16es2", "fp16"}, {"e3m2ftz", "ue4m3fn"}, {"dense1", "int4"},   {"posit12es4", "lns11f1"}, {"lns11f1", "lns10f0"},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0], LENGTH = 64, REPEATS = 12 };

static void on_every_pair(const ng_accumulator *accumulator, const char *title)
{
    tally count = {0, 0};
    for (size_t i = 0; i < PAIRS; i++) {
        sum_check_fills(&count, pairs[i][0], pairs[i][1], accumulator, LENGTH, REPEATS);
    }
    tally_verdict(&count, title);
}

START_TEST(exact_register)
{
    const ng_accumulator accumulator = accumulate_exact();
    on_every_pair(&accumulator, "dot, exact");
}
END_TEST

/* _i: the direction. */
START_TEST(window)
{
    static const unsigned widths[] = {1, 4, 9, 16, 26, 60};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        const ng_accumulator accumulator = accumulate_window(widths[i], (ng_rounding)_i);
        on_every_pair(&accumulator, "dot, window");
    }
}
END_TEST

static const unsigned registers[][2] = {{8, 23}, {5, 10}, {8, 7}, {8, 10}, {11, 52}, {4, 3}, {2, 0}, {5, 2}};
enum { REGISTERS = sizeof registers / sizeof registers[0] };

/* _i: the register. */
START_TEST(floating)
{
    const ng_accumulator fused = accumulate_float(registers[_i][0], registers[_i][1], NG_ROUND_NEAREST_EVEN);
    ng_accumulator saturating = fused;
    ng_accumulator twice = fused;
    saturating.rule.overflow = NG_OVERFLOW_SATURATE;
    twice.product = twice.rule.precision;
    on_every_pair(&fused, "dot, float");
    on_every_pair(&saturating, "dot, float, saturating");
    on_every_pair(&twice, "dot, float, product rounded first");
}
END_TEST

/* _i: the direction. */
START_TEST(floating_directions)
{
    ng_accumulator accumulator = accumulate_float(5, 4, (ng_rounding)_i);
    on_every_pair(&accumulator, "dot, float, direction");
    accumulator.product = (ng_precision){4, 6};
    on_every_pair(&accumulator, "dot, float, direction, product rounded first");
}
END_TEST

START_TEST(blocked)
{
    static const unsigned groups[] = {1, 4, 16, 1000};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        ng_accumulator accumulator = accumulate_blocked(groups[i], 8, 23);
        on_every_pair(&accumulator, "dot, groups, exact inside");
        accumulator.product = (ng_precision){5, 10};
        on_every_pair(&accumulator, "dot, groups, rounded before the addition");
    }
}
END_TEST

/* What tensor cores do: groups of 4 to 32, cut and not rounded, the running sum among them (_i 1) or not. */
START_TEST(blocked_windows)
{
    static const unsigned groups[] = {4, 8, 32};
    static const unsigned widths[] = {8, 14, 25, 27};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        for (size_t j = 0; j < sizeof widths / sizeof widths[0]; j++) {
            ng_accumulator accumulator = accumulate_blocked(groups[i], 8, 23);
            accumulator.window = widths[j];
            accumulator.cut = NG_ROUND_TOWARD_ZERO;
            accumulator.rule.rounding = j % 2 == 0 ? NG_ROUND_TOWARD_ZERO : NG_ROUND_NEAREST_EVEN;
            accumulator.joined = _i == 1;
            on_every_pair(&accumulator, "dot, groups, window inside");
        }
    }
}
END_TEST

static const char small[][NG_FORMAT_NAME_SIZE] = {"int3", "int4", "e1m1", "e2m1", "e3m1", "e2m2", "e3m2",
                                                  "e2m3", "dense3", "dense4", "pot3", "pot4"};
enum { SMALL = sizeof small / sizeof small[0] };

static void every_pair_of_codes(tally *count, const char *weight, const char *activation, const ng_accumulator *how)
{
    const paired_format wf = paired(weight);
    const paired_format af = paired(activation);
    const uint32_t fixed_w[] = {0, 1, ng_format_largest(&wf.model)};
    const uint32_t fixed_a[] = {0, ng_format_largest(&af.model), 1};
    ng_dot_path path;
    ck_assert_int_eq(ng_dot_path_init(&path, &wf.model, &af.model, how, 2), NG_PATH_OK);
    for (uint32_t w = 0; w < ng_format_codes(&wf.model); w++) {
        for (uint32_t a = 0; a < ng_format_codes(&af.model) && !tally_full(count); a++) {
            for (size_t other = 0; other < 3; other++) {
                const uint32_t ws[] = {w, fixed_w[other]};
                const uint32_t as[] = {a, fixed_a[other]};
                (void)sum_check(count, &path, &wf, &af, ws, as, other == 0 ? 1 : 2, w << 16 | a);
            }
        }
    }
}

/* _i: the weight's format. A multiply is the sum of one product; the others meet the smallest and the largest. */
START_TEST(every_code)
{
    const ng_accumulator hows[] = {accumulate_exact(), accumulate_window(3, NG_ROUND_TOWARD_ZERO),
                                   accumulate_window(4, NG_ROUND_NEAREST_EVEN),
                                   accumulate_float(4, 2, NG_ROUND_NEAREST_EVEN)};
    tally count = {0, 0};
    for (size_t i = 0; i < SMALL; i++) {
        for (size_t j = 0; j < sizeof hows / sizeof hows[0]; j++) {
            every_pair_of_codes(&count, small[_i], small[i], &hows[j]);
        }
    }
    tally_verdict(&count, "dot, every pair of codes");
}
END_TEST

static void reverse(uint32_t *codes, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        const uint32_t kept = codes[i];
        codes[i] = codes[count - 1 - i];
        codes[count - 1 - i] = kept;
    }
}

static void rotate(uint32_t *codes, size_t count, size_t by)
{
    reverse(codes, by);
    reverse(codes + by, count - by);
    reverse(codes, count);
}

/* EXACT and WINDOW: the same bits whatever the order. */
START_TEST(order)
{
    const ng_accumulator hows[] = {accumulate_exact(), accumulate_window(12, NG_ROUND_TOWARD_ZERO),
                                   accumulate_window(7, NG_ROUND_NEAREST_EVEN)};
    tally count = {0, 0};
    for (size_t i = 0; i < PAIRS * 3; i++) {
        const paired_format wf = paired(pairs[i % PAIRS][0]);
        const paired_format af = paired(pairs[i % PAIRS][1]);
        uint32_t w[LENGTH];
        uint32_t a[LENGTH];
        const ng_vector weights = {w, NULL};
        const ng_vector activations = {a, NULL};
        ng_dot_path path;
        ng_sum first;
        ng_sum second;
        ck_assert_int_eq(ng_dot_path_init(&path, &wf.model, &af.model, &hows[i / PAIRS], LENGTH), NG_PATH_OK);
        for (int how = 0; how < FILLS; how++) {
            fill_codes(&wf, &af, (fill)how, GOLDEN_SEED + i, w, a, LENGTH);
            ng_dot(&path, &weights, &activations, LENGTH, &first);
            rotate(w, LENGTH, 1 + i % 61);
            rotate(a, LENGTH, 1 + i % 61);
            ng_dot(&path, &weights, &activations, LENGTH, &second);
            (void)tally_case(&count, memcmp(&first, &second, sizeof first) == 0);
        }
    }
    tally_verdict(&count, "dot, order");
}
END_TEST

/* ... and a float register does depend on it, or the test above would show nothing. */
START_TEST(order_of_rounding_counts)
{
    const paired_format f = paired("e4m3");
    const ng_accumulator how = accumulate_float(5, 2, NG_ROUND_NEAREST_EVEN);
    const uint32_t first[] = {0x78, 0x58, 0x58, 0x58, 0x58}; /* 256, 16, 16, 16, 16 */
    const uint32_t last[] = {0x58, 0x58, 0x58, 0x58, 0x78};
    const uint32_t one[] = {0x38, 0x38, 0x38, 0x38, 0x38};
    ng_dot_path path;
    ng_sum sum;
    ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &how, 5), NG_PATH_OK);
    ng_dot(&path, &(ng_vector){first, NULL}, &(ng_vector){one, NULL}, 5, &sum);
    ck_assert_uint_eq(ng_float_bits(&how.rule.precision, &sum.running), 23 << 2); /* 256 + 16 -> 256 */
    ng_dot(&path, &(ng_vector){last, NULL}, &(ng_vector){one, NULL}, 5, &sum);
    ck_assert_uint_eq(ng_float_bits(&how.rule.precision, &sum.running), 23 << 2 | 1); /* 64 + 256 */
}
END_TEST

/* |error| <= n * 2^-(y+1) * sum |term|, to nearest, fused and not, in groups with their number for n; on operands whose
 * sums neither over- nor underflow. Returns the largest error / bound. */
static double float_error(tally *count, const ng_accumulator *how, unsigned additions)
{
    static const char names[][NG_FORMAT_NAME_SIZE] = {"e4m3", "e2m3", "e3m2", "int8"};
    double worst = 0;
    mpfr_t error;
    mpfr_t value;
    mpfr_t sum;
    mpfr_inits2(REF_LONG_PRECISION, error, value, sum, (mpfr_ptr)0);
    for (uint64_t seed = 0; seed < 400; seed++) {
        const paired_format f = paired(names[seed % 4]);
        const ng_accumulator exactly = accumulate_exact();
        uint32_t w[LENGTH];
        uint32_t a[LENGTH];
        ng_dot_path path;
        ng_dot_path exact;
        ng_sum state;
        ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, how, LENGTH), NG_PATH_OK);
        ck_assert_int_eq(ng_dot_path_init(&exact, &f.model, &f.model, &exactly, LENGTH), NG_PATH_OK);
        fill_codes(&f, &f, (fill)(seed / 4 % FILLS), seed, w, a, LENGTH);
        ng_dot(&exact, &(ng_vector){w, NULL}, &(ng_vector){a, NULL}, LENGTH, &state);
        sum_value(&exact, &state, error);
        ng_dot(&path, &(ng_vector){w, NULL}, &(ng_vector){a, NULL}, LENGTH, &state);
        sum_value(&path, &state, value);
        ref_exact(mpfr_sub(error, error, value, MPFR_RNDN));
        mpfr_set_zero(sum, 1);
        for (size_t i = 0; i < LENGTH; i++) {
            (void)paired_value(&f, w[i], value);
            ref_exact(mpfr_mul_d(value, value, ng_decode_double(&f.model, a[i]), MPFR_RNDN));
            ref_exact(mpfr_abs(value, value, MPFR_RNDN));
            ref_exact(mpfr_add(sum, sum, value, MPFR_RNDN));
        }
        ref_exact(mpfr_mul_ui(sum, sum, additions, MPFR_RNDN));
        ref_exact(mpfr_div_2ui(sum, sum, how->rule.precision.mantissa_bits + 1, MPFR_RNDN));
        (void)tally_case(count, mpfr_cmpabs(error, sum) <= 0);
        if (!mpfr_zero_p(sum)) {
            mpfr_div(error, error, sum, MPFR_RNDN);
            worst = fmax(worst, fabs(mpfr_get_d(error, MPFR_RNDN)));
        }
    }
    mpfr_clears(error, value, sum, (mpfr_ptr)0);
    return worst;
}

START_TEST(error_of_floating_sums)
{
    static const unsigned mantissas[] = {1, 3, 7, 10, 23};
    tally count = {0, 0};
    for (size_t i = 0; i < sizeof mantissas / sizeof mantissas[0]; i++) {
        ng_accumulator how = accumulate_float(8, mantissas[i], NG_ROUND_NEAREST_EVEN);
        const double fused = float_error(&count, &how, LENGTH);
        how.product = how.rule.precision;
        const double twice = float_error(&count, &how, LENGTH);
        how = accumulate_blocked(8, 8, mantissas[i]);
        const double groups = float_error(&count, &how, LENGTH / 8);
        printf("dot, {8, %u}: error / bound at most %.3f fused, %.3f not, %.3f in groups of 8\n", mantissas[i], fused,
               twice, groups);
    }
    tally_verdict(&count, "dot, error of floating sums");
}
END_TEST

/* The examples of the header. */
START_TEST(examples)
{
    const paired_format integer = paired("int8");
    const paired_format f = paired("e4m3");
    const ng_accumulator exact = accumulate_exact();
    const ng_accumulator fp32 = accumulate_float(8, 23, NG_ROUND_NEAREST_EVEN);
    const uint32_t w[] = {2, 3};
    const uint32_t a[] = {5, 0xF9};
    const uint32_t one = 0x38;
    ng_dot_path path;
    ng_sum sum;
    ck_assert_int_eq(ng_dot_path_init(&path, &integer.model, &integer.model, &exact, 2), NG_PATH_OK);
    ng_dot(&path, &(ng_vector){w, NULL}, &(ng_vector){a, NULL}, 2, &sum);
    ck_assert_int_eq((int64_t)sum.fixed.limb[0], -11);
    ck_assert_int_eq(sum.exponent, 0);
    ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &fp32, 1), NG_PATH_OK);
    ng_dot(&path, &(ng_vector){&one, NULL}, &(ng_vector){&one, NULL}, 1, &sum);
    ck_assert_uint_eq(ng_float_bits(&fp32.rule.precision, &sum.running), 0x3F800000);
}
END_TEST

Suite *ng_suite_dot(void);

Suite *ng_suite_dot(void)
{
    Suite *suite = suite_create("dot");
    TCase *tcase = golden_tcase(suite, "dot");
    tcase_add_test(tcase, exact_register);
    tcase_add_loop_test(tcase, window, 0, NG_ROUND_STOCHASTIC + 1);
    tcase_add_loop_test(tcase, floating, 0, REGISTERS);
    tcase_add_loop_test(tcase, floating_directions, 0, NG_ROUND_STOCHASTIC + 1);
    tcase_add_test(tcase, blocked);
    tcase_add_loop_test(tcase, blocked_windows, 0, 2);
    tcase_add_loop_test(tcase, every_code, 0, SMALL);
    tcase_add_test(tcase, order);
    tcase_add_test(tcase, order_of_rounding_counts);
    tcase_add_test(tcase, error_of_floating_sums);
    tcase_add_test(tcase, examples);
    return suite;
}
