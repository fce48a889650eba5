/* Vector codebooks: every index in all places, against four ends of the activation; then random words. */
#include "src/verify/stimulus_kind.h"

enum { ENDS = 4 };

static unsigned index_bits(const ng_datapath *path)
{
    return path->first_bits / (path->lanes / path->width);
}

uint64_t ng_stimulus_vector_fixed(const ng_stimulus *stimulus)
{
    return (uint64_t)ENDS << index_bits(stimulus->path);
}

void ng_stimulus_vector_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const ng_format *activation = path->activation;
    const uint32_t ends[ENDS] = {ng_format_largest(activation), ng_format_smallest(activation), 1, 0};
    const unsigned bits = index_bits(path);
    if (stimulus->sequence >= ng_stimulus_vector_fixed(stimulus)) {
        ng_stimulus_put_random(stimulus, step->operand[0], 0, path->first_bits);
        ng_stimulus_put_random(stimulus, step->operand[1], 0, path->second_bits);
        return;
    }
    for (unsigned i = 0; i < path->lanes / path->width; i++) {
        ng_operand_put(step->operand[0], i * bits, bits, (uint32_t)(stimulus->sequence / ENDS));
    }
    for (unsigned i = 0; i < path->lanes; i++) {
        ng_operand_put(step->operand[1], i * activation->bits, activation->bits, ends[stimulus->sequence % ENDS]);
    }
}
