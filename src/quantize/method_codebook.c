#include <stdlib.h>

#include "src/quantize/codebook.h"
#include "src/quantize/codec.h"
#include "src/quantize/gptq.h"
#include "src/quantize/task.h"

enum { ROWS_MOST = 4096 };

/* What the fit is told of the inputs; NULL where it is not asked for. */
typedef struct {
    float *importance;
    double *factors;
} knowledge;

static bool factorise(const ng_layer_task *task, size_t group, double *u, ng_error *error)
{
    ng_gramian gram;
    float *rows;
    size_t count;
    if (!ng_task_rows(task, NG_PREFIX_QUANTISED, group, ROWS_MOST, &rows, &count, error)) {
        return false;
    }
    bool fine = ng_gramian_init(&gram, task->reduction);
    if (fine) {
        fine = ng_gramian_add(&gram, rows, NULL, count) && ng_gptq_factor(&gram, u);
        ng_gramian_free(&gram);
    }
    free(rows);
    return fine || ng_fail(error, NG_EXIT_MISSING, "node '%s': no memory for the Hessian, or it stays singular", task->name);
}

static bool factorise_all(const ng_layer_task *task, knowledge *known, ng_error *error)
{
    const size_t size = task->reduction * task->reduction;
    known->factors = malloc(task->groups * size * sizeof *known->factors);
    bool fine = known->factors != NULL || ng_codec_no_memory(task, error);
    for (size_t group = 0; fine && group < task->groups; group++) {
        fine = factorise(task, group, known->factors + group * size, error);
    }
    return fine;
}

static bool fit(const ng_layer_task *task, const ng_table_shape *shape, const knowledge *known, ng_weights *weights,
                ng_error *error)
{
    const ng_matrix matrix = {.weights = task->weights, .importance = known->importance, .factors = known->factors,
                              .channels = task->channels, .reduction = task->reduction, .groups = task->groups};
    if (!ng_weights_allocate(weights, 1, task->channels, task->reduction, task->reduction) ||
        !ng_codebook_fit(shape, &task->grid, &matrix, weights->values, weights->scales)) {
        ng_weights_free(weights);
        return ng_codec_no_memory(task, error);
    }
    weights->bits = ng_codebook_bits(shape, task->weight, &matrix);
    return true;
}

static bool run(const ng_layer_task *task, const ng_method_choice *choice, const ng_table_shape *shape,
                ng_weights *weights, ng_error *error)
{
    knowledge known = {NULL, NULL};
    if (!ng_codec_whole(choice, error) || !ng_codec_fits(task, choice->method->name, error)) {
        return false;
    }
    const bool weighted = ng_choice_value(choice, "weighted") > 0;
    const bool feedback = ng_choice_value(choice, "feedback") > 0;
    const bool fine = (!weighted || ng_codec_importance(task, &known.importance, error)) &&
                      (!feedback || factorise_all(task, &known, error)) && fit(task, shape, &known, weights, error);
    free(known.importance);
    free(known.factors);
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
