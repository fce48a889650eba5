#include "tests/ref/ref_round.h"

#include <math.h>

#include "tests/ref/ref_logarithmic.h"
#include "tests/ref/ref_minifloat.h"
#include "tests/ref/ref_posit.h"
#include "tests/ref/ref_wrap.h"

/* The two values of a format on either side of x. `at` are places in the order of the table. Beyond an end one of them is
 * not in the table: the value the format would have there if it went on. */
typedef struct {
    const ref_table *table;
    bool negative;  /* x < 0 */
    bool in_table[2];
    uint32_t at[2]; /* of the value below, above */
    uint32_t code[2];
    mpfr_t value[2];
} neighbours;

enum { LOW, HIGH };

static const mpfr_t *value_at(const ref_table *table, uint32_t at)
{
    return &table->value[table->order[at]].number;
}

/* Last place in the order whose value is <= x. Range: the first value is <= x. */
static uint32_t place_of(const ref_table *table, const mpfr_t x)
{
    uint32_t low = 0;
    uint32_t high = table->finite;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (mpfr_cmp(*value_at(table, middle), x) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A subnormal that reads as a zero is not the code of a zero. */
static bool is_flushed(const ref_format *format, uint32_t code)
{
    return format->kind == REF_MINIFLOAT && format->flush && code % (1U << format->mantissa_bits) != 0;
}

/* Of the codes with the value at this place, the one to give for an x of that sign: a zero of the sign, if the format has
 * it (a ternary sign has one zero, the others only read as it), then the smallest. */
static uint32_t code_at(const ref_table *table, uint32_t at, bool negative)
{
    uint32_t best = table->codes;
    uint32_t any = table->codes;
    uint32_t first = at;
    while (first > 0 && mpfr_equal_p(*value_at(table, first - 1), *value_at(table, at))) {
        first--;
    }
    for (uint32_t i = first; i < table->finite && mpfr_equal_p(*value_at(table, i), *value_at(table, at)); i++) {
        const uint32_t code = table->order[i];
        any = code < any ? code : any;
        if (mpfr_zero_p(*value_at(table, i)) && is_flushed(table->format, code)) {
            continue;
        }
        if ((mpfr_signbit(*value_at(table, i)) != 0) == negative && code < best) {
            best = code;
        }
    }
    return best < table->codes && table->format->sign != REF_SIGN_TERNARY ? best : any;
}

/* ---- where the format would go on ---- */

/* Distance of the value past an end from that end, for the kinds whose overflow shows. */
static void step_beyond(mpfr_t step, const ref_table *table, const mpfr_t end)
{
    const ref_format *format = table->format;
    long exponent = -(long)format->bias;
    if (format->kind == REF_MINIFLOAT) {
        /* The last place of the end's binade, which is the subnormals' own if there is none below. */
        exponent = format->has_zero ? 1 - format->bias : -(long)format->bias;
        if (!mpfr_zero_p(end) && mpfr_get_exp(end) - 1 > exponent) {
            exponent = mpfr_get_exp(end) - 1;
        }
        exponent -= (long)format->mantissa_bits;
    } else if (format->kind == REF_HIFLOAT) {
        exponent = 14; /* 2^15 has one mantissa bit */
    }
    ref_exact(mpfr_set_ui_2exp(step, 1, exponent, MPFR_RNDN));
}

/* ---- finding the neighbours ---- */

static void take_neighbour(neighbours *n, unsigned which, uint32_t at)
{
    n->in_table[which] = true;
    n->at[which] = at;
    n->code[which] = code_at(n->table, at, n->negative);
    ref_exact(mpfr_set(n->value[which], *value_at(n->table, at), MPFR_RNDN));
}

/* The value past the end `end`, whose code is the next one: of the other parity. */
static void imagine_neighbour(neighbours *n, unsigned which)
{
    const unsigned end = 1 - which;
    n->in_table[which] = false;
    n->code[which] = n->code[end] ^ 1U;
    step_beyond(n->value[which], n->table, n->value[end]);
    if (which == LOW) {
        ref_exact(mpfr_sub(n->value[which], n->value[end], n->value[which], MPFR_RNDN));
    } else {
        ref_exact(mpfr_add(n->value[which], n->value[end], n->value[which], MPFR_RNDN));
    }
}

static void find_neighbours(neighbours *n, const ref_table *table, const mpfr_t x)
{
    const uint32_t first = ref_first(table);
    const uint32_t last = table->finite - 1;
    n->table = table;
    n->negative = mpfr_signbit(x) != 0;
    mpfr_init2(n->value[LOW], REF_SUM_PRECISION);
    mpfr_init2(n->value[HIGH], REF_SUM_PRECISION);
    if (mpfr_cmp(x, *value_at(table, first)) < 0) {
        take_neighbour(n, HIGH, first);
        imagine_neighbour(n, LOW);
    } else if (mpfr_cmp(x, *value_at(table, last)) >= 0) {
        take_neighbour(n, LOW, last);
        imagine_neighbour(n, HIGH);
    } else {
        const uint32_t low = place_of(table, x);
        take_neighbour(n, LOW, low);
        take_neighbour(n, HIGH, low + 1);
    }
}

static void drop_neighbours(neighbours *n)
{
    mpfr_clear(n->value[LOW]);
    mpfr_clear(n->value[HIGH]);
}

/* ---- the place in between where nearest changes ---- */

static void middle_of_logarithms(mpfr_t middle, const neighbours *n)
{
    MPFR_DECL_INIT(high, REF_SUM_PRECISION);
    (void)ref_logarithmic_power(middle, n->table->format, n->code[LOW]);
    (void)ref_logarithmic_power(high, n->table->format, n->code[HIGH]);
    (void)mpfr_add(middle, middle, high, MPFR_RNDN);
    ref_exact(mpfr_div_2ui(middle, middle, 1, MPFR_RNDN));
}

static void middle_of(mpfr_t middle, const neighbours *n)
{
    const ref_format *format = n->table->format;
    if (format->kind == REF_LOGARITHMIC && n->in_table[LOW] && n->in_table[HIGH]) {
        middle_of_logarithms(middle, n);
        return;
    }
    if (format->kind == REF_POSIT && n->in_table[LOW] && n->in_table[HIGH]) {
        ref_format longer = *format;
        ref_value value;
        longer.bits++;
        mpfr_init2(value.number, REF_VALUE_PRECISION);
        ref_posit_value(&longer, 2 * n->code[LOW] + 1, &value);
        ref_exact(mpfr_set(middle, value.number, MPFR_RNDN));
        mpfr_clear(value.number);
        return;
    }
    ref_exact(mpfr_add(middle, n->value[LOW], n->value[HIGH], MPFR_RNDN));
    ref_exact(mpfr_div_2ui(middle, middle, 1, MPFR_RNDN));
}

/* ---- the modes ---- */

static unsigned smaller_magnitude(const neighbours *n)
{
    return mpfr_cmpabs(n->value[LOW], n->value[HIGH]) < 0 ? LOW : HIGH;
}

/* The neighbour whose code has this parity; of two or none the lower (CODEBOOK) or the smaller magnitude. */
static unsigned with_parity(const neighbours *n, uint32_t parity)
{
    if (n->code[LOW] % 2 != n->code[HIGH] % 2) {
        return n->code[LOW] % 2 == parity ? LOW : HIGH;
    }
    return n->table->format->kind == REF_CODEBOOK ? LOW : smaller_magnitude(n);
}

static unsigned at_tie(const neighbours *n, ref_rounding rounding)
{
    switch (rounding) {
    case REF_TIES_UP: return HIGH;
    case REF_NEAREST_AWAY: return mpfr_cmpabs(n->value[HIGH], n->value[LOW]) < 0 ? LOW : HIGH;
    default: break;
    }
    return n->table->format->kind == REF_CODEBOOK ? LOW : with_parity(n, 0);
}

/* A posit other than zero is never rounded to zero by the nearest modes (Posit Standard 2022). */
static bool posit_keeps_off_zero(const neighbours *n, unsigned *which)
{
    if (n->table->format->kind != REF_POSIT) {
        return false;
    }
    if (mpfr_zero_p(n->value[LOW]) || mpfr_zero_p(n->value[HIGH])) {
        *which = mpfr_zero_p(n->value[LOW]) ? HIGH : LOW;
        return true;
    }
    return false;
}

static unsigned nearest(const neighbours *n, const mpfr_t x, ref_rounding rounding)
{
    unsigned which = LOW;
    if (posit_keeps_off_zero(n, &which)) {
        return which;
    }
    MPFR_DECL_INIT(middle, REF_SUM_PRECISION);
    middle_of(middle, n);
    const int side = mpfr_cmp(x, middle);
    return side != 0 ? (side > 0 ? HIGH : LOW) : at_tie(n, rounding);
}

/* floor(2^n (x - from) / (to - from)) + random >= 2^n  <=>  2^n x >= 2^n from + (2^n - random) (to - from), from < to: nothing
 * of x is lost, however small it is. */
static bool chance(const mpfr_t x, const mpfr_t from, const mpfr_t to, const ref_options *options)
{
    MPFR_DECL_INIT(scaled, REF_SUM_PRECISION);
    MPFR_DECL_INIT(needed, REF_SUM_PRECISION);
    MPFR_DECL_INIT(share, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_ui_2exp(share, 1, options->random_bits, MPFR_RNDN));
    ref_exact(mpfr_sub_ui(share, share, options->random, MPFR_RNDN));
    ref_exact(mpfr_sub(needed, to, from, MPFR_RNDN));
    ref_exact(mpfr_mul(needed, needed, share, MPFR_RNDN));
    ref_exact(mpfr_mul_2ui(scaled, from, options->random_bits, MPFR_RNDN));
    ref_exact(mpfr_add(needed, needed, scaled, MPFR_RNDN));
    ref_exact(mpfr_mul_2ui(scaled, x, options->random_bits, MPFR_RNDN));
    return mpfr_cmp(scaled, needed) >= 0;
}

static unsigned stochastic(const neighbours *n, const mpfr_t x, const ref_options *options)
{
    const bool straddles = mpfr_sgn(n->value[LOW]) < 0 && mpfr_sgn(n->value[HIGH]) > 0;
    if (straddles || !n->negative) {
        return chance(x, n->value[LOW], n->value[HIGH], options) ? HIGH : LOW;
    }
    MPFR_DECL_INIT(magnitude, REF_SUM_PRECISION);
    MPFR_DECL_INIT(near, REF_SUM_PRECISION);
    MPFR_DECL_INIT(far, REF_SUM_PRECISION);
    ref_exact(mpfr_neg(magnitude, x, MPFR_RNDN));
    ref_exact(mpfr_neg(near, n->value[HIGH], MPFR_RNDN));
    ref_exact(mpfr_neg(far, n->value[LOW], MPFR_RNDN));
    return chance(magnitude, near, far, options) ? LOW : HIGH;
}

/* With zero between the neighbours of a codebook without one, the smaller magnitude. */
static unsigned toward_zero(const neighbours *n)
{
    const bool straddles = mpfr_sgn(n->value[LOW]) < 0 && mpfr_sgn(n->value[HIGH]) > 0;
    if (!straddles) {
        return n->negative ? HIGH : LOW;
    }
    return mpfr_cmpabs(n->value[HIGH], n->value[LOW]) < 0 ? HIGH : LOW;
}

static unsigned choose(const neighbours *n, const mpfr_t x, const ref_options *options)
{
    switch (options->rounding) {
    case REF_NEAREST_EVEN:
    case REF_NEAREST_AWAY:
    case REF_TIES_UP: return nearest(n, x, options->rounding);
    case REF_TOWARD_ZERO: return toward_zero(n);
    case REF_UP: return HIGH;
    case REF_DOWN: return LOW;
    case REF_TO_ODD: return with_parity(n, 1);
    case REF_STOCHASTIC:
    case REF_ROUNDINGS: break;
    }
    return stochastic(n, x, options);
}

/* ---- zero and where there is none ---- */

static bool has_zero(const ref_table *table)
{
    MPFR_DECL_INIT(zero, REF_VALUE_PRECISION);
    mpfr_set_zero(zero, 1);
    return mpfr_cmp(zero, *value_at(table, 0)) >= 0 && mpfr_zero_p(*value_at(table, place_of(table, zero)));
}

/* Zero-free powers of two and minifloats, between -s and s: no direction but UP, DOWN and chance crosses zero. */
static bool sign_is_kept(const neighbours *n, const ref_options *options)
{
    const ref_kind kind = n->table->format->kind;
    return (kind == REF_SHIFT || kind == REF_MINIFLOAT) && !n->table->format->has_zero && n->in_table[LOW] &&
           n->in_table[HIGH] && n->at[HIGH] == n->at[LOW] + 1 && mpfr_sgn(n->value[LOW]) < 0 &&
           mpfr_sgn(n->value[HIGH]) > 0 && options->rounding != REF_UP && options->rounding != REF_DOWN &&
           options->rounding != REF_STOCHASTIC;
}

static uint32_t zero_code(const ref_table *table, bool negative)
{
    MPFR_DECL_INIT(zero, REF_VALUE_PRECISION);
    mpfr_set_zero(zero, 1);
    if (!has_zero(table)) {
        return ref_tiniest(table);
    }
    return code_at(table, place_of(table, zero), negative && table->format->kind != REF_SHIFT);
}

/* ---- overflow ---- */

uint32_t ref_nan(const ref_table *table)
{
    return table->has_nan ? table->nan : 0;
}

static uint32_t end_of(const ref_table *table, bool negative)
{
    return code_at(table, negative ? ref_first(table) : table->finite - 1, negative);
}

static uint32_t overflowed(const ref_table *table, bool negative, ref_overflow overflow)
{
    const bool infinite = table->has_infinite[negative];
    if (infinite && (overflow == REF_TO_INFINITY || (overflow == REF_TO_NAN && !table->has_nan))) {
        return table->infinite[negative];
    }
    if (table->has_nan && (overflow == REF_TO_INFINITY || overflow == REF_TO_NAN)) {
        return table->nan;
    }
    return end_of(table, negative);
}

/* TOWARD_ZERO, TO_ODD and the direction back to the values stay at the last of them (IEEE 754-2019 clause 7.4). */
static bool points_back(bool negative, ref_rounding rounding)
{
    return rounding == REF_TOWARD_ZERO || rounding == REF_TO_ODD || rounding == (negative ? REF_UP : REF_DOWN);
}

/* x lies past an end; the end is one of the neighbours. */
static uint32_t past_the_end(const neighbours *n, const mpfr_t x, const ref_options *options)
{
    const unsigned end = n->in_table[LOW] ? LOW : HIGH;
    const bool below = end == HIGH;
    const bool far = below ? mpfr_cmp(x, n->value[LOW]) <= 0 : mpfr_cmp(x, n->value[HIGH]) >= 0;
    if (n->table->format->kind == REF_POSIT || points_back(below, options->rounding) ||
        (!far && choose(n, x, options) == end)) {
        return n->code[end];
    }
    return overflowed(n->table, below, options->overflow);
}

/* ---- all together ---- */

static uint32_t round_nonzero(const ref_table *table, const mpfr_t x, const ref_options *options)
{
    neighbours n;
    find_neighbours(&n, table, x);
    uint32_t code = n.code[LOW];
    if (!n.in_table[LOW] && !has_zero(table) && table->format->sign == REF_SIGN_UNSIGNED && !n.negative) {
        code = n.code[HIGH]; /* zero-free and unsigned: the smallest value is all there is below */
    } else if (n.in_table[LOW] && mpfr_equal_p(x, n.value[LOW])) {
        code = n.code[LOW];
    } else if (!n.in_table[LOW] || !n.in_table[HIGH]) {
        code = past_the_end(&n, x, options);
    } else if (sign_is_kept(&n, options)) {
        code = n.code[n.negative ? LOW : HIGH];
    } else {
        code = n.code[choose(&n, x, options)];
    }
    drop_neighbours(&n);
    return code;
}

uint32_t ref_round(const ref_table *table, const mpfr_t x, const ref_options *options)
{
    const bool negative = mpfr_signbit(x) != 0;
    if (mpfr_nan_p(x)) {
        return ref_nan(table);
    }
    if (mpfr_inf_p(x)) {
        return overflowed(table, negative, options->overflow);
    }
    if (mpfr_zero_p(x) && (table->format->kind != REF_CODEBOOK || has_zero(table))) {
        return zero_code(table, negative);
    }
    if (table->unflushed != NULL) {
        return ref_minifloat_flush(table->format, round_nonzero(table->unflushed, x, options));
    }
    if (table->format->kind == REF_INTEGER && options->overflow == REF_WRAP) {
        return ref_wrap(table->format, x, options);
    }
    return round_nonzero(table, x, options);
}

uint32_t ref_nearest(const ref_table *table, const mpfr_t x)
{
    const ref_options options = {.rounding = REF_NEAREST_EVEN, .overflow = REF_SATURATE, .random_bits = 1};
    return ref_round(table, x, &options);
}

uint32_t ref_nearest_double(const ref_table *table, double x)
{
    if (isnan(x)) {
        return ref_nan(table);
    }
    MPFR_DECL_INIT(exact, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_d(exact, x, MPFR_RNDN));
    return ref_nearest(table, exact);
}
