#include <stdlib.h>

#include "src/quantize/codebook.h"
#include "src/quantize/codec.h"

static bool fit(const ng_layer_task *task, const ng_table_shape *shape, const float *importance, ng_weights *weights,
                ng_error *error)
{
    const ng_matrix matrix = {task->weights, importance, task->channels, task->reduction, task->groups};
    if (!ng_weights_allocate(weights, 1, task->channels, task->reduction, task->reduction) ||
        !ng_codebook_fit(shape, &task->grid, &matrix, weights->values, weights->scales)) {
        ng_weights_free(weights);
        return ng_codec_no_memory(task, error);
    }
    weights->bits = ng_codebook_bits(shape, task->weight, &matrix);
    return true;
}

static bool run(const ng_layer_task *task, const ng_method_choice *choice, const ng_table_shape *shape, ng_weights *weights,
                ng_error *error)
{
    const bool weighted = ng_choice_value(choice, "weighted") > 0;
    float *importance = NULL;
    if (!ng_codec_whole(choice, error) || !ng_codec_fits(task, choice->method->name, error) ||
        (weighted && !ng_codec_importance(task, &importance, error))) {
        return false;
    }
    const bool fine = fit(task, shape, importance, weights, error);
    free(importance);
    return fine;
}

static unsigned option(const ng_method_choice *choice, const char *name)
{
    return (unsigned)ng_choice_value(choice, name);
}

bool ng_method_codebook(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_table_shape shape = {.bits = option(choice, "bits"), .size = 1, .per_channel = option(choice, "channel") != 0,
                                  .seed = task->seed};
    return run(task, choice, &shape, weights, error);
}

bool ng_method_vptq(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_table_shape shape = {.bits = option(choice, "bits"), .residual = option(choice, "residual"),
                                  .size = option(choice, "size"), .seed = task->seed};
    if (shape.residual != 0 && task->weight->kind != NG_KIND_INTEGER) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'vptq' with a residual adds two entries: %s is no integer format",
                       task->weight->name);
    }
    return run(task, choice, &shape, weights, error);
}
