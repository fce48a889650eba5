#include "model/requantise.h"

#include <math.h>

enum { MULTIPLIER_BITS = 31, DOUBLE_BITS = 53, END = 200 };

ng_multiplier ng_multiplier_from_double(double scale)
{
    if (!isfinite(scale) || scale <= 0) {
        return (ng_multiplier){0, 0};
    }
    int exponent = 0;
    const uint64_t significand = (uint64_t)ldexp(frexp(scale, &exponent), DOUBLE_BITS);
    const unsigned drop = DOUBLE_BITS - MULTIPLIER_BITS;
    const uint64_t multiplier = (significand + (UINT64_C(1) << (drop - 1))) >> drop;
    return (ng_multiplier){(uint32_t)multiplier, MULTIPLIER_BITS - exponent};
}

static unsigned length_of(const ng_wide *value)
{
    const ng_wide magnitude = ng_wide_is_negative(value) ? ng_wide_negate(*value) : *value;
    return ng_wide_length(&magnitude);
}

/* value / 2^shift, rounded, at most 2^END in magnitude. */
static ng_wide scaled(const ng_wide *value, int shift, ng_rounding rounding, ng_draw draw)
{
    const int length = (int)length_of(value) - shift;
    if (length > END) {
        const ng_wide end = ng_wide_shift_left(ng_wide_from_int(1), END);
        return ng_wide_is_negative(value) ? ng_wide_negate(end) : end;
    }
    return shift < 0 ? ng_wide_shift_left(*value, (unsigned)-shift) : ng_round_signed_drawn(value, (unsigned)shift, rounding, draw);
}

static int64_t clamp(const ng_wide *value, const ng_requantise_rule *rule)
{
    if (length_of(value) > 63) {
        return ng_wide_is_negative(value) ? rule->low : rule->high;
    }
    const int64_t number = (int64_t)value->limb[0];
    return number < rule->low ? rule->low : number > rule->high ? rule->high : number;
}

static ng_wide multiplied(const ng_wide *z, ng_multiplier scale, ng_rounding rounding, ng_draw draw)
{
    const ng_wide product = ng_wide_multiply(*z, ng_wide_from_int(scale.multiplier));
    return ng_wide_is_zero(&product) ? product : scaled(&product, scale.shift, rounding, draw);
}

int64_t ng_requantise_dyadic(const ng_wide *z, ng_multiplier scale, const ng_requantise_rule *rule)
{
    const ng_wide result = multiplied(z, scale, rule->rounding, rule->draw[0]);
    return clamp(&result, rule);
}

int64_t ng_requantise_shift(const ng_wide *z, int shift, const ng_requantise_rule *rule)
{
    return ng_requantise_dyadic(z, (ng_multiplier){1, shift}, rule);
}

int64_t ng_requantise_add(const ng_wide *first, ng_multiplier first_scale, const ng_wide *second,
                          ng_multiplier second_scale, const ng_requantise_rule *rule)
{
    const ng_wide sum = ng_wide_add(multiplied(first, first_scale, rule->rounding, rule->draw[0]),
                                    multiplied(second, second_scale, rule->rounding, rule->draw[1]));
    return clamp(&sum, rule);
}
