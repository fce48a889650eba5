/* Sorted blocks: the order itself, sums that no order may change, and an outlier layer that gains. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/format_name.h"
#include "src/infer/product.h"
#include "src/quantize/ksort.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

enum { POSITIONS_MOST = 16 };

START_TEST(order)
{
    float norm[200];
    uint32_t sorted[200];
    bool seen[200] = {false};
    const size_t count = 1 + random_below(1, (uint64_t)_i, 200);
    for (size_t i = 0; i < count; i++) {
        norm[i] = (float)random_below(2 + (uint64_t)_i, i, 30);
    }
    ng_ksort(norm, count, sorted);
    for (size_t i = 0; i < count; i++) {
        ck_assert(sorted[i] < count && !seen[sorted[i]]);
        seen[sorted[i]] = true;
        ck_assert(i == 0 || norm[sorted[i - 1]] > norm[sorted[i]] ||
                  (norm[sorted[i - 1]] >= norm[sorted[i]] && sorted[i - 1] < sorted[i]));
    }
}
END_TEST

/* Runs a layer in a block format; order may be NULL. */
static void run(const ng_layer *layer, const ng_format *format, uint32_t *sorted, const float *x, float *out)
{
    ng_weights weights = {.channels = layer->channels, .reduction = layer->reduction, .planes = 1, .slice = layer->reduction,
                          .slices = 1, .numbers = layer->weights, .order = sorted};
    const ng_layer_recipe own = {.weight = format, .activation = format, .rule = NG_RULE_CEIL, .weights = &weights};
    const ng_recipe recipe = {.layers = &own};
    ng_product product;
    ng_error error;
    ck_assert_msg(ng_product_init(&product, layer, 0, &recipe, &error), "%s", error.text);
    void *scratch = calloc(1, ng_product_scratch(&product, 1));
    ck_assert_ptr_nonnull(scratch);
    ck_assert_msg(ng_product_run(&product, x, 1, false, scratch, out, &error), "%s", error.text);
    free(scratch);
    ng_product_free(&product);
}

/* Small integers: every block holds them exactly under any scale that it may have, and fp32 adds the blocks exactly. */
static float small(uint64_t seed, uint64_t index)
{
    return (float)random_below(seed, index, 5) - 2;
}

/* A 4x4 image of `channels`, 3x3 windows with a border, in some groups; and a linear layer. */
static ng_layer make_layer(const ng_node *node, bool linear, size_t groups, size_t channels, size_t outputs, float *w, float *bias)
{
    ng_layer layer = {.node = node, .direct = linear, .groups = groups, .positions = linear ? 1 : 16, .channels = outputs,
                      .reduction = linear ? channels : 9 * channels / groups, .weights = w, .bias = bias,
                      .window = {4, 4, channels, {3, 3}, {1, 1}, {1, 1}, {1, 1}, {4, 4}}};
    if (linear) {
        layer.window = (ng_window){1, 1, channels, {1, 1}, {1, 1}, {1, 1}, {0, 0}, {1, 1}};
    }
    return layer;
}

START_TEST(exact_sums_stay)
{
    enum { CHANNELS = 64, OUTPUTS = 6, W_MOST = OUTPUTS * 9 * CHANNELS };
    static const char *const formats[] = {"mxfp4", "bfp_m5k16", "mxint8"};
    const ng_format *format = ng_format_find(formats[_i % 3]);
    const ng_node node = {.label = "layer"};
    const size_t groups = _i / 3 == 2 ? 2 : 1;
    float *w = calloc(W_MOST, sizeof *w);
    float bias[OUTPUTS] = {0};
    float *x = calloc(16 * CHANNELS + 9 * CHANNELS * NG_TILE_ROWS_MOST, sizeof *x);
    float plain[OUTPUTS * POSITIONS_MOST];
    float sorted[OUTPUTS * POSITIONS_MOST];
    float norm[9 * CHANNELS];
    uint32_t terms[9 * CHANNELS];
    ck_assert(w != NULL && x != NULL);
    const ng_layer layer = make_layer(&node, _i / 3 == 0, groups, CHANNELS, OUTPUTS, w, bias);
    for (size_t i = 0; i < OUTPUTS * layer.reduction; i++) {
        w[i] = small(3, i);
    }
    for (size_t i = 0; i < 16 * CHANNELS; i++) {
        x[i] = small(4, i);
    }
    for (size_t k = 0; k < layer.reduction; k++) {
        norm[k] = (float)random_below(5, k, 1000);
    }
    ng_ksort(norm, layer.reduction, terms);
    run(&layer, format, NULL, x, plain);
    run(&layer, format, terms, x, sorted);
    ck_assert_mem_eq(plain, sorted, OUTPUTS * layer.positions * sizeof(float));
    for (size_t output = 0; output < OUTPUTS; output++) {
        float row[9 * CHANNELS];
        double sum = 0;
        ng_layer_rows(&layer, output / (OUTPUTS / groups), x, sizeof *x, 0, 1, layer.reduction, row);
        for (size_t k = 0; k < layer.reduction; k++) {
            sum += (double)w[output * layer.reduction + k] * (double)row[k];
        }
        ck_assert_double_eq((double)sorted[output], sum);
    }
    free(w);
    free(x);
}
END_TEST

/* Any numbers: the sorted layer is the layer whose weights and inputs somebody has sorted beforehand, bit for bit. */
START_TEST(sorted_operands)
{
    enum { CHANNELS = 80, OUTPUTS = 5 };
    const ng_format *format = ng_format_find(_i == 0 ? "mxfp4" : "bfp_m4k32");
    const ng_node node = {.label = "layer"};
    float w[2][OUTPUTS * CHANNELS];
    float bias[OUTPUTS] = {0};
    float x[2][CHANNELS * (1 + NG_TILE_ROWS_MOST)] = {{0}};
    float out[2][OUTPUTS];
    float norm[CHANNELS];
    uint32_t terms[CHANNELS];
    for (size_t k = 0; k < CHANNELS; k++) {
        norm[k] = (float)random_below(6, k, 50);
    }
    ng_ksort(norm, CHANNELS, terms);
    for (size_t i = 0; i < OUTPUTS * CHANNELS; i++) {
        w[0][i] = (float)random_double(7, i, -6, 2);
    }
    for (size_t k = 0; k < CHANNELS; k++) {
        x[0][k] = (float)random_double(8, k, -6, 2);
    }
    for (size_t k = 0; k < CHANNELS; k++) {
        x[1][k] = x[0][terms[k]];
        for (size_t output = 0; output < OUTPUTS; output++) {
            w[1][output * CHANNELS + k] = w[0][output * CHANNELS + terms[k]];
        }
    }
    const ng_layer layer = make_layer(&node, true, 1, CHANNELS, OUTPUTS, w[0], bias);
    const ng_layer by_hand = make_layer(&node, true, 1, CHANNELS, OUTPUTS, w[1], bias);
    run(&layer, format, terms, x[0], out[0]);
    run(&by_hand, format, NULL, x[1], out[1]);
    ck_assert_mem_eq(out[0], out[1], sizeof out[0]);
}
END_TEST

/* An input of 64 in each block of 32, beside which 4 bits round all others to 0: sorted, one block takes all four outliers, and
 * three quarters of the others keep their bits. Weights and outliers are exact. */
START_TEST(outliers_share_a_block)
{
    enum { CHANNELS = 128, OUTPUTS = 8 };
    codec_task made;
    ng_weights weights;
    ng_error error;
    const ng_node node = {.label = "layer"};
    float x[CHANNELS * (1 + NG_TILE_ROWS_MOST)] = {0};
    float out[2][OUTPUTS];
    double errors[2] = {0};
    uint32_t terms[CHANNELS];
    float norm[CHANNELS];
    codec_task_init(&made, 9, "bfp_m4k32", "bfp_m4k32", OUTPUTS, CHANNELS, 1);
    for (uint64_t k = 0; k < CHANNELS; k++) {
        x[k] = k % 32 == 5 ? 64 : (float)random_double(10, k, -1, 0);
        norm[k] = fabsf(x[k]);
        for (size_t output = 0; output < OUTPUTS; output++) {
            made.weights[output * CHANNELS + k] = small(11, output * CHANNELS + k);
        }
    }
    ng_ksort(norm, CHANNELS, terms);
    const ng_layer layer = make_layer(&node, true, 1, CHANNELS, OUTPUTS, made.weights, made.bias);
    run(&layer, made.task.weight, NULL, x, out[0]);
    run(&layer, made.task.weight, terms, x, out[1]);
    for (size_t output = 0; output < OUTPUTS; output++) {
        double exact = 0;
        for (size_t k = 0; k < CHANNELS; k++) {
            exact += (double)made.weights[output * CHANNELS + k] * (double)x[k];
        }
        errors[0] += pow((double)out[0][output] - exact, 2);
        errors[1] += pow((double)out[1][output] - exact, 2);
    }
    ck_assert_msg(errors[1] < errors[0] / 2, "errors %g sorted %g", errors[0], errors[1]);
    /* The method finds the loud inputs among the operand rows, and by the weights the columns of large weights. */
    ck_assert(codec_task_run(&made, "ksort", &weights, &error));
    ck_assert_mem_eq(weights.numbers, made.weights, OUTPUTS * CHANNELS * sizeof(float));
    ck_assert_uint_eq(weights.order[0] % 5, 4);
    ck_assert_uint_eq(weights.order[CHANNELS - 1] % 5, 0);
    ng_weights_free(&weights);
    for (size_t output = 0; output < OUTPUTS; output++) {
        made.weights[output * CHANNELS + 17] = 8;
    }
    ck_assert(codec_task_run(&made, "ksort:weights=1", &weights, &error));
    ck_assert_uint_eq(weights.order[0], 17);
    ng_weights_free(&weights);
    codec_task_free(&made);
    codec_task_init(&made, 9, "int8", "int8", OUTPUTS, CHANNELS, 1);
    ck_assert(!codec_task_run(&made, "ksort", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_ksort(void);

Suite *ng_suite_ksort(void)
{
    Suite *suite = suite_create("ksort");
    TCase *tcase = tcase_create("ksort");
    tcase_add_loop_test(tcase, order, 0, 20);
    tcase_add_loop_test(tcase, exact_sums_stay, 0, 9);
    tcase_add_loop_test(tcase, sorted_operands, 0, 2);
    tcase_add_test(tcase, outliers_share_a_block);
    suite_add_tcase(suite, tcase);
    return suite;
}
