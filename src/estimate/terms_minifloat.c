#include <string.h>

#include "src/estimate/terms.h"

enum { TABLE_BITS = 6, FIRST_STAGE_BITS = 2 };

typedef struct {
    unsigned xw, yw, xa, ya; /* exponent and mantissa bits */
    unsigned magnitude;      /* bits of the aligned product */
    unsigned product;        /* of the significands' */
} widths;

static unsigned log2_above(unsigned value)
{
    unsigned bits = 0;
    while ((1U << bits) < value) {
        bits++;
    }
    return bits;
}

static widths widths_of(const ng_datapath *path)
{
    widths at = {path->weight->exponent_bits, path->weight->mantissa_bits, path->activation->exponent_bits,
                 path->activation->mantissa_bits, 0, 0};
    at.magnitude = (1U << at.xw) + at.yw + (1U << at.xa) + at.ya - 2;
    at.product = at.yw + at.ya + 2;
    return at;
}

static unsigned lesser(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Radix-4 Booth rows of y: row j is x + 2 bits wide, or what is left of the product; a digit's sign is a table. */
static void add_booth(unsigned x, unsigned y, double lanes, ng_terms *terms)
{
    for (unsigned digit = 0; 2 * digit <= y; digit++) {
        terms->count[NG_TERM_ROWS] += lanes * lesser(x + 2, x + y - 2 * digit);
        terms->count[NG_TERM_TABLES] += 2 * digit < y ? lanes : 0;
    }
}

/* rtl/parts/significand_product.sv: tables up to 3 x 3 bits, a table and a row up to 4 x 4, Booth rows beyond. */
static void add_product(const widths *at, double lanes, ng_terms *terms)
{
    const unsigned longer = (at->yw > at->ya ? at->yw : at->ya) + 1;
    if (at->product < TABLE_BITS) {
        terms->count[NG_TERM_SMALL_TABLES] += lanes * at->product;
    } else if (at->product == TABLE_BITS) {
        terms->count[NG_TERM_TABLES] += lanes * TABLE_BITS;
    } else if (longer <= 4) {
        terms->count[NG_TERM_TABLES] += lanes * (longer + 2);
        terms->count[NG_TERM_ROWS] += lanes * (at->product - 2);
    } else {
        add_booth(longer, at->product - longer, lanes, terms);
    }
}

/* A one-bit exponent never shifts: the sum is then the other exponent, 1 for 0. */
static void add_exponents(const widths *at, double lanes, ng_terms *terms)
{
    const unsigned shifting = (at->xw > 1 ? 1U : 0U) + (at->xa > 1 ? 1U : 0U);
    terms->count[NG_TERM_EXPONENTS] += lanes * (shifting == 2 ? at->xw + at->xa - 2 : shifting);
}

/* A stage after which the shift is known up to its bit `done`, `select` of them in this stage: as many bits are left as the shifted
 * product reaches, or as the ring has in which it turns (rtl/parts/ring_align.sv). */
static void add_stage(const widths *at, unsigned ring, unsigned done, unsigned select, double lanes, ng_terms *terms)
{
    terms->count[select > 1 ? NG_TERM_SHIFTS : NG_TERM_HALF_SHIFTS] += lanes * lesser(at->product + (1U << done) - 1, ring);
}

static unsigned largest_exponent(unsigned exponent_bits)
{
    return exponent_bits > 1 ? (1U << exponent_bits) - 1 : 0;
}

/* Bits of the row that three or more windows reach, each through a bit of its own: more nets than the row's LUT takes. */
static unsigned spread_bits(const widths *at, unsigned window, unsigned windows, unsigned base)
{
    const unsigned reach = at->product + window - 1;
    unsigned count = 0;
    for (unsigned bit = 0; bit < at->magnitude; bit++) {
        unsigned meeting = 0;
        for (unsigned w = 0; w < windows; w++) {
            const unsigned place = bit + base;
            meeting += place >= w * window && place - w * window < reach ? 1 : 0;
        }
        count += meeting > 2 ? 1 : 0;
    }
    return count;
}

/* The shifts before a windowed row: rtl/parts/minifloat_term.sv. */
static void add_window_shifts(const widths *at, double lanes, ng_terms *terms)
{
    const unsigned exponent_bits = log2_above(largest_exponent(at->xw) + largest_exponent(at->xa) + 1);
    const unsigned shift = exponent_bits > 2 ? exponent_bits - 2 : 0;
    const unsigned window = 1U << shift;
    const unsigned ring = at->product <= window ? window : at->product + window - 1;
    const bool shifting = at->xw > 1 && at->xa > 1;
    terms->count[NG_TERM_EXPONENTS] += lanes * (shifting ? exponent_bits : 1);
    if (ring > window) {
        const unsigned base = (at->xw > 1 ? 1U : 0U) + (at->xa > 1 ? 1U : 0U);
        const unsigned largest = largest_exponent(at->xw) + largest_exponent(at->xa);
        terms->count[NG_TERM_SPREAD] += lanes * spread_bits(at, window, (largest >> shift) + 1, base);
    }
    terms->count[NG_TERM_TURNS] += lanes * (at->product + window - 1 - ring);
    if (at->product != 4 || shift < FIRST_STAGE_BITS) {
        add_product(at, lanes, terms);
    }
    for (unsigned done = 0; done < shift; done += FIRST_STAGE_BITS) {
        const unsigned select = lesser(shift - done, FIRST_STAGE_BITS);
        add_stage(at, ring, done + select, select, lanes, terms);
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

static double special_nets(const ng_format *format)
{
    switch (format->specials) {
    case NG_SPECIALS_FN: return format->bits - 1;
    case NG_SPECIALS_IEEE: return format->exponent_bits;
    default: return 0;
    }
}

void ng_terms_minifloat(const ng_datapath *path, ng_terms *terms)
{
    const widths at = widths_of(path);
    const bool mac = path->unit->kind == NG_UNIT_MAC;
    terms->count[NG_TERM_HIDDEN] = path->lanes * ((at.xw > 1 ? 1U : 0U) + (at.xa > 1 ? 1U : 0U));
    terms->count[NG_TERM_FLAGS] = path->lanes * (special_nets(path->weight) + special_nets(path->activation));
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
    ng_terms_chain_ends(path, at.magnitude, 1, terms);
}
