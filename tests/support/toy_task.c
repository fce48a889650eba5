#include "tests/support/toy_task.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static bool read_rows(void *context, ng_prefix prefix, size_t group, size_t count, float *rows, ng_error *error)
{
    const toy_task *toy = context;
    (void)group;
    (void)error;
    ck_assert_uint_le(count, toy->count);
    memcpy(rows, toy->rows[prefix], count * toy->task.reduction * sizeof *rows);
    return true;
}

void toy_task_make(toy_task *toy, const char *weight, const char *activation, float scale, const float *weights, size_t channels,
                   size_t reduction, const float *rows, size_t count)
{
    *toy = (toy_task){.rows = {rows, rows}, .count = count, .zeros = calloc(channels, sizeof(float))};
    ck_assert_ptr_nonnull(toy->zeros);
    toy->task = (ng_layer_task){.name = "toy", .weights = weights, .bias = toy->zeros, .channels = channels,
                                .reduction = reduction, .groups = 1, .inputs = reduction, .weight = ng_format_find(weight),
                                .activation = ng_format_find(activation), .scale = scale, .seed = 1, .samples = count,
                                .read_rows = read_rows, .context = toy};
    ck_assert_ptr_nonnull(toy->task.weight);
    ck_assert_ptr_nonnull(toy->task.activation);
    if (toy->task.weight->block == 0) {
        ng_grid_init(&toy->task.grid, toy->task.weight);
        ng_grid_init(&toy->task.activation_grid, toy->task.activation);
    }
}

void toy_task_free(toy_task *toy)
{
    free(toy->zeros);
}

void toy_choice(const char *recipe, ng_method_choice *choice)
{
    ng_methods methods;
    ng_error error;
    ck_assert_msg(ng_methods_read(recipe, &methods, &error), "%s", error.text);
    for (size_t i = 0; i < methods.count; i++) {
        if (methods.count == 1 || strcmp(methods.items[i].method->name, "nearest") != 0) {
            *choice = methods.items[i];
            return;
        }
    }
    ck_abort_msg("%s: no method", recipe);
}
