#include "src/quantize/gptq.h"
#include "src/quantize/rounding.h"

static bool gptq(const void *options, const ng_gramian *gram, const float *w, ng_lattice *lattice)
{
    return ng_gptq(options, gram, w, lattice);
}

bool ng_method_gptq(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_gptq_options options = {
        .damping = ng_choice_value(choice, "damping"),
        .act_order = ng_choice_value(choice, "actorder") > 0,
    };
    return ng_round_layer(task, choice, gptq, &options, weights, error);
}
