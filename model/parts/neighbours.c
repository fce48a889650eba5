#include "model/parts/neighbours.h"

#include "model/parts/kind.h"
#include "model/parts/length.h"

static uint32_t ranks_of(const ng_format *format)
{
    switch (format->kind) {
    case NG_KIND_INTEGER: return ng_integer_ranks(format);
    case NG_KIND_MINIFLOAT: return ng_minifloat_ranks(format);
    case NG_KIND_SHIFT: return ng_shift_ranks(format);
    case NG_KIND_POSIT: return ng_posit_ranks(format);
    case NG_KIND_LOGARITHMIC: return ng_logarithmic_ranks(format);
    default: return 0;
    }
}

static uint32_t ranked(const ng_format *format, uint32_t rank)
{
    switch (format->kind) {
    case NG_KIND_INTEGER: return ng_integer_ranked(format, rank);
    case NG_KIND_MINIFLOAT: return ng_minifloat_ranked(format, rank);
    case NG_KIND_SHIFT: return ng_shift_ranked(format, rank);
    case NG_KIND_POSIT: return ng_posit_ranked(format, rank);
    case NG_KIND_LOGARITHMIC: return ng_logarithmic_ranked(format, rank);
    default: return 0;
    }
}

/* A number to compare many values with. */
typedef struct {
    ng_exact x;
    int sign;
    int top; /* exponent of the bit above the leading one */
} target;

static target target_of(const ng_exact *x)
{
    const int sign = ng_exact_is_zero(x) ? 0 : x->negative ? -1 : 1;
    return (target){*x, sign, x->exponent + (int)ng_wide_length(&x->magnitude)};
}

static target target_of_number(ng_number number)
{
    const ng_exact x = ng_exact_from_number(number);
    return target_of(&x);
}

/* -1, 0, 1 as a number <, =, > x: by the signs, by the leading ones, and only then by all bits. */
static int order(ng_number number, const target *t)
{
    const int sign = (number.significand > 0) - (number.significand < 0);
    const uint64_t magnitude = sign < 0 ? 0 - (uint64_t)number.significand : (uint64_t)number.significand;
    if (sign != t->sign || sign == 0) {
        return (sign > t->sign) - (sign < t->sign);
    }
    const int top = number.exponent + (int)ng_length(magnitude);
    if (top != t->top) {
        return top > t->top ? sign : -sign;
    }
    const ng_exact here = ng_exact_from_number(number);
    return ng_exact_compare(&here, &t->x);
}

/* Kinds whose values ascend with a rank: bisection. */
static ng_neighbours bisect(const ng_format *format, const ng_exact *x, uint32_t count)
{
    const target t = target_of(x);
    uint32_t low = 0;      /* ranks below it are < x */
    uint32_t high = count; /* ranks from it on are >= x */
    ng_neighbours found = {false, false, false, 0, 0};
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (order(ng_decode_finite(format, ranked(format, middle)), &t) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < count) {
        found.above = true;
        found.hi = ranked(format, low);
        found.equal = order(ng_decode_finite(format, found.hi), &t) == 0;
    }
    if (found.equal || low > 0) {
        found.below = true;
        found.lo = found.equal ? found.hi : ranked(format, low - 1);
    }
    return found;
}

/* Any order of codes: all of them looked at. Codes with a zero's value other than the first are passed over. */
static ng_neighbours scan(const ng_format *format, const ng_exact *x)
{
    const target t = target_of(x);
    target lo = t;
    target hi = t;
    ng_neighbours found = {false, false, false, 0, 0};
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        if (ng_code_is_special(format, code)) {
            continue;
        }
        const ng_number here = ng_decode_finite(format, code);
        const int side = order(here, &t);
        if (side <= 0 && (!found.below || order(here, &lo) > 0)) {
            found.below = true;
            found.lo = code;
            lo = target_of_number(here);
        }
        if (side >= 0 && (!found.above || order(here, &hi) < 0)) {
            found.above = true;
            found.hi = code;
            hi = target_of_number(here);
        }
        found.equal = found.equal || side == 0;
    }
    return found;
}

ng_neighbours ng_neighbours_find(const ng_format *format, const ng_exact *x)
{
    ng_format whole = *format;
    whole.flush = false;
    const uint32_t count = ranks_of(&whole);
    return count != 0 ? bisect(&whole, x, count) : scan(&whole, x);
}
