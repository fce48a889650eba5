/* Exact accumulators across blocks. */
#include "src/verify/stimulus_block_term.h"

uint64_t ng_stimulus_block_exact_fixed(const ng_stimulus *stimulus)
{
    return ng_stimulus_block_term_fixed(stimulus);
}

void ng_stimulus_block_exact_fill(ng_stimulus *stimulus, ng_step *step)
{
    ng_stimulus_block_term_fill(stimulus, step);
}
