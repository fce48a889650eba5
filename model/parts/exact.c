#include "model/parts/exact.h"

ng_exact ng_exact_from_wide(const ng_wide *value, int exponent)
{
    const bool negative = ng_wide_is_negative(value);
    return (ng_exact){negative, negative ? ng_wide_negate(*value) : *value, exponent};
}

ng_exact ng_exact_from_number(ng_number number)
{
    const uint64_t pattern = (uint64_t)number.significand;
    const bool negative = number.significand < 0;
    return (ng_exact){negative, {{negative ? 0 - pattern : pattern, 0, 0, 0}}, number.exponent};
}

bool ng_exact_is_zero(const ng_exact *a)
{
    return ng_wide_is_zero(&a->magnitude);
}

/* -1, 0, 1 for unsigned wide integers. */
static int compare_wide(const ng_wide *a, const ng_wide *b)
{
    for (int i = NG_WIDE_LIMBS - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Magnitudes that are not 0: by their leading ones, then with these moved to the same place. */
static int compare_magnitudes(const ng_exact *a, const ng_exact *b)
{
    const int top_a = a->exponent + (int)ng_wide_length(&a->magnitude);
    const int top_b = b->exponent + (int)ng_wide_length(&b->magnitude);
    if (top_a != top_b) {
        return top_a < top_b ? -1 : 1;
    }
    const int distance = a->exponent - b->exponent;
    if (distance >= 0) {
        const ng_wide left = ng_wide_shift_left(a->magnitude, (unsigned)distance);
        return compare_wide(&left, &b->magnitude);
    }
    const ng_wide right = ng_wide_shift_left(b->magnitude, (unsigned)-distance);
    return compare_wide(&a->magnitude, &right);
}

static int sign_of(const ng_exact *a)
{
    return ng_exact_is_zero(a) ? 0 : a->negative ? -1 : 1;
}

int ng_exact_compare(const ng_exact *a, const ng_exact *b)
{
    const int sign_a = sign_of(a);
    const int sign_b = sign_of(b);
    if (sign_a != sign_b) {
        return sign_a < sign_b ? -1 : 1;
    }
    return sign_a == 0 ? 0 : sign_a * compare_magnitudes(a, b);
}

ng_exact ng_exact_sum(ng_exact a, ng_exact b)
{
    if (ng_exact_is_zero(&a)) {
        return b;
    }
    if (ng_exact_is_zero(&b)) {
        return a;
    }
    const int exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
    const ng_wide left = ng_wide_shift_left(a.magnitude, (unsigned)(a.exponent - exponent));
    const ng_wide right = ng_wide_shift_left(b.magnitude, (unsigned)(b.exponent - exponent));
    const ng_wide sum = ng_wide_add(a.negative ? ng_wide_negate(left) : left, b.negative ? ng_wide_negate(right) : right);
    return ng_exact_from_wide(&sum, exponent);
}

ng_exact ng_exact_negate(ng_exact a)
{
    a.negative = !a.negative;
    return a;
}

ng_exact ng_exact_magnitude(ng_exact a)
{
    a.negative = false;
    return a;
}

ng_exact ng_exact_scale(ng_exact a, uint64_t factor)
{
    a.magnitude = ng_wide_multiply((ng_wide){{factor, 0, 0, 0}}, a.magnitude);
    return a;
}
