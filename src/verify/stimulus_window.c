/* Windows: the cases of a dot product, and lanes whose exponents are spread, so that the largest one is found anywhere and
 * the others are cut by anything from nothing to everything. */
#include "src/verify/stimulus_kind.h"

uint64_t ng_stimulus_window_fixed(const ng_stimulus *stimulus)
{
    return ng_stimulus_product_fixed(stimulus);
}

/* A random code whose magnitude has at most `bits` bits. */
static uint32_t code_below(ng_random *random, const ng_format *format, unsigned bits)
{
    const uint32_t sign = ng_format_codes(format) / 2;
    const uint64_t word = ng_random_bits(random);
    return ((uint32_t)word & ((UINT32_C(1) << bits) - 1) & (sign - 1)) | ((word >> 32 & 1) != 0 ? sign : 0);
}

/* Codes of a random length; every fourth case keeps one lane at full length, every eighth leaves lanes at zero. */
static void fill_spread(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t control = ng_random_bits(&stimulus->random);
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        for (int side = 0; side < 2; side++) {
            const ng_format *format = side == 0 ? path->weight : path->activation;
            const unsigned most = format->bits - 1;
            const unsigned cap = (control & 3) == 0 && lane == (control >> 8) % path->lanes
                                     ? most
                                     : (unsigned)((control >> (16 + 8 * side)) % (most + 1));
            const bool drop = (control & 7) == 1 && (ng_random_bits(&stimulus->random) & 1) != 0;
            const uint32_t code = drop ? 0 : code_below(&stimulus->random, format, cap);
            ng_operand_put(step->operand[side], lane * format->bits, format->bits, code);
        }
    }
}

void ng_stimulus_window_fill(ng_stimulus *stimulus, ng_step *step)
{
    if (stimulus->sequence >= ng_stimulus_window_fixed(stimulus) && stimulus->sequence % 2 == 0) {
        fill_spread(stimulus, step);
    } else {
        ng_stimulus_product_fill(stimulus, step);
    }
}
