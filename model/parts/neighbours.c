#include "model/parts/neighbours.h"

#include "model/parts/kind.h"

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

static ng_exact value_of(const ng_format *format, uint32_t code)
{
    return ng_exact_from_number(ng_decode_finite(format, code));
}

/* Kinds whose values ascend with a rank: bisection. */
static ng_neighbours bisect(const ng_format *format, const ng_exact *x, uint32_t count)
{
    uint32_t low = 0;      /* ranks below it are < x */
    uint32_t high = count; /* ranks from it on are >= x */
    ng_neighbours found = {false, false, false, 0, 0};
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const ng_exact here = value_of(format, ranked(format, middle));
        if (ng_exact_compare(&here, x) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < count) {
        found.above = true;
        found.hi = ranked(format, low);
        const ng_exact here = value_of(format, found.hi);
        found.equal = ng_exact_compare(&here, x) == 0;
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
    ng_neighbours found = {false, false, false, 0, 0};
    ng_exact lo = {false, {{0}}, 0};
    ng_exact hi = lo;
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        if (ng_code_is_special(format, code)) {
            continue;
        }
        const ng_exact here = value_of(format, code);
        const int order = ng_exact_compare(&here, x);
        if (order <= 0 && (!found.below || ng_exact_compare(&here, &lo) > 0)) {
            found.below = true;
            found.lo = code;
            lo = here;
        }
        if (order >= 0 && (!found.above || ng_exact_compare(&here, &hi) < 0)) {
            found.above = true;
            found.hi = code;
            hi = here;
        }
        found.equal = found.equal || order == 0;
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
