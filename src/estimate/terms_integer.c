#include "src/estimate/terms.h"

/* The widths of the recoded operand and of the multiplicand: the choice of rtl/int_*.sv. */
typedef struct {
    unsigned recoded;
    unsigned multiplicand;
} booth;

static unsigned row_cost(unsigned recoded, unsigned multiplicand, bool carries)
{
    return (multiplicand + 1) * recoded / 2 + (carries ? (recoded + 1) / 2 : 0);
}

static booth recoding(const ng_datapath *path)
{
    const unsigned weight = path->weight->bits;
    const unsigned activation = path->activation->bits;
    const bool dot = path->unit->kind == NG_UNIT_DOT;
    return row_cost(weight, activation, dot) <= row_cost(activation, weight, dot) ? (booth){weight, activation}
                                                                                  : (booth){activation, weight};
}

void ng_terms_integer(const ng_datapath *path, ng_terms *terms)
{
    const booth widths = recoding(path);
    const unsigned digits = (widths.recoded + 1) / 2;
    const unsigned rows = (widths.multiplicand + 1) * digits - widths.recoded % 2;
    const unsigned last = widths.multiplicand + 1 - widths.recoded % 2;
    if (path->unit->kind != NG_UNIT_DOT) {
        terms->count[NG_TERM_ROWS] = rows;
        terms->count[NG_TERM_SUMS] = path->unit->kind == NG_UNIT_MAC ? path->sum_bits : 0;
        terms->count[NG_TERM_REGISTERS] =
            path->unit->kind == NG_UNIT_MAC ? path->weight->bits + path->activation->bits + path->sum_bits + 3 : 0;
        return;
    }
    terms->count[NG_TERM_ROWS] = (double)path->lanes * (rows - last);
    terms->count[NG_TERM_LAST_ROWS] = (double)path->lanes * last;
    terms->count[NG_TERM_SUMS] = (double)(digits - 1) * path->sum_bits;
    ng_terms_chain_ends(path, widths.multiplicand + 1, digits, terms);
}
