/* Blocks of sums: one large sum among small ones, equal ones, ends, ties, zeros, a largest one where the scale changes; every
 * lsb. */
#include "src/verify/stimulus_kind.h"

#include <math.h>

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

/* A largest magnitude beside which the next one takes another scale: the largest element, that over or times the root of two,
 * or a multiple of three, where a scale of four bits changes; moved down by some places, and by one. At most `bits` bits. */
static uint64_t edge(ng_random *random, const ng_format *output, unsigned bits)
{
    const uint64_t word = ng_random_bits(random);
    const ng_number largest = ng_decode_finite(output, ng_format_largest(output));
    const double level = ldexp((double)largest.significand, -ilogb((double)largest.significand));
    const double root = level > sqrt(2.0) ? level / sqrt(2.0) : level * sqrt(2.0);
    const double three = ldexp(3.0 * (double)(word >> 40 & 63), -8);
    const double size = (word & 3) == 0 ? level : (word & 3) == 1 ? root : three;
    const uint64_t whole = (uint64_t)ldexp(size, 62) >> (64 - bits + (unsigned)(word >> 8) % bits);
    return whole + (word >> 4) % 3 - (whole > 0);
}

static void put_number(uint64_t *word, unsigned position, unsigned bits, uint64_t value)
{
    ng_operand_put(word, position, bits < 32 ? bits : 32, (uint32_t)value);
    if (bits > 32) {
        ng_operand_put(word, position + 32, bits - 32, (uint32_t)(value >> 32));
    }
}

void ng_stimulus_quantise_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t control = ng_random_bits(&stimulus->random);
    const uint64_t mask = path->width < 64 ? (UINT64_C(1) << path->width) - 1 : UINT64_MAX;
    const unsigned most = (unsigned)(control >> 8) % path->width;
    const unsigned large = (unsigned)(control >> 16) % path->lanes;
    const uint64_t limit = (control & 48) == 16 ? edge(&stimulus->random, path->output, path->width) : 0;
    for (unsigned i = 0; i < path->lanes; i++) {
        const bool whole = (control & 3) == 0 && i == large;
        const bool none = (control & 12) == 4 && i % 3 != 0;
        uint64_t value = number(&stimulus->random, path->width, whole ? path->width - 1 : most);
        if (limit != 0) {
            value = i == large ? limit : value % limit;
            value = (control >> (24 + i % 8) & 1) != 0 ? 0 - value : value;
        }
        put_number(step->operand[0], i * path->width, path->width, none ? 0 : value & mask);
    }
    step->operand[1][0] = control >> 40 & ((1U << path->second_bits) - 1);
}
