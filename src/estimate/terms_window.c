#include "src/estimate/terms.h"

enum { STAGE_BITS = 2, NETS_A_LUT = 5 };

/* What rtl/window_dot.sv derives from its parameters. */
typedef struct {
    unsigned product; /* bits of the significands' product */
    unsigned field;   /* bits of the exponent sum */
    unsigned near;    /* bits of the distance that shift */
    bool cuts;
} widths;

static widths widths_of(const ng_datapath *path)
{
    widths at = {.product = path->weight->mantissa_bits + path->activation->mantissa_bits + 2U,
                 .field = path->scale_bits,
                 .cuts = path->rounding == NG_ROUND_TOWARD_ZERO};
    const unsigned window = ng_terms_bit_length(path->width - (at.cuts ? 1 : 0));
    at.near = window < at.field ? window : at.field;
    return at;
}

void ng_terms_right_shift(const ng_right_shift *at, double lanes, ng_terms *terms)
{
    unsigned data = at->data;
    for (unsigned done = 0; done < at->shift; done += STAGE_BITS) {
        const bool whole = at->shift - done >= STAGE_BITS;
        const unsigned reach = data + ((whole ? 3U : 1U) << done);
        data = reach < at->most ? reach : at->most;
        terms->count[whole ? NG_TERM_SHIFTS : NG_TERM_HALF_SHIFTS] += lanes * data;
        terms->count[NG_TERM_TESTS] += at->sticky ? lanes * (reach - data) / NETS_A_LUT : 0;
    }
}

/* rtl/parts/window_term.sv */
void ng_terms_window_product(const ng_datapath *path, double lanes, ng_terms *terms)
{
    const unsigned weight = path->weight->mantissa_bits + 1U;
    const unsigned activation = path->activation->mantissa_bits + 1U;
    const unsigned shifting = (path->weight->exponent_bits > 1 ? 1U : 0U) + (path->activation->exponent_bits > 1 ? 1U : 0U);
    ng_terms_significands(weight, activation, lanes, terms);
    terms->count[NG_TERM_HIDDEN] += lanes * shifting;
    terms->count[NG_TERM_SIGNS] += lanes;
    terms->count[NG_TERM_FLAGS] +=
        lanes * (ng_terms_special_nets(path->weight) + ng_terms_special_nets(path->activation));
}

/* A cut leaves the top bit of an odd distance to the row. */
static void add_shift(const ng_datapath *path, const widths *at, ng_terms *terms)
{
    const unsigned wide = path->width + 1 > at->product ? path->width + 1 : at->product;
    const unsigned held = at->product < path->width ? at->product : path->width;
    const ng_right_shift cut = {held, path->width, at->near / STAGE_BITS * STAGE_BITS, false};
    const ng_right_shift rounded = {at->product, wide, at->near, true};
    ng_terms_right_shift(at->cuts ? &cut : &rounded, path->lanes, terms);
}

/* An exponent that does not move is no operand of the sum of exponents. */
static unsigned exponent_sum_bits(const ng_datapath *path, const widths *at)
{
    return path->weight->exponent_bits > 1 && path->activation->exponent_bits > 1 ? at->field : 0;
}

/* Sum bits above the window: each row of a chain carries its way up. */
static double bits_above(const ng_datapath *path)
{
    const unsigned chain = ng_terms_chain_lanes(path);
    double bits = 0;
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        bits += ng_terms_bit_length(lane % chain);
    }
    return bits;
}

void ng_terms_window(const ng_datapath *path, ng_terms *terms)
{
    const widths at = widths_of(path);
    const bool moves = path->weight->exponent_bits > 1 || path->activation->exponent_bits > 1;
    const double lanes = path->lanes;
    const double chains = (double)ng_terms_chains(path);
    ng_terms_window_product(path, lanes, terms);
    if (moves) {
        terms->count[NG_TERM_EXPONENTS] = lanes * (exponent_sum_bits(path, &at) + at.field + 1);
        terms->count[NG_TERM_TESTS] = lanes * (2 * (at.field - 1) + (double)(at.field + at.product) / NETS_A_LUT);
        add_shift(path, &at, terms);
        terms->count[NG_TERM_ROUNDS] = at.cuts ? 0 : 2 * lanes;
    }
    terms->count[NG_TERM_WINDOWS] = lanes * (path->width + 1);
    terms->count[NG_TERM_SPREAD] = bits_above(path);
    terms->count[NG_TERM_MERGES] = (chains - 1) * (path->width + 1);
    terms->count[NG_TERM_SUMS] = path->sum_bits - path->width;
    terms->count[NG_TERM_CIRCUIT] = 1;
}
