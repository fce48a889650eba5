#include "model/round.h"

typedef struct {
    bool odd;
    bool half;
    bool sticky;
    bool negative;
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
    case NG_ROUND_TOWARD_ZERO:
    case NG_ROUND_STOCHASTIC: break;
    }
    return false;
}

ng_wide ng_round_shift(const ng_wide *magnitude, unsigned shift, bool negative, ng_rounding rounding)
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
    };
    return rounds_away(rounding, e) ? ng_wide_add(kept, ng_wide_from_int(1)) : kept;
}

ng_wide ng_round_signed(const ng_wide *value, unsigned shift, ng_rounding rounding)
{
    const bool negative = ng_wide_is_negative(value);
    const ng_wide magnitude = negative ? ng_wide_negate(*value) : *value;
    const ng_wide rounded = ng_round_shift(&magnitude, shift, negative, rounding);
    return negative ? ng_wide_negate(rounded) : rounded;
}

bool ng_rounding_is_nearest(ng_rounding rounding)
{
    return rounding == NG_ROUND_NEAREST_EVEN || rounding == NG_ROUND_NEAREST_AWAY || rounding == NG_ROUND_TIES_UP;
}
