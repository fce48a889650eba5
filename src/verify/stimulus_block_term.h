/* stimulus_block_term.h: results of a block's dot product, fed to accumulators across blocks. */
#ifndef NG_STIMULUS_BLOCK_TERM_H
#define NG_STIMULUS_BLOCK_TERM_H

#include "src/verify/stimulus_kind.h"

/* Sequences of corners: ends of the scale and of the sum, ties, cancelling pairs. */
uint64_t ng_stimulus_block_term_fixed(const ng_stimulus *stimulus);

/* {sum, scale, flag}: a corner; or the sum of a random length and sign, at times the negative of the one before it, the scale
 * anywhere, near the run's middle, or at an end. */
void ng_stimulus_block_term_fill(ng_stimulus *stimulus, ng_step *step);

#endif
