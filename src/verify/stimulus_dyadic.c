/* Dyadic scales: sums of every length with few or many ones, multipliers at their ends, powers of two and at random, shifts
 * that bring the product about the output's range. */
#include "src/verify/stimulus_kind.h"

enum { CORNERS = 1 << 16 };

uint64_t ng_stimulus_dyadic_fixed(const ng_stimulus *stimulus)
{
    (void)stimulus;
    return CORNERS;
}

static uint64_t masked(uint64_t word, unsigned bits)
{
    return bits < 64 ? word & ((UINT64_C(1) << bits) - 1) : word;
}

/* 0, 1, 2^k and its neighbours, all ones, or anything of k bits. */
static uint64_t corner_number(ng_random *random, unsigned bits)
{
    const uint64_t word = ng_random_bits(random);
    const uint64_t power = UINT64_C(1) << (word >> 8) % bits;
    switch (word & 7) {
    case 0: return (word >> 16) & 1;
    case 1: return UINT64_MAX;
    case 2: return power;
    case 3: return power - 1;
    case 4: return power + 1;
    case 5: return power | 1 << ((word >> 20) & 3);
    default: return ng_random_bits(random) & (2 * power - 1);
    }
}

void ng_stimulus_dyadic_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t word = ng_random_bits(&stimulus->random);
    const unsigned shift_bits = path->second_bits - path->width;
    const uint64_t size = corner_number(&stimulus->random, path->sum_bits);
    const uint64_t sum = (word & 1) != 0 ? size : 0 - size;
    const uint64_t multiplier = masked(corner_number(&stimulus->random, path->width), path->width);
    const ng_wide product = ng_wide_multiply(ng_wide_from_int((int64_t)masked(size, path->sum_bits - 1)),
                                             ng_wide_from_int((int64_t)multiplier));
    const unsigned length = ng_wide_length(&product);
    const unsigned fitting = length > path->output->bits ? length - path->output->bits : 0;
    const uint64_t shift = (word & 6) == 0 ? word >> 8 : fitting + (word >> 8 & 3);
    step->operand[0][0] = masked(sum, path->sum_bits);
    ng_operand_put(step->operand[1], 0, path->width, (uint32_t)multiplier);
    ng_operand_put(step->operand[1], path->width, shift_bits, (uint32_t)masked(shift, shift_bits));
}
