#include "model/round.h"

typedef struct {
    bool odd;
    bool half;
    bool sticky;
    bool negative;
    bool carry;
} evidence;

static bool rounds_away(ng_rounding rounding, evidence e)
{
    const bool inexact = e.half || e.sticky;
    switch (rounding) {
    case NG_ROUND_NEAREST_EVEN: return e.half && (e.sticky || e.odd);
    case NG_ROUND_NEAREST_AWAY: return e.half;
    case NG_ROUND_TIES_UP: return e.half && (e.sticky || !e.negative);
    case NG_ROUND_UP: return inexact && !e.negative;
    case NG_ROUND_DOWN: return inexact && e.negative;
    case NG_ROUND_TO_ODD: return inexact && !e.odd;
    case NG_ROUND_STOCHASTIC: return e.carry;
    case NG_ROUND_TOWARD_ZERO: break;
    }
    return false;
}

/* Carry out of the first n dropped bits plus the random ones. */
static bool carries(const ng_wide *magnitude, unsigned shift, ng_draw draw)
{
    const unsigned n = draw.bits < 1 ? 1 : draw.bits > 32 ? 32 : draw.bits;
    const uint64_t dropped = shift >= n ? ng_wide_bits(magnitude, shift - n, n)
                                        : ng_wide_bits(magnitude, 0, shift) << (n - shift);
    return (dropped + (draw.random & ((UINT64_C(1) << n) - 1))) >> n != 0;
}

ng_wide ng_round_shift_drawn(const ng_wide *magnitude, unsigned shift, bool negative, ng_rounding rounding, ng_draw draw)
{
    if (shift == 0) {
        return *magnitude;
    }
    const ng_wide kept = ng_wide_shift_right(*magnitude, shift);
    const ng_wide below = ng_wide_truncate(*magnitude, shift - 1 < NG_WIDE_BITS ? shift - 1 : NG_WIDE_BITS);
    const evidence e = {
        .odd = (kept.limb[0] & 1) != 0,
        .half = ng_wide_bits(magnitude, shift - 1, 1) != 0,
        .sticky = !ng_wide_is_zero(&below),
        .negative = negative,
        .carry = carries(magnitude, shift, draw),
    };
    return rounds_away(rounding, e) ? ng_wide_add(kept, ng_wide_from_int(1)) : kept;
}

ng_wide ng_round_signed_drawn(const ng_wide *value, unsigned shift, ng_rounding rounding, ng_draw draw)
{
    const bool negative = ng_wide_is_negative(value);
    const ng_wide magnitude = negative ? ng_wide_negate(*value) : *value;
    const ng_wide rounded = ng_round_shift_drawn(&magnitude, shift, negative, rounding, draw);
    return negative ? ng_wide_negate(rounded) : rounded;
}

ng_wide ng_round_shift(const ng_wide *magnitude, unsigned shift, bool negative, ng_rounding rounding)
{
    return ng_round_shift_drawn(magnitude, shift, negative, rounding, (ng_draw){0, 1});
}

ng_wide ng_round_signed(const ng_wide *value, unsigned shift, ng_rounding rounding)
{
    return ng_round_signed_drawn(value, shift, rounding, (ng_draw){0, 1});
}

bool ng_rounding_is_nearest(ng_rounding rounding)
{
    return rounding == NG_ROUND_NEAREST_EVEN || rounding == NG_ROUND_NEAREST_AWAY || rounding == NG_ROUND_TIES_UP;
}

const char *ng_rounding_name(ng_rounding rounding)
{
    static const char names[][16] = {"nearest-even", "nearest-away", "ties-up", "toward-zero",
                                     "up",           "down",         "to-odd",  "stochastic"};
    return (unsigned)rounding < sizeof names / sizeof names[0] ? names[rounding] : NULL;
}
