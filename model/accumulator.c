#include "model/accumulator.h"

#include "model/block_term.h"
#include "model/unit.h"

enum { PRODUCTS_MAX = NG_TERMS_MAX, WINDOW_MAX = 128, RANDOM_MAX = 32 };

const char *ng_accumulator_name(ng_accumulator_kind kind)
{
    switch (kind) {
    case NG_ACCUMULATE_EXACT: return "exact";
    case NG_ACCUMULATE_WINDOW: return "window";
    case NG_ACCUMULATE_FLOAT: return "float";
    case NG_ACCUMULATE_BLOCKED: return "blocked";
    }
    return "unknown";
}

static unsigned floor_log2(unsigned value)
{
    const ng_wide wide = ng_wide_from_int(value);
    return ng_wide_length(&wide) - 1;
}

static unsigned ceil_log2(unsigned value)
{
    return value > 1 ? floor_log2(value - 1) + 1 : 0;
}

/* L of an integer or shift format is 2^power or, without a two's complement end, 2^power - 1. */
typedef struct {
    unsigned power;
    bool one_less;
} largest;

static bool has_largest(const ng_format *format)
{
    return format->kind == NG_KIND_INTEGER || format->kind == NG_KIND_SHIFT;
}

static largest largest_of(const ng_format *format)
{
    const unsigned bits = ng_format_magnitude_bits(format);
    const bool unsigned_end = format->kind == NG_KIND_INTEGER &&
                              (format->sign == NG_SIGN_UNSIGNED || format->sign == NG_SIGN_SIGN_MAGNITUDE);
    return unsigned_end ? (largest){bits, true} : (largest){bits - 1, false};
}

/* L * factor, but for the power of two of a format that ends on one: that only moves the result. */
static ng_wide times_largest(ng_wide factor, largest of)
{
    return of.one_less ? ng_wide_add(ng_wide_shift_left(factor, of.power), ng_wide_negate(factor)) : factor;
}

/* Bits of n * Lw * La. */
static unsigned extreme_length(largest w, largest a, unsigned products)
{
    const ng_wide extreme = times_largest(times_largest(ng_wide_from_int(products), w), a);
    return ng_wide_length(&extreme) + (w.one_less ? 0 : w.power) + (a.one_less ? 0 : a.power);
}

static unsigned element_bits(const ng_format *weight, const ng_format *activation, unsigned products)
{
    if (has_largest(weight) && has_largest(activation)) {
        return extreme_length(largest_of(weight), largest_of(activation), products) + 1;
    }
    return ng_format_magnitude_bits(weight) + ng_format_magnitude_bits(activation) + ceil_log2(products) + 1;
}

unsigned ng_exact_bits(const ng_format *weight, const ng_format *activation, unsigned products)
{
    return element_bits(weight, activation, products) + ng_scale_range_bits(weight->scale) +
           ng_scale_range_bits(activation->scale);
}

/* Width of a block's term: its exact sum times the scales' significands; three bits at least, so that E has two of
 * them. */
static unsigned block_bits(const ng_format *weight, const ng_format *activation)
{
    const unsigned bits = element_bits(weight, activation, weight->block) +
                          ng_scale_multiplier_bits(weight->scale) + ng_scale_multiplier_bits(activation->scale);
    return bits > 3 ? bits : 3;
}

static ng_term_bits term_bits(const ng_format *weight, const ng_format *activation)
{
    if (weight->block != 0) {
        const unsigned bits = block_bits(weight, activation);
        return (ng_term_bits){bits - 1, bits - 3};
    }
    const ng_term_bits w = ng_format_term_bits(weight);
    const ng_term_bits a = ng_format_term_bits(activation);
    const bool power = w.significant == 1 || a.significant == 1;
    return (ng_term_bits){w.significant + a.significant - power, w.fraction + a.fraction};
}

/* True if one of the roundings that take place draws random bits. */
static bool is_stochastic(const ng_accumulator *accumulator)
{
    const bool cuts = accumulator->kind == NG_ACCUMULATE_WINDOW ||
                      (accumulator->kind == NG_ACCUMULATE_BLOCKED && accumulator->window != 0);
    const bool runs = accumulator->kind == NG_ACCUMULATE_FLOAT || accumulator->kind == NG_ACCUMULATE_BLOCKED;
    return (cuts && accumulator->cut == NG_ROUND_STOCHASTIC) || (runs && accumulator->rule.rounding == NG_ROUND_STOCHASTIC);
}

static bool rounding_valid(const ng_accumulator *accumulator, ng_rounding rounding)
{
    const unsigned n = accumulator->random_bits;
    return (unsigned)rounding <= NG_ROUND_STOCHASTIC && (is_stochastic(accumulator) ? n >= 1 && n <= RANDOM_MAX : n == 0);
}

static bool is_fused(const ng_accumulator *accumulator)
{
    return accumulator->product.exponent_bits == 0 && accumulator->product.mantissa_bits == 0;
}

static ng_path_status check_float(const ng_accumulator *accumulator)
{
    const ng_float_rule *rule = &accumulator->rule;
    const bool fused = is_fused(accumulator);
    if (!ng_precision_valid(&rule->precision) || (!fused && !ng_precision_valid(&accumulator->product))) {
        return NG_PATH_PRECISION;
    }
    const bool overflow_valid = rule->overflow == NG_OVERFLOW_SATURATE || rule->overflow == NG_OVERFLOW_INFINITE;
    return rounding_valid(accumulator, rule->rounding) && overflow_valid ? NG_PATH_OK : NG_PATH_ROUNDING;
}

static ng_path_status check_window(const ng_accumulator *accumulator)
{
    if (accumulator->window < 1 || accumulator->window > WINDOW_MAX) {
        return NG_PATH_WINDOW;
    }
    return rounding_valid(accumulator, accumulator->cut) ? NG_PATH_OK : NG_PATH_ROUNDING;
}

static ng_path_status check_blocked(const ng_accumulator *accumulator)
{
    if (accumulator->group < 1 || accumulator->group > PRODUCTS_MAX) {
        return NG_PATH_GROUP;
    }
    if (accumulator->joined && accumulator->window == 0) {
        return NG_PATH_WINDOW;
    }
    if (accumulator->joined && !is_fused(accumulator)) {
        return NG_PATH_PRECISION;
    }
    const ng_path_status window = accumulator->window != 0 ? check_window(accumulator) : NG_PATH_OK;
    return window != NG_PATH_OK ? window : check_float(accumulator);
}

static ng_path_status check_exact(const ng_accumulator *accumulator)
{
    if (accumulator->window != 0) {
        return NG_PATH_WINDOW;
    }
    return accumulator->random_bits == 0 ? NG_PATH_OK : NG_PATH_ROUNDING;
}

static ng_path_status check(const ng_accumulator *accumulator)
{
    switch (accumulator->kind) {
    case NG_ACCUMULATE_EXACT: return check_exact(accumulator);
    case NG_ACCUMULATE_WINDOW: return check_window(accumulator);
    case NG_ACCUMULATE_FLOAT: return accumulator->window == 0 ? check_float(accumulator) : NG_PATH_WINDOW;
    case NG_ACCUMULATE_BLOCKED: return check_blocked(accumulator);
    }
    return NG_PATH_PAIR;
}

static ng_path_status check_pair(const ng_format *weight, const ng_format *activation, unsigned products)
{
    if (weight->block != activation->block || !ng_format_valid(weight) || !ng_format_valid(activation)) {
        return NG_PATH_PAIR;
    }
    if (products < 1 || products > PRODUCTS_MAX || (weight->block != 0 && products % weight->block != 0)) {
        return NG_PATH_TERMS;
    }
    return NG_PATH_OK;
}

/* Width of a sum of cut terms: rounded up, a term can reach 2^W. */
static unsigned window_bits(const ng_accumulator *accumulator, unsigned terms)
{
    const bool below = accumulator->cut == NG_ROUND_TOWARD_ZERO || accumulator->cut == NG_ROUND_DOWN ||
                       accumulator->cut == NG_ROUND_TO_ODD;
    return accumulator->window + (below ? ceil_log2(terms) + 1 : floor_log2(terms) + 2);
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static void derive(ng_dot_path *path)
{
    const ng_accumulator *accumulator = &path->accumulator;
    const unsigned block = path->weight->block;
    const unsigned group = smaller(accumulator->group, path->terms);
    path->exact_bits = ng_exact_bits(path->weight, path->activation, path->products);
    switch (accumulator->kind) {
    case NG_ACCUMULATE_EXACT: path->fixed_bits = accumulator->bits != 0 ? accumulator->bits : path->exact_bits; break;
    case NG_ACCUMULATE_WINDOW: path->fixed_bits = window_bits(accumulator, path->terms); break;
    case NG_ACCUMULATE_FLOAT: path->fixed_bits = 0; break;
    case NG_ACCUMULATE_BLOCKED:
        path->fixed_bits = accumulator->window != 0
                               ? window_bits(accumulator, group + accumulator->joined)
                               : ng_exact_bits(path->weight, path->activation, block != 0 ? group * block : group);
        break;
    }
}

ng_path_status ng_dot_path_init(ng_dot_path *path, const ng_format *weight, const ng_format *activation,
                                const ng_accumulator *accumulator, unsigned products)
{
    const ng_path_status pair = check_pair(weight, activation, products);
    const ng_path_status status = pair != NG_PATH_OK ? pair : check(accumulator);
    if (status != NG_PATH_OK) {
        return status;
    }
    ng_dot_path made = {
        .weight = weight,
        .activation = activation,
        .accumulator = *accumulator,
        .products = products,
        .terms = weight->block != 0 ? products / weight->block : products,
        .block_bits = weight->block != 0 ? block_bits(weight, activation) : 0,
        .lsb = ng_format_lsb(weight) + ng_format_lsb(activation) + ng_scale_lsb(weight->scale) +
               ng_scale_lsb(activation->scale),
        .term = term_bits(weight, activation),
    };
    derive(&made);
    if (made.fixed_bits > NG_BIG_BITS) {
        return NG_PATH_TOO_WIDE;
    }
    *path = made;
    return NG_PATH_OK;
}
