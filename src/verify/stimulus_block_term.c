#include "src/verify/stimulus_block_term.h"

enum { SCALES = 1 << NG_SCALE_SUM_BITS, ENDS = 8, LENGTHS = 64 };

uint64_t ng_stimulus_block_term_fixed(const ng_stimulus *stimulus)
{
    (void)stimulus;
    return ENDS * LENGTHS;
}

static void put(const ng_stimulus *stimulus, ng_step *step, uint64_t sum, uint64_t scale, bool flag)
{
    const ng_datapath *path = stimulus->path;
    ng_wide word = ng_wide_truncate(ng_wide_from_int((int64_t)sum), path->sum_bits);
    ng_wide_put(&word, path->sum_bits, path->scale_bits, scale);
    ng_wide_put(&word, path->sum_bits + path->scale_bits, path->flag_bits, flag);
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        step->operand[0][i] = word.limb[i];
    }
}

/* +-2^length and its neighbours at an end of the scales or near it; every second step the negative of a neighbour. */
static void fill_corner(ng_stimulus *stimulus, ng_step *step)
{
    static const uint16_t ends[ENDS] = {0, 1, 100, 254, 255, 300, 509, 510};
    const uint64_t index = stimulus->sequence;
    const unsigned length = (unsigned)(index / ENDS) % stimulus->path->sum_bits;
    const uint64_t power = UINT64_C(1) << length;
    const uint64_t word = ng_random_bits(&stimulus->random);
    const uint64_t sum = power + (word & 3) - 1;
    put(stimulus, step, stimulus->position % 2 == 0 ? sum : 0 - sum, ends[index % ENDS] ^ (word >> 8 & (word >> 12 & 1)),
        (word >> 16 & 15) == 0);
}

void ng_stimulus_block_term_fill(ng_stimulus *stimulus, ng_step *step)
{
    if (stimulus->sequence < ng_stimulus_block_term_fixed(stimulus)) {
        fill_corner(stimulus, step);
        return;
    }
    const ng_datapath *path = stimulus->path;
    const uint64_t word = ng_random_bits(&stimulus->random);
    const uint64_t control = ng_random_bits(&stimulus->random);
    const ng_wide last = {{stimulus->last.operand[0][0], stimulus->last.operand[0][1], 0, 0}};
    const unsigned length = 1 + (unsigned)(control >> 8) % path->sum_bits;
    const uint64_t mask = length < 64 ? (UINT64_C(1) << length) - 1 : UINT64_MAX;
    const uint64_t middle = stimulus->sequence * 37 % 480;
    uint64_t sum = (control & 1) != 0 ? word & mask : 0 - (word & mask);
    uint64_t scale = middle + (control >> 16 & 31);
    if ((control & 6) == 2) {
        scale = (control >> 16) % (SCALES - 1);
    }
    if ((control & 14) == 8 && stimulus->position != 0) {
        const ng_wide before = ng_wide_sign_extend(last, path->sum_bits);
        sum = 0 - before.limb[0] + (control >> 32 & 1);
        scale = ng_wide_bits(&last, path->sum_bits, path->scale_bits);
    }
    put(stimulus, step, sum, scale, (control >> 40 & 255) == 0);
}
