/* Recipes as text, operand rows from calibration, and whole evaluations under a recipe. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/accuracy/evaluate.h"
#include "src/accuracy/quantise.h"
#include "src/accuracy/rows.h"
#include "src/quantize/setting.h"
#include "tests/support/onnx_draft.h"
#include "tests/support/random.h"
#include "tests/support/scratch.h"

#define DATA "/usr/share/datasets/fashion-mnist"

enum { IMAGES = 120, CALIBRATION = 16, COLUMNS = 6 };

/* ---- text ----------------------------------------------------------------------------------------------------------- */

START_TEST(canonical_words)
{
    static const char *const rows[][2] = {
        {"", "plain"},
        {"plain", "plain"},
        {"nearest", "plain"},
        {"biascorr+equalize", "equalize+biascorr"},
        {"smoothquant:alpha=0.5", "smoothquant"},
        {"smoothquant:alpha=0.25+equalize:rounds=3", "equalize:rounds=3+smoothquant:alpha=0.25"},
        {"biascorr:rows=512,analytic=1", "biascorr:analytic=1,rows=512"},
        {"biascorr+nearest+fpsearch+hadamard", "hadamard+fpsearch+biascorr"},
    };
    ng_methods methods;
    ng_error error;
    ck_assert_msg(ng_methods_read(rows[_i][0], &methods, &error), "%s", error.text);
    ck_assert_str_eq(methods.text, rows[_i][1]);
    unsigned deciding = 0;
    for (size_t i = 0; i < methods.count; i++) {
        deciding += methods.items[i].method->stage == NG_STAGE_WEIGHTS;
        ck_assert(i == 0 || methods.items[i - 1].method->stage <= methods.items[i].method->stage);
    }
    ck_assert_uint_eq(deciding, 1);
    ng_methods again;
    ck_assert(ng_methods_read(methods.text, &again, &error));
    ck_assert_str_eq(again.text, rows[_i][1]);
}
END_TEST

START_TEST(refused_words)
{
    static const char *const rows[][2] = {
        {"equalise", "nearest: equalize"},
        {"equalize+", "unknown method ''"},
        {"+equalize", "unknown method ''"},
        {"equalize+equalize", "twice"},
        {"equalize:round=3", "nearest: rounds"},
        {"equalize:rounds=0", "1..1000"},
        {"equalize:rounds=1e9", "1..1000"},
        {"equalize:rounds=nan", "1..1000"},
        {"equalize:rounds=", "1..1000"},
        {"equalize:rounds", "KEY=NUMBER"},
        {"equalize:rounds=3,", "KEY=NUMBER"},
        {"nearest:x=1", "no options"},
        {"smoothquant:alpha=0.5x", "0..1"},
        {"a_name_that_is_longer_than_any_method_there_is", "unknown method"},
    };
    ng_methods methods;
    ng_error error;
    ck_assert(!ng_methods_read(rows[_i][0], &methods, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_msg(strstr(error.text, rows[_i][1]) != NULL, "%s: %s", rows[_i][0], error.text);
}
END_TEST

/* The table itself: names and options fit, defaults lie in their ranges. */
START_TEST(rows_of_the_table)
{
    ng_error error;
    for (size_t i = 0; ng_method_at(i) != NULL; i++) {
        const ng_method *method = ng_method_at(i);
        ng_methods methods;
        ck_assert_uint_lt(strlen(method->name), sizeof method->name - 1);
        ck_assert_msg(ng_methods_read(method->name, &methods, &error), "%s", error.text);
        ck_assert_uint_gt(strlen(method->summary), 0);
        for (size_t k = 0; k < methods.count; k++) {
            for (unsigned j = 0; j < methods.items[k].option_count; j++) {
                const ng_method_option *option = &methods.items[k].options[j];
                ck_assert(option->name[0] != 0 && option->value >= option->least && option->value <= option->most);
                ck_assert(ng_choice_value(&methods.items[k], option->name) <= option->value);
            }
        }
    }
}
END_TEST

START_TEST(settings)
{
    ng_tuning tuning;
    ng_error error;
    ck_assert(ng_tuning_read(&(ng_setting){.granularity = NULL}, &tuning, &error));
    ck_assert(ng_tuning_is_plain(&tuning) && !tuning.sums_bias);
    ck_assert_str_eq(tuning.granularity_text, "channel");
    ck_assert(ng_tuning_read(&(ng_setting){.granularity = "group:48", .scales = "pow2", .bias = "accumulator"}, &tuning, &error));
    ck_assert(tuning.granularity == NG_PER_GROUP && tuning.group_size == 48 && tuning.scales == NG_SCALES_POW2 && tuning.sums_bias);
    ck_assert(!ng_tuning_is_plain(&tuning));
    static const ng_setting wrong[] = {
        {.granularity = "group:0"},  {.granularity = "group:9x"}, {.granularity = "group:"},
        {.granularity = "row"},      {.granularity = "group:-3"}, {.granularity = "group:99999999999"},
        {.scales = "power"},         {.bias = "int"},             {.recipe = "nothing"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert(!ng_tuning_read(&wrong[i], &tuning, &error));
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    }
}
END_TEST

/* ---- operand rows ----------------------------------------------------------------------------------------------------- */

typedef struct {
    ng_accuracy_request request;
    ng_subject subject;
    ng_engine engine;
    size_t *order;
    ng_row_source source;
} rows_setting;

static void set_up(rows_setting *s, const char *network)
{
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    ng_error error;
    s->request = (ng_accuracy_request){.network = network, .data = DATA, .weight = ng_format_find("int4"),
                                       .activation = ng_format_find("int4"), .calibration_images = CALIBRATION, .images = IMAGES,
                                       .seed = 3};
    ck_assert_msg(ng_subject_load(&s->subject, &s->request, &error), "%s", error.text);
    ck_assert(ng_engine_init(&s->engine, &s->subject.plan, &recipe, &error));
    ck_assert(ng_calibration_draw(&s->subject, &s->request, &s->order, &error));
    s->source = (ng_row_source){.subject = &s->subject, .order = s->order, .images = CALIBRATION, .seed = 3,
                                .engines = {&s->engine, &s->engine}};
}

static void tear_down(rows_setting *s)
{
    ng_row_source_free(&s->source);
    ng_engine_free(&s->engine);
    ng_subject_free(&s->subject);
    free(s->order);
}

/* All rows of a 3x3 convolution's input: of those in the middle the middle tap is the pixel itself, each pixel once, in order. */
START_TEST(all_rows)
{
    rows_setting s;
    ng_error error;
    set_up(&s, "networks/resnet8.onnx");
    const ng_layer *layer = &s.subject.plan.layers[0];
    const size_t count = CALIBRATION * layer->positions;
    float *rows = malloc(count * layer->reduction * sizeof *rows);
    float *image = malloc(s.subject.calibration.numbers * sizeof *image);
    ck_assert(rows != NULL && image != NULL);
    ck_assert_uint_eq(layer->reduction, 9);
    ck_assert_msg(ng_row_source_read(&s.source, NG_PREFIX_FP32, 0, count, rows, &error), "%s", error.text);
    for (size_t i = 0; i < CALIBRATION; i++) {
        ck_assert(ng_dataset_fetch(&s.subject.calibration, s.order[i], image, &error));
        for (size_t position = 0; position < layer->positions; position++) {
            const float got = rows[(i * layer->positions + position) * 9 + 4];
            ck_assert(got >= image[position] && got <= image[position]);
        }
    }
    free(rows);
    free(image);
    tear_down(&s);
}
END_TEST

/* Fewer rows than there are: one from each stretch, and the same ones whichever way they are asked for, group by group. */
START_TEST(drawn_rows)
{
    enum { COUNT = 100 };
    rows_setting s;
    ng_error error;
    set_up(&s, "networks/mobile.onnx");
    s.source.layer = 1; /* depthwise or not: every group */
    const ng_layer *layer = &s.subject.plan.layers[1];
    const size_t size = COUNT * layer->reduction;
    float *first = malloc(2 * size * sizeof *first);
    ck_assert_ptr_nonnull(first);
    for (size_t group = 0; group < ng_layer_groups(layer); group += 3) {
        ck_assert(ng_row_source_read(&s.source, NG_PREFIX_FP32, group, COUNT, first, &error));
        ck_assert(ng_row_source_read(&s.source, NG_PREFIX_QUANTISED, group, COUNT, first + size, &error));
        ck_assert_int_eq(memcmp(first, first + size, size * sizeof *first), 0);
    }
    free(first);
    tear_down(&s);
}
END_TEST

/* ---- whole evaluations ------------------------------------------------------------------------------------------------ */

static const ng_setting whole[] = {
    {.recipe = "equalize+smoothquant+biascorr"},
    {.recipe = "hadamard+biascorr:analytic=1", .granularity = "tensor", .scales = "pow2"},
    {.granularity = "group:20", .bias = "accumulator", .keep_first = true},
    {.granularity = "input", .scales = "dyadic", .bias = "accumulator", .keep_last = true},
};

/* The same count of right answers for every number of threads; and more than chance. */
START_TEST(same_result_for_any_threads)
{
    static const char *const networks[] = {"networks/resnet8.onnx", "networks/mobile.onnx", "networks/vit4.onnx"};
    unsigned correct[3];
    ng_error error;
    ng_subject subject;
    ng_quantised quantised;
    ng_engine engine;
    ng_accuracy_request request = {.network = networks[_i % 3], .data = DATA, .weight = ng_format_find("int6"),
                                   .activation = ng_format_find("int6"), .calibration_images = CALIBRATION, .images = IMAGES,
                                   .setting = whole[_i]};
    ck_assert_msg(ng_subject_load(&subject, &request, &error), "%s", error.text);
    ck_assert_msg(ng_quantise(&subject, &request, &quantised, &error), "%s", error.text);
    ck_assert_msg(ng_engine_init(&engine, &subject.plan, &quantised.recipe, &error), "%s", error.text);
    for (request.threads = 1; request.threads <= 3; request.threads++) {
        ng_score score;
        ck_assert_msg(ng_evaluate(&subject, &engine, &request, &score, &error), "%s", error.text);
        correct[request.threads - 1] = score.correct;
    }
    ng_engine_free(&engine);
    ng_quantised_free(&quantised);
    ng_subject_free(&subject);
    ck_assert(correct[0] == correct[1] && correct[1] == correct[2]);
    ck_assert_uint_gt(correct[0], IMAGES / 2);
}
END_TEST

enum { LAYERS_MOST = 32, CHANNELS_MOST = 128 };

/* Sums of each layer's outputs over all positions of all images. */
typedef struct {
    const ng_plan *plan;
    double sum[LAYERS_MOST][CHANNELS_MOST];
} sums;

static bool add_outputs(void *context, size_t layer, const float *input, const float *output, size_t images, ng_error *error)
{
    sums *s = context;
    const ng_layer *l = &s->plan->layers[layer];
    (void)input;
    (void)error;
    for (size_t i = 0; i < images * l->positions * l->channels; i++) {
        s->sum[layer][i % l->channels] += (double)output[i];
    }
    return true;
}

/* What biascorr makes zero is zero in the network that comes out only if its calibration ran like that one: with attention
 * quantised. All rows are read, so only rounding is left. */
START_TEST(methods_see_attention_as_it_runs)
{
    static const char *const formats[] = {"int4", "mxfp4"};
    sums *s = calloc(2, sizeof *s);
    size_t *order;
    ng_error error;
    ng_subject subject;
    ng_quantised quantised;
    ng_engine engines[2];
    const ng_format *format = ng_format_find(formats[_i]);
    const ng_accuracy_request request = {.network = "networks/vit4.onnx", .data = DATA, .weight = format, .activation = format,
                                         .calibration_images = CALIBRATION, .images = IMAGES,
                                         .setting = {.recipe = "biascorr", .attention = "quantised"}};
    ck_assert_ptr_nonnull(s);
    ck_assert_msg(ng_subject_load(&subject, &request, &error), "%s", error.text);
    ck_assert_msg(ng_quantise(&subject, &request, &quantised, &error), "%s", error.text);
    ck_assert_msg(ng_calibration_draw(&subject, &request, &order, &error), "%s", error.text);
    const ng_recipe recipes[2] = {{.rule = NG_RULE_CEIL}, quantised.recipe};
    for (size_t i = 0; i < 2; i++) {
        s[i].plan = &subject.plan;
        ck_assert_msg(ng_engine_init(&engines[i], &subject.plan, &recipes[i], &error), "%s", error.text);
        ck_assert_msg(ng_calibration_run(&subject, &engines[i], order, CALIBRATION, 0, add_outputs, &s[i], &error), "%s", error.text);
        ng_engine_free(&engines[i]);
    }
    for (size_t i = 0; i < subject.plan.layer_count * CHANNELS_MOST; i++) {
        const double rows = (double)(CALIBRATION * subject.plan.layers[i / CHANNELS_MOST].positions);
        const double difference = (s[1].sum[i / CHANNELS_MOST][i % CHANNELS_MOST] - s[0].sum[i / CHANNELS_MOST][i % CHANNELS_MOST]) / rows;
        ck_assert_msg(fabs(difference) < 1e-4, "layer %zu, channel %zu: %g", i / CHANNELS_MOST, i % CHANNELS_MOST, difference);
    }
    free(order);
    free(s);
    ng_quantised_free(&quantised);
    ng_subject_free(&subject);
}
END_TEST

/* conv 3x3 -> relu -> mean -> gemm whose weights are int4 codes times 2^-k for input channel k. */
static const char *draft_columns(void)
{
    onnx_draft *d = onnx_new(13, 4, (int64_t[]){0, 1, 28, 28});
    float w[COLUMNS * 10];
    for (size_t i = 0; i < COLUMNS * 10; i++) {
        w[i] = ldexpf((float)(int)random_below(1, i, 15) - 7, -(int)(i / 10));
    }
    for (size_t k = 0; k < COLUMNS; k++) {
        w[k * 10] = ldexpf(7, -(int)k); /* the largest code is there, so no other power of two fits as well */
        w[k * 10 + 1] = ldexpf(1, -(int)k);
    }
    const char *y = onnx_node(d, "Conv", "image %s", onnx_random(d, 4, (int64_t[]){COLUMNS, 1, 3, 3}, 1));
    y = onnx_node(d, "Relu", "%s", y);
    y = onnx_node(d, "GlobalAveragePool", "%s", y);
    y = onnx_node(d, "Flatten", "%s", y);
    y = onnx_node(d, "MatMul", "%s %s", y, onnx_floats(d, 2, (int64_t[]){COLUMNS, 10}, w));
    onnx_finish(d, y);
    const char *path = scratch_path("columns.onnx");
    onnx_write(d, path);
    onnx_free(d);
    return path;
}

/* A scale for each input channel is what such weights ask for: they lose nothing, and the input carries the scale. */
START_TEST(scales_of_input_channels)
{
    const ng_accuracy_request request = {.network = draft_columns(), .data = DATA, .weight = ng_format_find("int4"),
                                         .activation = ng_format_find("int8"), .calibration_images = 4, .images = 1,
                                         .setting = {.granularity = "input", .scales = "pow2"}};
    ng_error error;
    ng_subject subject;
    ng_quantised quantised;
    ck_assert_msg(ng_subject_load(&subject, &request, &error), "%s", error.text);
    float before[COLUMNS * 10];
    memcpy(before, subject.plan.layers[1].weights, sizeof before);
    ck_assert_msg(ng_quantise(&subject, &request, &quantised, &error), "%s", error.text);
    const ng_layer *layer = &subject.plan.layers[1];
    float numbers[COLUMNS * 10];
    ng_weights_numbers(&quantised.weights[1], request.weight, numbers);
    for (size_t i = 0; i < COLUMNS * 10; i++) {
        const float factor = layer->factor[i % COLUMNS];
        const float wanted = ldexpf(1, -(int)(i % COLUMNS));
        ck_assert(factor >= wanted && factor <= wanted);
        const float got = numbers[i] * factor;
        ck_assert(got >= before[i] && got <= before[i]);
    }
    ng_quantised_free(&quantised);
    ng_subject_free(&subject);
}
END_TEST

static const char *text_of(const json_t *record, const char *name)
{
    const char *text = json_string_value(json_object_get(record, name));
    ck_assert_msg(text != NULL, "%s is no text", name);
    return text;
}

START_TEST(fields_of_a_recipe)
{
    ng_error error;
    json_t *record;
    const ng_accuracy_request request = {
        .network = "networks/resnet8.onnx", .data = DATA, .weight = ng_format_find("e2m1"), .activation = ng_format_find("e2m1"),
        .calibration_images = CALIBRATION, .images = IMAGES, .source_hash = "test_recipe",
        .setting = {.recipe = "biascorr+fpsearch", .granularity = "group:16", .last = ng_format_find("int8"), .keep_first = true}};
    ck_assert_msg(ng_accuracy(&request, &record, &error), "%s", error.text);
    ck_assert_str_eq(text_of(record, "recipe"), "fpsearch+biascorr");
    ck_assert_str_eq(text_of(record, "granularity"), "group:16");
    ck_assert_str_eq(text_of(record, "first"), "keep");
    ck_assert_str_eq(text_of(record, "last"), "int8");
    const json_t *layers = json_object_get(record, "layers");
    ck_assert_str_eq(text_of(json_array_get(layers, 0), "weights"), "fp32");
    ck_assert_str_eq(text_of(json_array_get(layers, 0), "arithmetic"), "fp32");
    ck_assert_str_eq(text_of(json_array_get(layers, json_array_size(layers) - 1), "activations"), "int8");
    json_decref(record);
}
END_TEST

/* Codes, and each scale once: the whole network's, from the shapes of resnet8's layers. */
START_TEST(storage_counts_every_scale_once)
{
    static const struct {
        ng_setting setting;
        unsigned bits;    /* of a scale */
        ng_granularity of;
    } rows[] = {{{.scales = "pow2"}, 8, NG_PER_CHANNEL}, {{.granularity = "tensor"}, 32, NG_PER_TENSOR},
                {{.granularity = "input", .scales = "dyadic"}, 23, NG_PER_INPUT}, {{.granularity = "group:9"}, 32, NG_PER_GROUP}};
    ng_error error;
    ng_subject subject;
    ng_quantised quantised;
    ng_engine engine;
    const ng_accuracy_request request = {.network = "networks/resnet8.onnx", .data = DATA, .weight = ng_format_find("int4"),
                                         .activation = ng_format_find("int4"), .calibration_images = 1, .images = 1,
                                         .setting = rows[_i].setting};
    ck_assert_msg(ng_subject_load(&subject, &request, &error), "%s", error.text);
    ck_assert_msg(ng_quantise(&subject, &request, &quantised, &error), "%s", error.text);
    ck_assert_msg(ng_engine_init(&engine, &subject.plan, &quantised.recipe, &error), "%s", error.text);
    for (size_t i = 0; i < subject.plan.layer_count; i++) {
        const ng_layer *l = &subject.plan.layers[i];
        const size_t scales = rows[_i].of == NG_PER_CHANNEL  ? l->channels
                              : rows[_i].of == NG_PER_TENSOR ? 1
                              : rows[_i].of == NG_PER_INPUT  ? l->window.channels
                                                             : l->channels * ((l->reduction + 8) / 9);
        ck_assert_uint_eq(engine.products[i].weight_bits, l->channels * l->reduction * 4 + scales * rows[_i].bits);
    }
    ng_engine_free(&engine);
    ng_quantised_free(&quantised);
    ng_subject_free(&subject);
}
END_TEST

Suite *ng_suite_recipe(void);

Suite *ng_suite_recipe(void)
{
    Suite *suite = suite_create("recipe");
    TCase *tcase = tcase_create("recipe");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_loop_test(tcase, methods_see_attention_as_it_runs, 0, 2);
    tcase_add_test(tcase, scales_of_input_channels);
    tcase_add_loop_test(tcase, canonical_words, 0, 8);
    tcase_add_loop_test(tcase, refused_words, 0, 14);
    tcase_add_test(tcase, rows_of_the_table);
    tcase_add_test(tcase, settings);
    tcase_add_test(tcase, all_rows);
    tcase_add_test(tcase, drawn_rows);
    tcase_add_loop_test(tcase, same_result_for_any_threads, 0, 4);
    tcase_add_test(tcase, fields_of_a_recipe);
    tcase_add_loop_test(tcase, storage_counts_every_scale_once, 0, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
