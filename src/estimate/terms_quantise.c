#include "src/estimate/terms.h"

enum { SCALE_BITS = 16, STAGE_BITS = 2, NETS_A_LUT = 5 };

/* The common shift keeps the top bits: of each stage what the stages after it can still bring there (rtl/parts/top_shift.sv). */
static void add_shift(unsigned bits, unsigned out, double lanes, ng_terms *terms)
{
    const unsigned stages = (ng_terms_bit_length(bits - 1) + 1) / STAGE_BITS;
    unsigned in = bits;
    for (unsigned stage = 1; stage <= stages; stage++) {
        const unsigned reach = out + (1U << (STAGE_BITS * (stages - stage))) - 1;
        const unsigned kept = reach < bits ? reach : bits;
        terms->count[NG_TERM_SHIFTS] += lanes * kept;
        terms->count[NG_TERM_TESTS] += lanes * (in - kept);
        in = kept;
    }
}

/* Where the largest element's leading one stands decides CEIL and ROUND: comparisons in every lane. */
static void add_rule(const ng_datapath *path, unsigned top, ng_terms *terms)
{
    switch (path->rule) {
    case NG_RULE_CEIL: terms->count[NG_TERM_COMPARES] = (double)path->lanes * (top + 1) / NETS_A_LUT; break;
    case NG_RULE_ROUND: terms->count[NG_TERM_COMPARES] = (path->lanes + 1.0) * path->width; break;
    default: break;
    }
}

/* rtl/nvfp4_quantiser.sv: turned sums, their leading one and largest; in every lane four comparators of the window and the choice of
 * the last one's limit. */
static void count_small_scale(const ng_datapath *path, ng_terms *terms)
{
    enum { WINDOW = 9, COMPARATORS = 4, TREE_LUTS = 2 };
    const double lanes = path->lanes;
    terms->count[NG_TERM_MAGNITUDES] = lanes * (path->width - 1);
    terms->count[NG_TERM_SCALES] = SCALE_BITS;
    terms->count[NG_TERM_FIELDS] = TREE_LUTS * (lanes - 1) * WINDOW;
    add_shift(path->width > WINDOW ? path->width : WINDOW, WINDOW, lanes, terms);
    terms->count[NG_TERM_TESTS] += lanes * path->width / NETS_A_LUT;
    terms->count[NG_TERM_COMPARES] = lanes * COMPARATORS * WINDOW;
    terms->count[NG_TERM_ROUNDING] = lanes * (path->output->bits + WINDOW);
    terms->count[NG_TERM_CONVERSION] = 1;
}

void ng_terms_quantise(const ng_datapath *path, ng_terms *terms)
{
    if (path->unit->id == NG_ID_nvfp4_quantiser) {
        count_small_scale(path, terms);
        return;
    }
    const bool integer = ng_terms_parameter(path, "ElementExponentBits") == 0;
    const unsigned mantissa = ng_terms_parameter(path, "ElementMantissaBits");
    const unsigned top = ng_terms_parameter(path, "GridBits");
    const double lanes = path->lanes;
    terms->count[NG_TERM_MAGNITUDES] = lanes * path->width;
    terms->count[NG_TERM_SCALES] = SCALE_BITS;
    add_shift(path->width, top + 1, lanes, terms);
    add_rule(path, top, terms);
    terms->count[NG_TERM_ROUNDING] = lanes * path->output->bits;
    if (!integer) {
        const unsigned seen = top < path->width ? top : path->width;
        terms->count[NG_TERM_INPUTS] = lanes * seen;
        terms->count[NG_TERM_STEPS] = lanes * (seen - mantissa) * ng_terms_bit_length(seen - mantissa);
    }
    if (path->rule != NG_RULE_FLOOR) {
        terms->count[NG_TERM_HALF_SHIFTS] = lanes * top;
    }
    terms->count[NG_TERM_CONVERSION] = 1;
}
