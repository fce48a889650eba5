/* quantiser_check.h: what the suites of the kind quantise share: blocks of sums, golden against exact rationals. */
#ifndef SUPPORT_QUANTISER_CHECK_H
#define SUPPORT_QUANTISER_CHECK_H

#include "tests/ref/ref_block_encode.h"
#include "tests/support/kind_check.h"

/* Sums of one block and their common lsb. */
typedef struct {
    int64_t sums[NG_LANES_MAX];
    int lsb;
} quantiser_block;

/* The block through ng_golden_result() and through the oracle: the scale by its rule among all codes, every element by search.
 * Range: sums of path->width bits, lsb of path->second_bits; products of at most 53 bits. */
void quantiser_check(const ng_datapath *path, const ref_block *ref, const quantiser_block *block, tally *count);

/* Sums of any length, one at the end of the range, none, or a largest one beside which the scale changes; by `run` and
 * `control`. */
int64_t quantiser_sum(const ng_datapath *path, uint64_t run, unsigned lane, uint64_t control);

#endif
