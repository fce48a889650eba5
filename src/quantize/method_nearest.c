#include "src/quantize/method.h"

#include <string.h>

#include "src/quantize/task.h"

bool ng_method_nearest(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    (void)choice;
    if (task->weight->block == 0) {
        if (!ng_task_scales(task, weights, error)) {
            return false;
        }
        ng_task_nearest(task, weights);
        return true;
    }
    if (!ng_weights_allocate_numbers(weights, task->channels, task->reduction)) {
        return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", task->name);
    }
    memcpy(weights->numbers, task->weights, task->channels * task->reduction * sizeof *weights->numbers);
    return true;
}
