#include "src/quantize/flexround.h"
#include "src/quantize/rounding.h"

static bool flexround(const void *options, const ng_gramian *gram, const float *w, ng_lattice *lattice)
{
    return ng_flexround(options, gram, w, lattice);
}

bool ng_method_flexround(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_flexround_options options = {
        .steps = (unsigned)ng_choice_value(choice, "steps"),
        .rate = ng_choice_value(choice, "rate"),
    };
    return ng_round_layer(task, choice, flexround, &options, weights, error);
}
