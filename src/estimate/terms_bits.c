#include "src/estimate/terms.h"

/* The nets that a lane makes: a dot product counts one of two binary signs, else two; the product of two ternary signs is a sign and
 * whether there is one, of others the latter is the ternary's own bit. */
static unsigned nets_of(const ng_datapath *path)
{
    const bool one = path->weight->bits == 1 || path->activation->bits == 1;
    const bool none = path->weight->bits == 1 && path->activation->bits == 1;
    return (path->unit->kind == NG_UNIT_MUL ? one : none) ? 1 : 2;
}

void ng_terms_bits(const ng_datapath *path, ng_terms *terms)
{
    const bool dot = ng_terms_adds_lanes(path);
    const unsigned nets = nets_of(path);
    terms->count[NG_TERM_CIRCUIT] = 1;
    terms->count[NG_TERM_GATES] = (double)path->lanes * nets;
    terms->count[NG_TERM_CARRIES] = dot ? (double)path->lanes * nets : 0;
    terms->count[NG_TERM_SUMS] = path->unit->kind == NG_UNIT_MUL ? 0 : path->sum_bits;
    terms->count[NG_TERM_REGISTERS] =
        path->unit->kind == NG_UNIT_MAC ? path->weight->bits + path->activation->bits + 1 + path->sum_bits
                                        : ng_terms_pipe_registers(path, NULL);
}
