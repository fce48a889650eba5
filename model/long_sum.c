#include "model/long_sum.h"

#include <math.h>

/* sum += value * 2^(64 limb). */
static void add_at(ng_long_sum *sum, const ng_wide *value, unsigned limb)
{
    const uint64_t fill = ng_wide_is_negative(value) ? UINT64_MAX : 0;
    uint64_t carry = 0;
    for (unsigned i = limb; i < NG_LONG_LIMBS; i++) {
        const uint64_t partial = sum->limb[i] + carry;
        carry = partial < carry;
        sum->limb[i] = partial + (i - limb < NG_WIDE_LIMBS ? value->limb[i - limb] : fill);
        carry += sum->limb[i] < partial;
    }
}

/* floor(a / 2^shift). Range: shift <= 255. */
static ng_wide shift_down(ng_wide a, unsigned shift)
{
    return ng_wide_is_negative(&a) ? ng_wide_sign_extend(ng_wide_shift_right(a, shift), NG_WIDE_BITS - shift)
                                   : ng_wide_shift_right(a, shift);
}

/* The significand is added in two halves: a shift of up to 63 bits then loses nothing at the top. */
void ng_long_sum_add(ng_long_sum *sum, const ng_dyadic *value)
{
    enum { HALF = NG_WIDE_BITS / 2 };
    const ng_wide low = ng_wide_truncate(value->significand, HALF);
    const ng_wide high = shift_down(value->significand, HALF);
    const ng_wide parts[] = {low, high};
    for (int i = 0; i < 2; i++) {
        const int position = value->exponent - NG_LONG_LSB + i * HALF;
        if (position >= NG_LONG_BITS) {
            continue;
        }
        if (position < 0) {
            const unsigned down = position > -NG_WIDE_BITS ? (unsigned)-position : NG_WIDE_BITS - 1;
            const ng_wide kept = shift_down(parts[i], down);
            add_at(sum, &kept, 0);
            continue;
        }
        const ng_wide shifted = ng_wide_shift_left(parts[i], (unsigned)position % 64);
        add_at(sum, &shifted, (unsigned)position / 64);
    }
}

static bool is_negative(const ng_long_sum *a)
{
    return a->limb[NG_LONG_LIMBS - 1] >> 63 != 0;
}

int ng_long_sum_compare(const ng_long_sum *a, const ng_long_sum *b)
{
    if (is_negative(a) != is_negative(b)) {
        return is_negative(a) ? -1 : 1;
    }
    for (int i = NG_LONG_LIMBS - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i] ? -1 : 1;
        }
    }
    return 0;
}

static void negate(ng_long_sum *a)
{
    const ng_wide one = ng_wide_from_int(1);
    for (unsigned i = 0; i < NG_LONG_LIMBS; i++) {
        a->limb[i] = ~a->limb[i];
    }
    add_at(a, &one, 0);
}

/* The leading 128 bits or more of a magnitude, the last bit set if any below them is: enough for every rounding. */
static ng_dyadic leading(const ng_long_sum *magnitude)
{
    unsigned limbs = NG_LONG_LIMBS;
    while (limbs > NG_WIDE_LIMBS - 1 && magnitude->limb[limbs - 1] == 0) {
        limbs--;
    }
    const unsigned first = limbs - (NG_WIDE_LIMBS - 1);
    ng_dyadic out = ng_dyadic_make(0, NG_LONG_LSB + 64 * (int)first);
    bool sticky = false;
    for (unsigned i = 0; i < limbs; i++) {
        if (i < first) {
            sticky = sticky || magnitude->limb[i] != 0;
        } else {
            out.significand.limb[i - first] = magnitude->limb[i];
        }
    }
    out.significand.limb[0] |= sticky;
    return out;
}

/* Nearest number of `precision` bits on 2^least. */
static double rounded(const ng_long_sum *sum, int precision, int least)
{
    ng_long_sum magnitude = *sum;
    const bool negative = is_negative(sum);
    if (negative) {
        negate(&magnitude);
    }
    const ng_dyadic x = leading(&magnitude);
    const int top = x.exponent + (int)ng_wide_length(&x.significand);
    const int quantum = top - precision > least ? top - precision : least;
    if (quantum > x.exponent) {
        const ng_wide kept = ng_wide_round_even(&x.significand, (unsigned)(quantum - x.exponent));
        const double result = ldexp((double)kept.limb[0], quantum);
        return negative ? -result : result;
    }
    const ng_wide kept = ng_wide_shift_left(x.significand, (unsigned)(x.exponent - quantum));
    const double result = ldexp((double)kept.limb[0], quantum);
    return negative ? -result : result;
}

double ng_long_sum_to_double(const ng_long_sum *sum)
{
    return rounded(sum, 53, -1074);
}

float ng_long_sum_to_float(const ng_long_sum *sum)
{
    /* A double holds what 24 bits were rounded to; only overflow is left to the conversion. */
    return (float)rounded(sum, 24, -149);
}
