#include "src/quantize/bases.h"
#include "src/quantize/codec.h"

bool ng_method_bases(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const unsigned n = (unsigned)ng_choice_value(choice, "count");
    const unsigned rounds = (unsigned)ng_choice_value(choice, "rounds");
    const size_t plane = task->channels * task->reduction;
    if (!ng_codec_whole(choice, error) || !ng_codec_fits(task, "bases", error)) {
        return false;
    }
    if (task->weight->kind != NG_KIND_SHIFT || task->weight->bits != 1) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'bases' makes binary weights, not %s", task->weight->name);
    }
    bool fine = ng_weights_allocate(weights, n, task->channels, task->reduction, task->reduction);
    for (size_t channel = 0; fine && channel < task->channels; channel++) {
        float alpha[NG_BASES_MOST];
        fine = ng_bases_fit(task->weights + channel * task->reduction, task->reduction, n, rounds,
                            weights->values + channel * task->reduction, plane, alpha);
        for (unsigned i = 0; fine && i < n; i++) {
            *ng_weights_scale(weights, i, channel, 0) = alpha[i];
        }
    }
    if (!fine) {
        ng_weights_free(weights);
        return ng_codec_no_memory(task, error);
    }
    return true;
}
