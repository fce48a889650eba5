/* AdaRound and FlexRound against trying every choice of small layers, and Adam against its formula. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "src/quantize/adam.h"
#include "src/quantize/adaround.h"
#include "src/quantize/flexround.h"
#include "tests/support/layers.h"

enum { LAYERS = 12, ROWS = 40, SMALL = 10, CHANNELS = 4, REDUCTION = 40 };

static const char formats[][12] = {"int4", "int3", "e2m1", "e3m2", "pot4", "mxfp4"};

typedef struct {
    float w[CHANNELS * REDUCTION];
    float x[3 * ROWS * REDUCTION];
    ng_gramian gram;
    ng_lattice lattice;
} layer;

static void make(layer *l, const char *format, uint64_t seed, size_t channels, size_t reduction, size_t rows)
{
    layer_weights(seed, channels, reduction, l->w);
    layer_rows(seed + 100, rows, reduction, l->x);
    ck_assert(ng_gramian_init(&l->gram, reduction) && ng_gramian_add(&l->gram, l->x, NULL, rows));
    ck_assert(ng_lattice_init(&l->lattice, ng_format_find(format), NG_RULE_CEIL, 0, l->w, channels, reduction));
}

static void drop(layer *l)
{
    ng_gramian_free(&l->gram);
    ng_lattice_free(&l->lattice);
}

/* Error of each channel of the lattice's choice, from the rows themselves. */
static double error_of(const layer *l, size_t rows, size_t channel)
{
    const size_t n = l->lattice.reduction;
    double v[REDUCTION];
    for (size_t i = 0; i < n; i++) {
        v[i] = l->lattice.values[channel * n + i] * ng_lattice_step(&l->lattice, channel, i);
    }
    return layer_error(l->x, rows, n, v, l->w + channel * n);
}

/* The least error over all 2^SMALL ways to round the only channel up or down. */
static double best_of_all(const layer *l)
{
    double v[SMALL];
    double best = INFINITY;
    for (unsigned choice = 0; choice < 1U << SMALL; choice++) {
        for (size_t i = 0; i < SMALL; i++) {
            double side[2];
            ng_lattice_around(&l->lattice, 0, i, (double)l->w[i], &side[0], &side[1]);
            v[i] = side[choice >> i & 1] * ng_lattice_step(&l->lattice, 0, i);
        }
        best = fmin(best, layer_error(l->x, ROWS, SMALL, v, l->w));
    }
    return best;
}

/* Of what nearest loses against the best choice, AdaRound wins back two thirds over the layers together; it never loses. */
START_TEST(adaround_by_force)
{
    double lost[2] = {0, 0};
    for (uint64_t seed = 0; seed < LAYERS; seed++) {
        layer l;
        make(&l, formats[_i], seed, 1, SMALL, ROWS);
        const double best = best_of_all(&l);
        const double nearest = error_of(&l, ROWS, 0);
        ck_assert(ng_adaround(&(ng_adaround_options){0}, &l.gram, l.w, &l.lattice));
        const double reached = error_of(&l, ROWS, 0);
        ck_assert_double_ge(reached, best * (1 - 1e-9));
        ck_assert_double_le(reached, nearest * (1 + 1e-9));
        lost[0] += nearest - best;
        lost[1] += reached - best;
        drop(&l);
    }
    ck_assert_msg(lost[1] < lost[0] / 3, "%s: nearest loses %g, AdaRound %g", formats[_i], lost[0], lost[1]);
}
END_TEST

/* Only neighbours are chosen; no channel loses on layers too large to try, and together they gain more than a quarter. */
START_TEST(adaround_of_layers)
{
    double sum[2] = {0, 0};
    for (uint64_t seed = 0; seed < 3; seed++) {
        layer l;
        double nearest[CHANNELS];
        make(&l, formats[_i], seed, CHANNELS, REDUCTION, 3 * ROWS);
        for (size_t c = 0; c < CHANNELS; c++) {
            nearest[c] = error_of(&l, 3 * ROWS, c);
        }
        ck_assert(ng_adaround(&(ng_adaround_options){0}, &l.gram, l.w, &l.lattice));
        for (size_t c = 0; c < CHANNELS; c++) {
            const double reached = error_of(&l, 3 * ROWS, c);
            ck_assert_double_le(reached, nearest[c] * (1 + 1e-9));
            sum[0] += reached;
            sum[1] += nearest[c];
        }
        for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
            double side[2];
            ng_lattice_around(&l.lattice, i / REDUCTION, i % REDUCTION, (double)l.w[i], &side[0], &side[1]);
            ck_assert(!(l.lattice.values[i] < side[0]) && !(l.lattice.values[i] > side[1]));
        }
        drop(&l);
    }
    ck_assert_double_lt(sum[0], 0.75 * sum[1]);
}
END_TEST

/* No channel worse than nearest, together more than a quarter better; values of the format, powers of two above blocks. */
START_TEST(flexround_of_layers)
{
    double sum[2] = {0, 0};
    for (uint64_t seed = 0; seed < 3; seed++) {
        layer l;
        double nearest[CHANNELS];
        make(&l, formats[_i], seed, CHANNELS, REDUCTION, 3 * ROWS);
        for (size_t c = 0; c < CHANNELS; c++) {
            nearest[c] = error_of(&l, 3 * ROWS, c);
        }
        ck_assert(ng_flexround(&(ng_flexround_options){0}, &l.gram, l.w, &l.lattice));
        for (size_t c = 0; c < CHANNELS; c++) {
            ck_assert_double_le(error_of(&l, 3 * ROWS, c), nearest[c] * (1 + 1e-9));
            sum[0] += error_of(&l, 3 * ROWS, c);
            sum[1] += nearest[c];
        }
        for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
            bool found = false;
            for (size_t k = 0; k < l.lattice.allowed_count; k++) {
                found = found || !(l.lattice.values[i] < l.lattice.allowed[k] || l.lattice.values[i] > l.lattice.allowed[k]);
            }
            ck_assert(found);
        }
        for (size_t i = 0; l.lattice.grid.format->block != 0 && i < CHANNELS * l.lattice.groups; i++) {
            int exponent;
            ck_assert_float_eq(frexpf(l.lattice.scales[i], &exponent), 0.5F);
        }
        drop(&l);
    }
    ck_assert_double_lt(sum[0], 0.75 * sum[1]);
}
END_TEST

/* One weight, one input: the learned step makes any weight exact, as there is one to represent. */
START_TEST(flexround_learns_the_scale)
{
    layer l;
    make(&l, "int4", 3, 1, 1, 1);
    l.lattice.scales[0] = fabsf(l.w[0]) / 3.4F;
    const double off = fabs(3 * (double)l.lattice.scales[0] - fabs((double)l.w[0]));
    ck_assert(ng_flexround(&(ng_flexround_options){0}, &l.gram, l.w, &l.lattice));
    const double reached = l.lattice.values[0] * ng_lattice_step(&l.lattice, 0, 0);
    ck_assert_double_lt(fabs(reached - (double)l.w[0]), 0.05 * off);
    drop(&l);
}
END_TEST

/* The first steps, from the formula: the first is `rate` against the sign, whatever the gradient's size. */
START_TEST(adam_steps)
{
    ng_adam adam;
    double p[2] = {1, 1};
    const double first[2] = {1e-3, -40};
    const double second[2] = {3e-3, 0};
    ck_assert(ng_adam_init(&adam, 2));
    ng_adam_step(&adam, 0.1, first, p);
    ck_assert_double_eq_tol(p[0], 0.9, 1e-5);
    ck_assert_double_eq_tol(p[1], 1.1, 1e-8);
    ng_adam_step(&adam, 0.1, second, p);
    const double mean = (0.9 * 0.1 * -40) / (1 - 0.81);
    const double square = (0.999 * 0.001 * 1600) / (1 - 0.998001);
    ck_assert_double_eq_tol(p[1], 1.1 - 0.1 * mean / sqrt(square), 1e-8);
    ng_adam_free(&adam);
}
END_TEST

Suite *ng_suite_learned_rounding(void);

Suite *ng_suite_learned_rounding(void)
{
    const int count = (int)(sizeof formats / sizeof formats[0]);
    Suite *suite = suite_create("learned_rounding");
    TCase *tcase = tcase_create("learned_rounding");
    tcase_add_loop_test(tcase, adaround_by_force, 0, count);
    tcase_add_loop_test(tcase, adaround_of_layers, 0, count);
    tcase_add_loop_test(tcase, flexround_of_layers, 0, count);
    tcase_add_test(tcase, flexround_learns_the_scale);
    tcase_add_test(tcase, adam_steps);
    suite_add_tcase(suite, tcase);
    return suite;
}
