/* Inference in integers alone against plain loops over int64_t with the golden model's requantisation, number by number. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/accuracy/quantise.h"
#include "src/accuracy/ranges.h"
#include "src/infer/integer.h"
#include "tests/support/random.h"

enum { IMAGES = 3 };

/* ---- the fast dyadic product ------------------------------------------------------------------------------------- */

START_TEST(dyadic_as_the_model)
{
    const ng_requantise_rule rule = {.rounding = NG_ROUND_NEAREST_EVEN, .low = INT64_MIN, .high = INT64_MAX};
    for (uint64_t i = 0; i < 200000; i++) {
        const int64_t z = (int64_t)(random_bits(1, i) >> 38) - (1 << 25);
        ng_multiplier m = {(uint32_t)random_bits(2, i), 1 + (int)random_below(3, i, 62)};
        if (i % 4 == 0) { /* ties: few set bits just below the point */
            m.multiplier = UINT32_C(1) << (i / 4 % 32);
            m.shift = 1 + (int)(i / 4 % 32);
        }
        const ng_wide wide = ng_wide_from_int(z);
        ck_assert_int_eq(ng_dyadic(z, m), ng_requantise_dyadic(&wide, m, &rule));
    }
}
END_TEST

/* ---- networks ---------------------------------------------------------------------------------------------------- */

typedef struct {
    const ng_integer *integer;
    int64_t **tensors; /* of one image */
} reference;

static ng_requantise_rule rule_of(const ng_integer *integer, int tensor)
{
    ng_requantise_rule rule = {.rounding = NG_ROUND_NEAREST_EVEN, .low = -128, .high = 127};
    if (tensor == integer->plan->output.tensor) {
        rule.low = -32768;
        rule.high = 32767;
    }
    return rule;
}

static int64_t input_at(const ng_layer *layer, const int64_t *x, size_t row, size_t column, size_t channel)
{
    const ng_window *w = &layer->window;
    const bool outside = row < w->before[0] || column < w->before[1] || row - w->before[0] >= w->height ||
                         column - w->before[1] >= w->width;
    return outside ? 0 : x[((row - w->before[0]) * w->width + column - w->before[1]) * w->channels + channel];
}

static int64_t sum_at(const ng_layer *layer, const double *values, const int64_t *x, size_t position, size_t channel)
{
    const ng_window *w = &layer->window;
    const size_t groups = layer->groups > 1 ? layer->groups : 1;
    const size_t inputs = w->channels / groups;
    const size_t from = channel / (layer->channels / groups) * inputs;
    const size_t y = position / w->output[1] * w->stride[0];
    const size_t column = position % w->output[1] * w->stride[1];
    int64_t sum = 0;
    for (size_t k = 0; k < layer->reduction; k++) {
        const size_t tap = k / inputs;
        sum += (int64_t)values[channel * layer->reduction + k] *
               input_at(layer, x, y + tap / w->kernel[1] * w->dilation[0], column + tap % w->kernel[1] * w->dilation[1],
                        from + k % inputs);
    }
    return sum;
}

/* A layer's own numbers, from the quantised network rather than from what was prepared. */
static void run_layer(const reference *r, const ng_quantised *quantised, const ng_step *step)
{
    const ng_integer *integer = r->integer;
    const ng_layer *layer = &integer->plan->layers[step->layer];
    const ng_weights *weights = quantised->layers[step->layer].weights;
    const int out = step->out.tensor;
    const ng_requantise_rule rule = rule_of(integer, out);
    for (size_t i = 0; i < layer->positions * layer->channels; i++) {
        const size_t c = i % layer->channels;
        const double scale = integer->scale[step->in[0].tensor] * (double)weights->scales[c];
        const double bias = rint((double)layer->bias[c] / scale);
        const int64_t sum = sum_at(layer, weights->values, r->tensors[step->in[0].tensor], i / layer->channels, c) + (int64_t)bias;
        const ng_wide wide = ng_wide_from_int(sum);
        r->tensors[out][i] = integer->maker[out] != NG_NO_LAYER
                                 ? sum
                                 : ng_requantise_dyadic(&wide, ng_multiplier_from_double(scale / integer->scale[out]), &rule);
    }
}

/* S of a number in a tensor. */
static double scale_at(const ng_integer *integer, int tensor, size_t index)
{
    const int maker = integer->maker[tensor];
    return maker == NG_NO_LAYER ? integer->scale[tensor]
                                : integer->channel_scale[maker][index % integer->plan->layers[maker].channels];
}

static void run_add(const reference *r, const ng_step *step)
{
    const int out = step->out.tensor;
    const ng_requantise_rule rule = rule_of(r->integer, out);
    for (size_t i = 0; i < ng_shape_count(&step->out.shape); i++) {
        const ng_wide a = ng_wide_from_int(r->tensors[step->in[0].tensor][i]);
        const ng_wide b = ng_wide_from_int(r->tensors[step->in[1].tensor][i]);
        const double wanted = r->integer->scale[out];
        r->tensors[out][i] =
            ng_requantise_add(&a, ng_multiplier_from_double(scale_at(r->integer, step->in[0].tensor, i) / wanted), &b,
                              ng_multiplier_from_double(scale_at(r->integer, step->in[1].tensor, i) / wanted), &rule);
    }
}

static void run_average(const reference *r, const ng_step *step)
{
    const size_t channels = ng_shape_count(&step->out.shape);
    const size_t pixels = ng_shape_count(&step->in[0].shape) / channels;
    const ng_requantise_rule rule = rule_of(r->integer, step->out.tensor);
    for (size_t c = 0; c < channels; c++) {
        int64_t sum = 0;
        for (size_t pixel = 0; pixel < pixels; pixel++) {
            sum += r->tensors[step->in[0].tensor][pixel * channels + c];
        }
        const double scale = r->integer->scale[step->in[0].tensor] / (r->integer->scale[step->out.tensor] * (double)pixels);
        const ng_wide wide = ng_wide_from_int(sum);
        r->tensors[step->out.tensor][c] = ng_requantise_dyadic(&wide, ng_multiplier_from_double(scale), &rule);
    }
}

static void run_rectifier(const reference *r, const ng_step *step)
{
    const int64_t *x = r->tensors[step->in[0].tensor];
    const double scale = r->integer->scale[step->in[0].tensor];
    const double most = step->operation == NG_OP_Clip ? rint((double)step->node->parameters.number[1] / scale) : INFINITY;
    ck_assert(step->operation == NG_OP_Relu || (step->operation == NG_OP_Clip && !(step->node->parameters.number[0] < 0)));
    for (size_t i = 0; i < ng_shape_count(&step->out.shape); i++) {
        r->tensors[step->out.tensor][i] = x[i] < 0 ? 0 : (double)x[i] > most ? (int64_t)most : x[i];
    }
}

static void run_image(const reference *r, const ng_quantised *quantised, const float *image)
{
    const ng_plan *plan = r->integer->plan;
    for (size_t i = 0; i < ng_shape_count(&plan->input.shape); i++) {
        const double value = rint((double)image[i] / r->integer->scale[plan->input.tensor]);
        r->tensors[plan->input.tensor][i] = (int64_t)fmin(fmax(value, -128), 127);
    }
    for (size_t i = 0; i < plan->step_count; i++) {
        const ng_step *step = &plan->steps[i];
        if (step->layer != NG_NO_LAYER) {
            run_layer(r, quantised, step);
        } else if (step->operation == NG_OP_Add) {
            run_add(r, step);
        } else if (step->operation == NG_OP_GlobalAveragePool) {
            run_average(r, step);
        } else {
            run_rectifier(r, step);
        }
    }
}

static void compare(const ng_subject *subject, const ng_quantised *quantised, const ng_integer *integer)
{
    const ng_plan *plan = &subject->plan;
    const size_t numbers = subject->test.numbers;
    const size_t classes = ng_shape_count(&plan->output.shape);
    reference r = {integer, calloc(plan->tensor_count, sizeof *r.tensors)};
    float *images = malloc(IMAGES * numbers * sizeof *images);
    ng_workspace workspace;
    ng_error error;
    ck_assert(ng_workspace_init(&workspace, &integer->sums, IMAGES, &error));
    for (size_t i = 0; i < plan->tensor_count; i++) {
        r.tensors[i] = calloc(plan->tensors[i].count, sizeof *r.tensors[i]);
    }
    for (size_t i = 0; i < IMAGES; i++) {
        ck_assert(ng_dataset_fetch(&subject->test, i, images + i * numbers, &error));
    }
    ck_assert_msg(ng_engine_run(&integer->sums, &workspace, images, IMAGES, NULL, NULL, &error), "%s", error.text);
    for (size_t i = 0; i < IMAGES; i++) {
        run_image(&r, quantised, images + i * numbers);
        for (size_t c = 0; c < classes; c++) {
            ck_assert_int_eq((int64_t)workspace.logits[i * classes + c], r.tensors[plan->output.tensor][c]);
        }
    }
    for (size_t i = 0; i < plan->tensor_count; i++) {
        free(r.tensors[i]);
    }
    free(r.tensors);
    free(images);
    ng_workspace_free(&workspace, &integer->sums);
}

static ng_accuracy_request request_for(const char *network, const char *weights)
{
    return (ng_accuracy_request){.network = network, .data = "/usr/share/datasets/fashion-mnist", .weight = ng_format_find(weights),
                                 .activation = ng_format_find("int8"), .calibration_images = 32, .images = 300,
                                 .source_hash = "test_integer", .setting = {.recipe = "flexround:steps=3,samples=200"}};
}

START_TEST(as_plain_loops)
{
    static const char *const networks[] = {"networks/resnet8.onnx", "networks/mobile.onnx"};
    const ng_accuracy_request request = request_for(networks[_i], _i == 0 ? "int4" : "int8");
    ng_subject subject;
    ng_quantised quantised;
    ng_tensor_ranges ranges;
    ng_integer integer;
    ng_error error;
    ck_assert_msg(ng_subject_load(&subject, &request, &error), "%s", error.text);
    ck_assert_msg(ng_quantise(&subject, &request, &quantised, &error), "%s", error.text);
    ck_assert_msg(ng_ranges_measure(&subject, &request, request.activation, &ranges, &error), "%s", error.text);
    ck_assert_msg(ng_integer_init(&integer, &subject.plan, &quantised.recipe, &ranges, &error), "%s", error.text);
    size_t waiting = 0;
    for (size_t i = 0; i < subject.plan.tensor_count; i++) {
        waiting += integer.maker[i] != NG_NO_LAYER;
    }
    ck_assert_uint_gt(waiting, 0); /* sums that go into a residual add unrounded are among what is tested */
    compare(&subject, &quantised, &integer);
    ng_integer_free(&integer);
    ng_ranges_free(&ranges);
    ng_quantised_free(&quantised);
    ng_subject_free(&subject);
}
END_TEST

static double top1(const ng_accuracy_request *request)
{
    ng_error error;
    json_t *record;
    ck_assert_msg(ng_accuracy(request, &record, &error), "%s", error.text);
    const double value = json_number_value(json_object_get(record, "top1_pct"));
    ck_assert(json_is_true(json_object_get(record, "integer_only")) == request->setting.integer_only);
    json_decref(record);
    return value;
}

/* Integers everywhere cost next to nothing at eight bits, and nothing depends on the threads. */
START_TEST(accuracy_of_integers)
{
    ng_accuracy_request request = request_for("networks/resnet8.onnx", "int8");
    request.setting.recipe = NULL;
    const double mixed = top1(&request);
    request.setting.integer_only = true;
    const double integers = top1(&request);
    ck_assert_double_gt(integers, mixed - 2);
    request.threads = 3;
    request.source_hash = "test_integer, three threads";
    ck_assert_double_eq(top1(&request), integers);
}
END_TEST

START_TEST(refused)
{
    static const struct {
        const char *network;
        const char *weights;
        const char *activations;
        const char *granularity;
    } rows[] = {
        {"networks/vit4.onnx", "int8", "int8", ""},           /* operators that are not served */
        {"networks/resnet8.onnx", "e4m3", "e4m3", ""},        /* no integers */
        {"networks/resnet8.onnx", "mxint8", "mxint8", ""},
        {"networks/resnet8.onnx", "int8", "int8", "group:9"}, /* several sums an output */
        {"networks/resnet8.onnx", "int8", "int8", "input"},   /* inputs that are changed */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ng_accuracy_request request = request_for(rows[i].network, rows[i].weights);
        ng_error error;
        json_t *record;
        request.activation = ng_format_find(rows[i].activations);
        request.setting = (ng_setting){.granularity = rows[i].granularity, .integer_only = true};
        ck_assert(!ng_accuracy(&request, &record, &error));
        ck_assert_msg(error.exit_code == NG_EXIT_USAGE, "row %zu: %s", i, error.text);
    }
}
END_TEST

Suite *ng_suite_integer(void);

Suite *ng_suite_integer(void)
{
    Suite *suite = suite_create("integer");
    TCase *tcase = tcase_create("integer");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, dyadic_as_the_model);
    tcase_add_loop_test(tcase, as_plain_loops, 0, 2);
    tcase_add_test(tcase, accuracy_of_integers);
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
