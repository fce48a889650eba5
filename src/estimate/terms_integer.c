#include "src/estimate/terms.h"

enum { ACCUMULATOR_LEAST = 3 };

/* Rows of a product: digits of the recoded operand, bits of the other, and whether the last row is a bit shorter. */
typedef struct {
    unsigned digits;
    unsigned multiplicand;
    unsigned shorter;
} rows;

static unsigned row_cost(unsigned recoded, unsigned multiplicand, bool carries)
{
    return (multiplicand + 1) * recoded / 2 + (carries ? (recoded + 1) / 2 : 0);
}

static rows rows_of(unsigned recoded, unsigned multiplicand)
{
    return (rows){(recoded + 1) / 2, multiplicand, recoded % 2};
}

/* The operand that is recoded: the choice of rtl/int_*.sv. */
static rows recoding(unsigned weight, unsigned activation, bool dot)
{
    return row_cost(weight, activation, dot) <= row_cost(activation, weight, dot) ? rows_of(weight, activation)
                                                                                  : rows_of(activation, weight);
}

static void add_rows(const ng_datapath *path, const rows *at, ng_terms *terms)
{
    const unsigned bits = (at->multiplicand + 1) * at->digits - at->shorter;
    const unsigned last = at->multiplicand + 1 - at->shorter;
    const bool mac = path->unit->kind == NG_UNIT_MAC;
    if (!ng_terms_adds_lanes(path)) {
        terms->count[NG_TERM_ROWS] = bits;
        terms->count[NG_TERM_SUMS] = mac ? path->sum_bits : 0;
        terms->count[NG_TERM_REGISTERS] = mac ? path->weight->bits + path->activation->bits + path->sum_bits + 3 : 0;
        return;
    }
    terms->count[NG_TERM_ROWS] = (double)path->lanes * (bits - last);
    terms->count[NG_TERM_LAST_ROWS] = (double)path->lanes * last;
    terms->count[NG_TERM_SUMS] = (double)(at->digits - 1) * path->sum_bits;
    ng_terms_chain_ends(path, &(ng_chain_rows){at->multiplicand + 1, at->digits, at->shorter, 0}, terms);
}

void ng_terms_integer(const ng_datapath *path, ng_terms *terms)
{
    const rows at = recoding(path->weight->bits, path->activation->bits, ng_terms_adds_lanes(path));
    add_rows(path, &at, terms);
}

/* Six bits of a weight are cut by the mode: rtl/parts/nested_mask.sv. */
void ng_terms_nested(const ng_datapath *path, ng_terms *terms)
{
    enum { MASKED = 6 };
    ng_terms_integer(path, terms);
    terms->count[NG_TERM_CIRCUIT] = 1;
    terms->count[NG_TERM_GATES] = (double)path->lanes * MASKED;
}

/* An unsigned operand is a signed one of one bit more, in a multiply-accumulate of at least three. */
static unsigned widened(const ng_datapath *path, const ng_format *format, const char *is_signed)
{
    const unsigned bits = format->bits + (ng_terms_parameter(path, is_signed) != 0 ? 0 : 1);
    return path->unit->kind == NG_UNIT_MAC && bits < ACCUMULATOR_LEAST ? ACCUMULATOR_LEAST : bits;
}

void ng_terms_unsigned(const ng_datapath *path, ng_terms *terms)
{
    const rows at = recoding(widened(path, path->weight, "WeightSigned"), widened(path, path->activation, "ActivationSigned"),
                             ng_terms_adds_lanes(path));
    add_rows(path, &at, terms);
}

void ng_terms_table(const ng_datapath *path, ng_terms *terms)
{
    const unsigned wider = ng_terms_parameter(path, "ActivationSigned") != 0 ? 0 : 1;
    const rows at = {ng_terms_parameter(path, "Digits"), path->activation->bits + wider, ng_terms_parameter(path, "ShortLast")};
    add_rows(path, &at, terms);
    terms->count[NG_TERM_CODES] = (double)path->lanes * (3.0 * at.digits - at.shorter);
    terms->count[NG_TERM_CIRCUIT] = path->unit->kind == NG_UNIT_MUL ? 0 : 1;
}
