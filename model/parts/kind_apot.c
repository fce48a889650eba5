/* APOT: additive powers of two (arXiv 1909.13144, eq. 5); format.h has the fields. */
#include "model/parts/kind.h"

/* How the magnitude bits are shared out. */
typedef struct {
    unsigned terms;  /* fields */
    unsigned width;  /* bits of a field */
    bool odd;        /* the last field has one bit */
} layout;

static unsigned magnitude_width(const ng_format *format)
{
    return format->bits - (format->sign == NG_SIGN_UNSIGNED ? 0 : 1);
}

/* False if the bits cannot be shared out. */
static bool find_layout(const ng_format *format, layout *found)
{
    const unsigned width = magnitude_width(format);
    const unsigned terms = format->terms;
    if (terms < 1 || terms > 4 || width == 0) {
        return false;
    }
    if (width % terms == 0) {
        *found = (layout){terms, width / terms, false};
        return true;
    }
    if (terms > 1 && (width - 1) % (terms - 1) == 0 && (width - 1) / (terms - 1) >= 2) {
        *found = (layout){terms, (width - 1) / (terms - 1), true};
        return true;
    }
    return false;
}

/* -log2 of the power of two that field i stands for at t >= 1, bias apart. */
static unsigned step(const layout *l, unsigned i, uint32_t t)
{
    const uint32_t last = (UINT32_C(1) << l->width) - 1;
    if (!l->odd) {
        return i + (t - 1) * l->terms;
    }
    const unsigned apart = l->terms - 1;
    if (i == apart) {
        return (last - 1) * apart;
    }
    return i + (t - 1) * apart + (t == last ? 1 : 0);
}

static unsigned farthest_step(const layout *l)
{
    unsigned farthest = 0;
    for (unsigned i = 0; i < l->terms; i++) {
        const bool short_field = l->odd && i == l->terms - 1;
        const unsigned here = step(l, i, short_field ? 1 : (UINT32_C(1) << l->width) - 1);
        farthest = here > farthest ? here : farthest;
    }
    return farthest;
}

enum { FARTHEST = 52 }; /* every sum is a double */

bool ng_apot_fits(const ng_format *format)
{
    layout l;
    return (format->sign == NG_SIGN_SIGNED || format->sign == NG_SIGN_UNSIGNED) && format->bits >= 1 && format->bits <= 8 &&
           format->exponent_bits == 0 && format->mantissa_bits == 0 && format->specials == NG_SPECIALS_NONE &&
           format->has_zero && !format->flush && find_layout(format, &l) &&
           farthest_step(&l) <= FARTHEST;
}

int ng_apot_lsb(const ng_format *format)
{
    layout l = {1, 1, false};
    (void)find_layout(format, &l);
    return -format->bias - (int)farthest_step(&l);
}

ng_number ng_apot_decode(const ng_format *format, uint32_t code)
{
    layout l = {1, 1, false};
    (void)find_layout(format, &l);
    const unsigned farthest = farthest_step(&l);
    int64_t sum = 0;
    for (unsigned i = 0; i < l.terms; i++) {
        const unsigned width = l.odd && i == l.terms - 1 ? 1 : l.width;
        const uint32_t t = code >> (i * l.width) & ((UINT32_C(1) << width) - 1);
        sum += t != 0 ? INT64_C(1) << (farthest - step(&l, i, t)) : 0;
    }
    return (ng_number){NG_CLASS_FINITE, (code & ng_sign_bit(format)) != 0 ? -sum : sum, -format->bias - (int)farthest};
}

/* Every field at its largest power, t = 1. */
uint32_t ng_apot_largest(const ng_format *format)
{
    layout l = {1, 1, false};
    uint32_t code = 0;
    (void)find_layout(format, &l);
    for (unsigned i = 0; i < l.terms; i++) {
        code |= UINT32_C(1) << (i * l.width);
    }
    return code;
}

uint32_t ng_apot_smallest(const ng_format *format)
{
    return format->sign == NG_SIGN_UNSIGNED ? 0 : ng_apot_largest(format) | ng_sign_bit(format);
}

unsigned ng_apot_magnitude_bits(const ng_format *format)
{
    unsigned bits = 0;
    for (int64_t left = ng_apot_decode(format, ng_apot_largest(format)).significand; left != 0; left >>= 1) {
        bits++;
    }
    return bits;
}

bool ng_apot_special(const ng_format *format, uint32_t code)
{
    (void)format;
    (void)code;
    return false;
}
