/* Recipes that store weights in another form, through the whole evaluation: what their records say, and what must be equal. */
#include <check.h>
#include <string.h>

#include "src/accuracy/accuracy.h"

#define DATA "/usr/share/datasets/fashion-mnist"
#define NETWORK "networks/resnet8.onnx"

enum { IMAGES = 60 };

static json_t *evaluate(const char *weight, const char *activation, const char *recipe, unsigned threads)
{
    const ng_accuracy_request request = {
        .network = NETWORK, .data = DATA, .weight = ng_format_find(weight), .activation = ng_format_find(activation),
        .setting = {.recipe = recipe}, .calibration_images = 16, .images = IMAGES, .threads = threads,
        .source_hash = threads == 1 ? "test_codecs" : "test_codecs, threads"};
    ng_error error;
    json_t *record;
    ck_assert_msg(ng_accuracy(&request, &record, &error), "%s: %s", recipe, error.text);
    return record;
}

static const char *text(const json_t *record, const char *name)
{
    const char *value = json_string_value(json_object_get(record, name));
    ck_assert_msg(value != NULL, "%s is no text", name);
    return value;
}

static double number(const json_t *record, const char *name)
{
    const json_t *value = json_object_get(record, name);
    ck_assert_msg(json_is_number(value), "%s is no number", name);
    return json_number_value(value);
}

/* Weights of resnet8's layers, and their channels. */
enum { WEIGHTS = 77072, CHANNELS = 346 };

static const struct {
    const char *weight;
    const char *activation;
    const char *recipe;
    bool fp32;
    int planes;
    double bits; /* 0: not given here */
} rows[] = {
    {"int8", "int8", "codebook:bits=3", false, 1, WEIGHTS * 3 + CHANNELS * 32 + 10 * 8 * 8},
    {"e4m3", "e4m3", "codebook:bits=4,channel=1", false, 1, WEIGHTS * 4 + CHANNELS * (32 + 16 * 8)},
    {"int8", "int8", "vptq:bits=6", false, 1, 0},
    {"dense4", "int8", "shift", false, 1, WEIGHTS * 4 + CHANNELS * 32},
    {"apot4k2", "int8", "shift:log=0,refit=1", false, 1, WEIGHTS * 4 + CHANNELS * 32},
    {"int8", "int8", "nupes", false, 1, WEIGHTS * 4 + CHANNELS * 32 + 10 * 16 * 8},
    {"int4", "int8", "nested", false, 2, WEIGHTS * 8 + CHANNELS * 32},
    {"int4", "int8", "nested:rule=2", false, 1, WEIGHTS * 8 + CHANNELS * 32},
    {"binary", "int4", "bases:count=3", false, 3, 3 * (WEIGHTS + CHANNELS * 32)},
    {"mxfp4", "mxfp4", "ksort", false, 1, 0},
    {"mxfp4", "mxfp4", "ksort+biascorr", false, 1, 0},
    {"bf16", "int8", "layercast", true, 1, WEIGHTS * 16},
    {"nf4", "nf4", "layercast+biascorr", true, 1, WEIGHTS * 4 + CHANNELS * 32},
    {"bf16", "bf16", "dfloat", true, 1, 0},
    {"fp16", "fp16", "bitstack:planes=2", true, 1, 0},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

START_TEST(records)
{
    json_t *record = evaluate(rows[_i].weight, rows[_i].activation, rows[_i].recipe, 1);
    ck_assert_str_eq(text(record, "compute"), rows[_i].fp32 ? "fp32" : "exact");
    ck_assert_str_eq(text(record, "activations"), rows[_i].fp32 ? "fp32" : rows[_i].activation);
    ck_assert(!rows[_i].fp32 || !json_is_true(json_object_get(record, "circuit")));
    ck_assert((json_object_get(record, "accumulator_bits") == NULL) == rows[_i].fp32);
    ck_assert_double_eq(number(record, "planes"), rows[_i].planes);
    ck_assert(rows[_i].bits <= 0 || number(record, "weight_bits") == rows[_i].bits);
    const json_t *layer;
    size_t i;
    json_array_foreach(json_object_get(record, "layers"), i, layer) {
        ck_assert((strcmp(text(layer, "arithmetic"), "fp32") == 0) == rows[_i].fp32);
    }
    json_t *again = evaluate(rows[_i].weight, rows[_i].activation, rows[_i].recipe, 3);
    ck_assert_double_eq_tol(number(again, "top1_pct"), number(record, "top1_pct"), 1e-9); /* the store rounds */
    ck_assert_double_eq(number(again, "weight_bits"), number(record, "weight_bits"));
    json_decref(again);
    json_decref(record);
}
END_TEST

/* DFloat11 changes no bit: the accuracy of the bf16 weights, in fewer bits. */
START_TEST(lossless)
{
    json_t *plain = evaluate("bf16", "bf16", "layercast", 1);
    json_t *coded = evaluate("bf16", "bf16", "dfloat", 1);
    ck_assert_double_eq_tol(number(coded, "top1_pct"), number(plain, "top1_pct"), 1e-9);
    ck_assert_double_lt(number(coded, "weight_bits"), 0.75 * number(plain, "weight_bits"));
    json_decref(plain);
    json_decref(coded);
}
END_TEST

/* Formats that no datapath multiplies are refused where something would have to. */
START_TEST(storage_needs_its_method)
{
    const ng_accuracy_request request = {.network = NETWORK, .data = DATA, .weight = ng_format_find("bf16"),
                                         .activation = ng_format_find("bf16"), .images = IMAGES};
    ng_error error;
    json_t *record;
    ck_assert(!ng_accuracy(&request, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_ptr_null(record);
}
END_TEST

Suite *ng_suite_codecs(void);

Suite *ng_suite_codecs(void)
{
    Suite *suite = suite_create("codecs");
    TCase *tcase = tcase_create("codecs");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, records, 0, ROWS);
    tcase_add_test(tcase, lossless);
    tcase_add_test(tcase, storage_needs_its_method);
    suite_add_tcase(suite, tcase);
    return suite;
}
