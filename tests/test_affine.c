/* Learned transforms of a layer's inputs: the layer stays what it is, outliers whose cure is known are cured, and the bundled
 * transformer keeps its accuracy. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/accuracy/accuracy.h"
#include "src/quantize/affine.h"
#include "tests/support/layers.h"

enum { CHANNELS = 12, COUNT = 96, INPUTS = 24, SQUARE = 16 };

typedef struct {
    float w[CHANNELS * INPUTS];
    float x[COUNT * INPUTS];
    float matrix[INPUTS * INPUTS];
    float folded[CHANNELS * INPUTS];
    double error[2];
} fixture;

static void learn(fixture *f, const char *format, unsigned steps, bool hadamard, size_t n)
{
    const ng_format *found = ng_format_find(format);
    const ng_affine_options options = {.weight = found, .activation = found, .rule = NG_RULE_CEIL, .steps = steps, .rate = 0.01,
                                       .hadamard = hadamard};
    ck_assert(ng_affine_learn(&options, f->w, CHANNELS, f->x, COUNT, n, f->matrix, f->folded, f->error));
}

/* w = folded * R on every channel, as far as fp32 goes. */
static void check_pair(const fixture *f, size_t n)
{
    for (size_t i = 0; i < CHANNELS * n; i++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++) {
            sum += (double)f->folded[i / n * n + k] * (double)f->matrix[k * n + i % n];
        }
        ck_assert_double_eq_tol(sum, (double)f->w[i], 1e-4);
    }
}

START_TEST(same_layer_less_error)
{
    static const struct {
        const char *format;
        bool hadamard;
        size_t n;
    } rows[] = {{"int4", false, INPUTS}, {"int4", true, SQUARE}, {"e2m1", false, INPUTS}, {"e3m2", true, SQUARE}};
    fixture *f = malloc(sizeof *f);
    for (uint64_t seed = 0; seed < 3; seed++) {
        const size_t n = rows[_i].n;
        layer_weights(seed, CHANNELS, n, f->w);
        layer_rows(seed + 9, COUNT, n, f->x);
        for (size_t i = 0; i < COUNT; i++) {
            f->x[i * n + 3] *= 20; /* an outlier */
        }
        learn(f, rows[_i].format, 100, rows[_i].hadamard, n);
        ck_assert_double_lt(f->error[1], 0.7 * f->error[0]);
        check_pair(f, n);
    }
    free(f);
}
END_TEST

/* Channels of inputs four times too large or too small, met by weights that make up for it: evening them out costs nothing, and gets the error
 * to where it is when they are even from the start, but for a factor of two. */
START_TEST(known_cure)
{
    fixture *even = malloc(sizeof *even);
    fixture *odd = malloc(sizeof *odd);
    layer_weights(5, CHANNELS, INPUTS, even->w);
    layer_rows(6, COUNT, INPUTS, even->x);
    memcpy(odd, even, sizeof *odd);
    for (size_t i = 0; i < INPUTS; i += 4) {
        const float factor = i % 8 == 0 ? 4 : 0.25F;
        for (size_t c = 0; c < CHANNELS; c++) {
            odd->w[c * INPUTS + i] /= factor;
        }
        for (size_t row = 0; row < COUNT; row++) {
            odd->x[row * INPUTS + i] *= factor;
        }
    }
    learn(even, "int6", 1, false, INPUTS);
    learn(odd, "int6", 400, false, INPUTS);
    ck_assert_double_gt(odd->error[0], 4 * even->error[0]); /* the ill is there */
    ck_assert_double_lt(odd->error[1], 2 * even->error[0]);
    free(even);
    free(odd);
}
END_TEST

/* Nothing to gain: inputs and weights that are values of the format stay as exact as they are. */
START_TEST(exact_stays_exact)
{
    fixture *f = malloc(sizeof *f);
    for (size_t i = 0; i < CHANNELS * SQUARE; i++) {
        f->w[i] = (float)((int)(i * 5 % 15) - 7);
    }
    for (size_t i = 0; i < COUNT * SQUARE; i++) {
        f->x[i] = (float)((int)(i * 11 % 15) - 7);
    }
    learn(f, "int4", 40, true, SQUARE);
    ck_assert_double_eq_tol(f->error[0], 0, 1e-20);
    ck_assert_double_le(f->error[1], f->error[0]);
    for (size_t i = 0; i < SQUARE * SQUARE; i++) {
        ck_assert_float_eq(f->matrix[i], i / SQUARE == i % SQUARE ? 1 : 0);
    }
    free(f);
}
END_TEST

static double top1(const char *recipe, const char *format)
{
    const ng_accuracy_request request = {.network = "networks/vit4.onnx", .data = "/usr/share/datasets/fashion-mnist",
                                         .weight = ng_format_find(format), .activation = ng_format_find(format),
                                         .calibration_images = 32, .images = 300, .source_hash = "test_affine",
                                         .setting = {.recipe = recipe}};
    ng_error error;
    json_t *record;
    ck_assert_msg(ng_accuracy(&request, &record, &error), "%s", error.text);
    const double value = json_number_value(json_object_get(record, "top1_pct"));
    json_decref(record);
    return value;
}

START_TEST(transformer_keeps_its_accuracy)
{
    const double plain = top1("", "int8");
    ck_assert_double_gt(top1("flatquant:steps=5,samples=64", "int8"), plain - 2);
    ck_assert_double_gt(top1("flatquant:steps=5,samples=64,hadamard=0", "int8"), plain - 2);
}
END_TEST

Suite *ng_suite_affine(void);

Suite *ng_suite_affine(void)
{
    Suite *suite = suite_create("affine");
    TCase *tcase = tcase_create("affine");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, same_layer_less_error, 0, 4);
    tcase_add_test(tcase, known_cure);
    tcase_add_test(tcase, exact_stays_exact);
    tcase_add_test(tcase, transformer_keeps_its_accuracy);
    suite_add_tcase(suite, tcase);
    return suite;
}
