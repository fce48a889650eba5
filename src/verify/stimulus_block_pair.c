#include "src/verify/stimulus_block_pair.h"

enum { CLUSTER = 6, BARELY = 5 };

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

static int most_of(int a, int b)
{
    return a > b ? a : b;
}

static int clamp(int value, int least, int most)
{
    return most_of(least, least_of(value, most));
}

static int draw(ng_random *random, int least, int most)
{
    return most <= least ? least : least + (int)((ng_random_bits(random) >> 32) % (uint64_t)(most - least + 1));
}

/* `length` bits: one of them, the lowest above all; several close to each other or at the stride of a shifter's stage; a run of ones; or
 * any. */
static uint64_t ones(ng_random *random, int length)
{
    const uint64_t all = (UINT64_C(1) << length) - 1;
    const uint64_t control = ng_random_bits(random);
    const int at = draw(random, 0, length - 1);
    uint64_t made = UINT64_C(1) << at;
    switch (control & 7) {
    case 0:
    case 1: return 1;
    case 2:
    case 3: return made;
    case 4:
    case 5:
        for (int i = 1; i < CLUSTER; i++) {
            const int place = at + (i << (2 * (control >> 3 & 1)));
            made |= place < length ? (control >> (8 + i) & 1) << place : 0;
        }
        return made;
    case 6: return (control & 8) != 0 ? all >> at : all & ~(made - 1);
    default: return all & ng_random_bits(random);
    }
}

static int smallest(const ng_format *output)
{
    return 1 - output->bias - (int)output->mantissa_bits;
}

/* From the sum that all of a term cancels to, to the one beside which nothing of the register is left. */
enum { BEYOND = 3 };

static int distance_least(const ng_datapath *path)
{
    return -(int)path->sum_bits - (int)path->output->mantissa_bits - BEYOND;
}

static int distance_most(const ng_datapath *path)
{
    return (int)path->sum_bits + (int)path->output->mantissa_bits + BEYOND;
}

unsigned ng_block_pair_distances(const ng_datapath *path)
{
    return (unsigned)(distance_most(path) - distance_least(path) + 1);
}

/* Leading ones of both, `distance` apart. A sum may lie beyond the ends, mostly barely, where a wrong place makes a number of it. */
static void draw_places(const ng_datapath *path, ng_random *random, int distance, int *before, int *sum)
{
    const int bits = (int)path->sum_bits;
    const int least = smallest(path->output);
    const int most = path->output->bias;
    const int sum_least = least - bits;
    const int sum_most = most + bits;
    const int first = most_of(least, sum_least - distance);
    const int last = least_of(most, sum_most - distance);
    const bool barely = (ng_random_bits(random) & 3) != 0;
    *before = draw(random, first, barely ? clamp(most + BARELY - distance, first, last) : last);
    *sum = *before + distance;
}

/* Digits that a register keeps of a number. */
static int kept_of(const ng_datapath *path, int leading)
{
    return most_of(0, least_of(leading - smallest(path->output) + 1, (int)path->output->mantissa_bits + 1));
}

/* Half between two numbers: a leading one, any kept digits, a one; `below` bits follow. */
static uint64_t draw_half(ng_random *random, int kept, int below)
{
    const uint64_t head = kept != 0 ? UINT64_C(1) << (kept - 1) : 0;
    return (2 * (head | (ng_random_bits(random) & (head - (head != 0)))) + 1) << below;
}

/* The sum: half between two numbers with ones below it, or above (what is left of them), or ones alone. Its bit 0 stands at *unit;
 * `room` bits at most. */
static uint64_t draw_sum(const ng_datapath *path, ng_random *random, int leading, int room, int *unit)
{
    const int kept = kept_of(path, leading);
    const uint64_t control = ng_random_bits(random);
    const int length = draw(random, 1, room);
    if (room < kept + 1 || (control & 3) == 0) {
        const uint64_t rest = length > 1 ? ones(random, length - 1) : 0;
        *unit = leading - length + 1;
        return UINT64_C(1) << (length - 1) | rest;
    }
    const int below = (control & 0x40) != 0 ? room - kept - 1 : draw(random, 0, room - kept - 1);
    const uint64_t rest = below != 0 && (control & 0x18) != 0 ? ones(random, below) : 0;
    *unit = leading - kept - below;
    return draw_half(random, kept, below) + ((control & 0x20) != 0 ? rest : 0 - rest);
}

ng_block_pair ng_block_pair_of(const ng_datapath *path, uint64_t seed, uint64_t index)
{
    ng_random random = ng_random_start(~seed, index);
    const int distance = distance_least(path) + (int)(index % ng_block_pair_distances(path));
    const int bits = (int)path->sum_bits - 1;
    const int mantissa = (int)path->output->mantissa_bits;
    const uint64_t control = ng_random_bits(&random);
    int leading;
    int sum_leading;
    draw_places(path, &random, distance, &leading, &sum_leading);

    ng_block_pair pair;
    const int length = least_of(mantissa + 1, leading - smallest(path->output) + 1);
    const uint64_t top = UINT64_C(1) << (length - 1);
    const uint64_t below = (control & 1) != 0 ? control >> 8 : 0;
    pair.before = (ng_block_number){top | (below & (top - 1)), (control & 2) != 0, leading - length + 1};

    /* Of what the register is, the term takes back all from the sum's last place up. A power of two may stand above all of its bits. */
    const bool above = pair.before.size == top && leading > sum_leading && (control & 8) != 0;
    const int highest = bits - (above ? 0 : 1);
    ng_block_number sum = {.negative = (control & 4) != 0};
    const int room = most_of(1, highest + 1 - most_of(0, leading - sum_leading));
    sum.size = draw_sum(path, &random, sum_leading, room, &sum.unit);
    const int shift = pair.before.unit - sum.unit;
    const bool met = leading - sum.unit <= highest;
    const uint64_t taken = !met ? 0 : shift >= 0 ? pair.before.size << shift : shift > -63 ? pair.before.size >> -shift : 0;
    if ((sum.size + taken) >> bits != 0) { /* the other sign would make the term too long */
        sum.negative = pair.before.negative;
    }
    const int64_t term = (sum.negative ? -(int64_t)sum.size : (int64_t)sum.size) -
                         (pair.before.negative ? -(int64_t)taken : (int64_t)taken);
    pair.term = (ng_block_number){(uint64_t)(term < 0 ? -term : term), term < 0, sum.unit};
    return pair;
}

ng_block_pair ng_block_pair_beside(const ng_datapath *path, uint64_t seed, uint64_t index)
{
    ng_random random = ng_random_start(~seed, index);
    const int bits = (int)path->sum_bits - 1;
    const int most = path->output->bias;
    const int deepest = smallest(path->output) + bits; /* leading ones of register and sum: their least places but for the length */
    const int least_length = most_of(1, deepest - most);
    const int length = draw(&random, least_length, bits);
    const int leading = draw(&random, most_of(smallest(path->output), deepest - length), most);
    const int kept = kept_of(path, leading - bits + length - 1);
    const int below = length - kept - 1;
    const uint64_t control = ng_random_bits(&random);
    const bool negative = (control & 1) != 0;
    uint64_t sum = UINT64_C(1) << (length - 1) | (control >> 8 & ((UINT64_C(1) << (length - 1)) - 1));
    if (below >= 0) {
        const uint64_t one = UINT64_C(1) << draw(&random, 0, below - 1);
        sum = draw_half(&random, kept, below);
        sum += below == 0 || (control & 6) == 0 ? 0 : (control & 2) != 0 ? 0 - one : one;
    }
    const ng_block_pair pair = {{1, negative, leading}, {(UINT64_C(1) << bits) - sum, !negative, leading - bits}};
    return pair;
}
