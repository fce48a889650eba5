/* stimulus_kind.h: what a KIND row of model/kinds.def has to say about its cases, and what it may build on.
 *
 * For a kind NAME:
 *   ng_stimulus_NAME_fixed(stimulus)        sequences that every run holds before the random ones
 *   ng_stimulus_NAME_fill(stimulus, step)   the operand words (zero so far) of the step at stimulus->sequence and ->position,
 *                                           from stimulus->random alone
 */
#ifndef NG_STIMULUS_KIND_H
#define NG_STIMULUS_KIND_H

#include "model/operand.h"
#include "src/verify/stimulus.h"

/* Corners of a dot product or MAC, and its cases: pairs of corner codes, single lanes, then the three distributions. */
uint64_t ng_stimulus_product_fixed(const ng_stimulus *stimulus);
void ng_stimulus_product_fill(ng_stimulus *stimulus, ng_step *step);

/* Random bits into [position, position + count) of a word. */
void ng_stimulus_put_random(ng_stimulus *stimulus, uint64_t *word, unsigned position, unsigned count);

/* Sequences of DSP_MAC at the beginning that hold the ends of the formats for as many steps as the sum has terms for. */
enum { NG_DSP_MAC_END_RUNS = 16 };

/* Cases that a circuit in DSP blocks is shown all of; 0 for those with too many, and other kinds. */
uint64_t ng_stimulus_dsp_every(const ng_datapath *path);

#define PRODUCT(id, name, clocked, first, second)
#define KIND(id, name, clocked, first, second)                                     \
    uint64_t ng_stimulus_##name##_fixed(const ng_stimulus *stimulus);              \
    void ng_stimulus_##name##_fill(ng_stimulus *stimulus, ng_step *step);
#include "model/kinds.def"
#undef PRODUCT
#undef KIND

#endif
