/* Stacks of sign planes: a layer that one plane holds, what a plane may cost at least, and memory by the plane. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "src/quantize/bitstack.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

enum { CHANNELS = 12, REDUCTION = 20, COUNT = CHANNELS * REDUCTION };

static double power_of(const float *x)
{
    double sum = 0;
    for (size_t i = 0; i < COUNT; i++) {
        sum += (double)x[i] * (double)x[i];
    }
    return sum;
}

/* Magnitudes u v' under any signs: one plane of rank 1 is the layer, to the bits of fp16. */
START_TEST(rank_one)
{
    float w[COUNT];
    float numbers[COUNT];
    for (uint64_t i = 0; i < COUNT; i++) {
        const double u = fabs(random_double(1, i / REDUCTION, -3, 0));
        const double v = fabs(random_double(2, i % REDUCTION, -3, 0));
        w[i] = (float)(u * v * (random_below(3, i, 2) ? 1 : -1));
    }
    const ng_stack one = {1, 1, ng_format_find("fp16")};
    ck_assert(ng_bitstack_fit(&one, w, NULL, CHANNELS, REDUCTION, numbers, NULL));
    for (size_t i = 0; i < COUNT; i++) {
        ck_assert_double_eq_tol((double)numbers[i], (double)w[i], 1.5e-3 * fabs((double)w[i]));
    }
}
END_TEST

/* The squares of the singular values of |W|: the eigenvalues of |W| |W|', by Jacobi rotations. */
static void squared_singular_values(const float *w, double *values)
{
    double a[CHANNELS][CHANNELS] = {{0}};
    for (size_t i = 0; i < CHANNELS; i++) {
        for (size_t j = 0; j < CHANNELS; j++) {
            for (size_t k = 0; k < REDUCTION; k++) {
                a[i][j] += fabs((double)w[i * REDUCTION + k]) * fabs((double)w[j * REDUCTION + k]);
            }
        }
    }
    for (unsigned sweep = 0; sweep < 30; sweep++) {
        for (size_t p = 0; p < CHANNELS; p++) {
            for (size_t q = p + 1; q < CHANNELS; q++) {
                const double angle = 0.5 * atan2(2 * a[p][q], a[q][q] - a[p][p]);
                for (size_t k = 0; k < CHANNELS; k++) {
                    const double x = a[k][p];
                    const double y = a[k][q];
                    a[k][p] = cos(angle) * x - sin(angle) * y;
                    a[k][q] = sin(angle) * x + cos(angle) * y;
                }
                for (size_t k = 0; k < CHANNELS; k++) {
                    const double x = a[p][k];
                    const double y = a[q][k];
                    a[p][k] = cos(angle) * x - sin(angle) * y;
                    a[q][k] = sin(angle) * x + cos(angle) * y;
                }
            }
        }
    }
    for (size_t i = 0; i < CHANNELS; i++) {
        values[i] = a[i][i];
    }
}

/* The first plane leaves what the first r singular values of |W| do not hold: no rank-r matrix leaves less (Eckart and Young). */
START_TEST(first_plane)
{
    float w[COUNT];
    float numbers[COUNT];
    double squares[CHANNELS];
    double error;
    for (uint64_t i = 0; i < COUNT; i++) {
        w[i] = (float)random_double(4, i, -4, 0);
    }
    squared_singular_values(w, squares);
    double left = power_of(w);
    for (size_t taken = 0; taken < (size_t)_i; taken++) {
        size_t largest = 0;
        for (size_t i = 1; i < CHANNELS; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        left -= squares[largest];
        squares[largest] = 0;
    }
    const ng_stack stack = {1, (size_t)_i, ng_format_find("fp16")};
    ck_assert(ng_bitstack_fit(&stack, w, NULL, CHANNELS, REDUCTION, numbers, &error));
    ck_assert_double_eq_tol(error, left, 2e-3 * left + 1e-5 * power_of(w));
}
END_TEST

/* Each plane takes error off, scaled inputs or not, and the last number is the stack's own error. */
START_TEST(more_planes)
{
    float w[COUNT];
    float input[REDUCTION];
    float numbers[COUNT];
    double errors[8];
    for (uint64_t i = 0; i < COUNT; i++) {
        w[i] = (float)random_double(5, i, -4, 0);
        input[i % REDUCTION] = (float)(1 + i % REDUCTION) / REDUCTION;
    }
    const ng_stack stack = {8, 2, ng_format_find("fp16")};
    ck_assert(ng_bitstack_fit(&stack, w, _i == 0 ? NULL : input, CHANNELS, REDUCTION, numbers, errors));
    for (size_t plane = 1; plane < 8; plane++) {
        ck_assert_double_lt(errors[plane], 0.8 * errors[plane - 1]);
    }
    double got = 0;
    for (size_t i = 0; i < COUNT; i++) {
        got += pow((double)w[i] - (double)numbers[i], 2);
    }
    ck_assert_double_eq_tol(got, errors[7], 1e-5 * got + 1e-9);
}
END_TEST

/* Bits are those of the planes: signs and two factors of fp16 numbers each. Full rank and one plane is the fp16 layer. */
START_TEST(layer)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 6, "fp16", "int8", CHANNELS, REDUCTION, 1);
    ck_assert(codec_task_run(&made, "bitstack:planes=3,rank=2", &weights, &error));
    ck_assert(weights.plain);
    ck_assert_uint_eq(weights.bits, 3 * (COUNT + 16 * 2 * (CHANNELS + REDUCTION)) + 16 * REDUCTION);
    ng_weights_free(&weights);
    ck_assert(codec_task_run(&made, "bitstack:planes=1,rank=64,weighted=0", &weights, &error));
    ck_assert_uint_eq(weights.bits, COUNT + 16 * CHANNELS * (CHANNELS + REDUCTION));
    ck_assert_double_le(codec_task_error(&made, &weights), 1e-5 * power_of(made.weights));
    ng_weights_free(&weights);
    codec_task_free(&made);
    codec_task_init(&made, 6, "int8", "int8", CHANNELS, REDUCTION, 1);
    ck_assert(!codec_task_run(&made, "bitstack", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_bitstack(void);

Suite *ng_suite_bitstack(void)
{
    Suite *suite = suite_create("bitstack");
    TCase *tcase = tcase_create("bitstack");
    tcase_add_test(tcase, rank_one);
    tcase_add_loop_test(tcase, first_plane, 1, 6);
    tcase_add_loop_test(tcase, more_planes, 0, 2);
    tcase_add_test(tcase, layer);
    suite_add_tcase(suite, tcase);
    return suite;
}
