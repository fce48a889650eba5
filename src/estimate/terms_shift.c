#include "src/estimate/terms.h"

/* A power of two times an integer: widths of the activation and of the shift, bits that the row drops, whether the sign or the
 * zero of the weight is a LUT. */
typedef struct {
    unsigned activation;
    unsigned shift;
    unsigned drop;
    bool sign;
} lane;

/* Bits out of the stages of rtl/parts/field_shift.sv: two bits of the shift a stage, the first stage first. */
static unsigned select_bits(unsigned bits, unsigned shift_bits)
{
    unsigned sum = 0;
    unsigned reach = 0;
    for (unsigned at = 0; at < shift_bits; at += 2) {
        const unsigned step = shift_bits - at > 1 ? 3 : 1;
        reach += step << at;
        sum += bits + reach - 1;
    }
    return sum;
}

static void add_lanes(const ng_datapath *path, const lane *at, ng_terms *terms)
{
    const unsigned row_bits = at->activation + (1U << at->shift) - 1 - at->drop;
    const bool mac = path->unit->kind == NG_UNIT_MAC;
    terms->count[NG_TERM_SELECTS] = at->shift > 1 ? (double)path->lanes * select_bits(at->activation, at->shift - 1) : 0;
    terms->count[NG_TERM_SIGNS] = at->sign ? path->lanes : 0;
    if (ng_terms_adds_lanes(path)) {
        terms->count[NG_TERM_WINDOWS] = (double)path->lanes * row_bits;
        ng_terms_chain_ends(path, &(ng_chain_rows){row_bits, 1, 0, 0}, terms);
        return;
    }
    terms->count[NG_TERM_WINDOWS] = mac ? path->sum_bits : row_bits;
    terms->count[NG_TERM_REGISTERS] = mac ? path->weight->bits + path->activation->bits + 2 * path->sum_bits : 0;
}

void ng_terms_shift(const ng_datapath *path, ng_terms *terms)
{
    const unsigned zero = path->weight->has_zero ? 1 : 0;
    const lane at = {path->activation->bits, path->weight->bits - 1, zero, zero != 0 && path->weight->bits > 3};
    add_lanes(path, &at, terms);
}

/* rtl/parts/sign_weight.sv: form 0 has its zero in the shift, form 2 in a bit beside the sign. */
void ng_terms_sign(const ng_datapath *path, ng_terms *terms)
{
    const unsigned form = ng_terms_parameter(path, "WeightForm");
    const unsigned wider = ng_terms_parameter(path, "ActivationSigned") != 0 ? 0 : 1;
    const unsigned shift = path->weight->bits - (form == 2 ? 2 : 1);
    const lane at = {path->activation->bits + wider, shift, form == 0 ? 1 : 0, (form == 2 && shift > 0) || (form == 0 && shift > 2)};
    add_lanes(path, &at, terms);
}
