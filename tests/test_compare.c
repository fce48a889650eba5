/* Exact arithmetic against its emulation: the interval against its formula by other means, both accuracies against those of
 * `accuracy`, image counts against a loop over the engines of two separately quantised networks. */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "src/accuracy/quantise.h"
#include "src/compare/compare.h"
#include "src/compare/paired.h"

#define NETWORK "networks/vit4.onnx"
#define DATA "/usr/share/datasets/fashion-mnist"

enum { IMAGES = 200 };

static ng_accuracy_request make_request(const char *weight, const char *activation)
{
    return (ng_accuracy_request){.network = NETWORK, .data = DATA, .weight = ng_format_find(weight),
                                 .activation = ng_format_find(activation), .calibration_images = 32, .images = IMAGES,
                                 .source_hash = "test_compare"};
}

static double number(const json_t *record, const char *name)
{
    const json_t *value = json_object_get(record, name);
    ck_assert_msg(json_is_number(value), "%s is no number", name);
    return json_number_value(value);
}

/* The variance of a mean of (n + 2) values of which b + 1 are 1, c + 1 are -1 and the others 0. */
static double half_width(unsigned images, unsigned first, unsigned second)
{
    const double n = images + 2.0;
    const double mean = ((double)first - (double)second) / n;
    const double b = first + 1.0;
    const double c = second + 1.0;
    const double variance = (b * pow(1 - mean, 2) + c * pow(-1 - mean, 2) + (n - b - c) * mean * mean) / n;
    return 100 * 1.959963984540054 * sqrt(variance / n);
}

START_TEST(intervals)
{
    static const unsigned cases[][3] = {{10000, 0, 0}, {10000, 30, 20}, {10000, 500, 500}, {7, 7, 0}, {1, 0, 1}, {200, 3, 90}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const ng_paired tally = {.images = cases[i][0], .first_only = cases[i][1], .second_only = cases[i][2]};
        ck_assert_double_eq_tol(ng_paired_interval95(&tally), half_width(cases[i][0], cases[i][1], cases[i][2]), 1e-9);
    }
    const ng_paired tally = {.images = 10000, .both = 9000, .first_only = 30, .second_only = 20, .differ = 70};
    ck_assert_double_eq_tol(ng_paired_first(&tally), 90.3, 1e-9);
    ck_assert_double_eq_tol(ng_paired_second(&tally), 90.2, 1e-9);
    ck_assert_double_eq_tol(ng_paired_difference(&tally), 0.1, 1e-9);
    ck_assert_double_eq_tol(ng_paired_interval95(&tally), 0.141, 5e-4);
}
END_TEST

/* Both accuracies are those that each arithmetic has by itself. */
static void check_accuracies(ng_accuracy_request request)
{
    static const char *const ariths[] = {"exact", "fake"};
    static const char *const names[] = {"exact_top1_pct", "fake_top1_pct"};
    ng_error error;
    json_t *both;
    ck_assert_msg(ng_compare(&request, &both, &error), "%s", error.text);
    for (size_t i = 0; i < 2; i++) {
        json_t *record;
        request.setting.arith = ariths[i];
        ck_assert_msg(ng_accuracy(&request, &record, &error), "%s", error.text);
        ck_assert_double_eq_tol(number(both, names[i]), number(record, "top1_pct"), 1e-9);
        json_decref(record);
    }
    const double discordant = number(both, "exact_only") + number(both, "fake_only");
    ck_assert_double_eq(number(both, "images"), IMAGES);
    ck_assert_double_ge(number(both, "differ"), discordant);
    ck_assert_double_eq_tol(number(both, "difference_points"), number(both, "exact_top1_pct") - number(both, "fake_top1_pct"), 1e-9);
    json_decref(both);
}

START_TEST(accuracies_are_those_of_each)
{
    check_accuracies(make_request("e5m2", "e5m2"));
    check_accuracies(make_request("mxint8", "mxint8"));
    ng_accuracy_request request = make_request("int3", "int3");
    request.setting.attention = "quantised";
    request.setting.bias = "accumulator";
    check_accuracies(request);
}
END_TEST

static size_t best_of(const float *scores, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        best = scores[i] > scores[best] ? i : best;
    }
    return best;
}

/* The classes that one arithmetic predicts, image by image. */
static void predict(ng_accuracy_request request, const char *arith, size_t classes[IMAGES])
{
    ng_subject subject;
    ng_quantised quantised;
    ng_engine engine;
    ng_workspace workspace;
    ng_error error;
    request.setting.arith = arith;
    ck_assert_msg(ng_subject_load(&subject, &request, &error), "%s", error.text);
    ck_assert_msg(ng_quantise(&subject, &request, &quantised, &error), "%s", error.text);
    ck_assert_msg(ng_engine_init(&engine, &subject.plan, &quantised.recipe, &error), "%s", error.text);
    ck_assert_msg(ng_workspace_init(&workspace, &engine, 1, &error), "%s", error.text);
    float *input = malloc(subject.test.numbers * sizeof *input);
    ck_assert_ptr_nonnull(input);
    for (unsigned i = 0; i < IMAGES; i++) {
        ck_assert(ng_dataset_fetch(&subject.test, i, input, &error));
        ck_assert(ng_engine_run(&engine, &workspace, input, 1, NULL, NULL, &error));
        classes[i] = best_of(workspace.logits, ng_shape_count(&subject.plan.output.shape));
    }
    free(input);
    ng_workspace_free(&workspace, &engine);
    ng_engine_free(&engine);
    ng_quantised_free(&quantised);
    ng_subject_free(&subject);
}

START_TEST(predictions_are_counted)
{
    static size_t exact[IMAGES];
    static size_t fake[IMAGES];
    const ng_accuracy_request request = make_request("int8", "int8");
    unsigned differ = 0;
    ng_error error;
    json_t *record;
    predict(request, "exact", exact);
    predict(request, "fake", fake);
    for (size_t i = 0; i < IMAGES; i++) {
        differ += exact[i] != fake[i];
    }
    ck_assert_msg(ng_compare(&request, &record, &error), "%s", error.text);
    ck_assert_double_eq(number(record, "differ"), differ);
    json_decref(record);
}
END_TEST

START_TEST(refused)
{
    ng_accuracy_request request = make_request("int8", "int8");
    ng_error error;
    json_t *record;
    request.setting.integer_only = true;
    ck_assert(!ng_compare(&request, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    request.setting.integer_only = false;
    request.setting.recipe = "layercast";
    ck_assert(!ng_compare(&request, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_ptr_null(record);
}
END_TEST

Suite *ng_suite_compare(void);

Suite *ng_suite_compare(void)
{
    Suite *suite = suite_create("compare");
    TCase *tcase = tcase_create("compare");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, intervals);
    tcase_add_test(tcase, accuracies_are_those_of_each);
    tcase_add_test(tcase, predictions_are_counted);
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
