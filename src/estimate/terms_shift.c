#include "src/estimate/terms.h"

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

void ng_terms_shift(const ng_datapath *path, ng_terms *terms)
{
    const unsigned weight = path->weight->bits;
    const unsigned activation = path->activation->bits;
    const unsigned zero = path->weight->has_zero ? 1 : 0;
    const unsigned row_bits = activation + (1U << (weight - 1)) - 1 - zero;
    const bool mac = path->unit->kind == NG_UNIT_MAC;
    terms->count[NG_TERM_SELECTS] = (double)path->lanes * select_bits(activation, weight - 2);
    terms->count[NG_TERM_SIGNS] = zero != 0 && weight > 3 ? path->lanes : 0;
    if (path->unit->kind == NG_UNIT_DOT) {
        terms->count[NG_TERM_WINDOWS] = (double)path->lanes * row_bits;
        ng_terms_chain_ends(path, row_bits, 1, terms);
        return;
    }
    terms->count[NG_TERM_WINDOWS] = mac ? path->sum_bits : row_bits;
    terms->count[NG_TERM_REGISTERS] = mac ? weight + activation + 2 * path->sum_bits : 0;
}
