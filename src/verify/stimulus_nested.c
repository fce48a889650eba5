/* Nested weights: the cases of a dot product, each under all of the modes in turn. */
#include "src/verify/stimulus_kind.h"

uint64_t ng_stimulus_nested_fixed(const ng_stimulus *stimulus)
{
    return ng_stimulus_product_fixed(stimulus);
}

void ng_stimulus_nested_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    ng_stimulus_product_fill(stimulus, step);
    ng_stimulus_put_random(stimulus, step->operand[0], path->lanes * path->weight->bits, 2);
}
