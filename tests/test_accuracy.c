/* The interface of the evaluation: the record's fields, the store, and what is refused. */
#include <check.h>
#include <math.h>

#include <string.h>

#include "src/accuracy/accuracy.h"

enum { IMAGES = 300 };

#define DATA "/usr/share/datasets/fashion-mnist"
#define NETWORK "networks/resnet8.onnx"

static ng_accuracy_request make_request(const char *weight, const char *activation)
{
    return (ng_accuracy_request){.network = NETWORK, .data = DATA, .weight = ng_format_find(weight),
                                 .activation = ng_format_find(activation), .calibration_images = 32, .images = IMAGES,
                                 .source_hash = "test_accuracy"};
}

static double number(const json_t *record, const char *name)
{
    const json_t *value = json_object_get(record, name);
    ck_assert_msg(json_is_number(value), "%s is no number", name);
    return json_number_value(value);
}

static const char *text(const json_t *record, const char *name)
{
    const char *value = json_string_value(json_object_get(record, name));
    ck_assert_msg(value != NULL, "%s is no text", name);
    return value;
}

static void count_progress(void *context, unsigned done, unsigned total)
{
    unsigned *last = context;
    ck_assert(total == IMAGES && done <= total);
    ck_assert(done > *last || *last == total); /* fp32 first, then the pair */
    *last = done;
}

/* sum over the layers of channels * (reduction * 8 + 32), from the shapes of the network. */
START_TEST(fields_of_a_scalar_pair)
{
    ng_accuracy_request request = make_request("int8", "int8");
    ng_error error;
    json_t *record;
    unsigned done = 0;
    request.progress = count_progress;
    request.context = &done;
    request.source_hash = "test_accuracy, with progress";
    ck_assert_msg(ng_accuracy(&request, &record, &error), "%s", error.text);
    ck_assert(done == 0 || done == IMAGES); /* 0: found in the store */
    ck_assert_str_eq(text(record, "network"), "resnet8");
    ck_assert_str_eq(text(record, "weights"), "int8");
    ck_assert_str_eq(text(record, "activations"), "int8");
    ck_assert_str_eq(text(record, "calibration"), "mse");
    ck_assert_double_ge(number(record, "top1_pct"), 80);
    ck_assert_double_ge(number(record, "fp32_top1_pct"), 80);
    ck_assert_double_gt(number(record, "images_per_s"), 0);
    ck_assert_double_eq(number(record, "images"), IMAGES);
    ck_assert_double_eq(number(record, "accumulator_bits"), 25);
    ck_assert_double_eq(number(record, "terms"), 576);
    ck_assert_double_eq(number(record, "calibration_images"), 32);
    ck_assert_double_eq(number(record, "seed"), 0);
    ck_assert_double_eq(number(record, "weight_bits"), 627648);
    const double share = number(record, "top1_pct") / 100;
    ck_assert_double_eq_tol(number(record, "interval95_pct"), 196 * sqrt(share * (1 - share) / IMAGES), 0.1);
    ck_assert_uint_eq(strlen(text(record, "network_sha256")), 64);
    ck_assert_uint_eq(strlen(text(record, "data_sha256")), 64);
    const json_t *layers = json_object_get(record, "layers");
    ck_assert_uint_eq(json_array_size(layers), 10);
    ck_assert_str_eq(text(json_array_get(layers, 0), "name"), "/stem/conv/Conv");
    ck_assert_str_eq(text(json_array_get(layers, 0), "arithmetic"), "float24");
    ck_assert_double_eq(number(json_array_get(layers, 9), "reduction"), 64);
    json_decref(record);
}
END_TEST

START_TEST(fields_of_a_block_pair)
{
    const ng_accuracy_request request = make_request("mxfp4", "mxfp4");
    ng_error error;
    json_t *record;
    ck_assert_msg(ng_accuracy(&request, &record, &error), "%s", error.text);
    ck_assert_double_eq(number(record, "terms"), 32);
    ck_assert_double_eq(number(record, "calibration_images"), 0);
    ck_assert_str_eq(text(record, "calibration"), "ceil");
    ck_assert_str_eq(text(json_array_get(json_object_get(record, "layers"), 3), "arithmetic"), "block");
    json_decref(record);
}
END_TEST

/* The rules of block scales by name; "auto" and names of scalar methods are the default. */
START_TEST(rules_of_block_scales)
{
    static const char *const names[][2] = {{"round", "round"}, {"mse", "mse"}, {"auto", "ceil"}, {"p99.9", "ceil"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ng_accuracy_request request = make_request("mxfp4", "mxfp4");
        ng_error error;
        json_t *record;
        request.calibration = names[i][0];
        ck_assert_msg(ng_accuracy(&request, &record, &error), "%s", error.text);
        ck_assert_str_eq(text(record, "calibration"), names[i][1]);
        ck_assert_double_ge(number(record, "top1_pct"), 50);
        json_decref(record);
    }
}
END_TEST

/* Elements with specials, of sign and magnitude, and scales of two levels, of which alone the tensor's come from images. */
START_TEST(other_blocks)
{
    static const struct {
        const char *format;
        const char *calibration;
        double bits;
        bool images;
    } rows[] = {{"mxfp8_e4m3", "ceil", 42, false}, {"mxfp8_e5m2", "ceil", 72, false}, {"msfp12", "floor", 11, false},
                {"msfp16", "floor", 19, false},    {"nvfp4", "round", 13, true}};
    ng_accuracy_request request = make_request(rows[_i].format, rows[_i].format);
    ng_error error;
    json_t *record;
    ck_assert_msg(ng_accuracy(&request, &record, &error), "%s", error.text);
    ck_assert_str_eq(text(record, "calibration"), rows[_i].calibration);
    ck_assert_str_eq(text(json_array_get(json_object_get(record, "layers"), 0), "arithmetic"), "block");
    ck_assert_double_eq(number(record, "accumulator_bits"), rows[_i].bits);
    ck_assert((number(record, "calibration_images") > 0) == rows[_i].images);
    ck_assert(json_is_true(json_object_get(record, "circuit")));
    ck_assert_double_ge(number(record, "top1_pct"), 75);
    json_decref(record);
}
END_TEST

/* The second time the record comes from the store: the very speed of the first run stands in it. */
START_TEST(found_again)
{
    ng_accuracy_request request = make_request("int4", "int4");
    ng_error error;
    json_t *first;
    json_t *second;
    json_t *other;
    ck_assert_msg(ng_accuracy(&request, &first, &error), "%s", error.text);
    ck_assert_msg(ng_accuracy(&request, &second, &error), "%s", error.text);
    ck_assert_double_eq_tol(number(first, "images_per_s"), number(second, "images_per_s"), 1e-6);
    request.seed = 7;
    ck_assert_msg(ng_accuracy(&request, &other, &error), "%s", error.text);
    ck_assert_double_eq(number(other, "seed"), 7);
    json_decref(first);
    json_decref(second);
    json_decref(other);
}
END_TEST

static void check_refused(const ng_accuracy_request *request, int code, const char *part)
{
    ng_error error;
    json_t *record;
    ck_assert(!ng_accuracy(request, &record, &error));
    ck_assert_ptr_null(record);
    ck_assert_int_eq(error.exit_code, code);
    ck_assert_msg(strstr(error.text, part) != NULL, "'%s' lacks '%s'", error.text, part);
}

START_TEST(refusals)
{
    ng_accuracy_request request = make_request("int8", "lns8f3");
    check_refused(&request, NG_EXIT_USAGE, "no datapath multiplies int8 by lns8f3");
    request = make_request("nvfp4", "nvfp4");
    request.setting.recipe = "gptq";
    check_refused(&request, NG_EXIT_USAGE, "nvfp4 has a scale for each tensor");
    request = make_request("bfp12", "bfp12");
    check_refused(&request, NG_EXIT_USAGE, "no datapath multiplies bfp12 by bfp12");
    request = make_request("int8", "int8");
    request.calibration = "guess";
    check_refused(&request, NG_EXIT_USAGE, "no calibration method 'guess'");
    request = make_request("int8", "int8");
    request.images = 10001;
    check_refused(&request, NG_EXIT_USAGE, "10001 images asked for, the test set has 10000");
    request.images = 10;
    request.data = "networks";
    check_refused(&request, NG_EXIT_MISSING, "t10k-images-idx3-ubyte");
    request.data = DATA;
    request.network = "networks/train.py";
    check_refused(&request, NG_EXIT_USAGE, "networks/train.py: not an ONNX file: byte 0");
}
END_TEST

Suite *ng_suite_accuracy(void);

Suite *ng_suite_accuracy(void)
{
    Suite *suite = suite_create("accuracy");
    TCase *tcase = tcase_create("accuracy");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, fields_of_a_scalar_pair);
    tcase_add_test(tcase, fields_of_a_block_pair);
    tcase_add_test(tcase, rules_of_block_scales);
    tcase_add_loop_test(tcase, other_blocks, 0, 5);
    tcase_add_test(tcase, found_again);
    tcase_add_test(tcase, refusals);
    suite_add_tcase(suite, tcase);
    return suite;
}
