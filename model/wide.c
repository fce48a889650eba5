#include "model/wide.h"

#include <math.h>

#include "model/parts/length.h"

ng_wide ng_wide_from_int(int64_t value)
{
    const uint64_t fill = value < 0 ? UINT64_MAX : 0;
    return (ng_wide){{(uint64_t)value, fill, fill, fill}};
}

ng_wide ng_wide_add(ng_wide a, ng_wide b)
{
    ng_wide sum;
    uint64_t carry = 0;
    for (int i = 0; i < NG_WIDE_LIMBS; i++) {
        const uint64_t partial = a.limb[i] + carry;
        carry = partial < carry;
        sum.limb[i] = partial + b.limb[i];
        carry += sum.limb[i] < partial;
    }
    return sum;
}

ng_wide ng_wide_negate(ng_wide a)
{
    for (int i = 0; i < NG_WIDE_LIMBS; i++) {
        a.limb[i] = ~a.limb[i];
    }
    return ng_wide_add(a, ng_wide_from_int(1));
}

/* Half limb `index` of a. */
static uint64_t half(const ng_wide *a, int index)
{
    return a->limb[index / 2] >> (32 * (index % 2)) & UINT32_MAX;
}

ng_wide ng_wide_multiply(ng_wide a, ng_wide b)
{
    enum { HALVES = 2 * NG_WIDE_LIMBS };
    ng_wide product = {{0}};
    for (int i = 0; i < HALVES; i++) {
        uint64_t carry = 0;
        if (half(&a, i) == 0) {
            continue; /* most operands are short */
        }
        for (int j = 0; i + j < HALVES; j++) {
            const uint64_t sum = half(&a, i) * half(&b, j) + half(&product, i + j) + carry;
            const int shift = 32 * ((i + j) % 2);
            product.limb[(i + j) / 2] &= ~((uint64_t)UINT32_MAX << shift);
            product.limb[(i + j) / 2] |= (sum & UINT32_MAX) << shift;
            carry = sum >> 32;
        }
    }
    return product;
}

ng_wide ng_wide_shift_left(ng_wide a, unsigned shift)
{
    ng_wide out = {{0}};
    const unsigned limbs = shift / 64;
    const unsigned bits = shift % 64;
    for (unsigned i = limbs; i < NG_WIDE_LIMBS; i++) {
        out.limb[i] = a.limb[i - limbs] << bits;
        if (bits != 0 && i > limbs) {
            out.limb[i] |= a.limb[i - limbs - 1] >> (64 - bits);
        }
    }
    return out;
}

ng_wide ng_wide_shift_right(ng_wide a, unsigned shift)
{
    ng_wide out = {{0}};
    const unsigned limbs = shift / 64;
    const unsigned bits = shift % 64;
    for (unsigned i = 0; i + limbs < NG_WIDE_LIMBS; i++) {
        out.limb[i] = a.limb[i + limbs] >> bits;
        if (bits != 0 && i + limbs + 1 < NG_WIDE_LIMBS) {
            out.limb[i] |= a.limb[i + limbs + 1] << (64 - bits);
        }
    }
    return out;
}

uint64_t ng_wide_bits(const ng_wide *a, unsigned position, unsigned count)
{
    if (count == 0) {
        return 0;
    }
    const uint64_t low = ng_wide_shift_right(*a, position).limb[0];
    return count < 64 ? low & ((UINT64_C(1) << count) - 1) : low;
}

void ng_wide_put(ng_wide *a, unsigned position, unsigned count, uint64_t value)
{
    if (count == 0) {
        return;
    }
    const uint64_t mask = count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
    const ng_wide placed = ng_wide_shift_left((ng_wide){{value & mask, 0, 0, 0}}, position);
    for (int i = 0; i < NG_WIDE_LIMBS; i++) {
        a->limb[i] |= placed.limb[i];
    }
}

ng_wide ng_wide_truncate(ng_wide a, unsigned bits)
{
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        if (bits <= 64 * i) {
            a.limb[i] = 0;
        } else if (bits < 64 * (i + 1)) {
            a.limb[i] &= (UINT64_C(1) << (bits - 64 * i)) - 1;
        }
    }
    return a;
}

ng_wide ng_wide_sign_extend(ng_wide a, unsigned bits)
{
    if (bits == 0 || bits >= NG_WIDE_BITS || ng_wide_bits(&a, bits - 1, 1) == 0) {
        return ng_wide_truncate(a, bits);
    }
    const ng_wide ones = ng_wide_shift_left(ng_wide_from_int(-1), bits);
    for (int i = 0; i < NG_WIDE_LIMBS; i++) {
        a.limb[i] |= ones.limb[i];
    }
    return a;
}

bool ng_wide_is_negative(const ng_wide *a)
{
    return a->limb[NG_WIDE_LIMBS - 1] >> 63;
}

bool ng_wide_is_zero(const ng_wide *a)
{
    return (a->limb[0] | a->limb[1] | a->limb[2] | a->limb[3]) == 0;
}

bool ng_wide_equal(const ng_wide *a, const ng_wide *b)
{
    uint64_t difference = 0;
    for (int i = 0; i < NG_WIDE_LIMBS; i++) {
        difference |= a->limb[i] ^ b->limb[i];
    }
    return difference == 0;
}

unsigned ng_wide_length(const ng_wide *a)
{
    for (int i = NG_WIDE_LIMBS - 1; i >= 0; i--) {
        if (a->limb[i] != 0) {
            return 64 * (unsigned)i + ng_length(a->limb[i]);
        }
    }
    return 0;
}

ng_wide ng_wide_round_even(const ng_wide *a, unsigned shift)
{
    if (shift == 0) {
        return *a;
    }
    const unsigned length = ng_wide_length(a);
    if (shift > length) {
        return ng_wide_from_int(0);
    }
    ng_wide quotient = ng_wide_shift_right(*a, shift);
    const bool half = ng_wide_bits(a, shift - 1, 1) != 0;
    const ng_wide below = ng_wide_truncate(*a, shift - 1);
    const bool sticky = !ng_wide_is_zero(&below);
    const bool odd = (quotient.limb[0] & 1) != 0;
    if (half && (sticky || odd)) {
        quotient = ng_wide_add(quotient, ng_wide_from_int(1));
    }
    return quotient;
}

double ng_wide_to_double(const ng_wide *a, int exponent)
{
    const bool negative = ng_wide_is_negative(a);
    const ng_wide magnitude = negative ? ng_wide_negate(*a) : *a;
    const unsigned length = ng_wide_length(&magnitude);
    const int normal = (int)length - 53;        /* bits past a normal double's significand */
    const int subnormal = -1074 - exponent;     /* bits below the smallest subnormal double */
    const int most = normal > subnormal ? normal : subnormal;
    const unsigned drop = most > 0 ? (unsigned)most : 0;
    const ng_wide kept = ng_wide_round_even(&magnitude, drop);
    const double value = ldexp((double)kept.limb[0], exponent + (int)drop);
    return negative ? -value : value;
}
