#include "model/big.h"

#include <stddef.h>

enum { LEADING = 200 };

static unsigned limbs_of(const ng_big *x)
{
    return (x->bits + 63) / 64;
}

/* Sign-extends the last limb in use from bit `bits - 1`. */
static void settle(ng_big *x)
{
    const unsigned used = x->bits % 64;
    if (used == 0) {
        return;
    }
    uint64_t *last = &x->limb[limbs_of(x) - 1];
    const uint64_t above = UINT64_MAX << used;
    *last = (*last >> (used - 1) & 1) != 0 ? *last | above : *last & ~above;
}

void ng_big_zero(ng_big *x, unsigned bits)
{
    *x = (ng_big){.bits = bits};
}

/* A two's complement number as limbs, without end: past `count` they are all sign. */
typedef struct {
    const uint64_t *limb;
    unsigned count;
    uint64_t sign;
} digits;

static uint64_t digit(const digits *number, size_t index)
{
    return index < number->count ? number->limb[index] : number->sign;
}

/* Limb `index` of number * 2^shift. */
static uint64_t shifted_digit(const digits *number, unsigned index, unsigned shift)
{
    const unsigned whole = shift / 64;
    const unsigned part = shift % 64;
    if (index < whole) {
        return 0;
    }
    const uint64_t high = digit(number, index - whole) << part;
    return part != 0 && index > whole ? high | digit(number, index - whole - 1) >> (64 - part) : high;
}

static void add(ng_big *x, const digits *term, unsigned shift)
{
    uint64_t carry = 0;
    for (unsigned i = 0; i < limbs_of(x); i++) {
        const uint64_t partial = x->limb[i] + carry;
        carry = partial < carry;
        x->limb[i] = partial + shifted_digit(term, i, shift);
        carry += x->limb[i] < partial;
    }
    settle(x);
}

static digits digits_of(const ng_big *x)
{
    return (digits){x->limb, limbs_of(x), ng_big_is_negative(x) ? UINT64_MAX : 0};
}

void ng_big_add(ng_big *x, const ng_big *term, unsigned shift)
{
    const ng_big copy = *term;
    const digits number = digits_of(&copy);
    add(x, &number, shift);
}

void ng_big_add_wide(ng_big *x, const ng_wide *term, unsigned shift)
{
    const digits number = {term->limb, NG_WIDE_LIMBS, ng_wide_is_negative(term) ? UINT64_MAX : 0};
    add(x, &number, shift);
}

void ng_big_negate(ng_big *x)
{
    const ng_wide one = ng_wide_from_int(1);
    for (unsigned i = 0; i < limbs_of(x); i++) {
        x->limb[i] = ~x->limb[i];
    }
    ng_big_add_wide(x, &one, 0);
}

bool ng_big_is_negative(const ng_big *x)
{
    return x->limb[limbs_of(x) - 1] >> 63;
}

bool ng_big_is_zero(const ng_big *x)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < limbs_of(x); i++) {
        any |= x->limb[i];
    }
    return any == 0;
}

/* |x| of the most negative x is 2^(bits - 1): read unsigned it is right as it stands, in the limbs there are. */
static ng_big magnitude(const ng_big *x)
{
    ng_big size = *x;
    if (ng_big_is_negative(x)) {
        ng_big_negate(&size);
    }
    return size;
}

unsigned ng_big_length(const ng_big *x)
{
    const ng_big size = magnitude(x);
    for (unsigned i = limbs_of(x); i-- > 0;) {
        const ng_wide limb = {{size.limb[i], 0, 0, 0}};
        const unsigned bits = ng_wide_length(&limb);
        if (bits != 0) {
            const unsigned length = 64 * i + bits;
            return length < x->bits ? length : x->bits;
        }
    }
    return 0;
}

ng_wide ng_big_window(const ng_big *x, unsigned shift)
{
    const digits number = digits_of(x);
    const unsigned whole = shift / 64;
    const unsigned part = shift % 64;
    ng_wide out;
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        out.limb[i] = digit(&number, (size_t)i + whole) >> part;
        if (part != 0) {
            out.limb[i] |= digit(&number, (size_t)i + whole + 1) << (64 - part);
        }
    }
    return out;
}

bool ng_big_any_below(const ng_big *x, unsigned position)
{
    const digits number = digits_of(x);
    uint64_t any = 0;
    for (unsigned i = 0; i < position / 64; i++) {
        any |= digit(&number, i);
    }
    return any != 0 || (position % 64 != 0 && digit(&number, position / 64) << (64 - position % 64) != 0);
}

ng_wide ng_big_leading(const ng_big *x, unsigned *drop)
{
    const unsigned length = ng_big_length(x);
    *drop = length > LEADING ? length - LEADING : 0;
    ng_wide leading = ng_big_window(x, *drop);
    /* Two's complement towards minus infinity, then OR: odd either way, and on the same side of every even number. */
    leading.limb[0] |= ng_big_any_below(x, *drop);
    return leading;
}
