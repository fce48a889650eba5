/* big.h: two's complement integers of a stated width up to 1280 bits, the registers of long accumulators.
 *
 * value(x) = sum of limb[i] * 2^(64 i) over the ceil(bits / 64) limbs in use, the last one signed. Results are taken
 * modulo 2^bits and sign-extended into the last limb; limbs past it are never read. Where 256 bits do, use
 * model/wide.h.
 *
 * Range: bits 1..1280: the longest exact sum of the formats, 2^20 products lns x lns, takes 1149 (model/accumulator.h), and
 * ng_exact_add() aligns such a sum in what is left. Examples, bits = 65: {1, 0} = 1; {~0, ~0} = -1; {0, ~0} = -2^64; 2^64 - 1 plus 1 is -2^64.
 */
#ifndef NG_BIG_H
#define NG_BIG_H

#include <stdbool.h>
#include <stdint.h>

#include "model/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_BIG_LIMBS = 20, NG_BIG_BITS = 64 * NG_BIG_LIMBS };

typedef struct {
    unsigned bits;
    uint64_t limb[NG_BIG_LIMBS];
} ng_big;

/* x = 0 of that width. */
void ng_big_zero(ng_big *x, unsigned bits);

/* x = x + term * 2^shift modulo 2^bits of x. Range: shift any; term may be x itself. */
void ng_big_add(ng_big *x, const ng_big *term, unsigned shift);
void ng_big_add_wide(ng_big *x, const ng_wide *term, unsigned shift);

/* x = -x modulo 2^bits. */
void ng_big_negate(ng_big *x);

bool ng_big_is_negative(const ng_big *x);
bool ng_big_is_zero(const ng_big *x);

/* Bits of |x| as an unsigned number: 0 for 0, floor(log2 |x|) + 1 otherwise. */
unsigned ng_big_length(const ng_big *x);

/* floor(x / 2^shift) into the low 256 bits. Range: shift any. */
ng_wide ng_big_window(const ng_big *x, unsigned shift);

/* True if one of the bits below `position` is set; the same for x and for |x|. */
bool ng_big_any_below(const ng_big *x, unsigned position);

/* The leading bits of x as a wide number w with |w| < 2^200: x = w * 2^*drop, but where bits are lost w is rounded to
 * odd (its last bit is one). Rounding w to fewer than 199 bits, in any direction, gives what rounding x gives. */
ng_wide ng_big_leading(const ng_big *x, unsigned *drop);

#ifdef __cplusplus
}
#endif

#endif
