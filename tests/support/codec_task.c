#include "tests/support/codec_task.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/random.h"

float codec_task_input(const codec_task *made, size_t group, size_t row, size_t k)
{
    const uint64_t index = (group * CODEC_SAMPLES + row) * made->task.reduction + k;
    /* Inputs differ in size, and some are 0 as behind a ReLU. */
    const float x = (float)random_double(made->task.seed + 77, index, -3, 1) * ldexpf(1, (int)(k % 5) - 2);
    return x < 0 && k % 3 == 0 ? 0 : x;
}

static bool read_rows(void *context, ng_prefix prefix, size_t group, size_t count, float *rows, ng_error *error)
{
    const codec_task *made = context;
    (void)prefix;
    (void)error;
    for (size_t i = 0; i < count * made->task.reduction; i++) {
        rows[i] = codec_task_input(made, group, i / made->task.reduction, i % made->task.reduction);
    }
    return true;
}

void codec_task_init(codec_task *made, uint64_t seed, const char *weight, const char *activation, size_t channels,
                     size_t reduction, size_t groups)
{
    const ng_format *w = ng_format_find(weight);
    const ng_format *a = ng_format_find(activation);
    ck_assert_ptr_nonnull(w);
    ck_assert_ptr_nonnull(a);
    *made = (codec_task){.weights = malloc(channels * reduction * sizeof(float)), .bias = calloc(channels, sizeof(float))};
    ck_assert_ptr_nonnull(made->weights);
    ck_assert_ptr_nonnull(made->bias);
    for (size_t i = 0; i < channels * reduction; i++) {
        made->weights[i] = (float)random_double(seed, i, -6, 0) * ldexpf(1, (int)(i / reduction % 4));
    }
    made->task = (ng_layer_task){.name = "layer", .weights = made->weights, .bias = made->bias, .channels = channels,
                                 .reduction = reduction, .groups = groups, .inputs = reduction, .weight = w,
                                 .activation = a, .scale = 1, .seed = seed, .samples = CODEC_SAMPLES,
                                 .read_rows = read_rows, .context = made};
    if (w->block == 0) {
        ng_grid_init(&made->task.grid, w);
        ng_grid_init(&made->task.activation_grid, a);
    }
}

void codec_task_free(codec_task *made)
{
    free(made->weights);
    free(made->bias);
    *made = (codec_task){0};
}

bool codec_task_run(const codec_task *made, const char *text, ng_weights *weights, ng_error *error)
{
    ng_methods methods;
    *weights = (ng_weights){0};
    ck_assert_msg(ng_methods_read(text, &methods, error), "%s", error->text);
    for (size_t i = 0; i < methods.count; i++) {
        const ng_method *method = methods.items[i].method;
        if (strncmp(method->name, text, strlen(method->name)) == 0) {
            return method->layer(&made->task, &methods.items[i], weights, error);
        }
    }
    ck_abort_msg("no method '%s'", text);
    return false;
}

double codec_task_error(const codec_task *made, const ng_weights *weights)
{
    const size_t count = made->task.channels * made->task.reduction;
    float *numbers = malloc(count * sizeof *numbers);
    double sum = 0;
    ck_assert_ptr_nonnull(numbers);
    ng_weights_numbers(weights, made->task.weight, numbers);
    for (size_t i = 0; i < count; i++) {
        sum += pow((double)made->weights[i] - (double)numbers[i], 2);
    }
    free(numbers);
    return sum;
}
