#include <string.h>

#include "src/quantize/codec.h"
#include "src/quantize/dfloat_weights.h"

bool ng_method_dfloat(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    (void)choice;
    if (strcmp(task->weight->name, "bf16") != 0) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'dfloat' compresses bf16 weights, not %s", task->weight->name);
    }
    if (!ng_codec_plain(task, task->weights, 0, weights, error)) {
        return false;
    }
    if (!ng_dfloat_weights(task->weights, task->channels * task->reduction, weights->numbers, &weights->bits)) {
        ng_weights_free(weights);
        return ng_codec_no_memory(task, error);
    }
    return true;
}
