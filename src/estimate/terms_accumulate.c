#include "src/estimate/terms.h"

enum { PLACES = 4, FIRST = 1 };

/* The adder behind a floating-point register (rtl/parts/float_add.sv). */
typedef struct {
    unsigned exponent;
    unsigned mantissa;
    unsigned term;     /* bits of the term's magnitude */
    unsigned place;    /* bits of its exponent */
    bool subnormals;
    bool ends;
} adder;

static unsigned greater(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Stages of one bit, the largest first: bits out of each (rtl/parts/leading_shift.sv). */
static double leading_bits(unsigned data, unsigned top)
{
    double bits = 0;
    for (unsigned place = ng_terms_bit_length(data - 1); place-- > 0;) {
        const unsigned reach = top + (1U << place) - 1;
        data = reach < data ? reach : data;
        bits += data;
    }
    return bits;
}

static void add_float(const adder *at, ng_terms *terms)
{
    const unsigned frame = at->term + at->mantissa + 2;
    const unsigned small = greater(at->term, at->mantissa + 2);
    const unsigned shift = ng_terms_bit_length(frame);
    const unsigned distance = greater(at->place, shift + 1);
    const unsigned state = 1 + at->exponent + at->mantissa;
    terms->count[NG_TERM_FIELDS] = frame + small;
    terms->count[NG_TERM_EXPONENTS] += PLACES * distance + at->place;
    terms->count[NG_TERM_TESTS] = small + frame;
    ng_terms_right_shift(&(ng_right_shift){small, frame, shift, true}, 1, terms);
    terms->count[NG_TERM_SUMS] = frame;
    terms->count[NG_TERM_LEADING] = leading_bits(frame + 1, at->mantissa + 2);
    terms->count[NG_TERM_ROUNDS] = 2 * at->mantissa + (at->subnormals ? 3 * at->mantissa : 0) + (at->ends ? state : 0);
    terms->count[NG_TERM_REGISTERS] = state + FIRST;
    terms->count[NG_TERM_CIRCUIT] = 1;
}

/* Bits of a place: of the larger of the register's exponents and the terms', with a sign and one more. */
static unsigned place_bits(unsigned exponent, int offset, unsigned largest)
{
    const unsigned reach = (unsigned)(offset < 0 ? -offset : offset) + largest;
    return 2 + greater(ng_terms_bit_length(reach), exponent);
}

static unsigned field_most(const ng_format *format)
{
    return format->exponent_bits > 1 ? (1U << format->exponent_bits) - 1 : 0;
}

static int term_place(const ng_datapath *path)
{
    return (int)ng_terms_parameter(path, "TermPlace") - 512;
}

void ng_terms_float(const ng_datapath *path, ng_terms *terms)
{
    const unsigned weight = field_most(path->weight);
    const unsigned activation = field_most(path->activation);
    adder at = {.exponent = path->output->exponent_bits,
                .mantissa = path->output->mantissa_bits,
                .term = path->weight->mantissa_bits + path->activation->mantissa_bits + 2U,
                .subnormals = ng_terms_parameter(path, "Subnormals") != 0,
                .ends = ng_terms_parameter(path, "Ends") != 0};
    const int base = (weight != 0 ? 1 : 0) + (activation != 0 ? 1 : 0);
    at.place = place_bits(at.exponent, term_place(path) - base + (int)at.term - (int)at.mantissa, weight + activation);
    ng_terms_window_product(path, 1, terms);
    terms->count[NG_TERM_EXPONENTS] = ng_terms_bit_length(weight + activation);
    add_float(&at, terms);
    terms->count[NG_TERM_REGISTERS] += path->weight->bits + path->activation->bits + path->flag_bits;
}

/* A block's sum and its scale; a scale that is a product is multiplied into the sum first. */
typedef struct {
    unsigned bits;  /* of the sum, the scale's product included */
    unsigned field; /* of the scale's exponent */
} block_term;

static block_term add_block(const ng_datapath *path, ng_terms *terms)
{
    const bool product = ng_terms_parameter(path, "ScaleProduct") != 0;
    const unsigned multiplier = product ? NG_SCALE_PRODUCT_BITS : 0;
    if (product) {
        terms->count[NG_TERM_ROWS] = (path->sum_bits + 1.0) * (multiplier / 2 + 1);
    }
    return (block_term){path->sum_bits + multiplier, path->scale_bits - multiplier};
}

void ng_terms_block_float(const ng_datapath *path, ng_terms *terms)
{
    const block_term block = add_block(path, terms);
    adder at = {.exponent = path->output->exponent_bits,
                .mantissa = path->output->mantissa_bits,
                .term = block.bits,
                .subnormals = true,
                .ends = true};
    at.place = place_bits(at.exponent, term_place(path) + (int)at.term - (int)at.mantissa, (1U << block.field) - 1);
    add_float(&at, terms);
    terms->count[NG_TERM_MAGNITUDES] = block.bits;
    terms->count[NG_TERM_REGISTERS] += path->first_bits + path->flag_bits;
}

/* Windows as far apart as the block's sum is long (rtl/block_exact_accumulate.sv). */
void ng_terms_block_exact(const ng_datapath *path, ng_terms *terms)
{
    const block_term block = add_block(path, terms);
    const unsigned wanted = ng_terms_bit_length(block.bits - 2);
    const unsigned shift = wanted < block.field ? wanted : block.field;
    const unsigned longest = block.bits + (1U << shift) - 1;
    for (unsigned done = 2; done < shift + 2; done += 2) {
        const unsigned held = block.bits + (1U << done) - 1;
        terms->count[NG_TERM_SHIFTS] += held < longest ? held : longest;
    }
    terms->count[NG_TERM_FIELDS] = block.field > shift ? 2.0 * (1U << (block.field - shift)) : 0;
    terms->count[NG_TERM_SUMS] = path->width;
    terms->count[NG_TERM_REGISTERS] = path->first_bits + 2.0 * path->width + 2 * path->flag_bits;
    terms->count[NG_TERM_CIRCUIT] = 1;
}
