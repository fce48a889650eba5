/* stimulus_block_pair.h: a register that rounds, and the term that makes a chosen sum of it.
 *
 * Steps come in pairs: a term that the register, begun anew, holds exactly; then what it lacks to a chosen sum. That is half between two
 * numbers, or this and few ones lost below, of either sign; or few ones that are left when all above them cancels; or what lies beyond
 * the ends. So every place that the circuit aligns or normalises by meets the ones that decide there, and nothing else.
 *
 * Example: 1 mantissa bit, the register 1.0b * 2^3, sum 1.01b * 2^3 (a tie) and a one at 2^-9 -> term 2^1 + 2^-9.
 */
#ifndef NG_STIMULUS_BLOCK_PAIR_H
#define NG_STIMULUS_BLOCK_PAIR_H

#include "src/verify/stimulus_kind.h"

/* (-1)^negative * size * 2^unit. */
typedef struct {
    uint64_t size;
    bool negative;
    int unit;
} ng_block_number;

typedef struct {
    ng_block_number before; /* at most mantissa_bits + 1 bits, in the register's range */
    ng_block_number term;   /* less than 2^(sum_bits - 1) */
} ng_block_pair;

/* Pair `index`. Range: path->output is a register, path->sum_bits at most 55. As many pairs in a row as there are distances, from the
 * register's leading one to that of the sum, have all of them. */
ng_block_pair ng_block_pair_of(const ng_datapath *path, uint64_t seed, uint64_t index);

/* Pair `index` of those where the term nearly cancels a power of two that stands just above all of its bits: the one place where a term
 * below the register leaves a sum with its leading one anywhere, and so each of its ones can be the one that decides. A sum half
 * between two numbers, a one more or less anywhere below. */
ng_block_pair ng_block_pair_beside(const ng_datapath *path, uint64_t seed, uint64_t index);

/* Those distances. */
unsigned ng_block_pair_distances(const ng_datapath *path);

#endif
