/* Powers of two by their logarithms: against log2 itself, and scales against what their formula promises. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "model/format_name.h"
#include "src/quantize/logarithmic.h"
#include "src/quantize/scale.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

static ng_format named(const char *name)
{
    ng_format format;
    ck_assert_int_eq(ng_format_parse(name, NULL, 0, &format, NULL), NG_PARSE_OK);
    return format;
}

/* sign(w) * 2^round(log2 |w|), clamped to the powers from `least` up to 1; below the least there may be a zero. */
static double by_logarithm(double w, int least, bool has_zero)
{
    const double sign = w < 0 ? -1 : 1;
    const double power = w != 0 ? fmin(rint(log2(fabs(w))), 0) : -INFINITY;
    if (power < least) {
        return has_zero ? 0 : sign * ldexp(1, least);
    }
    return sign * exp2(power);
}

START_TEST(rounds_the_logarithm)
{
    static const char *const names[] = {"dense2", "dense3", "dense4", "dense5", "pot3", "pot4", "pot5"};
    const ng_format format = named(names[_i]);
    ng_grid grid;
    ng_grid_init(&grid, &format);
    ng_grid_logarithmic(&grid);
    const int least = ng_format_lsb(&format);
    for (uint64_t i = 0; i < 20000; i++) {
        const float w = i == 0 ? 0 : (float)random_double(1, i, least - 3, 3);
        double value;
        ck_assert(ng_grid_round(&grid, ng_grid_factor(&grid, 1), &w, 1, &value));
        const double expected = by_logarithm((double)w, least, format.has_zero);
        ck_assert_msg(ldexp(value, least) >= expected && ldexp(value, least) <= expected, "%s %a: got %a expected %a",
                      format.name, (double)w, ldexp(value, least), expected);
    }
}
END_TEST

/* Sums of powers: the neighbour whose logarithm is nearer, for positive and negative numbers alike. */
START_TEST(sums_of_powers)
{
    const ng_format format = named("apot4k2");
    ng_grid grid;
    ng_grid_init(&grid, &format);
    const ng_grid plain = grid;
    ng_grid_logarithmic(&grid);
    for (uint64_t i = 0; i < 5000; i++) {
        const float w = (float)random_double(2, i, -4, 1);
        const float mirrored = -w;
        double got;
        double mirror;
        ck_assert(ng_grid_round(&grid, ng_grid_factor(&grid, 1), &w, 1, &got));
        ck_assert(ng_grid_round(&grid, ng_grid_factor(&grid, 1), &mirrored, 1, &mirror));
        ck_assert_double_eq(got, -mirror);
        const double size = fabs(ldexp((double)w, -ng_format_lsb(&format)));
        for (unsigned j = 0; j < plain.levels; j++) {
            if (plain.level[j] > 0 && fabs(got) > 0) {
                ck_assert_double_le(fabs(log2(size / fabs(got))), fabs(log2(size / plain.level[j])) + 1e-12);
            }
        }
    }
}
END_TEST

/* A refitted scale costs no more than the one it came from, and is that of its own values' formula. */
START_TEST(refit)
{
    static const char *const names[] = {"dense3", "pot4", "apot4k2", "apot5k2"};
    const ng_format format = named(names[_i]);
    ng_grid grid;
    ng_grid_init(&grid, &format);
    for (uint64_t run = 0; run < 20; run++) {
        float x[50];
        double values[50];
        for (uint64_t i = 0; i < 50; i++) {
            x[i] = (float)random_double(10 + run, i, -5, 1);
        }
        const float start = ng_scale_search(&grid, x, NULL, 50, 2);
        const float end = ng_scale_refit(&grid, x, 50, start, 50);
        const double before = ng_grid_error(&grid, ng_grid_factor(&grid, start), x, NULL, 50);
        const double after = ng_grid_error(&grid, ng_grid_factor(&grid, end), x, NULL, 50);
        ck_assert_double_le(after, before);
        ck_assert(ng_grid_round(&grid, ng_grid_factor(&grid, end), x, 50, values));
        double product = 0;
        double square = 0;
        for (size_t i = 0; i < 50; i++) {
            product += (double)x[i] * values[i];
            square += values[i] * values[i];
        }
        const double wanted = ldexp(product / square, -ng_format_lsb(&format));
        ck_assert_double_eq_tol((double)end, wanted, 1e-6 * wanted);
    }
}
END_TEST

/* DeepShift: under scales that are powers of two every weight of the layer is one, or 0. */
START_TEST(whole_weights_are_shifts)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 20, "pot4", "int8", 8, 30, 1);
    made.task.scales = NG_SCALES_POW2;
    ck_assert(codec_task_run(&made, "shift", &weights, &error));
    for (size_t i = 0; i < 8 * 30; i++) {
        int exponent;
        const double number = weights.values[i] * (double)*ng_weights_scale(&weights, 0, i / 30, 0);
        ck_assert_double_eq(fabs(frexp(number, &exponent)), number != 0 ? 0.5 : 0);
        ck_assert(number == 0 || (number > 0) == (made.weights[i] > 0));
    }
    ng_weights_free(&weights);
    ck_assert(!codec_task_run(&made, "shift:refit=1", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
    codec_task_init(&made, 20, "int4", "int8", 8, 30, 1);
    ck_assert(!codec_task_run(&made, "shift", &weights, &error));
    codec_task_free(&made);
}
END_TEST

/* DenseShift: no weight is lost to a zero, and none changes its sign. Nearest with refit is never worse than by logarithm in squared
 * error, over scales of both. */
START_TEST(zero_free)
{
    codec_task made;
    ng_weights by_log;
    ng_weights nearest;
    ng_error error;
    codec_task_init(&made, 30, "dense4", "int8", 8, 30, 1);
    ck_assert(codec_task_run(&made, "shift", &by_log, &error));
    ck_assert(codec_task_run(&made, "shift:log=0,refit=1", &nearest, &error));
    for (size_t i = 0; i < 8 * 30; i++) {
        ck_assert((by_log.values[i] > 0) == (made.weights[i] >= 0));
        ck_assert(fabs(by_log.values[i]) >= 1);
    }
    ck_assert_double_le(codec_task_error(&made, &nearest), codec_task_error(&made, &by_log) * (1 + 1e-9));
    ng_weights_free(&by_log);
    ng_weights_free(&nearest);
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_logarithmic(void);

Suite *ng_suite_logarithmic(void)
{
    Suite *suite = suite_create("logarithmic");
    TCase *tcase = tcase_create("logarithmic");
    tcase_add_loop_test(tcase, rounds_the_logarithm, 0, 7);
    tcase_add_test(tcase, sums_of_powers);
    tcase_add_loop_test(tcase, refit, 0, 4);
    tcase_add_test(tcase, whole_weights_are_shifts);
    tcase_add_test(tcase, zero_free);
    suite_add_tcase(suite, tcase);
    return suite;
}
