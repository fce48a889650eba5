/* requantise.h: an integer sum to a narrow integer: multiply, shift, round, clamp. Integers only, no double on the way.
 *
 *   ng_requantise_dyadic  y = clamp(round(z * m / 2^e))          m 32 bits, e a constant of the layer: scale ~ m * 2^-e
 *   ng_requantise_shift   y = clamp(round(z / 2^e))              the same with m = 1: no multiplier
 *   ng_requantise_add     y = clamp(round(z1 * m1 / 2^e1) + round(z2 * m2 / 2^e2))   residual add: two roundings, then
 *                         the sum
 *
 * m and e of a scale (HAWQ-V3, arXiv 2011.10680, and its code): scale = f * 2^x, f in [1/2, 1);
 * m = floor(f * 2^31 + 1/2), e = 31 - x. m is at least 2^30 and may round up to 2^31, so it takes 32 bits unsigned; the
 * relative error of m * 2^-e is at most 2^-31. Widths: z of W bits gives a product of W + 32 bits; then a constant
 * right shift by e (wiring), one incrementer for the rounding, W + 32 - e bits into the clamp; the residual sum one
 * more. The tie rule is an argument because circuits differ: TIES_UP is (p + 2^(e-1)) >> e, NEAREST_EVEN needs a sticky
 * bit over the e - 1 bits below. Error: 1/2 (nearest) inside the clamp, 1 for the residual sum, and |z| * scale * 2^-31
 * from m.
 *
 * Range: |z| < 2^191; m 0..2^31; e -2^12..2^12 (negative: a left shift); results before the clamp saturate at +-2^200;
 * low <= high. STOCHASTIC adds n random bits below the last place (model/round.h). Examples: scale 0.75: m = 3 * 2^29, e = 31; z = 2 gives 1.5: 2 to
 * nearest even; z = -2: -2, TIES_UP -1.
 */
#ifndef NG_REQUANTISE_H
#define NG_REQUANTISE_H

#include "model/round.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    uint32_t multiplier; /* m */
    int shift;           /* e */
} ng_multiplier;

typedef struct {
    ng_rounding rounding;
    int64_t low; /* clamp: an output format's ends, or 0 and its largest for a rectified layer */
    int64_t high;
    ng_draw draw[2]; /* STOCHASTIC: the random bits; [1] for the second rounding of ng_requantise_add() */
} ng_requantise_rule;

/* m and e of a scale. Range: finite and > 0; anything else gives m = 0, e = 0. */
ng_multiplier ng_multiplier_from_double(double scale);

int64_t ng_requantise_dyadic(const ng_wide *z, ng_multiplier scale, const ng_requantise_rule *rule);
int64_t ng_requantise_shift(const ng_wide *z, int shift, const ng_requantise_rule *rule);
int64_t ng_requantise_add(const ng_wide *first, ng_multiplier first_scale, const ng_wide *second,
                          ng_multiplier second_scale, const ng_requantise_rule *rule);

#ifdef __cplusplus
}
#endif

#endif
