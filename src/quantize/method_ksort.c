#include <stdlib.h>
#include <string.h>

#include "src/quantize/codec.h"
#include "src/quantize/ksort.h"

/* Squares of the weights that meet each input. */
static void column_norms(const ng_layer_task *task, float *norm)
{
    for (size_t k = 0; k < task->reduction; k++) {
        double sum = 0;
        for (size_t channel = 0; channel < task->channels; channel++) {
            const double w = (double)task->weights[channel * task->reduction + k];
            sum += w * w;
        }
        norm[k] = (float)sum;
    }
}

/* Mean squares of the inputs over all groups, which share one order. */
static bool input_norms(const ng_layer_task *task, float *norm, ng_error *error)
{
    float *importance;
    if (!ng_codec_importance(task, &importance, error)) {
        return false;
    }
    for (size_t k = 0; k < task->reduction; k++) {
        double sum = 0;
        for (size_t group = 0; group < task->groups; group++) {
            sum += (double)importance[group * task->reduction + k];
        }
        norm[k] = (float)sum;
    }
    free(importance);
    return true;
}

static bool sort(const ng_layer_task *task, bool by_weights, float *norm, ng_weights *weights, ng_error *error)
{
    if (by_weights) {
        column_norms(task, norm);
    } else if (!input_norms(task, norm, error)) {
        return false;
    }
    ng_ksort(norm, task->reduction, weights->order);
    memcpy(weights->numbers, task->weights, task->channels * task->reduction * sizeof *weights->numbers);
    return true;
}

bool ng_method_ksort(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    if (!ng_codec_whole(choice, error)) {
        return false;
    }
    if (task->weight->block == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'ksort' is for block formats, not for %s", task->weight->name);
    }
    float *norm = malloc(task->reduction * sizeof *norm);
    bool fine = ng_weights_allocate_numbers(weights, task->channels, task->reduction) && norm != NULL;
    weights->order = fine ? malloc(task->reduction * sizeof *weights->order) : NULL;
    fine = weights->order != NULL ? sort(task, ng_choice_value(choice, "weights") > 0, norm, weights, error)
                                  : ng_codec_no_memory(task, error);
    if (!fine) {
        ng_weights_free(weights);
    }
    free(norm);
    return fine;
}
