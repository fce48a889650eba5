#include "src/quantize/rounding.h"

#include <stdlib.h>
#include <string.h>

#define TARGET_DAMPING 0.01

static bool no_memory(const ng_layer_task *task, ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", task->name);
}

static bool add_quantised(const ng_layer_task *task, size_t group, size_t count, const float *fp32, ng_gramian *gram,
                          ng_error *error)
{
    float *rows;
    size_t read;
    if (!ng_task_rows(task, NG_PREFIX_QUANTISED, group, count, &rows, &read, error)) {
        return false;
    }
    bool fine = ng_task_quantise_rows(task, rows, read) ||
                ng_fail(error, NG_EXIT_CHECK, "node '%s': an input of calibration is not finite or out of range", task->name);
    fine = fine && (ng_gramian_add(gram, rows, fp32, read) || no_memory(task, error));
    free(rows);
    return fine;
}

bool ng_task_gramian(const ng_layer_task *task, const ng_method_choice *choice, size_t group, ng_gramian *gram, ng_error *error)
{
    const size_t most = (size_t)ng_choice_value(choice, "samples");
    float *rows;
    size_t count;
    if (!ng_gramian_init(gram, task->reduction)) {
        return no_memory(task, error);
    }
    bool fine = ng_task_rows(task, NG_PREFIX_FP32, group, most, &rows, &count, error);
    if (fine) {
        fine = ng_choice_value(choice, "prefix") > 0 ? add_quantised(task, group, count, rows, gram, error)
                                                     : ng_gramian_add(gram, rows, NULL, count) || no_memory(task, error);
        free(rows);
    }
    if (!fine) {
        ng_gramian_free(gram);
    }
    return fine;
}

static bool round_on(const ng_layer_task *task, size_t group, const ng_gramian *gram, ng_rounder *rounder, const void *options,
                     float *w, ng_weights *weights, ng_error *error)
{
    ng_lattice lattice;
    if (!ng_lattice_of_task(&lattice, task, group, weights)) {
        return no_memory(task, error);
    }
    const bool fine = ng_gramian_target(gram, TARGET_DAMPING, w, lattice.channels) && rounder(options, gram, w, &lattice);
    if (fine) {
        ng_lattice_give(&lattice, group, weights);
    }
    ng_lattice_free(&lattice);
    return fine || ng_fail(error, NG_EXIT_MISSING, "node '%s': no memory, or inputs that leave no Hessian to factorise", task->name);
}

static bool round_group(const ng_layer_task *task, const ng_method_choice *choice, size_t group, ng_rounder *rounder,
                        const void *options, ng_weights *weights, ng_error *error)
{
    const size_t count = task->channels / task->groups * task->reduction;
    ng_gramian gram;
    if (!ng_task_gramian(task, choice, group, &gram, error)) {
        return false;
    }
    float *w = malloc(count * sizeof *w);
    bool fine = w != NULL || no_memory(task, error);
    if (fine) {
        memcpy(w, task->weights + group * count, count * sizeof *w);
        fine = round_on(task, group, &gram, rounder, options, w, weights, error);
    }
    free(w);
    ng_gramian_free(&gram);
    return fine;
}

bool ng_round_layer(const ng_layer_task *task, const ng_method_choice *choice, ng_rounder *rounder, const void *options,
                    ng_weights *weights, ng_error *error)
{
    bool fine = task->weight->block != 0
                    ? ng_weights_allocate_numbers(weights, task->channels, task->reduction) || no_memory(task, error)
                    : ng_task_scales(task, weights, error);
    for (size_t group = 0; fine && group < task->groups; group++) {
        fine = round_group(task, choice, group, rounder, options, weights, error);
    }
    return fine;
}
