#include "model/precision.h"

#include "model/exact_add.h"

/* An exponent beyond the range of every precision by more than any addend is long. */
enum { FAR = 1 << 13 };

static int bias_of(const ng_precision *precision)
{
    return (1 << (precision->exponent_bits - 1)) - 1;
}

/* Exponent of the smallest subnormal. */
static int lsb_of(const ng_precision *precision)
{
    return 1 - bias_of(precision) - (int)precision->mantissa_bits;
}

bool ng_precision_valid(const ng_precision *precision)
{
    return precision->exponent_bits >= 2 && precision->exponent_bits <= NG_FLOAT_EXPONENT_MAX &&
           precision->mantissa_bits <= NG_FLOAT_MANTISSA_MAX;
}

unsigned ng_precision_bits(const ng_precision *precision)
{
    return 1 + precision->exponent_bits + precision->mantissa_bits;
}

static ng_float zero(bool negative)
{
    return (ng_float){NG_CLASS_FINITE, negative, 0, 0};
}

static ng_float not_a_number(void)
{
    return (ng_float){NG_CLASS_NAN, false, 0, 0};
}

static bool overflow_is_infinite(const ng_float_rule *rule, bool negative)
{
    switch (rule->rounding) {
    case NG_ROUND_UP: return !negative;
    case NG_ROUND_DOWN: return negative;
    case NG_ROUND_TOWARD_ZERO:
    case NG_ROUND_TO_ODD: return false;
    case NG_ROUND_NEAREST_EVEN:
    case NG_ROUND_NEAREST_AWAY:
    case NG_ROUND_TIES_UP:
    case NG_ROUND_STOCHASTIC: break;
    }
    return true;
}

static ng_float overflowed(const ng_float_rule *rule, bool negative)
{
    if (rule->overflow != NG_OVERFLOW_SATURATE && overflow_is_infinite(rule, negative)) {
        return (ng_float){NG_CLASS_INFINITE, negative, 0, 0};
    }
    const unsigned y = rule->precision.mantissa_bits;
    return (ng_float){NG_CLASS_FINITE, negative, (UINT64_C(2) << y) - 1, bias_of(&rule->precision) - (int)y};
}

ng_float ng_float_round(const ng_float_rule *rule, const ng_wide *value, int exponent)
{
    const bool negative = ng_wide_is_negative(value);
    const ng_wide magnitude = negative ? ng_wide_negate(*value) : *value;
    const int y = (int)rule->precision.mantissa_bits;
    const int lsb = lsb_of(&rule->precision);
    const int top = exponent + (int)ng_wide_length(&magnitude) - 1;
    if (ng_wide_is_zero(&magnitude)) {
        return zero(false);
    }
    int quantum = top - y > lsb ? top - y : lsb;
    const ng_wide rounded = quantum > exponent
                                ? ng_round_shift_drawn(&magnitude, (unsigned)(quantum - exponent), negative, rule->rounding, rule->draw)
                                : ng_wide_shift_left(magnitude, (unsigned)(exponent - quantum));
    uint64_t significand = rounded.limb[0];
    if (significand >> (y + 1) != 0) {
        significand >>= 1;
        quantum++;
    }
    if (quantum > bias_of(&rule->precision) - y) {
        return overflowed(rule, negative);
    }
    return significand == 0 ? zero(negative) : (ng_float){NG_CLASS_FINITE, negative, significand, quantum};
}

static int nearer(int exponent)
{
    return exponent > FAR ? FAR : exponent < -FAR ? -FAR : exponent;
}

static void signed_significand(const ng_float *a, ng_big *value)
{
    const ng_wide size = {{a->significand, 0, 0, 0}};
    ng_big_zero(value, NG_FLOAT_MANTISSA_MAX + 2);
    ng_big_add_wide(value, &size, 0);
    if (a->negative) {
        ng_big_negate(value);
    }
}

ng_float ng_float_add(const ng_float_rule *rule, const ng_float *a, const ng_big *b, int exponent)
{
    if (a->category != NG_CLASS_FINITE) {
        return *a;
    }
    if (ng_big_is_zero(b)) {
        return a->significand == 0 ? zero(false) : *a;
    }
    ng_big first;
    int scale = 0;
    signed_significand(a, &first);
    const ng_wide sum = ng_exact_add(&first, a->exponent, b, nearer(exponent), &scale);
    return ng_float_round(rule, &sum, scale);
}

ng_float ng_float_add_float(const ng_float_rule *rule, const ng_float *a, const ng_float *b)
{
    if (a->category == NG_CLASS_NAN || b->category == NG_CLASS_NAN) {
        return not_a_number();
    }
    if (b->category == NG_CLASS_INFINITE) {
        return a->category == NG_CLASS_INFINITE && a->negative != b->negative ? not_a_number() : *b;
    }
    ng_big addend;
    signed_significand(b, &addend);
    return ng_float_add(rule, a, &addend, b->exponent);
}

uint64_t ng_float_bits(const ng_precision *precision, const ng_float *value)
{
    const unsigned y = precision->mantissa_bits;
    const uint64_t infinity = ((UINT64_C(1) << precision->exponent_bits) - 1) << y;
    const uint64_t sign = (uint64_t)value->negative << (precision->exponent_bits + y);
    if (value->category == NG_CLASS_NAN) {
        return y == 0 ? infinity : infinity | UINT64_C(1) << (y - 1);
    }
    if (value->category == NG_CLASS_INFINITE) {
        return sign | infinity;
    }
    if (value->significand == 0) {
        return sign;
    }
    /* The leading one of a normal number adds itself to the exponent field; a subnormal has none and field 0. */
    return sign | (((uint64_t)(value->exponent - lsb_of(precision)) << y) + value->significand);
}

ng_float ng_float_from_bits(const ng_precision *precision, uint64_t bits)
{
    const unsigned y = precision->mantissa_bits;
    const uint64_t fields = (UINT64_C(1) << precision->exponent_bits) - 1;
    const uint64_t field = bits >> y & fields;
    const uint64_t mantissa = bits & ((UINT64_C(1) << y) - 1);
    const bool negative = (bits >> (precision->exponent_bits + y) & 1) != 0;
    if (field == fields) {
        return mantissa != 0 ? not_a_number() : (ng_float){NG_CLASS_INFINITE, negative, 0, 0};
    }
    const uint64_t significand = field != 0 ? mantissa | UINT64_C(1) << y : mantissa;
    const int exponent = lsb_of(precision) + (field > 0 ? (int)field - 1 : 0);
    return significand == 0 ? zero(negative) : (ng_float){NG_CLASS_FINITE, negative, significand, exponent};
}
