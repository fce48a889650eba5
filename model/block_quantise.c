/* block_quantise: the scale from the leading one of the largest sum, the elements by one shift (UE4M3: by division). */
#include "model/block_quantise.h"

#include "model/dyadic.h"
#include "model/round.h"
#include "model/scale.h"

static ng_wide absolute(const ng_wide *x)
{
    return ng_wide_is_negative(x) ? ng_wide_negate(*x) : *x;
}

/* a < b of unsigned numbers. */
static bool is_less(const ng_wide *a, const ng_wide *b)
{
    for (int i = NG_WIDE_LIMBS - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i];
        }
    }
    return false;
}

static ng_dyadic largest_sum(const ng_wide *x, unsigned count, int lsb)
{
    ng_wide most = ng_wide_from_int(0);
    for (unsigned i = 0; i < count; i++) {
        const ng_wide size = absolute(&x[i]);
        most = is_less(&most, &size) ? size : most;
    }
    return (ng_dyadic){most, lsb};
}

/* L. */
static ng_dyadic largest_element(const ng_format *format)
{
    const ng_number positive = ng_decode_finite(format, ng_format_largest(format));
    const ng_number negative = ng_decode_finite(format, ng_format_smallest(format));
    return positive.significand > 0 ? ng_dyadic_make(positive.significand, positive.exponent)
                                    : ng_dyadic_make(-negative.significand, negative.exponent);
}

/* Exponent of the leading one. */
static int leading(const ng_dyadic *value)
{
    return value->exponent + (int)ng_wide_length(&value->significand) - 1;
}

/* ---- power-of-two scales ---------------------------------------------------------------------------------------- */

/* m^2 against element^2 * 2^power: -1, 0 or 1. */
static int compare_squares(const ng_dyadic *m, const ng_dyadic *element, int power)
{
    const ng_dyadic square = ng_dyadic_multiply(*m, *m);
    ng_dyadic limit = ng_dyadic_multiply(*element, *element);
    limit.exponent += power;
    return ng_dyadic_compare(&square, &limit);
}

/* c of the header; q is the exponent FLOOR gives. */
static int correction(const ng_dyadic *m, const ng_dyadic *element, int q, ng_scale_rule rule)
{
    if (rule == NG_RULE_FLOOR) {
        return 0;
    }
    if (rule == NG_RULE_ROUND) {
        return (compare_squares(m, element, 2 * q + 1) > 0) - (compare_squares(m, element, 2 * q - 1) < 0);
    }
    const ng_dyadic limit = {element->significand, element->exponent + q};
    return ng_dyadic_compare(m, &limit) > 0;
}

static uint32_t power_scale(const ng_format *format, const ng_dyadic *m, const ng_dyadic *element, ng_scale_rule rule)
{
    const int most = (int)ng_scale_largest(format->scale);
    const int q = leading(m) - leading(element);
    const int code = q + correction(m, element, q, rule) + NG_SCALE_BIAS;
    return (uint32_t)(code < 0 ? 0 : code > most ? most : code);
}

/* ---- UE4M3 ------------------------------------------------------------------------------------------------------ */

static ng_dyadic reach(const ng_format *format, const ng_dyadic *element, uint32_t code)
{
    const ng_number scale = ng_scale_decode(format->scale, code);
    return ng_dyadic_multiply(*element, ng_dyadic_make(scale.significand, scale.exponent));
}

/* Halfway between the reach of a code and of the next: both have the exponent of the first, or one more. */
static ng_dyadic halfway(const ng_format *format, const ng_dyadic *element, uint32_t code)
{
    const ng_dyadic low = reach(format, element, code);
    const ng_dyadic high = reach(format, element, code + 1);
    const ng_wide above = ng_wide_shift_left(high.significand, (unsigned)(high.exponent - low.exponent));
    return (ng_dyadic){ng_wide_add(low.significand, above), low.exponent - 1};
}

/* True if m takes a larger scale than `code`. */
static bool is_beyond(const ng_format *format, const ng_dyadic *m, const ng_dyadic *element, uint32_t code,
                      ng_scale_rule rule)
{
    ng_dyadic limit = reach(format, element, code);
    if (rule == NG_RULE_FLOOR) {
        limit = reach(format, element, code + 1);
        return ng_dyadic_compare(m, &limit) >= 0;
    }
    if (rule == NG_RULE_ROUND) {
        limit = halfway(format, element, code);
        return ng_dyadic_compare(m, &limit) >= (code % 2 == 0 ? 1 : 0);
    }
    return ng_dyadic_compare(m, &limit) > 0;
}

static uint32_t small_scale(const ng_format *format, const ng_dyadic *m, const ng_dyadic *element, ng_scale_rule rule)
{
    uint32_t low = 0;
    uint32_t high = ng_scale_largest(format->scale);
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (is_beyond(format, m, element, middle, rule)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* x / significand; of a long x the leading bits and a sticky bit, which decide the same. */
static ng_dyadic divided(const ng_wide *x, int64_t significand)
{
    enum { LEADING = 60 };
    const ng_wide size = absolute(x);
    const unsigned length = ng_wide_length(&size);
    const unsigned drop = length > LEADING ? length - LEADING : 0;
    const ng_dyadic dividend = {ng_round_signed(x, drop, NG_ROUND_TO_ODD), (int)drop};
    return ng_dyadic_divide(dividend, ng_dyadic_make(significand, 0));
}

/* ---- public ----------------------------------------------------------------------------------------------------- */

static uint32_t encode_element(const ng_format *format, const ng_wide *x, int lsb, ng_number scale,
                               const ng_encode_options *options)
{
    if (scale.significand == 0) {
        return ng_encode_double_with(format, ng_wide_is_negative(x) ? -0.0 : 0.0, options);
    }
    const ng_dyadic quotient = scale.significand == 1 ? (ng_dyadic){*x, 0} : divided(x, scale.significand);
    return ng_encode_with(format, &quotient.significand, quotient.exponent + lsb - scale.exponent, options);
}

uint32_t ng_block_quantise_drawn(const ng_format *format, const ng_wide *x, int lsb, bool special, ng_scale_rule rule,
                                 const ng_encode_options *options, const uint32_t *random, uint16_t *codes)
{
    const ng_dyadic m = largest_sum(x, format->block, lsb);
    const ng_dyadic element = largest_element(format);
    uint32_t code = 0;
    if (!ng_wide_is_zero(&m.significand) && !ng_wide_is_zero(&element.significand)) {
        code = format->scale == NG_SCALE_UE4M3 ? small_scale(format, &m, &element, rule)
                                               : power_scale(format, &m, &element, rule);
    }
    const ng_number scale = ng_scale_decode(format->scale, code);
    for (unsigned i = 0; i < format->block; i++) {
        ng_encode_options own = options != NULL ? *options : (ng_encode_options){.random_bits = 1};
        own.random = random != NULL ? random[i] : own.random;
        codes[i] = (uint16_t)encode_element(format, &x[i], lsb, scale, options != NULL ? &own : NULL);
    }
    const int nan = ng_scale_nan(format->scale);
    return special && nan >= 0 ? (uint32_t)nan : code;
}

uint32_t ng_block_quantise(const ng_format *format, const ng_wide *x, int lsb, bool special, ng_scale_rule rule,
                           const ng_encode_options *options, uint16_t *codes)
{
    return ng_block_quantise_drawn(format, x, lsb, special, rule, options, NULL, codes);
}
