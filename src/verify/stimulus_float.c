/* Floating-point accumulators: the cases of a dot product of one lane, and runs whose magnitudes drift, so that sums meet
 * terms above, beside and far below them. */
#include "src/verify/stimulus_kind.h"

uint64_t ng_stimulus_float_fixed(const ng_stimulus *stimulus)
{
    return ng_stimulus_product_fixed(stimulus);
}

void ng_stimulus_float_fill(ng_stimulus *stimulus, ng_step *step)
{
    const bool drifts = stimulus->sequence >= ng_stimulus_float_fixed(stimulus) && stimulus->sequence % 2 == 0;
    if (!drifts) {
        ng_stimulus_product_fill(stimulus, step);
        return;
    }
    const uint64_t word = ng_random_bits(&stimulus->random);
    for (int side = 0; side < 2; side++) {
        const ng_format *format = side == 0 ? stimulus->path->weight : stimulus->path->activation;
        const uint32_t sign = ng_format_codes(format) / 2;
        const unsigned length = (unsigned)((stimulus->position + stimulus->sequence / 2) % format->bits);
        const uint32_t code = (uint32_t)(word >> (24 * side)) & ((UINT32_C(1) << length) - 1) & (sign - 1);
        ng_operand_put(step->operand[side], 0, format->bits, (word >> (60 + side) & 1) != 0 ? code | sign : code);
    }
}
