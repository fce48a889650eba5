#include "src/quantize/adaround.h"
#include "src/quantize/rounding.h"

static bool adaround(const void *options, const ng_gramian *gram, const float *w, ng_lattice *lattice)
{
    return ng_adaround(options, gram, w, lattice);
}

bool ng_method_adaround(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_adaround_options options = {
        .steps = (unsigned)ng_choice_value(choice, "steps"),
        .rate = ng_choice_value(choice, "rate"),
        .strength = ng_choice_value(choice, "strength"),
    };
    return ng_round_layer(task, choice, adaround, &options, weights, error);
}
