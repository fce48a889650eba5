/* Thresholds: ascending ones about a middle, equal ones, the ends; sums at a threshold and beside it; every fourth case in any
 * order, as many below the sum as above it. */
#include "src/verify/stimulus_kind.h"

enum { CORNERS = 1 << 14 };

uint64_t ng_stimulus_threshold_fixed(const ng_stimulus *stimulus)
{
    (void)stimulus;
    return CORNERS;
}

static void put_number(uint64_t *word, unsigned position, unsigned bits, uint64_t value)
{
    ng_operand_put(word, position, bits < 32 ? bits : 32, (uint32_t)value);
    if (bits > 32) {
        ng_operand_put(word, position + 32, bits - 32, (uint32_t)(value >> 32));
    }
}

static void fill_unordered(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t mask = UINT64_MAX >> (64 - path->sum_bits);
    const uint64_t control = ng_random_bits(&stimulus->random);
    const uint64_t spread = mask >> (control >> 8) % path->sum_bits;
    const uint64_t sum = (control & 3) == 0 ? ng_random_bits(&stimulus->random) : 0;
    for (unsigned i = 0; i < path->second_bits / path->sum_bits; i++) {
        const uint64_t threshold = sum + (ng_random_bits(&stimulus->random) & spread) - spread / 2;
        put_number(step->operand[1], i * path->sum_bits, path->sum_bits, threshold & mask);
    }
    put_number(step->operand[0], 0, path->sum_bits, sum & mask);
}

void ng_stimulus_threshold_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    if (stimulus->sequence % 4 == 3) {
        fill_unordered(stimulus, step);
        return;
    }
    const unsigned count = path->second_bits / path->sum_bits;
    const uint64_t control = ng_random_bits(&stimulus->random);
    const uint64_t end = UINT64_C(1) << (path->sum_bits - 1);
    const unsigned step_bits = (unsigned)(control >> 8) % path->sum_bits;
    const unsigned chosen = (unsigned)(control >> 16) % count;
    uint64_t threshold = (control & 3) == 0 ? 0 - end : 0 - (ng_random_bits(&stimulus->random) & (end - 1)) / 2;
    uint64_t sum = ng_random_bits(&stimulus->random) & (2 * end - 1);
    for (unsigned i = 0; i < count; i++) {
        const uint64_t wide = ng_random_bits(&stimulus->random) & ((UINT64_C(1) << step_bits) - 1);
        const int64_t next = (int64_t)(threshold + wide);
        threshold = next >= (int64_t)end ? end - 1 : (uint64_t)next;
        put_number(step->operand[1], i * path->sum_bits, path->sum_bits, threshold & (2 * end - 1));
        if (i == chosen && (control & 12) != 0) {
            sum = threshold + (control >> 40 & 3) - 1;
        }
    }
    put_number(step->operand[0], 0, path->sum_bits, sum & (2 * end - 1));
}
