#include "src/estimate/terms.h"

enum { PORT_BITS = 24, FACTOR_BITS = 17 };

/* Bits of the fields that packed products stand in (rtl/dsp_dot.sv). */
static unsigned field_bits(const ng_datapath *path)
{
    const unsigned highest = PORT_BITS - path->weight->bits;
    const unsigned next = FACTOR_BITS - path->activation->bits;
    return path->width == 2 ? highest : highest / 2 < next ? highest / 2 : next;
}

/* Two activations of a block are joined before it: rtl/parts/dsp_join.sv. */
static void add_joins(const ng_datapath *path, ng_terms *terms)
{
    terms->count[NG_TERM_CODES] = path->width == 4 ? path->lanes * (path->activation->bits + 1.0) : 0;
}

/* Chains whose bias is one less than half of a field: those as long as its guard bits allow. */
static unsigned full_chains(const ng_datapath *path)
{
    const unsigned guard = field_bits(path) - path->weight->bits - path->activation->bits + 1;
    const unsigned chains = (unsigned)ng_terms_chains(path);
    const unsigned rest = path->lanes - (chains - 1) * path->chain;
    return (path->chain == 1U << guard ? chains - 1 : 0) + (rest == 1U << guard ? 1 : 0);
}

/* Bits of a sum from the lowest one of its bias up, which is taken back: a bias beyond the sum is none. */
static unsigned bias_bits(uint64_t bias, unsigned sum)
{
    unsigned zeros = 0;
    while (zeros < sum && (bias >> zeros & 1) == 0) {
        zeros++;
    }
    return sum - zeros;
}

/* The fields of all chains added, and their biases taken back. One product a block has no LUT at all. */
void ng_terms_dsp_dot(const ng_datapath *path, ng_terms *terms)
{
    const uint64_t chains = ng_terms_chains(path);
    const unsigned field = field_bits(path);
    if (path->width == 1) {
        return;
    }
    add_joins(path, terms);
    for (unsigned sum = 0; sum < path->width; sum++) {
        const bool last = sum == path->width - 1;
        const unsigned bits = field + (last ? 1 : 0) < path->sum_bits ? field + (last ? 1 : 0) : path->sum_bits;
        terms->count[NG_TERM_MERGES] += (double)(chains - 1) * bits;
        terms->count[NG_TERM_SUMS] +=
            bias_bits(last ? chains << field : (chains << (field - 1)) - full_chains(path), path->sum_bits);
    }
}

/* A register behind every field, and one for operands that are joined before the block; `first` waits for the block's registers. */
void ng_terms_dsp_mac(const ng_datapath *path, ng_terms *terms)
{
    if (path->width > 1) {
        add_joins(path, terms);
        terms->count[NG_TERM_SUMS] = path->width * (path->sum_bits + 1.0);
        terms->count[NG_TERM_REGISTERS] =
            (double)path->width * path->sum_bits + 1 + (path->width == 4 ? 2.0 * path->lanes * path->activation->bits : 0);
    }
}
