/* Weights from tables: layers that a table holds exactly, what every result promises, and the least error there is. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/codebook.h"
#include "tests/ref/ref_kmeans.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

enum { ENTRIES_MOST = 4096 };

/* Each value is one of the element format. */
static void check_on_grid(const ng_grid *grid, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const float x = (float)values[i];
        double nearest;
        ck_assert(ng_grid_round(grid, 1, &x, 1, &nearest));
        ck_assert_msg(nearest >= values[i] && nearest <= values[i], "%s: %g is no value", grid->format->name, values[i]);
    }
}

/* Distinct vectors of `size` values in channels [c, c + size) at one k, over all whole vectors. */
static size_t distinct_vectors(const double *values, size_t channels, size_t reduction, size_t size)
{
    double seen[ENTRIES_MOST][NG_VECTOR_MOST];
    size_t count = 0;
    for (size_t first = 0; first + size <= channels; first += size) {
        for (size_t k = 0; k < reduction; k++) {
            double vector[NG_VECTOR_MOST] = {0};
            for (size_t i = 0; i < size; i++) {
                vector[i] = values[(first + i) * reduction + k];
            }
            size_t at = 0;
            while (at < count && memcmp(seen[at], vector, sizeof vector) != 0) {
                at++;
            }
            ck_assert_uint_lt(at, ENTRIES_MOST);
            memcpy(seen[at], vector, sizeof vector);
            count = at == count ? count + 1 : count;
        }
    }
    return count;
}

/* Channels that are multiples of the same few numbers: nothing is lost but fp32's last bits. */
START_TEST(exact_layer)
{
    static const float numbers[4] = {-3, -1, 0.5F, 2};
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 1, _i == 0 ? "int8" : "e4m3", _i == 0 ? "int8" : "e4m3", 6, 16, 1);
    for (size_t i = 0; i < 6 * 16; i++) {
        made.weights[i] = numbers[i % 4] * (0.3F + (float)(i / 16));
    }
    ck_assert(codec_task_run(&made, "codebook:bits=2", &weights, &error));
    for (size_t i = 0; i < 6 * 16; i++) {
        const double number = weights.values[i] * ldexp((double)weights.scales[i / 16], ng_format_lsb(made.task.weight));
        ck_assert_double_eq_tol(number, (double)made.weights[i], 1e-2 * fabs((double)made.weights[i]) + 1e-2);
    }
    ck_assert_uint_eq(distinct_vectors(weights.values, 6, 16, 1), 4);
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* For every weight: on the grid, one of 2^bits entries, none of them nearer; for every channel: a scale that cannot be
 * better for the entries that the weights had. */
START_TEST(scalar_tables)
{
    static const char *const formats[] = {"int8", "e4m3", "int4", "e2m1"};
    codec_task made;
    ng_weights weights;
    ng_error error;
    char text[64];
    const unsigned bits = 1 + (unsigned)_i % 4;
    const bool per_channel = _i >= 8;
    codec_task_init(&made, 10 + (uint64_t)_i, formats[_i % 4], formats[_i % 4], 12, 40, _i % 3 == 0 ? 2 : 1);
    (void)snprintf(text, sizeof text, "codebook:bits=%u,channel=%d,weighted=%d", bits, per_channel, _i % 2);
    ck_assert(codec_task_run(&made, text, &weights, &error));
    check_on_grid(&made.task.grid, weights.values, 12 * 40);
    const double unit = ldexp(1, ng_format_lsb(made.task.weight));
    for (size_t channel = 0; channel < 12; channel++) {
        const double *row = weights.values + channel * 40;
        ck_assert(!per_channel || distinct_vectors(row, 1, 40, 1) <= (size_t)1 << bits);
        const double *table = per_channel ? row : weights.values;
        const size_t entries = per_channel ? 40 : 12 * 40;
        for (size_t k = 0; k < 40; k++) {
            const double w = (double)made.weights[channel * 40 + k];
            const double scale = unit * (double)weights.scales[channel];
            for (size_t j = 0; j < entries; j++) {
                ck_assert_double_le(fabs(w - scale * row[k]), fabs(w - scale * table[j]) * (1 + 1e-5) + 1e-6);
            }
        }
    }
    ck_assert_uint_le(distinct_vectors(weights.values, 12, 40, 1), per_channel ? 12U << bits : 1U << bits);
    const unsigned long long table_bits = (1ULL << bits) * made.task.weight->bits;
    ck_assert_uint_eq(weights.bits, 12 * 40 * bits + table_bits * (per_channel ? 12 : 1) + 12 * 32);
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

static int by_value(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;
    return (left > right) - (left < right);
}

/* One channel, elements of 16 bits: as good as the best of all cuts, but for the rounding of the entries. */
START_TEST(least_error)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    double sorted[64];
    double ones[64];
    codec_task_init(&made, 40 + (uint64_t)_i, "int16", "int8", 1, 64, 1);
    ck_assert(codec_task_run(&made, "codebook:bits=3", &weights, &error));
    for (size_t i = 0; i < 64; i++) {
        sorted[i] = (double)made.weights[i];
        ones[i] = 1;
    }
    qsort(sorted, 64, sizeof sorted[0], by_value);
    const double least = ref_kmeans_line(sorted, ones, 64, 8);
    const double got = codec_task_error(&made, &weights);
    ck_assert_msg(got >= least * (1 - 1e-6) && got <= least * 1.001 + 1e-7, "error %g, least %g", got, least);
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* Weights of inputs that matter more are nearer: of the two fits the weighted one has the lower weighted error. */
START_TEST(importance_counts)
{
    codec_task made;
    ng_weights fits[2];
    ng_error error;
    double errors[2] = {0};
    codec_task_init(&made, 60, "int16", "int8", 8, 50, 1);
    ck_assert(codec_task_run(&made, "codebook:bits=2", &fits[0], &error));
    ck_assert(codec_task_run(&made, "codebook:bits=2,weighted=1", &fits[1], &error));
    for (size_t i = 0; i < 8 * 50; i++) {
        double h = 0;
        for (size_t row = 0; row < CODEC_SAMPLES; row++) {
            h += pow((double)codec_task_input(&made, 0, row, i % 50), 2);
        }
        for (unsigned fit = 0; fit < 2; fit++) {
            const double difference = (double)made.weights[i] - fits[fit].values[i] * (double)fits[fit].scales[i / 50];
            errors[fit] += h * difference * difference;
        }
    }
    ck_assert_double_lt(errors[1], errors[0]);
    ng_weights_free(&fits[0]);
    ng_weights_free(&fits[1]);
    codec_task_free(&made);
}
END_TEST

/* Vectors: at most 2^bits of them, on the grid, also in two groups whose last vector is not full. */
START_TEST(tables_of_vectors)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    const bool grouped = _i == 1;
    const size_t channels = grouped ? 10 : 12;
    codec_task_init(&made, 80 + (uint64_t)_i, "int8", "int8", channels, 30, grouped ? 2 : 1);
    ck_assert(codec_task_run(&made, "vptq:bits=5,size=4", &weights, &error));
    check_on_grid(&made.task.grid, weights.values, channels * 30);
    if (!grouped) {
        ck_assert_uint_le(distinct_vectors(weights.values, 12, 30, 4), 32);
    }
    const size_t vectors = (grouped ? 4 : 3) * 30;
    ck_assert_uint_eq(weights.bits, vectors * 5 + 32 * 4 * 8 + channels * 32);
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* As many vectors as entries: the layer is in the table, but for the rounding to 16 bits. */
START_TEST(vectors_that_fit)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 90, "int16", "int8", 8, 16, 1);
    ck_assert(codec_task_run(&made, "vptq:bits=5,size=4", &weights, &error));
    double power = 0;
    for (size_t i = 0; i < 8 * 16; i++) {
        power += (double)made.weights[i] * (double)made.weights[i];
    }
    ck_assert_double_le(codec_task_error(&made, &weights), 1e-6 * power);
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* The second table takes off error, sums stay values of the format, and a minifloat has no such sums. */
START_TEST(residual)
{
    codec_task made;
    ng_weights one;
    ng_weights two;
    ng_error error;
    codec_task_init(&made, 100, "int8", "int8", 16, 64, 1);
    ck_assert(codec_task_run(&made, "vptq:bits=4,size=2,weighted=0", &one, &error));
    ck_assert(codec_task_run(&made, "vptq:bits=4,size=2,residual=4,weighted=0", &two, &error));
    check_on_grid(&made.task.grid, two.values, 16 * 64);
    ck_assert_uint_le(distinct_vectors(two.values, 16, 64, 2), 256);
    ck_assert_double_lt(codec_task_error(&made, &two), 0.5 * codec_task_error(&made, &one));
    ck_assert_uint_eq(two.bits, 16 / 2 * 64 * 8 + 2 * 16 * 2 * 8 + 16 * 32);
    ng_weights_free(&one);
    ng_weights_free(&two);
    codec_task_free(&made);
    codec_task_init(&made, 100, "e4m3", "e4m3", 4, 8, 1);
    ck_assert(!codec_task_run(&made, "vptq:residual=4", &one, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
}
END_TEST

START_TEST(refused)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 110, "mxint8", "mxint8", 4, 32, 1);
    ck_assert(!codec_task_run(&made, "codebook", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
    codec_task_init(&made, 110, "int8", "int8", 4, 32, 1);
    ck_assert(!codec_task_run(&made, "codebook:bits=3.5", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    made.task.granularity = NG_PER_TENSOR;
    ck_assert(!codec_task_run(&made, "codebook", &weights, &error));
    codec_task_free(&made);
}
END_TEST

/* All zero: values 0, scales usable. */
START_TEST(zeros)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 120, "int8", "int8", 4, 8, 1);
    memset(made.weights, 0, 4 * 8 * sizeof(float));
    ck_assert(codec_task_run(&made, _i == 0 ? "codebook" : "vptq:residual=2", &weights, &error));
    for (size_t i = 0; i < 4 * 8; i++) {
        ck_assert(weights.values[i] >= 0 && weights.values[i] <= 0);
        ck_assert(weights.scales[i / 8] > 0 && isfinite(weights.scales[i / 8]));
    }
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_codebook(void);

Suite *ng_suite_codebook(void)
{
    Suite *suite = suite_create("codebook");
    TCase *tcase = tcase_create("codebook");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, exact_layer, 0, 2);
    tcase_add_loop_test(tcase, scalar_tables, 0, 16);
    tcase_add_loop_test(tcase, least_error, 0, 6);
    tcase_add_test(tcase, importance_counts);
    tcase_add_loop_test(tcase, tables_of_vectors, 0, 2);
    tcase_add_test(tcase, vectors_that_fit);
    tcase_add_test(tcase, residual);
    tcase_add_test(tcase, refused);
    tcase_add_loop_test(tcase, zeros, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
