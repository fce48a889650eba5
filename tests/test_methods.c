/* Quantisation methods that rewrite a network, choose formats or correct biases, on layers where the answer is known. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/encode.h"
#include "src/infer/engine.h"
#include "src/infer/successors.h"
#include "src/quantize/scale.h"
#include "tests/support/onnx_draft.h"
#include "tests/support/random.h"
#include "tests/support/scratch.h"
#include "tests/support/toy_task.h"

enum { CHANNELS = 4, IMAGES = 3 };

/* ---- networks of a few layers, and running them ------------------------------------------------------------------- */

typedef struct {
    ng_network network;
    ng_plan plan;
    float *input;   /* [IMAGES][..] */
    float *logits;
} net;

/* conv 3x3 -> `between` -> depthwise conv 3x3 -> relu -> mean -> gemm; weights of the first conv differ in size by channel. */
static onnx_draft *draft_chain(const char *between)
{
    onnx_draft *d = onnx_new(13, 4, (int64_t[]){0, 2, 6, 6});
    float w[CHANNELS * 2 * 9];
    for (size_t i = 0; i < sizeof w / sizeof w[0]; i++) {
        w[i] = (float)(random_double(1, i, -3, 0) * exp2((double)(i / 18) * 2 - 3));
    }
    const char *first = onnx_floats(d, 4, (int64_t[]){CHANNELS, 2, 3, 3}, w);
    const char *bias = onnx_random(d, 1, (int64_t[]){CHANNELS}, 0.5);
    const char *y = onnx_node(d, "Conv", "image %s %s", first, bias);
    onnx_ints(d, "pads", 4, (int64_t[]){1, 1, 1, 1});
    if (strcmp(between, "Clip") == 0) {
        y = onnx_node(d, "Clip", "%s %s %s", y, onnx_number(d, 0), onnx_number(d, 0.75F));
    } else if (strcmp(between, "") != 0) {
        y = onnx_node(d, between, "%s", y);
    }
    const char *depth = onnx_random(d, 4, (int64_t[]){CHANNELS, 1, 3, 3}, 1);
    y = onnx_node(d, "Conv", "%s %s", y, depth);
    onnx_int(d, "group", CHANNELS);
    y = onnx_node(d, "Relu", "%s", y);
    y = onnx_node(d, "GlobalAveragePool", "%s", y);
    y = onnx_node(d, "Flatten", "%s", y);
    const char *last = onnx_random(d, 2, (int64_t[]){CHANNELS, 3}, 1);
    y = onnx_node(d, "MatMul", "%s %s", y, last);
    onnx_finish(d, y);
    return d;
}

static void load(net *n, onnx_draft *d)
{
    ng_error error;
    const char *path = scratch_path("net.onnx");
    onnx_write(d, path);
    onnx_free(d);
    ck_assert_msg(ng_network_load(path, &n->network, &error), "%s", error.text);
    ck_assert_msg(ng_plan_init(&n->plan, &n->network, &error), "%s", error.text);
    const size_t inputs = ng_shape_count(&n->plan.input.shape);
    n->input = calloc(IMAGES * inputs, sizeof *n->input);
    n->logits = calloc(IMAGES * ng_shape_count(&n->plan.output.shape), sizeof *n->logits);
    ck_assert(n->input != NULL && n->logits != NULL);
    for (size_t i = 0; i < IMAGES * inputs; i++) {
        n->input[i] = (float)random_double(2, i, -4, 1);
    }
}

static void unload(net *n)
{
    ng_plan_free(&n->plan);
    ng_network_free(&n->network);
    free(n->input);
    free(n->logits);
}

static void run(const net *n, ng_observer *observer, void *context, float *logits)
{
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    ng_engine engine;
    ng_workspace workspace;
    ng_error error;
    ck_assert_msg(ng_engine_init(&engine, &n->plan, &recipe, &error), "%s", error.text);
    ck_assert_msg(ng_workspace_init(&workspace, &engine, IMAGES, &error), "%s", error.text);
    ck_assert_msg(ng_engine_run(&engine, &workspace, n->input, IMAGES, observer, context, &error), "%s", error.text);
    memcpy(logits, workspace.logits, IMAGES * ng_shape_count(&n->plan.output.shape) * sizeof *logits);
    ng_workspace_free(&workspace, &engine);
    ng_engine_free(&engine);
}

static bool watch(const ng_network_task *task, ng_layer_watcher *watcher, void *watching, ng_error *error)
{
    const net *n = task->context;
    (void)error;
    run(n, watcher, watching, n->logits);
    return true;
}

static void apply(net *n, const char *recipe)
{
    ng_error error;
    ng_method_choice choice;
    const ng_network_task task = {.plan = &n->plan, .weight = ng_format_find("int4"), .activation = ng_format_find("int4"),
                                  .seed = 1, .watch = watch, .context = n};
    toy_choice(recipe, &choice);
    ck_assert_msg(choice.method->network(&task, &choice, &error), "%s", error.text);
}

/* The network still says the same, but for rounding. */
static void check_same(const net *n, const float *before)
{
    const size_t count = IMAGES * ng_shape_count(&n->plan.output.shape);
    float after[64];
    run(n, NULL, NULL, after);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(fabsf(after[i] - before[i]) < 1e-5F * (1 + fabsf(before[i])), "output %zu: %g before, %g after", i,
                      (double)before[i], (double)after[i]);
    }
}

/* ---- equalisation -------------------------------------------------------------------------------------------------- */

static float range_of_output(const ng_layer *layer, size_t channel)
{
    float range = 0;
    for (size_t k = 0; k < layer->reduction; k++) {
        range = fmaxf(range, fabsf(layer->weights[channel * layer->reduction + k]));
    }
    return range;
}

static float range_of_input(const ng_layer *layer, size_t input)
{
    const size_t inputs = layer->window.channels / ng_layer_groups(layer);
    float range = 0;
    for (size_t channel = 0; channel < layer->channels; channel++) {
        for (size_t k = 0; k < layer->reduction; k++) {
            const size_t met = channel / ng_layer_group_channels(layer) * inputs + k % inputs;
            range = met == input ? fmaxf(range, fabsf(layer->weights[channel * layer->reduction + k])) : range;
        }
    }
    return range;
}

/* One round over one pair: both ranges of a channel become the root of their product. */
START_TEST(ranges_meet_at_the_geometric_mean)
{
    net n;
    float before[64];
    float wanted[CHANNELS];
    ng_successors pairs[3];
    load(&n, draft_chain("Relu"));
    run(&n, NULL, NULL, before);
    ck_assert_uint_eq(ng_successors_find(&n.plan, pairs), 2);
    for (size_t c = 0; c < CHANNELS; c++) {
        wanted[c] = sqrtf(range_of_output(&n.plan.layers[0], c) * range_of_input(&n.plan.layers[1], c));
    }
    /* The second pair's first layer is depthwise: its scaling leaves what the first pair has set only on the first layer. */
    apply(&n, "equalize:rounds=1");
    for (size_t c = 0; c < CHANNELS; c++) {
        ck_assert_float_eq_tol(range_of_output(&n.plan.layers[0], c), wanted[c], 1e-6F * wanted[c]);
    }
    check_same(&n, before);
    unload(&n);
}
END_TEST

/* Many rounds: every pair is even, with whatever stands between that commutes; Clip's limits follow. */
START_TEST(all_pairs_are_even)
{
    static const char *const between[] = {"Relu", "LeakyRelu", "Clip", ""};
    net n;
    float before[64];
    load(&n, draft_chain(between[_i]));
    run(&n, NULL, NULL, before);
    apply(&n, "equalize:rounds=200");
    for (size_t c = 0; c < CHANNELS; c++) {
        for (size_t layer = 0; layer < 2; layer++) {
            const float out = range_of_output(&n.plan.layers[layer], c);
            ck_assert_float_eq_tol(range_of_input(&n.plan.layers[layer + 1], c), out, 1e-3F * out);
        }
    }
    check_same(&n, before);
    unload(&n);
}
END_TEST

/* What does not commute with factors, or has a second reader, makes no pair. */
START_TEST(no_pair_across_other_functions)
{
    static const char *const between[] = {"Sigmoid", "Tanh", "HardSwish"};
    net n;
    ng_successors pairs[3];
    onnx_draft *d = draft_chain(between[_i]);
    load(&n, d);
    ck_assert_uint_eq(ng_successors_find(&n.plan, pairs), 1);
    ck_assert_uint_eq(pairs[0].first, 1);
    unload(&n);
}
END_TEST

/* ---- factors and rotations of inputs -------------------------------------------------------------------------------- */

typedef struct {
    const net *n;
    float range[3][CHANNELS];
} seen;

static bool see(void *context, size_t layer, const float *input, const float *output, size_t images, ng_error *error)
{
    seen *s = context;
    const ng_window *w = &s->n->plan.layers[layer].window;
    (void)output;
    (void)error;
    for (size_t i = 0; i < images * w->height * w->width * w->channels; i++) {
        float *range = &s->range[layer][i % w->channels];
        *range = fmaxf(*range, fabsf(input[i]));
    }
    return true;
}

/* alpha = 0.5: s = sqrt(max|X| / max|W|), so both ranges become the root of their product; alpha = 1: the input's become 1. */
START_TEST(smoothing_shares_the_range)
{
    net n;
    float before[64];
    seen first = {.n = &n};
    seen second = {.n = &n};
    float weights[3][CHANNELS];
    load(&n, draft_chain("Relu"));
    run(&n, see, &first, before);
    for (size_t layer = 0; layer < 3; layer++) {
        for (size_t c = 0; c < n.plan.layers[layer].window.channels; c++) {
            weights[layer][c] = range_of_input(&n.plan.layers[layer], c);
        }
    }
    apply(&n, _i == 0 ? "smoothquant" : "smoothquant:alpha=1");
    float after[64];
    unsigned met = 0;
    run(&n, see, &second, after);
    for (size_t layer = 0; layer < 3; layer++) {
        for (size_t c = 0; c < n.plan.layers[layer].window.channels; c++) {
            const float product = first.range[layer][c] * weights[layer][c];
            const float wanted = _i == 0 ? sqrtf(product) : 1;
            if (!(product > 0)) {
                continue; /* a channel that is always 0 stays as it is */
            }
            met++;
            ck_assert_float_eq_tol(second.range[layer][c], wanted, 1e-5F * wanted);
            ck_assert_float_eq_tol(range_of_input(&n.plan.layers[layer], c), product / wanted, 1e-5F * product / wanted);
        }
    }
    ck_assert_uint_ge(met, 6); /* of 10 */
    check_same(&n, before);
    unload(&n);
}
END_TEST

/* R R^T = 1, the network says the same, and an input of one channel alone is spread evenly. */
START_TEST(rotation_spreads_outliers)
{
    net n;
    float before[64];
    load(&n, draft_chain("Relu"));
    run(&n, NULL, NULL, before);
    apply(&n, "hadamard");
    const ng_layer *last = &n.plan.layers[2];
    ck_assert_uint_eq(last->turn, CHANNELS);
    ck_assert_ptr_null(n.plan.layers[1].rotation); /* groups of one channel */
    for (size_t i = 0; i < CHANNELS; i++) {
        for (size_t j = 0; j < CHANNELS; j++) {
            double sum = 0;
            for (size_t k = 0; k < CHANNELS; k++) {
                sum += (double)last->rotation[i * CHANNELS + k] * (double)last->rotation[j * CHANNELS + k];
            }
            ck_assert_double_eq_tol(sum, i == j, 1e-7);
        }
    }
    const float outlier[CHANNELS] = {0, 8, 0, 0};
    float spread[CHANNELS];
    ng_layer_change_input(last, outlier, 1, spread);
    for (size_t i = 0; i < CHANNELS; i++) {
        ck_assert_float_eq_tol(fabsf(spread[i]), 4, 1e-6F); /* 8 / sqrt(4) */
    }
    check_same(&n, before);
    unload(&n);
}
END_TEST

/* ---- searched formats ---------------------------------------------------------------------------------------------- */

enum { WEIGHTS = 96 };

/* Least squared error of x[] in a format over the scales 2^(j/32), by the model's encoder. */
static double brute_error(const char *name, const float *x, size_t count)
{
    const ng_format *format = ng_format_find(name);
    double least = INFINITY;
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmaxf(largest, fabsf(x[i]));
    }
    const double top = log2((double)largest / ng_decode_double(format, ng_format_largest(format))) * NG_SCALE_STEPS;
    for (int step = (int)lrint(top) + NG_SCALE_STEPS; step >= (int)lrint(top) - 6 * NG_SCALE_STEPS; step--) {
        const double r = (double)(1.0F / ng_scale_at(step));
        double error = 0;
        for (size_t i = 0; i < count; i++) {
            const double got = ng_decode_double(format, ng_encode_double(format, (double)x[i] * r)) / r;
            error += ((double)x[i] - got) * ((double)x[i] - got);
        }
        least = fmin(least, error);
    }
    return least;
}

/* Distributions from flat to long-tailed ask for different splits; the choice is that of brute force. */
START_TEST(split_of_least_error)
{
    static const char *const names[] = {"e1m4", "e2m3", "e3m2", "e4m1"};
    float x[WEIGHTS];
    float ones[WEIGHTS];
    ng_error error;
    ng_method_choice choice;
    for (size_t i = 0; i < WEIGHTS; i++) {
        const double flat = (double)random_below(20, i, 2001) / 1000 - 1;
        x[i] = (float)(_i == 0 ? flat : copysign(pow(fabs(flat), 1 + 3 * _i), flat));
        ones[i] = 1;
    }
    double least = INFINITY;
    const char *best = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const double got = brute_error(names[i], x, WEIGHTS);
        best = got < least ? names[i] : best;
        least = fmin(least, got);
    }
    toy_choice("fpsearch", &choice);
    const ng_format_task task = {.name = "toy", .weights = x, .channels = 1, .reduction = WEIGHTS, .inputs = x, .counts = ones,
                                 .bins = WEIGHTS};
    ng_format weight = *ng_format_find("e3m2");
    ng_format activation = *ng_format_find("e4m1");
    ck_assert_msg(choice.method->formats(&task, &choice, &weight, &activation, &error), "%s", error.text);
    ck_assert_str_eq(weight.name, best);
    ck_assert_str_eq(activation.name, best);
    ng_format integer = *ng_format_find("int8");
    ck_assert(!choice.method->formats(&task, &choice, &integer, &activation, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
}
END_TEST

/* ---- bias correction ------------------------------------------------------------------------------------------------ */

enum { OUTPUTS = 5, TERMS = 12, ROWS = 40 };

typedef struct {
    float weights[OUTPUTS * TERMS];
    float plain[ROWS * TERMS];    /* operands in fp32 */
    float behind[ROWS * TERMS];   /* behind quantised layers */
    toy_task toy;
    ng_weights made;
} biased;

static void set_up(biased *b, const char *format)
{
    ng_error error;
    ng_method_choice nearest;
    for (size_t i = 0; i < OUTPUTS * TERMS; i++) {
        b->weights[i] = (float)random_double(30, i, -3, 1);
    }
    for (size_t i = 0; i < ROWS * TERMS; i++) {
        b->plain[i] = fabsf((float)random_double(31, i, -3, 1));
        b->behind[i] = b->plain[i] * 1.125F + 0.0625F;
    }
    toy_task_make(&b->toy, format, format, 0.25F, b->weights, OUTPUTS, TERMS, b->plain, ROWS);
    b->toy.rows[NG_PREFIX_QUANTISED] = b->behind;
    b->made = (ng_weights){0};
    toy_choice("nearest", &nearest);
    ck_assert_msg(nearest.method->layer(&b->toy.task, &nearest, &b->made, &error), "%s", error.text);
}

/* The mean over rows of W x for a channel; quantised: of the values' numbers and the operands as the layer makes them. */
static double mean_output(const biased *b, size_t channel, const float *numbers, const float *rows, bool quantised)
{
    const ng_format *format = b->toy.task.activation;
    double sum = 0;
    for (size_t i = 0; i < ROWS * TERMS; i++) {
        const double x = (double)rows[i];
        const double operand = quantised ? ng_decode_double(format, ng_encode_double(format, x * 4)) / 4 : x;
        sum += (double)numbers[channel * TERMS + i % TERMS] * operand;
    }
    return sum / ROWS;
}

START_TEST(mean_error_goes_into_the_bias)
{
    static const char *const formats[] = {"int4", "e2m1"};
    biased b;
    ng_error error;
    ng_method_choice choice;
    float numbers[OUTPUTS * TERMS];
    const bool analytic = _i % 2 == 1;
    set_up(&b, formats[_i / 2]);
    toy_choice(analytic ? "biascorr:analytic=1" : "biascorr", &choice);
    ck_assert_msg(choice.method->layer(&b.toy.task, &choice, &b.made, &error), "%s", error.text);
    ng_weights_numbers(&b.made, b.toy.task.weight, numbers);
    for (size_t c = 0; c < OUTPUTS; c++) {
        const double exact = mean_output(&b, c, b.weights, b.plain, false);
        const double got = analytic ? mean_output(&b, c, numbers, b.plain, false) : mean_output(&b, c, numbers, b.behind, true);
        ck_assert_double_gt(fabs(got - exact), 1e-3); /* there is something to correct */
        ck_assert_double_eq_tol(got + (double)b.made.bias[c], exact, 1e-5);
    }
    ng_weights_free(&b.made);
    toy_task_free(&b.toy);
}
END_TEST

/* ---- scales by granularity ------------------------------------------------------------------------------------------ */

START_TEST(who_shares_a_scale)
{
    biased b;
    ng_error error;
    ng_weights made;
    set_up(&b, "int4");
    b.toy.task.granularity = NG_PER_TENSOR;
    ck_assert(ng_task_scales(&b.toy.task, &made, &error));
    for (size_t c = 1; c < OUTPUTS; c++) {
        ck_assert(!(made.scales[c] < made.scales[0]) && !(made.scales[c] > made.scales[0]));
    }
    ng_weights_free(&made);
    b.toy.task.granularity = NG_PER_GROUP;
    b.toy.task.group_size = 5;
    ck_assert(ng_task_scales(&b.toy.task, &made, &error));
    ck_assert_uint_eq(made.slices, 3);
    for (size_t i = 0; i < OUTPUTS * TERMS; i += 5) {
        const size_t channel = i / TERMS;
        const size_t from = i % TERMS / 5 * 5;
        const size_t count = from + 5 < TERMS ? 5 : TERMS - from;
        const float *x = b.weights + channel * TERMS + from;
        const float scale = ng_scale_of_kind(&b.toy.task.grid, NG_SCALES_FREE, x, NULL, count);
        const float got = *ng_weights_scale(&made, 0, channel, from);
        ck_assert(got >= scale && got <= scale);
    }
    ng_weights_free(&made);
    ng_weights_free(&b.made);
    toy_task_free(&b.toy);
}
END_TEST

START_TEST(kinds_of_scales)
{
    ng_grid grid;
    float x[WEIGHTS];
    ng_grid_init(&grid, ng_format_find("int4"));
    for (size_t i = 0; i < WEIGHTS; i++) {
        x[i] = (float)random_double(40 + (uint64_t)_i, i, -4, 2);
    }
    int exponent;
    const float power = ng_scale_of_kind(&grid, NG_SCALES_POW2, x, NULL, WEIGHTS);
    const double fraction = frexp((double)power, &exponent);
    ck_assert(fraction >= 0.5 && fraction <= 0.5);
    const double least = ng_grid_error(&grid, ng_grid_factor(&grid, power), x, NULL, WEIGHTS);
    for (int e = -12; e < 6; e++) {
        ck_assert_double_ge(ng_grid_error(&grid, ng_grid_factor(&grid, ldexpf(1, e)), x, NULL, WEIGHTS), least);
    }
    const float free_scale = ng_scale_of_kind(&grid, NG_SCALES_FREE, x, NULL, WEIGHTS);
    const float dyadic = ng_scale_of_kind(&grid, NG_SCALES_DYADIC, x, NULL, WEIGHTS);
    const double m = ldexp(frexp((double)dyadic, &exponent), NG_DYADIC_BITS);
    ck_assert(m >= rint(m) && m <= rint(m));
    ck_assert_double_le(fabs((double)dyadic - (double)free_scale), ldexp((double)free_scale, -NG_DYADIC_BITS));
}
END_TEST

Suite *ng_suite_methods(void);

Suite *ng_suite_methods(void)
{
    Suite *suite = suite_create("methods");
    TCase *tcase = tcase_create("methods");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, ranges_meet_at_the_geometric_mean);
    tcase_add_loop_test(tcase, all_pairs_are_even, 0, 4);
    tcase_add_loop_test(tcase, no_pair_across_other_functions, 0, 3);
    tcase_add_loop_test(tcase, smoothing_shares_the_range, 0, 2);
    tcase_add_test(tcase, rotation_spreads_outliers);
    tcase_add_loop_test(tcase, split_of_least_error, 0, 4);
    tcase_add_loop_test(tcase, mean_error_goes_into_the_bias, 0, 4);
    tcase_add_test(tcase, who_shares_a_scale);
    tcase_add_loop_test(tcase, kinds_of_scales, 0, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
