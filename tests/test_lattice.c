/* The lattice of a layer's weights: neighbours against enumeration of the format's codes, blocks against the fast quantiser,
 * and the sums over rows against sums written out. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/unit.h"
#include "src/quantize/block.h"
#include "src/quantize/gramian.h"
#include "src/quantize/lattice.h"
#include "src/quantize/weights.h"
#include "tests/support/layers.h"
#include "tests/support/random.h"

enum { CHANNELS = 5, REDUCTION = 72, ROWS = 40 };

static bool usable(const ng_format *format)
{
    return ng_format_has_circuits(format) && (format->block == 0 || format->scale != NG_SCALE_UE4M3);
}

/* The nearest weights of any code on both sides, by trying all codes. */
START_TEST(neighbours)
{
    const ng_format *format = ng_format_at((size_t)_i);
    if (!usable(format)) {
        return;
    }
    float w[CHANNELS * REDUCTION];
    ng_lattice lattice;
    layer_weights(1, CHANNELS, REDUCTION, w);
    ck_assert(ng_lattice_init(&lattice, format, NG_RULE_CEIL, 0, w, CHANNELS, REDUCTION));
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        const double step = ng_lattice_step(&lattice, i / REDUCTION, i % REDUCTION);
        double below = -INFINITY;
        double above = INFINITY;
        double ends[2] = {INFINITY, -INFINITY};
        for (uint32_t code = 0; code < ng_format_codes(format); code++) {
            const double value = ng_decode_double(format, code) / lattice.unit;
            if (!isfinite(value) || (format->block != 0 && value < -lattice.largest)) {
                continue;
            }
            below = value * step <= (double)w[i] && value > below ? value : below;
            above = value * step >= (double)w[i] && value < above ? value : above;
            ends[0] = fmin(ends[0], value);
            ends[1] = fmax(ends[1], value);
        }
        double got[2];
        ng_lattice_around(&lattice, i / REDUCTION, i % REDUCTION, (double)w[i], &got[0], &got[1]);
        ck_assert_double_eq(got[0], isinf(below) ? ends[0] : below);
        ck_assert_double_eq(got[1], isinf(above) ? ends[1] : above);
        const double nearest = ng_lattice_nearest(&lattice, i / REDUCTION, i % REDUCTION, (double)w[i]);
        const double best = fmin(fabs(got[0] * step - (double)w[i]), fabs(got[1] * step - (double)w[i]));
        ck_assert_double_le(fabs(nearest * step - (double)w[i]), best * (1 + 1e-6) + step * 1e-6);
        ck_assert_double_eq(nearest, lattice.values[i]);
    }
    ng_lattice_free(&lattice);
}
END_TEST

/* Whatever elements are chosen for blocks, the engine's own rounding keeps the weights. */
START_TEST(blocks_stay)
{
    const ng_format *format = ng_format_at((size_t)_i);
    if (!usable(format) || format->block == 0) {
        return;
    }
    const size_t reduction = (REDUCTION + format->block - 1) / format->block * format->block;
    float *w = malloc(3 * CHANNELS * reduction * sizeof *w);
    float *chosen = w + CHANNELS * reduction;
    float *rounded = chosen + CHANNELS * reduction;
    layer_weights(2, CHANNELS, reduction, w);
    for (int rule = NG_RULE_FLOOR; rule <= NG_RULE_CEIL; rule++) {
        ng_lattice lattice;
        ck_assert(ng_lattice_init(&lattice, format, (ng_scale_rule)rule, 0, w, CHANNELS, reduction));
        for (size_t i = 0; i < CHANNELS * reduction; i++) {
            lattice.values[i] = lattice.allowed[random_below(3, i, (uint32_t)lattice.allowed_count)];
        }
        ng_lattice_weights(&lattice, chosen);
        memcpy(rounded, chosen, CHANNELS * reduction * sizeof *rounded);
        ck_assert(ng_block_round(format, (ng_scale_rule)rule, rounded, CHANNELS, reduction));
        for (size_t i = 0; i < CHANNELS * reduction; i++) {
            ck_assert_msg(rounded[i] >= chosen[i] && rounded[i] <= chosen[i], "%s: %a became %a", format->name,
                          (double)chosen[i], (double)rounded[i]);
        }
        ng_lattice_free(&lattice);
    }
    free(w);
}
END_TEST

/* Scales and values of a scalar format are those that the engine takes by itself. */
START_TEST(same_as_weights)
{
    const ng_format *format = ng_format_find("int4");
    float w[CHANNELS * REDUCTION];
    ng_lattice lattice;
    ng_weights weights;
    ng_grid grid;
    ng_grid_init(&grid, format);
    layer_weights(4, CHANNELS, REDUCTION, w);
    ck_assert(ng_lattice_init(&lattice, format, NG_RULE_CEIL, 0, w, CHANNELS, REDUCTION));
    ck_assert(ng_weights_init(&weights, &grid, w, CHANNELS, REDUCTION));
    ck_assert_mem_eq(weights.scales, lattice.scales, CHANNELS * sizeof(float));
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        ck_assert_double_eq(weights.values[i], lattice.values[i]);
    }
    ng_weights_free(&weights);
    ng_lattice_free(&lattice);
}
END_TEST

/* Each group of columns has the scale and the values of a channel that consists of it. */
START_TEST(groups)
{
    const ng_format *format = ng_format_find("int4");
    float w[CHANNELS * REDUCTION];
    ng_lattice lattice;
    layer_weights(5, CHANNELS, REDUCTION, w);
    ck_assert(ng_lattice_init(&lattice, format, NG_RULE_CEIL, 20, w, CHANNELS, REDUCTION));
    ck_assert_uint_eq(lattice.groups, 4);
    for (size_t i = 0; i < CHANNELS * 4; i++) {
        const size_t from = i / 4 * REDUCTION + i % 4 * 20;
        const size_t columns = ng_lattice_columns(&lattice, i % 4);
        ng_lattice part;
        ck_assert_uint_eq(columns, i % 4 == 3 ? 12 : 20);
        ck_assert(ng_lattice_init(&part, format, NG_RULE_CEIL, 0, w + from, 1, columns));
        ck_assert_float_eq(part.scales[0], lattice.scales[i]);
        ck_assert_mem_eq(part.values, lattice.values + from, columns * sizeof(double));
        ng_lattice_free(&part);
    }
    ng_lattice_free(&lattice);
}
END_TEST

START_TEST(errors_are_those_of_the_rows)
{
    float w[CHANNELS * REDUCTION];
    float x[ROWS * REDUCTION];
    double errors[CHANNELS];
    double v[CHANNELS * REDUCTION];
    ng_gramian gram;
    layer_weights(6, CHANNELS, REDUCTION, w);
    layer_rows(7, ROWS, REDUCTION, x);
    for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
        v[i] = round((double)w[i]);
    }
    ck_assert(ng_gramian_init(&gram, REDUCTION));
    ck_assert(ng_gramian_add(&gram, x, NULL, ROWS / 4));
    ck_assert(ng_gramian_add(&gram, x + ROWS / 4 * REDUCTION, NULL, ROWS - ROWS / 4));
    ck_assert(ng_gramian_errors(&gram, v, w, CHANNELS, errors));
    for (size_t c = 0; c < CHANNELS; c++) {
        const double expected = layer_error(x, ROWS, REDUCTION, v + c * REDUCTION, w + c * REDUCTION) / ROWS;
        ck_assert_double_eq_tol(errors[c], expected, 1e-9 * expected);
    }
    ng_gramian_free(&gram);
}
END_TEST

/* Inputs that were scaled by 2 on the way are answered by weights half as large; no change of inputs, no change of weights. */
START_TEST(targets)
{
    float w[CHANNELS * REDUCTION];
    float target[CHANNELS * REDUCTION];
    float x[2 * ROWS * REDUCTION];
    float y[2 * ROWS * REDUCTION];
    layer_weights(8, CHANNELS, REDUCTION, w);
    layer_rows(9, 2 * ROWS, REDUCTION, y);
    for (int doubled = 0; doubled < 2; doubled++) {
        ng_gramian gram;
        for (size_t i = 0; i < 2 * ROWS * REDUCTION; i++) {
            x[i] = doubled ? 2 * y[i] : y[i];
        }
        memcpy(target, w, sizeof w);
        ck_assert(ng_gramian_init(&gram, REDUCTION));
        ck_assert(ng_gramian_add(&gram, x, y, 2 * ROWS));
        ck_assert(ng_gramian_target(&gram, 1e-9, target, CHANNELS));
        for (size_t i = 0; i < CHANNELS * REDUCTION; i++) {
            ck_assert_float_eq_tol(target[i], doubled ? w[i] / 2 : w[i], 1e-3F);
        }
        ng_gramian_free(&gram);
    }
}
END_TEST

Suite *ng_suite_lattice(void);

Suite *ng_suite_lattice(void)
{
    const int formats = (int)ng_format_count();
    Suite *suite = suite_create("lattice");
    TCase *tcase = tcase_create("lattice");
    tcase_add_loop_test(tcase, neighbours, 0, formats);
    tcase_add_loop_test(tcase, blocks_stay, 0, formats);
    tcase_add_test(tcase, same_as_weights);
    tcase_add_test(tcase, groups);
    tcase_add_test(tcase, errors_are_those_of_the_rows);
    tcase_add_test(tcase, targets);
    suite_add_tcase(suite, tcase);
    return suite;
}
