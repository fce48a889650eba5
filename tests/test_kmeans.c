/* Clusters: numbers against every cut of the sorted line, vectors against every partition, and closed forms. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/kmeans.h"
#include "tests/ref/ref_kmeans.h"
#include "tests/support/random.h"

enum { COUNT_MOST = 90, RUNS = 30 };

/* What the centres cost, by looking at each. */
static double error_of(const float *x, const float *h, size_t count, size_t size, const float *centre, size_t clusters)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double least = INFINITY;
        for (size_t j = 0; j < clusters; j++) {
            double distance = 0;
            for (size_t k = 0; k < size; k++) {
                const double weight = h != NULL ? (double)h[i * size + k] : 1;
                distance += weight * pow((double)x[i * size + k] - (double)centre[j * size + k], 2);
            }
            least = fmin(least, distance);
        }
        sum += least;
    }
    return sum;
}

static int by_value(const void *a, const void *b)
{
    const float left = *(const float *)a;
    const float right = *(const float *)b;
    return (left > right) - (left < right);
}

/* Half of the runs on a coarse grid, where numbers repeat. */
START_TEST(line_has_the_least_error)
{
    const uint64_t seed = (uint64_t)_i;
    const size_t count = 1 + random_below(seed, 1, COUNT_MOST - 1);
    const size_t clusters = 1 + random_below(seed, 2, 17);
    float x[COUNT_MOST];
    float h[COUNT_MOST];
    double wide[COUNT_MOST];
    double weights[COUNT_MOST];
    float centre[18];
    for (size_t i = 0; i < count; i++) {
        x[i] = (float)random_double(seed, 10 + i, -5, 2);
        x[i] = _i % 2 != 0 ? rintf(x[i] * 4) / 4 : x[i];
    }
    qsort(x, count, sizeof x[0], by_value);
    for (size_t i = 0; i < count; i++) {
        h[i] = random_below(seed, 200 + i, 8) == 0 ? 0 : (float)fabs(random_double(seed, 300 + i, -3, 3));
        wide[i] = (double)x[i];
        weights[i] = _i % 3 != 0 ? (double)h[i] : 1;
    }
    /* The order of the numbers is of no interest. */
    for (size_t i = 0; i + 1 < count; i += 2) {
        const float number = x[i];
        const float weight = h[i];
        x[i] = x[count - 1 - i];
        h[i] = h[count - 1 - i];
        x[count - 1 - i] = number;
        h[count - 1 - i] = weight;
    }
    const float *given = _i % 3 != 0 ? h : NULL;
    ck_assert(ng_kmeans_line(x, given, count, clusters, centre));
    const double expected = ref_kmeans_line(wide, weights, count, clusters);
    const double got = error_of(x, given, count, 1, centre, clusters);
    ck_assert_msg(fabs(got - expected) <= 1e-6 * expected + 1e-9, "count %zu clusters %zu: error %.12g, least %.12g", count,
                  clusters, got, expected);
    for (size_t j = 1; j < clusters; j++) {
        ck_assert(centre[j - 1] <= centre[j]);
    }
}
END_TEST

/* n numbers spread evenly over [0, 1): k equal intervals, E = n / (12 k^2) but for n^-2. More numbers than groups. */
START_TEST(even_line)
{
    enum { NUMBERS = 16384, CLUSTERS = 16 };
    float *x = malloc(NUMBERS * sizeof *x);
    float centre[CLUSTERS];
    ck_assert_ptr_nonnull(x);
    for (size_t i = 0; i < NUMBERS; i++) {
        x[(i * 5) % NUMBERS] = (float)i / NUMBERS;
    }
    ck_assert(ng_kmeans_line(x, NULL, NUMBERS, CLUSTERS, centre));
    const double exact = NUMBERS / (12.0 * CLUSTERS * CLUSTERS);
    ck_assert_double_eq_tol(error_of(x, NULL, NUMBERS, 1, centre, CLUSTERS), exact, 1e-4 * exact);
    for (size_t j = 0; j < CLUSTERS; j++) {
        ck_assert_float_eq_tol(centre[j], ((float)j + 0.5F) / CLUSTERS, 2e-3F);
    }
    free(x);
}
END_TEST

static void draw_vectors(uint64_t seed, size_t count, size_t size, float *x, float *h, double *wide, double *weights)
{
    for (size_t i = 0; i < count * size; i++) {
        x[i] = (float)random_double(seed, i, -3, 1);
        h[i] = (float)fabs(random_double(seed, 100 + i, -2, 2));
        wide[i] = (double)x[i];
        weights[i] = (double)h[i];
    }
}

/* Lloyd's steps end where they cannot improve: never below the least error, and at it for the best of a few seeds. */
START_TEST(vectors_against_every_partition)
{
    enum { COUNT = 9, SIZE = 3, CLUSTERS = 3, SEEDS = 60 };
    float x[COUNT * SIZE];
    float h[COUNT * SIZE];
    double wide[COUNT * SIZE];
    double weights[COUNT * SIZE];
    float centre[CLUSTERS * SIZE];
    draw_vectors(50 + (uint64_t)_i, COUNT, SIZE, x, h, wide, weights);
    const double least = ref_kmeans_partition(wide, weights, COUNT, SIZE, CLUSTERS);
    double best = INFINITY;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        ck_assert(ng_kmeans_vectors(x, h, COUNT, SIZE, CLUSTERS, seed, centre));
        const double error = error_of(x, h, COUNT, SIZE, centre, CLUSTERS);
        ck_assert_double_ge(error, least * (1 - 1e-6));
        best = fmin(best, error);
    }
    ck_assert_double_le(best, least * (1 + 1e-6));
}
END_TEST

/* Clusters far apart: the seeds hit each of them, the centres are their means. */
START_TEST(vectors_far_apart)
{
    enum { COUNT = 400, CLUSTERS = 4 };
    float x[COUNT * 2];
    double mean[CLUSTERS][2] = {{0}};
    float centre[CLUSTERS * 2];
    float again[CLUSTERS * 2];
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t k = 0; k < 2; k++) {
            const float place = (float)((i >> k & 1) * 1000);
            x[i * 2 + k] = place + (float)random_double(3, 2 * i + k, -4, 0);
            mean[i % CLUSTERS][k] += (double)x[i * 2 + k] / (COUNT / CLUSTERS);
        }
    }
    ck_assert(ng_kmeans_vectors(x, NULL, COUNT, 2, CLUSTERS, 7, centre));
    for (size_t j = 0; j < CLUSTERS; j++) {
        const float wanted[2] = {(float)mean[j][0], (float)mean[j][1]};
        const size_t at = ng_nearest_centre(wanted, NULL, 2, centre, CLUSTERS);
        ck_assert_float_eq_tol(centre[2 * at], wanted[0], 1e-3F);
        ck_assert_float_eq_tol(centre[2 * at + 1], wanted[1], 1e-3F);
    }
    ck_assert(ng_kmeans_vectors(x, NULL, COUNT, 2, CLUSTERS, 7, again));
    ck_assert_mem_eq(centre, again, sizeof centre);
}
END_TEST

START_TEST(more_clusters_than_points)
{
    const float x[4] = {2, 2, -1, 2};
    float centre[8];
    ck_assert(ng_kmeans_line(x, NULL, 4, 8, centre));
    ck_assert_double_eq(error_of(x, NULL, 4, 1, centre, 8), 0);
    ck_assert(ng_kmeans_vectors(x, NULL, 2, 2, 4, 1, centre));
    ck_assert_double_eq(error_of(x, NULL, 2, 2, centre, 4), 0);
}
END_TEST

START_TEST(nearest_under_weights)
{
    const float centre[4] = {0, 0, 1, 3};
    const float x[2] = {1, 1};
    const float weight[2] = {1, 0.1F};
    const float middle[2] = {0.5F, 1.5F};
    ck_assert_uint_eq(ng_nearest_centre(x, NULL, 2, centre, 2), 0);
    ck_assert_uint_eq(ng_nearest_centre(x, weight, 2, centre, 2), 1);
    ck_assert_uint_eq(ng_nearest_centre(middle, NULL, 2, centre, 2), 0);
}
END_TEST

Suite *ng_suite_kmeans(void);

Suite *ng_suite_kmeans(void)
{
    Suite *suite = suite_create("kmeans");
    TCase *tcase = tcase_create("kmeans");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, line_has_the_least_error, 0, RUNS);
    tcase_add_test(tcase, even_line);
    tcase_add_loop_test(tcase, vectors_against_every_partition, 0, 4);
    tcase_add_test(tcase, vectors_far_apart);
    tcase_add_test(tcase, more_clusters_than_points);
    tcase_add_test(tcase, nearest_under_weights);
    suite_add_tcase(suite, tcase);
    return suite;
}
