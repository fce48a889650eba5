/* ZeroQuant-FP's scale constraints and its low-rank compensation, where the answers are known in closed form. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/lorc.h"
#include "src/quantize/method.h"
#include "src/quantize/task.h"
#include "tests/support/layers.h"

enum { CHANNELS = 6, REDUCTION = 20 };

START_TEST(raised_scales)
{
    ck_assert_float_eq(ng_scale_raised(1), 1);
    ck_assert_float_eq(ng_scale_raised(0.25F), 0.25F);
    ck_assert_float_eq(ng_scale_raised(nextafterf(0.25F, 1)), 0.5F);
    ck_assert_float_eq(ng_scale_raised(3), 4);
    ck_assert_float_eq(ng_scale_raised(nextafterf(4, 0)), 4);
}
END_TEST

/* The formula with log2() of the C library, on ratios that are no powers of two; those by hand. */
START_TEST(shared_scales)
{
    float scales[CHANNELS * REDUCTION];
    float shared[CHANNELS * REDUCTION];
    float largest = 0;
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        scales[i] = 0.01F + fabsf(layer_normal(1, i));
        largest = fmaxf(largest, scales[i]);
    }
    memcpy(shared, scales, sizeof scales);
    ng_scales_share(shared, CHANNELS * REDUCTION);
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        const double expected = (double)largest / exp2(ceil(log2((double)largest / (double)scales[i])));
        ck_assert_double_eq((double)shared[i], expected);
        ck_assert(shared[i] <= scales[i] && shared[i] > scales[i] / 2);
    }
    float exact[3] = {3, 1.5F, 0.75F};
    ng_scales_share(exact, 3);
    ck_assert(exact[0] >= 3 && exact[1] >= 1.5F && exact[1] <= 1.5F && exact[2] >= 0.75F && exact[2] <= 0.75F);
}
END_TEST

static ng_layer_task task_of(const float *w, const char *format)
{
    ng_layer_task task = {.name = "layer", .weights = w, .channels = CHANNELS, .reduction = REDUCTION, .groups = 1};
    task.inputs = REDUCTION;
    task.weight = task.activation = ng_format_find(format);
    ng_grid_init(&task.grid, task.weight);
    ng_grid_init(&task.activation_grid, task.activation);
    return task;
}

/* Every layer's scales as M1 and M2 want them, and values nearest under them. */
START_TEST(constrained_layer)
{
    float w[CHANNELS * REDUCTION];
    layer_weights(2, CHANNELS, REDUCTION, w);
    ng_layer_task task = task_of(w, "e2m1");
    ng_methods methods;
    ck_assert(ng_methods_read("nearest", &methods, NULL));
    for (int kind = NG_SCALES_M1; kind <= NG_SCALES_M2; kind++) {
        ng_weights weights = {0};
        task.scales = (ng_scale_kind)kind;
        ck_assert(methods.items[0].method->layer(&task, &methods.items[0], &weights, NULL));
        float largest = 0;
        for (size_t c = 0; c < CHANNELS; c++) {
            largest = fmaxf(largest, weights.scales[c]);
        }
        for (size_t c = 0; c < CHANNELS; c++) {
            int exponent;
            const float ratio = kind == NG_SCALES_M1 ? weights.scales[c] : largest / weights.scales[c];
            ck_assert_float_eq(frexpf(ratio, &exponent), 0.5F);
            for (size_t k = 0; k < REDUCTION; k++) {
                const double value = ng_task_value(&task, weights.scales[c], (double)w[c * REDUCTION + k]);
                ck_assert_double_eq(value, weights.values[c * REDUCTION + k]);
            }
        }
        ng_weights_free(&weights);
    }
}
END_TEST

/* Orthogonal rows and columns of the Haar kind times known singular values: what is left is the smaller ones. */
START_TEST(best_rank)
{
    static const double singular[4] = {8, 4, 2, 1};
    static const double h[4][4] = {{1, 1, 1, 1}, {1, -1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}}; /* / 2: orthogonal */
    for (size_t rank = 1; rank <= 4; rank++) {
        double error[4][8] = {{0}};
        float left[4 * 4];
        float right[4 * 8];
        double start[4][8];
        for (size_t i = 0; i < 4; i++) {
            for (size_t k = 0; k < 8; k++) {
                for (size_t r = 0; r < 4; r++) {
                    /* right vectors: h / 2 spread over even and odd columns */
                    error[i][k] += singular[r] * h[i][r] / 2 * (k % 2 == r % 2 ? h[k / 2][r / 2 * 2] / 2 : 0);
                }
            }
        }
        memcpy(start, error, sizeof error);
        ck_assert(ng_lorc(&error[0][0], 4, 8, rank, 0, left, right));
        double rest = 0;
        double expected = 0;
        for (size_t r = rank; r < 4; r++) {
            expected += singular[r] * singular[r];
        }
        for (size_t i = 0; i < 4; i++) {
            for (size_t k = 0; k < 8; k++) {
                double difference = start[i][k];
                for (size_t r = 0; r < rank; r++) {
                    difference -= (double)left[i * rank + r] * (double)right[r * 8 + k];
                }
                rest += difference * difference;
            }
        }
        ck_assert_double_eq_tol(rest, expected, 1e-4);
    }
}
END_TEST

/* Weights that are values of the format and a product of two vectors: one rank makes them good. */
START_TEST(one_rank_suffices)
{
    float w[CHANNELS * REDUCTION];
    float numbers[CHANNELS * REDUCTION];
    ng_weights weights;
    ng_methods methods;
    ck_assert(ng_weights_allocate(&weights, 1, CHANNELS, REDUCTION, REDUCTION));
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        weights.values[i] = (double)(i * 7 % 15) - 7;
        weights.scales[i / REDUCTION] = 0.5F;
    }
    ng_weights_numbers(&weights, ng_format_find("int4"), numbers);
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        w[i] = numbers[i] + 0.1F * layer_normal(3, i / REDUCTION) * layer_normal(4, i % REDUCTION);
    }
    const ng_layer_task task = task_of(w, "int4");
    ck_assert(ng_methods_read("lorc:rank=1,bits=0", &methods, NULL));
    const ng_method_choice *choice = &methods.items[methods.count - 1];
    ck_assert_str_eq(choice->method->name, "lorc");
    ck_assert(choice->method->layer(&task, choice, &weights, NULL));
    ck_assert_uint_eq(weights.rank, 1);
    ck_assert_uint_eq(weights.bits, CHANNELS * (REDUCTION * 4 + 32) + (CHANNELS + REDUCTION) * 32);
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        const float sum = numbers[i] + weights.left[i / REDUCTION] * weights.right[i % REDUCTION];
        ck_assert_float_eq_tol(sum, w[i], 1e-5F);
    }
    ng_weights_free(&weights);
}
END_TEST

/* Eight bits: every number of a row or column is an integer below 128 times one scale, and at most half a scale away. */
START_TEST(short_vectors)
{
    double error[CHANNELS * REDUCTION];
    double again[CHANNELS * REDUCTION];
    float left[2][CHANNELS * 2];
    float right[2][REDUCTION * 2];
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        again[i] = error[i] = (double)layer_normal(5, i);
    }
    ck_assert(ng_lorc(error, CHANNELS, REDUCTION, 2, 0, left[0], right[0]));
    ck_assert(ng_lorc(again, CHANNELS, REDUCTION, 2, 8, left[1], right[1]));
    for (size_t r = 0; r < 2; r++) {
        double largest = 0;
        for (size_t k = 0; k < REDUCTION; k++) {
            largest = fmax(largest, fabs((double)right[0][r * REDUCTION + k]));
        }
        for (size_t k = 0; k < REDUCTION; k++) {
            const double integer = (double)right[1][r * REDUCTION + k] / (largest / 127);
            ck_assert_double_eq_tol(integer, rint(integer), 1e-4);
            ck_assert_double_le(fabs(integer), 127.01);
            ck_assert_double_le(fabs((double)(right[1][r * REDUCTION + k] - right[0][r * REDUCTION + k])), largest / 127 * 0.5001);
        }
    }
    ck_assert_uint_eq(ng_lorc_bits(CHANNELS, REDUCTION, 2, 8), 2 * (CHANNELS + REDUCTION) * 8 + 4 * 32);
}
END_TEST

Suite *ng_suite_zeroquant(void);

Suite *ng_suite_zeroquant(void)
{
    Suite *suite = suite_create("zeroquant");
    TCase *tcase = tcase_create("zeroquant");
    tcase_add_test(tcase, raised_scales);
    tcase_add_test(tcase, shared_scales);
    tcase_add_test(tcase, constrained_layer);
    tcase_add_test(tcase, best_rank);
    tcase_add_test(tcase, one_rank_suffices);
    tcase_add_test(tcase, short_vectors);
    suite_add_tcase(suite, tcase);
    return suite;
}
