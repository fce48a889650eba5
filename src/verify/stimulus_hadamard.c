/* Points: every row of signs at both ends, single points, then random ones. */
#include "src/verify/stimulus_kind.h"

static uint64_t rows(const ng_stimulus *stimulus)
{
    return 4 * (uint64_t)stimulus->path->lanes;
}

uint64_t ng_stimulus_hadamard_fixed(const ng_stimulus *stimulus)
{
    return 2 * rows(stimulus);
}

static bool odd_ones(uint64_t word)
{
    return __builtin_parityll(word);
}

void ng_stimulus_hadamard_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const unsigned bits = path->activation->bits;
    const uint32_t least = UINT32_C(1) << (bits - 1);
    const uint64_t index = stimulus->sequence;
    if (index >= ng_stimulus_hadamard_fixed(stimulus)) {
        ng_stimulus_put_random(stimulus, step->operand[0], 0, path->first_bits);
        return;
    }
    for (unsigned i = 0; i < path->lanes; i++) {
        const bool sign = odd_ones(i & (index / 4)) != ((index & 1) != 0);
        const bool single = index >= rows(stimulus) && i != index / 4 % path->lanes;
        const uint32_t positive = (index & 2) != 0 ? 1 : least - 1;
        ng_operand_put(step->operand[0], i * bits, bits, single ? 0 : sign ? least : positive);
    }
}
