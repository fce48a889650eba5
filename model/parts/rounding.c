#include "model/parts/rounding.h"

/* True if hi is the neighbour of smaller magnitude. */
static bool hi_is_near(const ng_interval *between)
{
    const ng_exact low = ng_exact_magnitude(between->lo);
    const ng_exact high = ng_exact_magnitude(between->hi);
    return ng_exact_compare(&high, &low) < 0;
}

/* floor(2^n (x - from) / (to - from)) + random >= 2^n, without a division and, as x may be far smaller than both, without a
 * difference: 2^n x >= 2^n from + (2^n - random) (to - from), from < to. */
static bool reaches(ng_exact x, ng_exact from, const ng_exact *to, const ng_encode_options *options)
{
    const unsigned n = options->random_bits < 1 ? 1 : options->random_bits > 32 ? 32 : options->random_bits;
    const uint64_t random = options->random & ((UINT64_C(1) << n) - 1);
    const ng_exact whole = ng_exact_sum(*to, ng_exact_negate(from));
    const ng_exact share = ng_exact_scale(whole, (UINT64_C(1) << n) - random);
    x.exponent += (int)n;
    from.exponent += (int)n;
    const ng_exact limit = ng_exact_sum(from, share);
    return ng_exact_compare(&x, &limit) >= 0;
}

/* The distance is measured from the neighbour near zero; from lo where zero lies between them. */
static bool stochastic(const ng_interval *between, const ng_exact *x, const ng_encode_options *options)
{
    const bool straddles = !ng_exact_is_zero(&between->lo) && between->lo.negative && !between->hi.negative &&
                           !ng_exact_is_zero(&between->hi);
    if (straddles || !hi_is_near(between)) {
        return reaches(*x, between->lo, &between->hi, options);
    }
    const ng_exact far = ng_exact_negate(between->lo);
    return !reaches(ng_exact_negate(*x), ng_exact_negate(between->hi), &far, options);
}

/* Of two codes the even (odd) one; of two alike the smaller magnitude, or lo. */
static bool by_parity(const ng_interval *between, bool odd)
{
    if (between->lo_odd != between->hi_odd) {
        return between->hi_odd == odd;
    }
    return !between->tie_low && hi_is_near(between);
}

static bool tie(const ng_interval *between, ng_rounding rounding)
{
    switch (rounding) {
    case NG_ROUND_NEAREST_AWAY: return !hi_is_near(between);
    case NG_ROUND_TIES_UP: return true;
    default: return !between->tie_low && by_parity(between, false);
    }
}

bool ng_round_up(const ng_interval *between, const ng_exact *x, const ng_encode_options *options)
{
    switch (options->rounding) {
    case NG_ROUND_UP: return true;
    case NG_ROUND_DOWN: return false;
    case NG_ROUND_TOWARD_ZERO: return hi_is_near(between);
    case NG_ROUND_TO_ODD: return by_parity(between, true);
    case NG_ROUND_STOCHASTIC: return stochastic(between, x, options);
    case NG_ROUND_NEAREST_EVEN:
    case NG_ROUND_NEAREST_AWAY:
    case NG_ROUND_TIES_UP: break;
    }
    return between->side != 0 ? between->side > 0 : tie(between, options->rounding);
}
