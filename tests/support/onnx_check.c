#include "tests/support/onnx_check.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/ref/ref_onnx.h"
#include "tests/support/random.h"

void onnx_scratch(const onnx_draft *draft, char path[ONNX_PATH_SIZE])
{
    (void)snprintf(path, ONNX_PATH_SIZE, "/tmp/ng_draft_XXXXXX");
    const int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(close(fd), 0);
    onnx_write(draft, path);
}

/* Random images in [-1, 1), as the engine takes them and as the oracle does. */
static float *random_input(const ng_shape *shape, size_t images, ref_tensor *tensor)
{
    const size_t count = images * ng_shape_count(shape);
    float *input = malloc(count * sizeof *input);
    *tensor = (ref_tensor){.rank = shape->rank, .size = {images}, .numbers = malloc(count * sizeof(double))};
    ck_assert(input != NULL && tensor->numbers != NULL);
    for (unsigned i = 1; i < shape->rank; i++) {
        tensor->size[i] = shape->size[i];
    }
    for (size_t i = 0; i < count; i++) {
        input[i] = (float)((double)(random_bits(91, i) >> 11) * 0x1p-52 - 1);
        tensor->numbers[i] = (double)input[i];
    }
    return input;
}

static void compare(const float *got, size_t count, const ref_tensor *expected, double tolerance, const char *what)
{
    double largest = 0;
    ck_assert_msg(count == ref_count(expected), "%s: %zu numbers, not %zu", what, count, ref_count(expected));
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, isfinite(expected->numbers[i]) ? fabs(expected->numbers[i]) : 0);
    }
    for (size_t i = 0; i < count; i++) {
        const double wanted = expected->numbers[i];
        const bool same = isfinite(wanted) ? fabs((double)got[i] - wanted) <= tolerance * largest
                                           : isnan(wanted) ? isnan(got[i]) : (double)got[i] >= wanted && (double)got[i] <= wanted;
        ck_assert_msg(same, "%s: number %zu of %zu is %.9g, not %.9g", what, i, count, (double)got[i], wanted);
    }
}

void onnx_check_file(const char *path, const Onnx__ModelProto *model, size_t images, double tolerance, const char *what)
{
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    ng_network network;
    ng_plan plan;
    ng_engine engine;
    ng_workspace workspace;
    ng_error error;
    ref_tensor tensor;
    ck_assert_msg(ng_network_load(path, &network, &error), "%s: %s", what, error.text);
    ck_assert_msg(ng_plan_init(&plan, &network, &error), "%s: %s", what, error.text);
    ck_assert_msg(ng_engine_init(&engine, &plan, &recipe, &error), "%s: %s", what, error.text);
    ck_assert_msg(ng_workspace_init(&workspace, &engine, images, &error), "%s: %s", what, error.text);
    float *input = random_input(&plan.input.shape, images, &tensor);
    ck_assert_msg(ng_engine_run(&engine, &workspace, input, images, NULL, NULL, &error), "%s: %s", what, error.text);
    ref_tensor expected = ref_onnx_run(model, &tensor);
    compare(workspace.logits, images * ng_shape_count(&plan.output.shape), &expected, tolerance, what);
    free(expected.numbers);
    free(tensor.numbers);
    free(input);
    ng_workspace_free(&workspace, &engine);
    ng_engine_free(&engine);
    ng_plan_free(&plan);
    ng_network_free(&network);
}

void onnx_check(const onnx_draft *draft, size_t images, double tolerance, const char *what)
{
    char path[ONNX_PATH_SIZE];
    onnx_scratch(draft, path);
    onnx_check_file(path, onnx_model(draft), images, tolerance, what);
    ck_assert_int_eq(unlink(path), 0);
}

void onnx_check_refused(const onnx_draft *draft, const char *text)
{
    char path[ONNX_PATH_SIZE];
    ng_network network;
    ng_error error;
    onnx_scratch(draft, path);
    const bool loads = ng_network_load(path, &network, &error);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_msg(!loads, "loads: '%s' expected", text);
    ck_assert_msg(error.exit_code == NG_EXIT_USAGE, "exit code %d: %s", error.exit_code, error.text);
    ck_assert_msg(strncmp(error.text, path, strlen(path)) == 0, "no file name: %s", error.text);
    ck_assert_msg(strstr(error.text, text) != NULL, "'%s' lacks '%s'", error.text, text);
}
