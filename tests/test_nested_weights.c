/* One stored weight at every width: the same eight bits, the rules' bounds, and scales by brute force. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/quantize/nested_weights.h"
#include "src/quantize/scale.h"
#include "tests/ref/ref_nested.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

enum { CHANNELS = 6, REDUCTION = 40, COUNT = CHANNELS * REDUCTION };

static int stored(float w, float scale)
{
    const double q = rint((double)w * (double)(1.0F / scale));
    return (int)fmin(fmax(q, -128), 127);
}

/* Numbers of the layer, in units of the int8's scale: the first, the middle or the nearest of the weights that share their leading
 * bits with the stored one. */
START_TEST(prefixes_of_one_weight)
{
    static const char *const names[] = {"int2", "int3", "int4", "int5", "int6", "int7", "int8"};
    const unsigned bits = 2 + (unsigned)_i % 7;
    const int rule = _i / 7;
    codec_task made;
    ng_weights weights;
    ng_error error;
    char text[32];
    (void)snprintf(text, sizeof text, "nested:rule=%d", rule);
    codec_task_init(&made, 1, names[bits - 2], "int8", CHANNELS, REDUCTION, 1);
    ck_assert(codec_task_run(&made, text, &weights, &error));
    ck_assert_uint_eq(weights.planes, rule == 1 && bits < 8 ? 2 : 1);
    float numbers[COUNT];
    ng_weights_numbers(&weights, made.task.weight, numbers);
    for (size_t i = 0; i < COUNT; i++) {
        const float *row = made.weights + i / REDUCTION * REDUCTION;
        const float scale = ng_nested_scale(row, REDUCTION, 8, (ng_nested_rule)rule);
        const int q = stored(made.weights[i], scale);
        int first = 0;
        int size = 0;
        ref_nested_cell(q, bits, &first, &size);
        const double middle = ref_nested_twice_mean(q, bits) / 2.0;
        const double wanted = rule == 0 ? first : rule == 1 ? middle : (double)size * ref_nested_nearest(q, bits);
        ck_assert_double_eq_tol((double)numbers[i] / (double)scale, wanted, 1e-4);
        ck_assert_double_le(fabs(weights.values[i]), 1 << (bits - 1));
    }
    ck_assert_uint_eq(weights.bits, COUNT * 8 + CHANNELS * 32);
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* The scale is the best of its grid for the width it is tuned to. */
START_TEST(tuned_scale)
{
    const unsigned bits = 2 + (unsigned)_i;
    float x[COUNT];
    double least = INFINITY;
    double got = 0;
    for (size_t i = 0; i < COUNT; i++) {
        x[i] = (float)random_double(7, i, -5, 0);
    }
    const float found = ng_nested_scale(x, COUNT, bits, NG_NESTED_CENTRE);
    for (int step = -12 * NG_SCALE_STEPS; step <= 0; step++) {
        const float scale = ng_scale_at(step);
        double sum = 0;
        for (size_t i = 0; i < COUNT; i++) {
            const double served = ref_nested_twice_mean(stored(x[i], scale), bits) / 2.0;
            sum += pow((double)x[i] - served * (double)scale, 2);
        }
        least = fmin(least, sum);
        got = scale >= found && scale <= found ? sum : got;
    }
    ck_assert_double_eq_tol(got, least, 1e-12 * least);
}
END_TEST

START_TEST(only_integers)
{
    static const char *const names[] = {"e4m3", "int12", "dense4"};
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 1, names[_i], "int8", 2, 4, 1);
    ck_assert(!codec_task_run(&made, "nested", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_nested_weights(void);

Suite *ng_suite_nested_weights(void)
{
    Suite *suite = suite_create("nested_weights");
    TCase *tcase = tcase_create("nested_weights");
    tcase_add_loop_test(tcase, prefixes_of_one_weight, 0, 21);
    tcase_add_loop_test(tcase, tuned_scale, 0, 7);
    tcase_add_loop_test(tcase, only_integers, 0, 3);
    suite_add_tcase(suite, tcase);
    return suite;
}
