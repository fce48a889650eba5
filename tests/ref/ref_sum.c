#include "tests/ref/ref_sum.h"

/* x in [0, 1): true if floor(x * 2^bits) + word reaches 2^bits. */
static bool reaches_one(const mpfr_t x, ref_draw draw)
{
    MPFR_DECL_INIT(sum, 128);
    mpfr_t scaled;
    mpfr_init2(scaled, REF_LONG_PRECISION);
    ref_exact(mpfr_mul_2ui(scaled, x, draw.bits, MPFR_RNDN));
    mpfr_floor(scaled, scaled);
    ref_exact(mpfr_add_ui(sum, scaled, draw.word, MPFR_RNDN));
    ref_exact(mpfr_div_2ui(sum, sum, draw.bits, MPFR_RNDN));
    mpfr_clear(scaled);
    return mpfr_cmp_ui(sum, 1) >= 0;
}

/* True if the upper of two neighbours is taken; side: the remainder against one half. */
static bool takes_upper(ref_cut cut, bool negative, int side, bool lower_is_even)
{
    switch (cut) {
    case REF_CUT_EVEN: return side > 0 || (side == 0 && !lower_is_even);
    case REF_CUT_AWAY: return side > 0 || (side == 0 && !negative);
    case REF_CUT_TIES_UP: return side >= 0;
    case REF_CUT_ZERO: return negative;
    case REF_CUT_UP: return true;
    case REF_CUT_DOWN: return false;
    case REF_CUT_ODD: return lower_is_even;
    case REF_CUT_STOCHASTIC:
    case REF_CUTS: break;
    }
    return false;
}

/* |x| for a number below zero: 1 - its remainder above the lower neighbour. */
static bool drawn_upper(const mpfr_t remainder, bool negative, ref_draw draw)
{
    mpfr_t distance;
    mpfr_init2(distance, REF_LONG_PRECISION);
    ref_exact(mpfr_set(distance, remainder, MPFR_RNDN));
    if (negative) {
        ref_exact(mpfr_ui_sub(distance, 1, distance, MPFR_RNDN));
    }
    const bool away = reaches_one(distance, draw);
    mpfr_clear(distance);
    return away != negative;
}

void ref_cut_to(mpfr_t rounded, const mpfr_t x, long unit, ref_cut cut)
{
    ref_cut_drawn(rounded, x, unit, cut, (ref_draw){0, 1});
}

void ref_cut_drawn(mpfr_t rounded, const mpfr_t x, long unit, ref_cut cut, ref_draw draw)
{
    const bool negative = mpfr_signbit(x) != 0;
    mpfr_t scaled;
    mpz_t lower;
    mpfr_init2(scaled, REF_LONG_PRECISION);
    mpz_init(lower);
    ref_exact(mpfr_mul_2si(scaled, x, -unit, MPFR_RNDN));
    mpfr_get_z(lower, scaled, MPFR_RNDD);
    ref_exact(mpfr_sub_z(scaled, scaled, lower, MPFR_RNDN));
    const bool upper = cut == REF_CUT_STOCHASTIC ? drawn_upper(scaled, negative, draw)
                                                 : takes_upper(cut, negative, mpfr_cmp_d(scaled, 0.5), mpz_even_p(lower));
    if (!mpfr_zero_p(scaled) && upper) {
        mpz_add_ui(lower, lower, 1);
    }
    ref_exact(mpfr_set_z_2exp(rounded, lower, unit, MPFR_RNDN));
    ref_exact(mpfr_setsign(rounded, rounded, negative, MPFR_RNDN));
    mpfr_clear(scaled);
    mpz_clear(lower);
}

static long bias_of(const ref_register *as)
{
    return (1L << (as->exponent_bits - 1)) - 1;
}

static bool overflow_is_infinite(const ref_register *as, bool negative)
{
    if (as->saturates) {
        return false;
    }
    switch (as->cut) {
    case REF_CUT_EVEN:
    case REF_CUT_AWAY:
    case REF_CUT_TIES_UP:
    case REF_CUT_STOCHASTIC: return true;
    case REF_CUT_UP: return !negative;
    case REF_CUT_DOWN: return negative;
    default: return false;
    }
}

void ref_register_round(mpfr_t value, const ref_register *as)
{
    const long y = (long)as->mantissa_bits;
    if (!mpfr_number_p(value)) {
        return;
    }
    if (mpfr_zero_p(value)) {
        mpfr_set_zero(value, 1);
        return;
    }
    const bool negative = mpfr_signbit(value) != 0;
    const long top = mpfr_get_exp(value) - 1;
    const long normal = 1 - bias_of(as);
    ref_cut_drawn(value, value, (top > normal ? top : normal) - y, as->cut, as->draw);
    MPFR_DECL_INIT(largest, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_ui_2exp(largest, 1, y + 1, MPFR_RNDN));
    ref_exact(mpfr_sub_ui(largest, largest, 1, MPFR_RNDN));
    ref_exact(mpfr_mul_2si(largest, largest, bias_of(as) - y, MPFR_RNDN));
    if (mpfr_cmpabs(value, largest) > 0) {
        if (overflow_is_infinite(as, negative)) {
            mpfr_set_inf(value, negative ? -1 : 1);
        } else {
            ref_exact(mpfr_setsign(value, largest, negative, MPFR_RNDN));
        }
    }
}

uint64_t ref_register_bits(const mpfr_t value, const ref_register *as)
{
    const unsigned y = as->mantissa_bits;
    const uint64_t fields = (UINT64_C(1) << as->exponent_bits) - 1;
    if (mpfr_nan_p(value)) {
        return fields << y | UINT64_C(1) << (y - 1);
    }
    const uint64_t sign = mpfr_signbit(value) != 0 ? UINT64_C(1) << (as->exponent_bits + y) : 0;
    if (mpfr_inf_p(value)) {
        return sign | fields << y;
    }
    if (mpfr_zero_p(value)) {
        return sign;
    }
    const long normal = 1 - bias_of(as);
    const long top = mpfr_get_exp(value) - 1;
    const long exponent = top > normal ? top : normal;
    MPFR_DECL_INIT(fraction, REF_VALUE_PRECISION);
    ref_exact(mpfr_mul_2si(fraction, value, (long)y - exponent, MPFR_RNDN));
    ref_exact(mpfr_abs(fraction, fraction, MPFR_RNDN));
    const uint64_t integer = (uint64_t)mpfr_get_ui(fraction, MPFR_RNDZ);
    const uint64_t hidden = UINT64_C(1) << y;
    const uint64_t field = integer >= hidden ? (uint64_t)(exponent + bias_of(as)) : 0;
    return sign | field << y | integer % hidden;
}

/* An exact zero is +0; what has been rounded to zero keeps its sign. */
static void add_exactly(mpfr_t sum, const mpfr_t term)
{
    const int inexact = mpfr_add(sum, sum, term, MPFR_RNDN);
    ref_exact(inexact);
    if (mpfr_zero_p(sum)) {
        mpfr_set_zero(sum, 1);
    }
}

/* The words of a term. */
static ref_random words_of(const ref_sum *how, size_t index)
{
    return how->random != NULL ? how->random[index] : (ref_random){0, 0, 0};
}

/* `last` is the term after which it is added. */
static void add_running(mpfr_t running, const mpfr_t term, const ref_sum *how, size_t last)
{
    const ref_random words = words_of(how, last);
    ref_register product = how->product;
    ref_register sum = how->running;
    mpfr_t value;
    product.draw = (ref_draw){words.product, how->random_bits};
    sum.draw = (ref_draw){words.sum, how->random_bits};
    mpfr_init2(value, REF_LONG_PRECISION);
    ref_exact(mpfr_set(value, term, MPFR_RNDN));
    if (product.exponent_bits != 0) {
        ref_register_round(value, &product);
    }
    add_exactly(running, value);
    ref_register_round(running, &sum);
    mpfr_clear(value);
}

/* Largest alignment of the terms [from, to) that are not zero; false if there is none. */
static bool largest_alignment(mpfr_t *terms, const long *alignment, size_t from, size_t to, long *largest)
{
    bool any = false;
    for (size_t i = from; i < to; i++) {
        if (!mpfr_zero_p(terms[i]) && (!any || alignment[i] > *largest)) {
            *largest = alignment[i];
            any = true;
        }
    }
    return any;
}

static void add_cut(mpfr_t sum, const mpfr_t term, long unit, const ref_sum *how, uint32_t word)
{
    mpfr_t part;
    mpfr_init2(part, REF_LONG_PRECISION);
    ref_cut_drawn(part, term, unit, how->cut, (ref_draw){word, how->random_bits});
    add_exactly(sum, part);
    mpfr_clear(part);
}

/* The terms [from, to) through one fixed-point register, with `extra` (may be NULL) as one more term. */
static void fixed_sum(mpfr_t sum, const ref_sum *how, mpfr_t *terms, const long *alignment, size_t from, size_t to,
                      const mpfr_t extra, long extra_alignment)
{
    long largest = 0;
    const bool any = largest_alignment(terms, alignment, from, to, &largest);
    mpfr_set_zero(sum, 1);
    if (extra != NULL) {
        largest = any && largest > extra_alignment ? largest : extra_alignment;
    }
    const long unit = largest + 2 - (long)how->window;
    for (size_t i = from; i < to; i++) {
        if (how->window == 0) {
            add_exactly(sum, terms[i]);
        } else {
            add_cut(sum, terms[i], unit, how, words_of(how, i).cut);
        }
    }
    if (extra != NULL) {
        add_cut(sum, extra, unit, how, words_of(how, from).product);
    }
}

/* A group whose terms are all zero is not aligned: the running sum stays as it is. */
static bool joins(const mpfr_t running, const ref_sum *how, mpfr_t *terms, const long *alignment, size_t from, size_t to)
{
    long largest = 0;
    return how->joined && mpfr_regular_p(running) && largest_alignment(terms, alignment, from, to, &largest);
}

static void blocked_sum(mpfr_t running, const ref_sum *how, mpfr_t *terms, const long *alignment, size_t count)
{
    mpfr_t sum;
    mpfr_init2(sum, REF_LONG_PRECISION);
    for (size_t i = 0; i < count; i += how->group) {
        const size_t end = count - i < how->group ? count : i + how->group;
        if (joins(running, how, terms, alignment, i, end)) {
            const long bottom = 1 - bias_of(&how->running);
            const long top = mpfr_get_exp(running) - 1;
            fixed_sum(sum, how, terms, alignment, i, end, running, top > bottom ? top : bottom);
            mpfr_set_zero(running, 1);
        } else {
            fixed_sum(sum, how, terms, alignment, i, end, NULL, 0);
        }
        add_running(running, sum, how, end - 1);
    }
    mpfr_clear(sum);
}

void ref_sum_of(mpfr_t result, const ref_sum *how, mpfr_t *terms, const long *alignment, size_t count)
{
    ref_sum exact = *how;
    mpfr_set_zero(result, 1);
    switch (how->kind) {
    case REF_SUM_EXACT:
        exact.window = 0;
        fixed_sum(result, &exact, terms, alignment, 0, count, NULL, 0);
        return;
    case REF_SUM_WINDOW: fixed_sum(result, how, terms, alignment, 0, count, NULL, 0); return;
    case REF_SUM_FLOAT:
        for (size_t i = 0; i < count; i++) {
            add_running(result, terms[i], how, i);
        }
        return;
    case REF_SUM_BLOCKED: blocked_sum(result, how, terms, alignment, count); return;
    }
}

long ref_alignment(const ref_format *format, const mpfr_t value)
{
    const long leading = mpfr_zero_p(value) ? 0 : mpfr_get_exp(value) - 1;
    if (format->kind == REF_INTEGER) {
        /* Two's complement reaches 2^(bits - 1), the others stay below it or below 2^(bits - 1) of their magnitude. */
        return (long)format->bits - 1 - format->bias - (format->sign == REF_SIGN_SIGN_MAGNITUDE);
    }
    if (format->kind == REF_MINIFLOAT) {
        const long normal = format->has_zero ? 1 - format->bias : -format->bias;
        return mpfr_zero_p(value) || leading < normal ? normal : leading;
    }
    return leading;
}
