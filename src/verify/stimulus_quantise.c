/* Blocks of sums: one large sum among small ones, equal ones, ends, ties, zeros; few sums besides zeros; every lsb. */
#include "src/verify/stimulus_kind.h"

enum { CORNERS = 1 << 14 };

uint64_t ng_stimulus_quantise_fixed(const ng_stimulus *stimulus)
{
    (void)stimulus;
    return CORNERS;
}

/* 2^k, its neighbours, few ones, or anything of k bits; of either sign. */
static uint64_t number(ng_random *random, unsigned bits, unsigned most)
{
    const uint64_t word = ng_random_bits(random);
    const unsigned length = (unsigned)(word >> 16) % (most < bits ? most + 1 : bits);
    const uint64_t power = UINT64_C(1) << length;
    uint64_t size = ng_random_bits(random) & (power - 1);
    switch (word & 7) {
    case 0: size = power; break;
    case 1: size = power - 1; break;
    case 2: size = power + (word >> 8 & 1); break;
    case 3: size = power & ng_random_bits(random); break;
    case 4: size &= ng_random_bits(random) & ng_random_bits(random); break;
    default: break;
    }
    return (word >> 12 & 1) != 0 ? size : 0 - size;
}

static void put_number(uint64_t *word, unsigned position, unsigned bits, uint64_t value)
{
    ng_operand_put(word, position, bits < 32 ? bits : 32, (uint32_t)value);
    if (bits > 32) {
        ng_operand_put(word, position + 32, bits - 32, (uint32_t)(value >> 32));
    }
}

/* Lanes of a block with few sums: one, or each with a chance of a half, a quarter or an eighth. */
static uint64_t few_lanes(ng_random *random, uint64_t choice, unsigned lanes)
{
    uint64_t kept = UINT64_C(1) << (choice >> 8) % lanes;
    if ((choice >> 4 & 3) != 0) {
        kept = UINT64_MAX;
        for (unsigned i = 0; i < (choice >> 4 & 3); i++) {
            kept &= ng_random_bits(random);
        }
    }
    return kept;
}

/* A power of two among the four places from the top one down, of either sign. */
static uint64_t power(ng_random *random, unsigned top)
{
    const uint64_t word = ng_random_bits(random);
    const uint64_t size = UINT64_C(1) << (top > (word & 3) ? top - (word & 3) : 0);
    return (word & 4) != 0 ? size : 0 - size;
}

void ng_stimulus_quantise_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t control = ng_random_bits(&stimulus->random);
    const uint64_t mask = path->width < 64 ? (UINT64_C(1) << path->width) - 1 : UINT64_MAX;
    const unsigned most = (unsigned)(control >> 8) % path->width;
    const unsigned large = (unsigned)(control >> 16) % path->lanes;
    const uint64_t choice = ng_random_bits(&stimulus->random);
    const uint64_t kept = (choice & 3) == 0 ? few_lanes(&stimulus->random, choice, path->lanes) : UINT64_MAX;
    const bool powers = (choice & 15) == 0;
    for (unsigned i = 0; i < path->lanes; i++) {
        const bool whole = (control & 3) == 0 && i == large;
        const bool none = (kept >> i & 1) == 0 || ((control & 12) == 4 && i % 3 != 0);
        const uint64_t value = powers ? power(&stimulus->random, most)
                                      : number(&stimulus->random, path->width, whole ? path->width - 1 : most);
        put_number(step->operand[0], i * path->width, path->width, none ? 0 : value & mask);
    }
    step->operand[1][0] = choice >> 40 & ((1U << path->second_bits) - 1);
}
