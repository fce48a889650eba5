#include "model/parts/integer_wrap.h"

#include "model/parts/kind.h"
#include "model/parts/rounding.h"

/* |x| / 2^lsb rounded by the options, modulo 2^256. Range: x below one in the last place or with it in reach. */
static ng_wide rounded(const ng_exact *x, int lsb, const ng_encode_options *options)
{
    const int shift = lsb - x->exponent;
    if (shift <= 0) {
        return ng_wide_shift_left(x->magnitude, (unsigned)-shift);
    }
    const ng_wide floor = ng_wide_shift_right(x->magnitude, (unsigned)shift);
    const ng_wide lost = ng_wide_truncate(x->magnitude, shift < NG_WIDE_BITS ? (unsigned)shift : NG_WIDE_BITS);
    if (ng_wide_is_zero(&lost)) {
        return floor;
    }
    /* The part below one unit decides, between 0 and 1 (or -1): floor's last bit tells odd from even. */
    const ng_exact part = {x->negative, lost, x->exponent};
    const ng_exact zero = {false, {{0}}, 0};
    const ng_exact unit = {x->negative, ng_wide_from_int(1), lsb};
    const bool odd = (floor.limb[0] & 1) != 0;
    ng_exact twice = part;
    twice.exponent++;
    const ng_interval between = {
        .lo = x->negative ? unit : zero,
        .hi = x->negative ? zero : unit,
        .side = ng_exact_compare(&twice, &unit),
        .lo_odd = x->negative ? !odd : odd,
        .hi_odd = x->negative ? odd : !odd,
    };
    const bool away = ng_round_up(&between, &part, options) != x->negative;
    return away ? ng_wide_add(floor, ng_wide_from_int(1)) : floor;
}

uint32_t ng_integer_wrap(const ng_format *format, const ng_exact *x, const ng_encode_options *options)
{
    const uint32_t mask = ng_format_codes(format) - 1;
    const uint32_t top = (mask >> 1) + 1;
    const uint32_t magnitude = (uint32_t)rounded(x, ng_format_lsb(format), options).limb[0];
    if (format->sign == NG_SIGN_SIGN_MAGNITUDE) {
        return (magnitude & (top - 1)) | (x->negative ? top : 0);
    }
    const uint32_t code = (x->negative ? 0 - magnitude : magnitude) & mask;
    return format->sign == NG_SIGN_SYMMETRIC && code == top ? top + 1 : code;
}
