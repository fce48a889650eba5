/* The power grid: layers made on it are found again, and the exponent is the best of all, by the formula in doubles. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/quantize/nupes.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

static const unsigned terms[][2] = {{1, 1}, {1, 2}, {2, 3}, {3, 4}, {1, 3}, {1, 4}, {4, 3}, {3, 2}, {2, 1}, {3, 1}, {4, 1}};
enum { TERMS = sizeof terms / sizeof terms[0] };

/* A layer of sign(q) (|q| / L)^(1/a), every q from -L to L in each channel: the search gives back a, and the layer but for the
 * rounding to 16 bits. */
START_TEST(layer_on_the_grid)
{
    const double a = (double)terms[_i][0] / terms[_i][1];
    codec_task made;
    codec_task_init(&made, 1, "int16", "int8", 4, 31, 1);
    for (size_t i = 0; i < 4 * 31; i++) {
        const int q = (int)(i % 31) - 15;
        made.weights[i] = (float)((q < 0 ? -1 : 1) * pow(abs(q) / 15.0, 1 / a) * (0.1 + (double)(i / 31)));
    }
    ng_power power = {.bits = 5, .denominator = 1};
    double values[4 * 31];
    float scales[4];
    ck_assert(ng_nupes_fit(&power, &made.task.grid, made.weights, 4, 31, values, scales));
    ck_assert_uint_eq(power.numerator, terms[_i][0]);
    ck_assert_uint_eq(power.denominator, terms[_i][1]);
    for (size_t i = 0; i < 4 * 31; i++) {
        ck_assert_double_eq_tol(values[i] * (double)scales[i / 31], (double)made.weights[i], 2e-4);
    }
    codec_task_free(&made);
}
END_TEST

/* Least squared error of a channel over the clips, with pow() for the grid and rint() for the code. */
static double formula_error(const float *w, size_t count, unsigned bits, double a)
{
    const double top = (1 << (bits - 1)) - 1;
    double largest = 0;
    double least = INFINITY;
    for (size_t k = 0; k < count; k++) {
        largest = fmax(largest, fabs((double)w[k]));
    }
    for (int clip = 0; clip <= 16; clip++) {
        const double m = largest * pow(2, -clip / 8.0);
        double sum = 0;
        for (size_t k = 0; k < count; k++) {
            const double q = fmin(rint(top * pow(fabs((double)w[k]) / m, a)), top);
            sum += pow(fabs((double)w[k]) - m * pow(q / top, 1 / a), 2);
        }
        least = fmin(least, sum);
    }
    return least;
}

START_TEST(best_exponent)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    double least = INFINITY;
    const unsigned bits = 3 + (unsigned)_i % 3;
    char text[32];
    (void)snprintf(text, sizeof text, "nupes:bits=%u", bits);
    codec_task_init(&made, 20 + (uint64_t)_i, "int16", "int8", 5, 40, 1);
    for (size_t t = 0; t < TERMS; t++) {
        double sum = 0;
        for (size_t channel = 0; channel < 5; channel++) {
            sum += formula_error(made.weights + channel * 40, 40, bits, (double)terms[t][0] / terms[t][1]);
        }
        least = fmin(least, sum);
    }
    ck_assert(codec_task_run(&made, text, &weights, &error));
    ck_assert_double_eq_tol(codec_task_error(&made, &weights), least, 1e-2 * least);
    ck_assert_uint_eq(weights.bits, 5 * (40 * bits + 32) + (16ULL << bits));
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* a = 1 is the integer grid: the codes themselves, where the element has just their values. */
START_TEST(exponent_one)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 40, "int4", "int8", 5, 40, 1);
    ck_assert(codec_task_run(&made, "nupes:bits=4,num=1", &weights, &error));
    for (size_t i = 0; i < 5 * 40; i++) {
        const double nearest = fmax(fmin(rint((double)made.weights[i] / (double)weights.scales[i / 40]), 7), -7);
        ck_assert_double_eq_tol(weights.values[i], nearest, 0.5001);
        ck_assert_double_eq(weights.values[i], rint(weights.values[i]));
    }
    ng_weights_free(&weights);
    ng_power bad = {.bits = 4, .numerator = 5, .denominator = 1};
    double values[5 * 40];
    float scales[5];
    ck_assert(!ng_nupes_fit(&bad, &made.task.grid, made.weights, 5, 40, values, scales));
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_nupes(void);

Suite *ng_suite_nupes(void)
{
    Suite *suite = suite_create("nupes");
    TCase *tcase = tcase_create("nupes");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, layer_on_the_grid, 0, TERMS);
    tcase_add_loop_test(tcase, best_exponent, 0, 6);
    tcase_add_test(tcase, exponent_one);
    suite_add_tcase(suite, tcase);
    return suite;
}
