#include "src/estimate/terms.h"

/* The forms of rtl/parts/mixed_operand.sv. */
enum {
    FLOAT = 0,
    POWER = 1,
    TERNARY = 2,
    INTEGER = 3,
    UNSIGNED_INTEGER = 4,
    UNSIGNED_FLOAT = 5,
    SIGN_MAGNITUDE = 6,
    POSIT = 7,
    HIFLOAT = 8,
    APOT = 9,
    UNSIGNED_APOT = 10
};

enum { TABLE_BITS = 6, FUSED_BITS = 4, TABLE_MAGNITUDE = 32, HIFLOAT_LARGEST = 35 };

/* What rtl/parts/mixed_term.sv derives from an operand. */
typedef struct {
    unsigned form;
    unsigned bits;
    unsigned significand;
    unsigned exponent;
    unsigned base;
    unsigned largest;
    unsigned used;  /* bits of the code apart from its sign */
    unsigned flags; /* nets looked at for NaN and infinity */
} operand;

static bool is_float(unsigned form)
{
    return form == FLOAT || form == UNSIGNED_FLOAT || form == POSIT || form == HIFLOAT;
}

/* Fields come out of a table of the code. */
static bool is_decoded(unsigned form)
{
    return form >= POSIT;
}

static bool is_shift(unsigned form)
{
    return form == POWER || form == TERNARY;
}

static unsigned significand_of(unsigned form, unsigned bits, unsigned mantissa)
{
    if (is_shift(form)) {
        return 1;
    }
    return is_float(form) || is_decoded(form) ? mantissa + 1 : bits - (form == SIGN_MAGNITUDE ? 1 : 0);
}

static unsigned largest_of(unsigned form, unsigned bits, unsigned exponent, unsigned mantissa)
{
    switch (form) {
    case POSIT: return (2 * (bits - 2) << (bits - 3 - mantissa)) - mantissa + 1;
    case HIFLOAT: return HIFLOAT_LARGEST;
    case POWER:
    case TERNARY: return (1U << exponent) - 1;
    case FLOAT:
    case UNSIGNED_FLOAT: return exponent > 1 ? (1U << exponent) - 1 : 0;
    default: return 0;
    }
}

static operand operand_of(const ng_format *format, unsigned form, unsigned bits, unsigned exponent, unsigned mantissa)
{
    const bool sign = form != INTEGER && form != UNSIGNED_INTEGER && form != UNSIGNED_FLOAT && form != UNSIGNED_APOT;
    operand at = {.form = form,
                  .bits = bits,
                  .significand = significand_of(form, bits, mantissa),
                  .exponent = is_float(form) || is_shift(form) ? exponent : 0,
                  .base = is_float(form) && exponent > 1 ? 1 : 0,
                  .largest = largest_of(form, bits, exponent, mantissa),
                  .used = bits - (sign ? 1 : 0),
                  .flags = ng_terms_special_nets(format)};
    return at;
}

static operand weight_of(const ng_datapath *path)
{
    return operand_of(path->weight, ng_terms_parameter(path, "WeightForm"), ng_terms_parameter(path, "WeightBits"),
                      ng_terms_parameter(path, "WeightExponentBits"), ng_terms_parameter(path, "WeightMantissaBits"));
}

static operand activation_of(const ng_datapath *path)
{
    return operand_of(path->activation, ng_terms_parameter(path, "ActivationForm"), ng_terms_parameter(path, "ActivationBits"),
                      ng_terms_parameter(path, "ActivationExponentBits"), ng_terms_parameter(path, "ActivationMantissaBits"));
}

/* rtl/parts/mixed_product.sv */
static void add_product(const operand *w, const operand *a, double lanes, ng_terms *terms)
{
    const unsigned longer = w->significand > a->significand ? w->significand : a->significand;
    if (w->significand > 1 && a->significand > 1) {
        ng_terms_significands(w->significand, a->significand, lanes, terms);
    } else if (w->form != POWER && a->form != POWER) {
        terms->count[NG_TERM_GATES] += lanes * longer;
    }
}

/* Twice the LUTs for each net above six: the fields of a code, and whether its exponent is 0. */
static double decoded_bits(const operand *at)
{
    const unsigned fields = at->significand + (at->exponent != 0 ? at->exponent + 1 : 0);
    return fields * (at->used > TABLE_BITS ? (double)(1U << (at->used - TABLE_BITS)) : 1);
}

static void add_operand(const operand *at, double lanes, ng_terms *terms)
{
    if (is_decoded(at->form)) {
        terms->count[NG_TERM_DECODES] += lanes * decoded_bits(at);
        terms->count[NG_TERM_CODES] += at->form == POSIT ? lanes * (at->bits - 1) : 0;
        return;
    }
    terms->count[NG_TERM_CODES] += at->form == INTEGER ? lanes * (at->significand - 1) : 0;
    terms->count[NG_TERM_HIDDEN] += is_float(at->form) && at->exponent > 1 ? lanes : 0;
}

static void add_window(const operand *w, const operand *a, unsigned magnitude, double lanes, ng_terms *terms)
{
    const ng_aligned_lane lane = {.product = magnitude + w->base + a->base - w->largest - a->largest,
                                  .base = w->base + a->base,
                                  .largest = w->largest + a->largest,
                                  .magnitude = magnitude};
    add_operand(w, lanes, terms);
    add_operand(a, lanes, terms);
    add_product(w, a, lanes, terms);
    if (w->largest != 0 && a->largest != 0) {
        terms->count[NG_TERM_EXPONENTS] += lanes * ng_terms_bit_length(lane.largest);
    } else {
        terms->count[NG_TERM_EXPONENTS] += lanes * (w->base + a->base);
    }
    (void)ng_terms_aligned(&lane, lanes, terms);
}

static void add_lanes(const ng_datapath *path, const operand *w, const operand *a, ng_terms *terms)
{
    const unsigned magnitude = ng_terms_parameter(path, "MagnitudeBits");
    const bool table =
        w->used + a->used <= TABLE_BITS && magnitude <= TABLE_MAGNITUDE && !is_decoded(w->form) && !is_decoded(a->form);
    terms->count[NG_TERM_SIGNS] = path->lanes;
    terms->count[NG_TERM_FLAGS] = (double)path->lanes * (w->flags + a->flags);
    if (!table) {
        add_window(w, a, magnitude, path->lanes, terms);
    } else if (w->used + a->used > FUSED_BITS) {
        terms->count[NG_TERM_TABLES] = (double)path->lanes * magnitude;
    }
    if (ng_terms_adds_lanes(path)) {
        terms->count[NG_TERM_WINDOWS] = (double)path->lanes * magnitude;
        ng_terms_chain_ends(path, &(ng_chain_rows){magnitude, 1, 0, 1}, terms);
        return;
    }
    terms->count[NG_TERM_WINDOWS] = path->unit->kind == NG_UNIT_MAC ? path->sum_bits : magnitude;
    if (path->unit->kind == NG_UNIT_MAC) {
        terms->count[NG_TERM_REGISTERS] = path->weight->bits + path->activation->bits + path->sum_bits + magnitude + 1 + path->flag_bits;
    }
}

void ng_terms_mixed(const ng_datapath *path, ng_terms *terms)
{
    const operand w = weight_of(path);
    const operand a = activation_of(path);
    add_lanes(path, &w, &a, terms);
}

/* The magnitude comes out of a table, whose code has a sign: nothing is made of it but the product. */
void ng_terms_lookup(const ng_datapath *path, ng_terms *terms)
{
    ng_terms_mixed(path, terms);
    terms->count[NG_TERM_CODES] += (double)path->lanes * ng_terms_parameter(path, "WeightBits");
}
