/* round.h: an integer magnitude divided by a power of two and rounded, every direction an argument.
 *
 * ng_round_shift(m, s, negative, rounding) = |round((-1)^negative * m / 2^s)|, a tie and a direction decided as
 * model/encode.h defines them with integers for codes. The circuit: the kept bits, plus one if
 *   NEAREST_EVEN  half and (sticky or odd)     NEAREST_AWAY  half       TIES_UP  half and (sticky or positive)
 *   UP  inexact and positive                   DOWN  inexact and negative
 *   TO_ODD  inexact and even                   TOWARD_ZERO  never
 *   STOCHASTIC  carry out of (the first n bits dropped, zeros where fewer are) + random: an adder of n bits
 * where half is the first bit dropped, sticky the OR of the others, inexact = half or sticky. What STOCHASTIC adds to
 * the sum of many is 0 on average, to n bits: below 2^-n of a unit.
 *
 * Range: m unsigned, any shift. Functions without a draw read STOCHASTIC as TOWARD_ZERO, which random = 0 is.
 * Examples, s = 1: m = 3 gives 2 to nearest even, 1 toward zero, TIES_UP 2, and 1 if negative; m = 1 gives 0, 0, 1, 0;
 * s = 2, STOCHASTIC of n = 2 bits: m = 5 gives 2 for random = 3, else 1.
 */
#ifndef NG_ROUND_H
#define NG_ROUND_H

#include "model/encode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The random bits of one STOCHASTIC rounding. */
typedef struct {
    uint32_t random; /* uniform in [0, 2^bits); bits above are ignored */
    unsigned bits;   /* n, 1..32; 0 reads as 1, more as 32 */
} ng_draw;

ng_wide ng_round_shift(const ng_wide *magnitude, unsigned shift, bool negative, ng_rounding rounding);

/* The same for a signed number: round(value / 2^shift). */
ng_wide ng_round_signed(const ng_wide *value, unsigned shift, ng_rounding rounding);

/* Both with the bits that STOCHASTIC draws; other directions do not look at them. */
ng_wide ng_round_shift_drawn(const ng_wide *magnitude, unsigned shift, bool negative, ng_rounding rounding, ng_draw draw);
ng_wide ng_round_signed_drawn(const ng_wide *value, unsigned shift, ng_rounding rounding, ng_draw draw);

/* "nearest-even", "nearest-away", "ties-up", "toward-zero", "up", "down", "to-odd", "stochastic"; NULL past the end. */
const char *ng_rounding_name(ng_rounding rounding);

/* True for the directions whose error is at most half a unit: NEAREST_EVEN, NEAREST_AWAY, TIES_UP. */
bool ng_rounding_is_nearest(ng_rounding rounding);

#ifdef __cplusplus
}
#endif

#endif
