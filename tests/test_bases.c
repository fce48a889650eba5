/* Binary bases: sums that are found again, one base in closed form, few weights against every choice of signs. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "src/quantize/bases.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

static double error_of(const float *w, size_t count, unsigned n, const double *signs, const float *alpha)
{
    double error = 0;
    for (size_t k = 0; k < count; k++) {
        double sum = 0;
        for (unsigned i = 0; i < n; i++) {
            ck_assert_double_eq(fabs(signs[i * count + k]), 1);
            sum += (double)alpha[i] * signs[i * count + k];
        }
        error += pow((double)w[k] - sum, 2);
    }
    return error;
}

/* One base: the signs, and the mean magnitude (XNOR-Net's closed form); rounds change nothing. */
START_TEST(one_base)
{
    float w[50];
    double signs[50];
    float alpha;
    double mean = 0;
    for (uint64_t k = 0; k < 50; k++) {
        w[k] = k == 3 ? 0 : (float)random_double(1, k, -4, 1);
        mean += fabs((double)w[k]) / 50;
    }
    ck_assert(ng_bases_fit(w, 50, 1, _i == 0 ? 0 : 20, signs, 50, &alpha));
    ck_assert_double_eq_tol((double)alpha, mean, 1e-6 * mean);
    for (size_t k = 0; k < 50; k++) {
        ck_assert_double_eq(signs[k], w[k] >= 0 ? 1 : -1);
    }
}
END_TEST

/* Sums of 4, 2 and 1 with all signs: found without error. */
START_TEST(sums_found_again)
{
    float w[8];
    double signs[3 * 8];
    float alpha[3];
    for (int k = 0; k < 8; k++) {
        w[k] = 0.25F * (float)((k & 4 ? 4 : -4) + (k & 2 ? 2 : -2) + (k & 1 ? 1 : -1));
    }
    ck_assert(ng_bases_fit(w, 8, 3, (unsigned)_i, signs, 8, alpha));
    ck_assert_double_le(error_of(w, 8, 3, signs, alpha), 1e-12);
    ck_assert_float_eq(alpha[0], 1);
    ck_assert_float_eq(alpha[1], 0.5F);
    ck_assert_float_eq(alpha[2], 0.25F);
}
END_TEST

/* Least error of two bases over six weights: all signs, and for each the 2 x 2 normal equations. */
static double least_of_two(const float *w)
{
    double least = INFINITY;
    for (unsigned choice = 0; choice < 1U << 12; choice++) {
        double target[2] = {0};
        double cross = 0;
        double square = 0;
        for (unsigned k = 0; k < 6; k++) {
            const double first = (choice >> k & 1) != 0 ? 1 : -1;
            const double second = (choice >> (k + 6) & 1) != 0 ? 1 : -1;
            target[0] += first * (double)w[k];
            target[1] += second * (double)w[k];
            cross += first * second;
            square += (double)w[k] * (double)w[k];
        }
        const double determinant = 36 - cross * cross;
        const double gain = determinant > 0
                                ? (6 * target[0] * target[0] - 2 * cross * target[0] * target[1] + 6 * target[1] * target[1]) / determinant
                                : target[0] * target[0] / 6;
        least = fmin(least, square - gain);
    }
    return least;
}

/* Never below the least, never above greedy, and at the least for most. */
START_TEST(against_every_choice)
{
    unsigned reached = 0;
    for (uint64_t run = 0; run < 40; run++) {
        float w[6];
        double signs[12];
        float alpha[2];
        for (uint64_t k = 0; k < 6; k++) {
            w[k] = (float)random_double(10 + run, k, -3, 1);
        }
        const double least = least_of_two(w);
        ck_assert(ng_bases_fit(w, 6, 2, 0, signs, 6, alpha));
        const double greedy = error_of(w, 6, 2, signs, alpha);
        ck_assert(ng_bases_fit(w, 6, 2, 50, signs, 6, alpha));
        const double got = error_of(w, 6, 2, signs, alpha);
        ck_assert_double_ge(got, least - 1e-6);
        ck_assert_double_le(got, greedy + 1e-6);
        reached += got <= least + 1e-6;
    }
    ck_assert_uint_ge(reached, 20);
}
END_TEST

/* A layer: planes of +1 and -1, a scale each; more planes, less error; only for binary weights. */
START_TEST(layer)
{
    static const char *const texts[] = {"bases:count=1", "bases", "bases:count=3", "bases:count=4"};
    codec_task made;
    ng_weights weights;
    ng_error error;
    double last = INFINITY;
    codec_task_init(&made, 5, "binary", "int4", 6, 40, 1);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(codec_task_run(&made, texts[i], &weights, &error));
        ck_assert_uint_eq(weights.planes, i + 1);
        const double here = codec_task_error(&made, &weights);
        ck_assert_double_lt(here, last);
        last = here;
        ng_weights_free(&weights);
    }
    codec_task_free(&made);
    codec_task_init(&made, 5, "int4", "int4", 6, 40, 1);
    ck_assert(!codec_task_run(&made, "bases", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_bases(void);

Suite *ng_suite_bases(void)
{
    Suite *suite = suite_create("bases");
    TCase *tcase = tcase_create("bases");
    tcase_add_loop_test(tcase, one_base, 0, 2);
    tcase_add_loop_test(tcase, sums_found_again, 0, 3);
    tcase_add_test(tcase, against_every_choice);
    tcase_add_test(tcase, layer);
    suite_add_tcase(suite, tcase);
    return suite;
}
