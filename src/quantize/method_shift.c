#include "src/quantize/codec.h"
#include "src/quantize/logarithmic.h"
#include "src/quantize/task.h"

enum { REFIT_ROUNDS = 8 };

static void refit(const ng_layer_task *task, ng_weights *weights)
{
    for (size_t channel = 0; channel < task->channels; channel++) {
        for (size_t k = 0; k < task->reduction; k += weights->slice) {
            const size_t left = task->reduction - k;
            float *scale = ng_weights_scale(weights, 0, channel, k);
            *scale = ng_scale_refit(&task->grid, task->weights + channel * task->reduction + k,
                                    left < weights->slice ? left : weights->slice, *scale, REFIT_ROUNDS);
        }
    }
}

bool ng_method_shift(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    ng_layer_task own = *task;
    const bool refits = ng_choice_value(choice, "refit") > 0;
    const bool each = task->granularity == NG_PER_CHANNEL || task->granularity == NG_PER_GROUP;
    if (!ng_codec_whole(choice, error)) {
        return false;
    }
    if (task->grid.levels == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'shift' is for weights that are powers of two or sums of them, not for %s",
                       task->weight->name);
    }
    if (refits && (task->scales != NG_SCALES_FREE || !each)) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'shift' refits free scales of channels or groups only: shift:refit=0");
    }
    if (ng_choice_value(choice, "log") > 0) {
        ng_grid_logarithmic(&own.grid);
    }
    if (!ng_task_scales(&own, weights, error)) {
        return false;
    }
    if (refits) {
        refit(&own, weights);
    }
    ng_task_nearest(&own, weights);
    return true;
}
