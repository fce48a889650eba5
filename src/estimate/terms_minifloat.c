#include <string.h>

#include "src/estimate/terms.h"

enum { TABLE_BITS = 6, FIRST_STAGE_BITS = 2 };

typedef struct {
    unsigned xw, yw, xa, ya; /* exponent and mantissa bits */
    unsigned magnitude;      /* bits of the aligned product */
    unsigned product;        /* of the significands' */
} widths;

/* A sign and a magnitude are a minifloat of one exponent bit: the parameters know. */
static widths widths_of(const ng_datapath *path)
{
    widths at = {ng_terms_parameter(path, "WeightExponentBits"), ng_terms_parameter(path, "WeightMantissaBits"),
                 ng_terms_parameter(path, "ActivationExponentBits"), ng_terms_parameter(path, "ActivationMantissaBits"), 0, 0};
    at.magnitude = (1U << at.xw) + at.yw + (1U << at.xa) + at.ya - 2;
    at.product = at.yw + at.ya + 2;
    return at;
}

static void add_product(const widths *at, double lanes, ng_terms *terms)
{
    ng_terms_significands(at->yw + 1, at->ya + 1, lanes, terms);
}

/* A one-bit exponent never shifts: the sum is then the other exponent, 1 for 0. */
static void add_exponents(const widths *at, double lanes, ng_terms *terms)
{
    const unsigned shifting = (at->xw > 1 ? 1U : 0U) + (at->xa > 1 ? 1U : 0U);
    terms->count[NG_TERM_EXPONENTS] += lanes * (shifting == 2 ? at->xw + at->xa - 2 : shifting);
}

static unsigned largest_exponent(unsigned exponent_bits)
{
    return exponent_bits > 1 ? (1U << exponent_bits) - 1 : 0;
}

/* The shifts before a windowed row: rtl/parts/minifloat_term.sv. */
static void add_window_shifts(const widths *at, double lanes, ng_terms *terms)
{
    const ng_aligned_lane lane = {.product = at->product,
                                  .base = (at->xw > 1 ? 1U : 0U) + (at->xa > 1 ? 1U : 0U),
                                  .largest = largest_exponent(at->xw) + largest_exponent(at->xa),
                                  .magnitude = at->magnitude};
    const bool shifting = at->xw > 1 && at->xa > 1;
    terms->count[NG_TERM_EXPONENTS] += lanes * (shifting ? ng_terms_bit_length(lane.largest) : 1);
    const unsigned shift = ng_terms_aligned(&lane, lanes, terms);
    if (at->product != 4 || shift < FIRST_STAGE_BITS) {
        add_product(at, lanes, terms);
    }
}

/* Everything of a lane before its row. */
static void add_lane(const widths *at, double lanes, ng_terms *terms)
{
    const bool table = at->xw + at->yw + at->xa + at->ya <= TABLE_BITS;
    terms->count[NG_TERM_SIGNS] = lanes;
    if (table && at->xw <= 2 && at->xa <= 2 && at->yw == 1 && at->ya == 1 && at->xw + at->xa > 2) {
        terms->count[NG_TERM_TABLES] += lanes * 4;
    } else if (at->xw == 1 && at->xa == 1) {
        if (at->product > 4) {
            add_product(at, lanes, terms);
        }
    } else if (table) {
        terms->count[NG_TERM_TABLES] += lanes * (at->magnitude - 1);
    } else if (at->xw == 2 && at->xa == 2) {
        add_product(at, lanes, terms);
        terms->count[NG_TERM_SHIFTS] += lanes * (at->product + 2);
    } else {
        add_window_shifts(at, lanes, terms);
    }
}

/* The architecture that is one table a result bit. */
static bool is_table(const ng_datapath *path)
{
    const ng_architecture *made = ng_architecture_at(path->unit, path->architecture);
    return made != NULL && strcmp(made->name, "table") == 0;
}

void ng_terms_minifloat(const ng_datapath *path, ng_terms *terms)
{
    const widths at = widths_of(path);
    const bool mac = path->unit->kind == NG_UNIT_MAC;
    terms->count[NG_TERM_HIDDEN] = path->lanes * ((at.xw > 1 ? 1U : 0U) + (at.xa > 1 ? 1U : 0U));
    terms->count[NG_TERM_FLAGS] = path->lanes * (ng_terms_special_nets(path->weight) + ng_terms_special_nets(path->activation));
    if (path->unit->kind == NG_UNIT_MUL && is_table(path)) {
        terms->count[NG_TERM_HIDDEN] = 0;
        terms->count[NG_TERM_TABLES] = path->sum_bits;
        return;
    }
    if (path->unit->kind == NG_UNIT_MUL) {
        terms->count[NG_TERM_SIGNS] = 1;
        add_exponents(&at, 1, terms);
        add_product(&at, 1, terms);
        return;
    }
    add_lane(&at, path->lanes, terms);
    if (mac) {
        terms->count[NG_TERM_WINDOWS] = path->sum_bits;
        terms->count[NG_TERM_REGISTERS] = path->weight->bits + path->activation->bits + path->sum_bits + at.magnitude + 1 +
                                          path->flag_bits;
        return;
    }
    terms->count[NG_TERM_WINDOWS] = (double)path->lanes * at.magnitude;
    ng_terms_chain_ends(path, &(ng_chain_rows){at.magnitude, 1, 0, 1}, terms);
}
