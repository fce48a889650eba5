/* GPTQ against minimisation by hand: each choice is nearest to where the rest of the quadratic form has its minimum. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/gptq.h"
#include "tests/support/layers.h"
#include "tests/support/random.h"

enum { LAYERS = 200, ROWS = 64, REDUCTION = 48, CHANNELS = 8 };

#define DAMPING 1e-12 /* none to speak of */

static const char formats[][12] = {"int4", "int3", "e2m1", "e3m2", "pot4", "mxfp4", "bfp_m4k32"};

/* H of a handful of columns, from the rows. */
static void square(const float *x, size_t n, double h[3][3])
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            h[i][j] = 0;
            for (size_t row = 0; row < ROWS; row++) {
                h[i][j] += (double)x[row * n + i] * (double)x[row * n + j];
            }
        }
    }
}

/* Where weight `at` of three is best, those before it off by d and those behind it free. */
static double minimum(double h[3][3], size_t n, size_t at, const double *d)
{
    if (at == n - 1) {
        double pull = 0;
        for (size_t i = 0; i < at; i++) {
            pull += h[at][i] * d[i];
        }
        return -pull / h[at][at];
    }
    if (at == n - 2) { /* the last is at -(h[l][..] d + h[l][at] t) / h[l][l] */
        const size_t last = n - 1;
        double pull = 0;
        for (size_t i = 0; i < at; i++) {
            pull += (h[at][i] - h[at][last] * h[last][i] / h[last][last]) * d[i];
        }
        return -pull / (h[at][at] - h[at][last] * h[last][at] / h[last][last]);
    }
    return 0;
}

/* Two and three columns, by Schur complements written out. */
START_TEST(few_columns)
{
    const ng_format *format = ng_format_find(formats[_i]);
    for (uint64_t layer = 0; layer < LAYERS; layer++) {
        const size_t n = 2 + layer % 2;
        float w[3];
        float x[ROWS * 3];
        double h[3][3];
        double d[3];
        ng_gramian gram;
        ng_lattice lattice;
        layer_weights(layer, 1, n, w);
        layer_rows(layer + 1000, ROWS, n, x);
        square(x, n, h);
        ck_assert(ng_gramian_init(&gram, n) && ng_gramian_add(&gram, x, NULL, ROWS));
        ck_assert(ng_lattice_init(&lattice, format, NG_RULE_CEIL, 0, w, 1, n));
        ck_assert(ng_gptq(&(ng_gptq_options){.damping = DAMPING}, &gram, w, &lattice));
        for (size_t at = 0; at < n; at++) {
            const double best = (double)w[at] + minimum(h, n, at, d);
            ck_assert_double_eq(lattice.values[at], ng_lattice_nearest(&lattice, 0, at, best));
            d[at] = lattice.values[at] * ng_lattice_step(&lattice, 0, at) - (double)w[at];
        }
        ng_gramian_free(&gram);
        ng_lattice_free(&lattice);
    }
}
END_TEST

/* The last column's choice is the best of all values, given the others: by trying all. */
START_TEST(last_column_by_force)
{
    const ng_format *format = ng_format_find(formats[_i]);
    float w[REDUCTION];
    float x[ROWS * REDUCTION];
    ng_gramian gram;
    ng_lattice lattice;
    double v[REDUCTION];
    layer_weights(11, 1, REDUCTION, w);
    layer_rows(12, ROWS, REDUCTION, x);
    ck_assert(ng_gramian_init(&gram, REDUCTION) && ng_gramian_add(&gram, x, NULL, ROWS));
    ck_assert(ng_lattice_init(&lattice, format, NG_RULE_CEIL, 0, w, 1, REDUCTION));
    ck_assert(ng_gptq(&(ng_gptq_options){.damping = DAMPING}, &gram, w, &lattice));
    for (size_t i = 0; i < REDUCTION; i++) {
        v[i] = lattice.values[i] * ng_lattice_step(&lattice, 0, i);
    }
    const double reached = layer_error(x, ROWS, REDUCTION, v, w);
    for (size_t i = 0; i < lattice.allowed_count; i++) {
        v[REDUCTION - 1] = lattice.allowed[i] * ng_lattice_step(&lattice, 0, REDUCTION - 1);
        ck_assert_double_ge(layer_error(x, ROWS, REDUCTION, v, w) * (1 + 1e-9), reached);
    }
    ng_gramian_free(&gram);
    ng_lattice_free(&lattice);
}
END_TEST

/* Inputs that never meet: every row has one that is not 0. Some columns have none at all. */
START_TEST(diagonal_is_nearest)
{
    const ng_format *format = ng_format_find(formats[_i]);
    float w[CHANNELS * REDUCTION];
    float x[2 * REDUCTION * REDUCTION] = {0};
    ng_gramian gram;
    ng_lattice nearest;
    ng_lattice lattice;
    layer_weights(21, CHANNELS, REDUCTION, w);
    for (size_t row = 0; row < 2 * REDUCTION; row++) {
        x[row * REDUCTION + row / 2] = row / 2 % 5 == 0 ? 0 : layer_normal(22, row);
    }
    ck_assert(ng_gramian_init(&gram, REDUCTION) && ng_gramian_add(&gram, x, NULL, 2 * REDUCTION));
    for (int act_order = 0; act_order < 2; act_order++) {
        ck_assert(ng_lattice_init(&nearest, format, NG_RULE_CEIL, 0, w, CHANNELS, REDUCTION));
        ck_assert(ng_lattice_init(&lattice, format, NG_RULE_CEIL, 0, w, CHANNELS, REDUCTION));
        ck_assert(ng_gptq(&(ng_gptq_options){.act_order = act_order}, &gram, w, &lattice));
        ck_assert_mem_eq(lattice.scales, nearest.scales, CHANNELS * lattice.groups * sizeof(float));
        for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
            ck_assert_double_eq(lattice.values[i], nearest.values[i]);
        }
        ng_lattice_free(&nearest);
        ng_lattice_free(&lattice);
    }
    ng_gramian_free(&gram);
}
END_TEST

static double total_error(const ng_lattice *lattice, const ng_gramian *gram, const float *w)
{
    double errors[CHANNELS];
    double v[CHANNELS * REDUCTION];
    double sum = 0;
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        v[i] = lattice->values[i] * ng_lattice_step(lattice, i / REDUCTION, i % REDUCTION);
    }
    ck_assert(ng_gramian_errors(gram, v, w, CHANNELS, errors));
    for (size_t c = 0; c < CHANNELS; c++) {
        sum += errors[c];
    }
    return sum;
}

/* Over layers of eight channels of correlated inputs the error is at most 0.8 of nearest's, every time. */
START_TEST(better_than_nearest)
{
    const ng_format *format = ng_format_find(formats[_i]);
    for (uint64_t layer = 0; layer < 20; layer++) {
        float w[CHANNELS * REDUCTION];
        float x[2 * ROWS * REDUCTION];
        ng_gramian gram;
        ng_lattice lattice;
        layer_weights(layer, CHANNELS, REDUCTION, w);
        layer_rows(layer + 50, 2 * ROWS, REDUCTION, x);
        ck_assert(ng_gramian_init(&gram, REDUCTION) && ng_gramian_add(&gram, x, NULL, 2 * ROWS));
        ck_assert(ng_lattice_init(&lattice, format, NG_RULE_CEIL, layer % 2 ? 16 : 0, w, CHANNELS, REDUCTION));
        const double nearest = total_error(&lattice, &gram, w);
        ck_assert(ng_gptq(&(ng_gptq_options){.act_order = layer / 2 % 2}, &gram, w, &lattice));
        ck_assert_double_lt(total_error(&lattice, &gram, w), 0.8 * nearest);
        ng_gramian_free(&gram);
        ng_lattice_free(&lattice);
    }
}
END_TEST

/* act_order on columns is plain order on columns that were sorted beforehand. */
START_TEST(act_order_restores_columns)
{
    const ng_format *format = ng_format_find("int4");
    float w[2][CHANNELS * REDUCTION];
    float x[2][ROWS * REDUCTION];
    ng_gramian gram[2];
    ng_lattice lattice[2];
    size_t order[REDUCTION];
    layer_weights(31, CHANNELS, REDUCTION, w[0]);
    layer_rows(32, ROWS, REDUCTION, x[0]);
    ck_assert(ng_gramian_init(&gram[0], REDUCTION) && ng_gramian_add(&gram[0], x[0], NULL, ROWS));
    for (size_t i = 0; i < REDUCTION; i++) {
        size_t place = 0;
        for (size_t j = 0; j < REDUCTION; j++) {
            place += gram[0].sums[j * REDUCTION + j] > gram[0].sums[i * REDUCTION + i];
        }
        order[place] = i;
    }
    for (size_t i = 0; i < REDUCTION; i++) {
        for (size_t c = 0; c < CHANNELS; c++) {
            w[1][c * REDUCTION + i] = w[0][c * REDUCTION + order[i]];
        }
        for (size_t row = 0; row < ROWS; row++) {
            x[1][row * REDUCTION + i] = x[0][row * REDUCTION + order[i]];
        }
    }
    ck_assert(ng_gramian_init(&gram[1], REDUCTION) && ng_gramian_add(&gram[1], x[1], NULL, ROWS));
    for (int i = 0; i < 2; i++) {
        ck_assert(ng_lattice_init(&lattice[i], format, NG_RULE_CEIL, 0, w[i], CHANNELS, REDUCTION));
        memcpy(lattice[i].scales, lattice[0].scales, CHANNELS * sizeof(float));
        ck_assert(ng_gptq(&(ng_gptq_options){.act_order = i == 0}, &gram[i], w[i], &lattice[i]));
    }
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        const size_t from = i / REDUCTION * REDUCTION + order[i % REDUCTION];
        ck_assert_double_eq(lattice[1].values[i], lattice[0].values[from]);
    }
    for (int i = 0; i < 2; i++) {
        ng_gramian_free(&gram[i]);
        ng_lattice_free(&lattice[i]);
    }
}
END_TEST

/* Fewer rows than columns: H is singular but for the damping. */
START_TEST(singular)
{
    float w[CHANNELS * REDUCTION];
    float x[2 * REDUCTION];
    ng_gramian gram;
    ng_lattice lattice;
    layer_weights(41, CHANNELS, REDUCTION, w);
    layer_rows(42, 2, REDUCTION, x);
    ck_assert(ng_gramian_init(&gram, REDUCTION) && ng_gramian_add(&gram, x, NULL, 2));
    ck_assert(ng_lattice_init(&lattice, ng_format_find("int4"), NG_RULE_CEIL, 0, w, CHANNELS, REDUCTION));
    ck_assert(ng_gptq(&(ng_gptq_options){0}, &gram, w, &lattice));
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        ck_assert(lattice.values[i] >= -8 && lattice.values[i] <= 7);
    }
    ng_gramian_free(&gram);
    ng_lattice_free(&lattice);
}
END_TEST

Suite *ng_suite_gptq(void);

Suite *ng_suite_gptq(void)
{
    const int count = (int)(sizeof formats / sizeof formats[0]);
    Suite *suite = suite_create("gptq");
    TCase *tcase = tcase_create("gptq");
    tcase_add_loop_test(tcase, few_columns, 0, count);
    tcase_add_loop_test(tcase, last_column_by_force, 0, count);
    tcase_add_loop_test(tcase, diagonal_is_nearest, 0, count);
    tcase_add_loop_test(tcase, better_than_nearest, 0, count);
    tcase_add_test(tcase, act_order_restores_columns);
    tcase_add_test(tcase, singular);
    suite_add_tcase(suite, tcase);
    return suite;
}
