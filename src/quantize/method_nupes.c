#include "src/quantize/codec.h"
#include "src/quantize/nupes.h"

bool ng_method_nupes(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    ng_power power = {(unsigned)ng_choice_value(choice, "bits"), (unsigned)ng_choice_value(choice, "num"),
                      (unsigned)ng_choice_value(choice, "den")};
    if (!ng_codec_whole(choice, error) || !ng_codec_fits(task, "nupes", error)) {
        return false;
    }
    if (!ng_weights_allocate(weights, 1, task->channels, task->reduction, task->reduction)) {
        return ng_codec_no_memory(task, error);
    }
    if (!ng_nupes_fit(&power, &task->grid, task->weights, task->channels, task->reduction, weights->values, weights->scales)) {
        ng_weights_free(weights);
        return ng_fail(error, NG_EXIT_USAGE, "method 'nupes': the exponent %u/%u is none of model/power.h", power.numerator,
                       power.denominator);
    }
    weights->bits = ng_nupes_bits(&power, task->weight, task->channels, task->reduction);
    return true;
}
