/* round.h: an integer magnitude divided by a power of two and rounded, every direction an argument.
 *
 * ng_round_shift(m, s, negative, rounding) = |round((-1)^negative * m / 2^s)|, a tie and a direction decided as
 * model/encode.h defines them with integers for codes. The circuit: the kept bits, plus one if
 *   NEAREST_EVEN  half and (sticky or odd)     NEAREST_AWAY  half       TIES_UP  half and (sticky or positive)
 *   UP  inexact and positive                   DOWN  inexact and negative
 *   TO_ODD  inexact and even                   TOWARD_ZERO  never
 * where half is the first bit dropped, sticky the OR of the others, inexact = half or sticky.
 *
 * Range: m unsigned, any shift. STOCHASTIC has no random bits here and reads as TOWARD_ZERO.
 * Examples, s = 1: m = 3 gives 2 to nearest even, 1 toward zero, TIES_UP 2, and 1 if negative; m = 1 gives 0, 0, 1, 0.
 */
#ifndef NG_ROUND_H
#define NG_ROUND_H

#include "model/encode.h"

#ifdef __cplusplus
extern "C" {
#endif

ng_wide ng_round_shift(const ng_wide *magnitude, unsigned shift, bool negative, ng_rounding rounding);

/* The same for a signed number: round(value / 2^shift). */
ng_wide ng_round_signed(const ng_wide *value, unsigned shift, ng_rounding rounding);

/* True for the directions whose error is at most half a unit: NEAREST_EVEN, NEAREST_AWAY, TIES_UP. */
bool ng_rounding_is_nearest(ng_rounding rounding);

#ifdef __cplusplus
}
#endif

#endif
