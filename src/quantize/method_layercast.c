#include "src/quantize/codec.h"
#include "src/quantize/layercast.h"

bool ng_method_layercast(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_format *format = task->weight;
    (void)choice;
    if (!ng_codec_plain(task, task->weights, ng_layercast_bits(format, task->channels, task->reduction), weights, error)) {
        return false;
    }
    for (size_t channel = 0; channel < task->channels; channel++) {
        const float *w = task->weights + channel * task->reduction;
        float *numbers = weights->numbers + channel * task->reduction;
        if (format->block == 0) {
            ng_layercast_row(&task->grid, w, task->reduction, numbers);
        } else {
            ng_layercast_blocks(format, task->rule, w, task->reduction, numbers);
        }
    }
    return true;
}
