#include <stdlib.h>

#include "src/quantize/lorc.h"
#include "src/quantize/task.h"

enum { FP32_BITS = 32 };

static bool failed(const ng_layer_task *task, ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "node '%s': no memory, or no decomposition of the rounding errors", task->name);
}

/* W - W', the latter as rounded. */
static bool find_error(const ng_layer_task *task, const ng_weights *weights, double *out, ng_error *error)
{
    const size_t count = task->channels * task->reduction;
    float *numbers = malloc(count * sizeof *numbers);
    const bool fine = numbers != NULL ? ng_task_numbers(task, weights, numbers, error) : failed(task, error);
    for (size_t i = 0; fine && i < count; i++) {
        out[i] = (double)task->weights[i] - (double)numbers[i];
    }
    free(numbers);
    return fine;
}

static unsigned long long bits_without(const ng_layer_task *task, const ng_weights *weights)
{
    return weights->bits != 0 ? weights->bits
                              : (unsigned long long)task->channels * weights->planes *
                                    (task->reduction * task->weight->bits + weights->slices * FP32_BITS);
}

static bool compensate(const ng_layer_task *task, const ng_method_choice *choice, double *room, ng_weights *weights, ng_error *error)
{
    const size_t most = task->channels < task->reduction ? task->channels : task->reduction;
    const size_t asked = (size_t)ng_choice_value(choice, "rank");
    const unsigned bits = (unsigned)ng_choice_value(choice, "bits");
    const size_t rank = asked < most ? asked : most;
    weights->left = malloc(task->channels * rank * sizeof *weights->left);
    weights->right = malloc(task->reduction * rank * sizeof *weights->right);
    if (weights->left == NULL || weights->right == NULL) {
        return failed(task, error);
    }
    if (!find_error(task, weights, room, error)) {
        return false;
    }
    if (!ng_lorc(room, task->channels, task->reduction, rank, bits, weights->left, weights->right)) {
        return failed(task, error);
    }
    weights->bits = bits_without(task, weights) + ng_lorc_bits(task->channels, task->reduction, rank, bits);
    weights->rank = rank;
    return true;
}

/* A layer of several groups has a small matrix for each and is left as it is; so is one whose weights have a thin part already. */
bool ng_method_lorc(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    if (task->groups > 1 || weights->rank > 0 || weights->plain) {
        return true;
    }
    if (task->weight->block != 0) {
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': lorc needs scalar formats, %s has blocks", task->name, task->weight->name);
    }
    double *room = malloc(task->channels * task->reduction * sizeof *room);
    const bool fine = room != NULL ? compensate(task, choice, room, weights, error) : failed(task, error);
    free(room);
    return fine;
}
