#include "model/dyadic.h"

#include <math.h>

ng_dyadic ng_dyadic_make(int64_t significand, int exponent)
{
    return (ng_dyadic){ng_wide_from_int(significand), exponent};
}

ng_dyadic ng_dyadic_from_double(double value)
{
    int exponent = 0;
    if (!isfinite(value)) {
        return ng_dyadic_make(0, 0);
    }
    int64_t significand = (int64_t)ldexp(frexp(value, &exponent), 53);
    exponent -= 53;
    while (significand != 0 && significand % 2 == 0) {
        significand /= 2;
        exponent++;
    }
    return ng_dyadic_make(significand, exponent);
}

ng_dyadic ng_dyadic_multiply(ng_dyadic a, ng_dyadic b)
{
    return (ng_dyadic){ng_wide_multiply(a.significand, b.significand), a.exponent + b.exponent};
}

/* Exponent above the leading one. Range: a > 0. */
static int top(const ng_dyadic *a)
{
    return a->exponent + (int)ng_wide_length(&a->significand);
}

/* a in units of 2^exponent. Range: exponent <= a.exponent, the result below 2^256. */
static ng_wide in_units(const ng_dyadic *a, int exponent)
{
    return ng_wide_shift_left(a->significand, (unsigned)(a->exponent - exponent));
}

int ng_dyadic_compare(const ng_dyadic *a, const ng_dyadic *b)
{
    const bool a_zero = ng_wide_is_zero(&a->significand);
    const bool b_zero = ng_wide_is_zero(&b->significand);
    if (a_zero || b_zero) {
        return (int)b_zero - (int)a_zero;
    }
    if (top(a) != top(b)) {
        return top(a) < top(b) ? -1 : 1;
    }
    /* Leading ones at the same place: in units of the finer one both are below 2^256. */
    const int unit = a->exponent < b->exponent ? a->exponent : b->exponent;
    const ng_wide x = in_units(a, unit);
    const ng_wide y = in_units(b, unit);
    for (int i = NG_WIDE_LIMBS - 1; i >= 0; i--) {
        if (x.limb[i] != y.limb[i]) {
            return x.limb[i] < y.limb[i] ? -1 : 1;
        }
    }
    return 0;
}

ng_dyadic ng_dyadic_divide(ng_dyadic a, ng_dyadic b)
{
    enum { SHIFT = 160 }; /* a quotient has more than 160 - 32 bits */
    const bool negative = ng_wide_is_negative(&a.significand);
    const ng_wide dividend = ng_wide_shift_left(negative ? ng_wide_negate(a.significand) : a.significand, SHIFT);
    const uint64_t divisor = b.significand.limb[0];
    ng_wide quotient = {{0}};
    uint64_t remainder = 0;
    if (divisor == 0) {
        return ng_dyadic_make(0, 0);
    }
    for (int position = NG_WIDE_BITS - 32; position >= 0; position -= 32) {
        const uint64_t partial = remainder << 32 | ng_wide_bits(&dividend, (unsigned)position, 32);
        ng_wide_put(&quotient, (unsigned)position, 32, partial / divisor);
        remainder = partial % divisor;
    }
    quotient.limb[0] |= remainder != 0;
    return (ng_dyadic){negative ? ng_wide_negate(quotient) : quotient, a.exponent - b.exponent - SHIFT};
}
