/* dsp_check.h: what the suites of dsp_dot and dsp_mac share: sums of products in GMP, from codes laid out as model/kinds.def says. */
#ifndef SUPPORT_DSP_CHECK_H
#define SUPPORT_DSP_CHECK_H

#include "tests/support/kind_check.h"

/* Weight and activation vectors of a path: 1 and 1, 2 and 1, 2 and 2 for 1, 2 and 4 products. */
unsigned dsp_weights(const ng_datapath *path);
unsigned dsp_activations(const ng_datapath *path);

/* Codes of a step from the seed: ends of the range where it says so. */
void dsp_draw(const ng_datapath *path, uint64_t seed, uint64_t first[NG_OPERAND_LIMBS], uint64_t second[NG_OPERAND_LIMBS]);

/* Adds to each sum what a step's codes give; sums[u * weights + v]. */
void dsp_add(const ng_datapath *path, const uint64_t *first, const uint64_t *second, mpz_t sums[4]);

/* True if the result holds the sums; otherwise it is told on stderr, with the seed. */
bool dsp_same(const ng_datapath *path, const ng_result *result, mpz_t sums[4], uint64_t seed);

#endif
