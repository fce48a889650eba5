/* Blocks of sums: every two lanes with a leading one in every place; one large sum among small ones, equal ones, ends, ties, zeros,
 * a largest one where the scale changes; leading ones of some lanes in one place, few sums besides zeros, few ones in all (found by
 * mutants of the trees that look for the leading one and for any one); every lsb. Under a UE4M3 scale, which has an end and
 * subnormals: half of all blocks about one of its codes, with elements about halves and wholes of them; of the rest most
 * with an lsb that puts the largest sum into its range or beside it. */
#include "src/verify/stimulus_kind.h"

#include <math.h>

uint64_t ng_stimulus_quantise_fixed(const ng_stimulus *stimulus)
{
    const ng_datapath *path = stimulus->path;
    return (uint64_t)path->lanes * path->lanes * path->width;
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

/* Some lanes have their leading one in the same place, the others below it or are zero. */
static void fill_leading(ng_stimulus *stimulus, ng_step *step, uint64_t leads, unsigned place)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t mask = UINT64_MAX >> (64 - path->width);
    const uint64_t control = ng_random_bits(&stimulus->random);
    const uint64_t negative = ng_random_bits(&stimulus->random);
    for (unsigned i = 0; i < path->lanes; i++) {
        const uint64_t below = (control & 1) != 0 && place != 0 ? ng_random_bits(&stimulus->random) >> (64 - place) : 0;
        const uint64_t value = (leads >> i & 1) << place | below;
        put_number(step->operand[0], i * path->width, path->width, ((negative >> i & 1) != 0 ? 0 - value : value) & mask);
    }
    step->operand[1][0] = control >> 40 & ((1U << path->second_bits) - 1);
}

/* Every two lanes in every place, each with itself among them. */
static void fill_pair(ng_stimulus *stimulus, ng_step *step)
{
    const unsigned lanes = stimulus->path->lanes;
    const uint64_t index = stimulus->sequence;
    const uint64_t leads = UINT64_C(1) << index % lanes | UINT64_C(1) << index / lanes % lanes;
    fill_leading(stimulus, step, leads, (unsigned)(index / lanes / lanes));
}

/* Any of six neighbours, the last lane beside the first one, or of all: what a tree of ORs takes in at once. */
static void fill_some(ng_stimulus *stimulus, ng_step *step, uint64_t choice)
{
    const ng_datapath *path = stimulus->path;
    uint64_t leads = 0;
    if ((choice & 8) != 0) {
        leads = few_lanes(&stimulus->random, choice, path->lanes);
    }
    for (unsigned i = 0; (choice & 8) == 0 && i < 6; i++) {
        leads |= (choice >> (8 + i) & 1) << ((choice >> 16 & 63) + i) % path->lanes;
    }
    fill_leading(stimulus, step, leads, (unsigned)(choice >> 32) % path->width);
}

/* One to four ones in all, in one lane, or in up to four. */
static void fill_ones(ng_stimulus *stimulus, ng_step *step, uint64_t choice)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t negative = ng_random_bits(&stimulus->random);
    uint64_t bits[4] = {0};
    for (unsigned i = 0; i <= (choice >> 8 & 3); i++) {
        bits[(choice & 8) != 0 ? 0 : i] |= UINT64_C(1) << ng_random_bits(&stimulus->random) % path->width;
    }
    for (unsigned i = 0; i < 4 && bits[i] != 0; i++) {
        const unsigned lane = (unsigned)(choice >> (16 + 8 * i) & 255) % path->lanes;
        const uint64_t value = (negative >> i & 1) != 0 ? 0 - bits[i] : bits[i];
        put_number(step->operand[0], lane * path->width, path->width, value & UINT64_MAX >> (64 - path->width));
    }
    step->operand[1][0] = choice >> 48 & ((1U << path->second_bits) - 1);
}

/* s of four bits or fewer: multiples of a quarter of it, the largest about 6 s or half a step of s beside it, each with the ones
 * below that its place leaves room for, or but one more or less. */
static void fill_multiples(ng_stimulus *stimulus, ng_step *step, uint64_t choice)
{
    enum { REACH = 24, QUARTERS_MOST = 28, LENGTH = 9, BINADES = 15, LSB_LEAST = -11 };
    const ng_datapath *path = stimulus->path;
    const uint64_t mask = UINT64_MAX >> (64 - path->width);
    const uint64_t scale = 1 + (choice >> 8) % 15;
    const uint64_t large = (choice >> 16) % path->lanes;
    const unsigned room = path->width > LENGTH + 1 ? path->width - LENGTH - 1 : 0;
    const unsigned place = (unsigned)(choice >> 24) % (room + 1);
    const unsigned binade = (unsigned)(choice >> 32) % BINADES;
    for (unsigned i = 0; i < path->lanes; i++) {
        const uint64_t word = ng_random_bits(&stimulus->random);
        uint64_t size = scale * ((word >> 8) % QUARTERS_MOST);
        if (i == large) {
            size = scale * REACH - REACH / 2 + REACH / 2 * ((word >> 8) % 3);
        }
        size = (size << place) + (word >> 16) % 3;
        size -= size > 0;
        if ((word & 6) == 0 && place > 0) {
            size += ng_random_bits(&stimulus->random) >> (64 - place);
        }
        size &= mask >> 1;
        put_number(step->operand[0], i * path->width, path->width, ((word & 1) != 0 ? 0 - size : size) & mask);
    }
    const int lsb = LSB_LEAST + (int)binade - (int)place;
    step->operand[1][0] = (uint64_t)(int64_t)lsb & ((1U << path->second_bits) - 1);
}

/* An lsb beside which a sum of any length can have its scale in the range, three binades above it or six below. */
static void choose_lsb(ng_stimulus *stimulus, ng_step *step)
{
    enum { BINADES = 24, BELOW = 7 };
    const ng_datapath *path = stimulus->path;
    const uint64_t word = ng_random_bits(&stimulus->random);
    const int zeros = (int)(word >> 8 & 0xFF) % (int)path->width;
    const int lsb = (int)(word >> 16 & 0xFF) % BINADES - BELOW - (int)path->width + zeros;
    if ((word & 3) != 0) {
        step->operand[1][0] = (uint64_t)(int64_t)lsb & ((1U << path->second_bits) - 1);
    }
}

static void fill_any(ng_stimulus *stimulus, ng_step *step, uint64_t choice)
{
    const ng_datapath *path = stimulus->path;
    if ((choice & 7) == 0) {
        fill_some(stimulus, step, choice);
        return;
    }
    if ((choice & 6) == 2) {
        fill_ones(stimulus, step, choice);
        return;
    }
    const uint64_t control = ng_random_bits(&stimulus->random);
    const uint64_t mask = path->width < 64 ? (UINT64_C(1) << path->width) - 1 : UINT64_MAX;
    const unsigned most = (unsigned)(control >> 8) % path->width;
    const unsigned large = (unsigned)(control >> 16) % path->lanes;
    const uint64_t kept = (choice & 7) == 1 ? few_lanes(&stimulus->random, choice, path->lanes) : UINT64_MAX;
    const uint64_t limit = (control & 48) == 16 ? edge(&stimulus->random, path->output, path->width) : 0;
    for (unsigned i = 0; i < path->lanes; i++) {
        const bool whole = (control & 3) == 0 && i == large;
        const bool none = (kept >> i & 1) == 0 || ((control & 12) == 4 && i % 3 != 0);
        uint64_t value = number(&stimulus->random, path->width, whole ? path->width - 1 : most);
        if (limit != 0) {
            value = i == large ? limit : value % limit;
            value = (control >> (24 + i % 8) & 1) != 0 ? 0 - value : value;
        }
        put_number(step->operand[0], i * path->width, path->width, none ? 0 : value & mask);
    }
    step->operand[1][0] = choice >> 40 & ((1U << path->second_bits) - 1);
}

void ng_stimulus_quantise_fill(ng_stimulus *stimulus, ng_step *step)
{
    const bool fixed = stimulus->sequence < ng_stimulus_quantise_fixed(stimulus);
    const bool small_scale = stimulus->path->output->scale == NG_SCALE_UE4M3;
    const uint64_t choice = fixed ? 0 : ng_random_bits(&stimulus->random);
    if (fixed) {
        fill_pair(stimulus, step);
    } else if (small_scale && (choice >> 63) != 0) {
        fill_multiples(stimulus, step, choice);
        return;
    } else {
        fill_any(stimulus, step, choice);
    }
    if (small_scale) {
        choose_lsb(stimulus, step);
    }
}
