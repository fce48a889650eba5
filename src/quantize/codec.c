#include "src/quantize/codec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/task.h"

enum { ROWS_MOST = 2048 };

bool ng_codec_whole(const ng_method_choice *choice, ng_error *error)
{
    for (unsigned i = 0; i < choice->option_count; i++) {
        const double value = choice->options[i].value;
        if (value < rint(value) || value > rint(value)) {
            return ng_fail(error, NG_EXIT_USAGE, "recipe: %s of %s is a whole number, not %g", choice->options[i].name,
                           choice->method->name, value);
        }
    }
    return true;
}

bool ng_codec_fits(const ng_layer_task *task, const char *name, ng_error *error)
{
    if (task->weight->block != 0) {
        return ng_fail(error, NG_EXIT_USAGE, "method '%s' is for scalar weight formats, not for %s", name, task->weight->name);
    }
    return (task->granularity == NG_PER_CHANNEL && task->scales == NG_SCALES_FREE) ||
           ng_fail(error, NG_EXIT_USAGE, "method '%s' fits one free scale for each output channel and no others", name);
}

bool ng_codec_no_memory(const ng_layer_task *task, ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", task->name);
}

/* Mean squares of one group's inputs. */
static void mean_squares(const float *rows, size_t count, size_t reduction, float *importance)
{
    float largest = 0;
    for (size_t k = 0; k < reduction; k++) {
        double sum = 0;
        for (size_t row = 0; row < count; row++) {
            sum += (double)rows[row * reduction + k] * (double)rows[row * reduction + k];
        }
        importance[k] = count != 0 ? (float)(sum / (double)count) : 0;
        largest = fmaxf(largest, importance[k]);
    }
    for (size_t k = 0; k < reduction; k++) {
        importance[k] = largest > 0 ? fmaxf(importance[k], largest * 1e-6F) : 1;
    }
}

bool ng_codec_importance(const ng_layer_task *task, float **importance, ng_error *error)
{
    *importance = malloc(task->groups * task->reduction * sizeof **importance);
    if (*importance == NULL) {
        return ng_codec_no_memory(task, error);
    }
    for (size_t group = 0; group < task->groups; group++) {
        float *rows;
        size_t count;
        if (!ng_task_rows(task, NG_PREFIX_FP32, group, ROWS_MOST, &rows, &count, error)) {
            free(*importance);
            *importance = NULL;
            return false;
        }
        mean_squares(rows, count, task->reduction, *importance + group * task->reduction);
        free(rows);
    }
    return true;
}

bool ng_codec_plain(const ng_layer_task *task, const float *numbers, unsigned long long bits, ng_weights *weights,
                    ng_error *error)
{
    if (!ng_weights_allocate_numbers(weights, task->channels, task->reduction)) {
        return ng_codec_no_memory(task, error);
    }
    memcpy(weights->numbers, numbers, task->channels * task->reduction * sizeof *numbers);
    weights->plain = true;
    weights->bits = bits;
    return true;
}
