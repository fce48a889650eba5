/* window.h: terms cut to W bits below the largest exponent of a dot product.
 *
 * E = the largest alignment exponent (model/term.h) of the terms that are not zero; u = 2^(E + 2 - W). Each term is
 * rounded to a multiple of u, in its magnitude (DOWN: in two's complement), and the multiples are added exactly. The
 * circuit: a tree of maxima over the exponents, one subtraction E - E(i) and one right shift a term, W bits kept (for
 * roundings other than TOWARD_ZERO and DOWN also a guard and a sticky bit, for STOCHASTIC n more), an adder of the width of
 * model/accumulator.h. Two bits of the window stand above 2^E, since a product of significands below 2 is below 4, and
 * W - 2 below.
 *
 * Error of a dot product of n terms that are not zero, against the exact sum, for a known E; s and f are the
 * significant and fraction bits of a term:
 *   near = f + 2 - W, bits the term at E loses; far = E + 2 - W - lsb, bits any other can lose; 0 if negative
 *   to nearest           u/2 * [near > 0]        + (n - 1) * u/2 * [far > 0]
 *   TOWARD_ZERO          u * (1 - 2^-min(near, s)) + (n - 1) * u * (1 - 2^-min(far, s))
 *   the others           u * (1 - 2^-near)       + (n - 1) * u * (1 - 2^-far)
 * Reached exactly to nearest, to 1 part in 100 by UP, DOWN and TO_ODD, and by cutting to 1 in 20 but for the shortest
 * significands (e2m1 x e2m1: 0.79 of it): a search over all pairs of codes in tests/test_window.c.
 *
 * Range: every path with a window. Example: e4m3 x e4m3, W = 8, cutting, n = 2, E = 0: near 0, far 0 + 2 - 8 + 18 = 12,
 * error at most 2^-6 * 255/256.
 */
#ifndef NG_WINDOW_H
#define NG_WINDOW_H

#include "model/accumulator.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Exponent of u for a largest alignment exponent E. */
int ng_window_unit(const ng_accumulator *accumulator, int largest);

/* round(term / 2^unit); `random` is the word that STOCHASTIC draws. */
ng_wide ng_window_cut(const ng_accumulator *accumulator, const ng_wide *significand, int exponent, int unit,
                      uint32_t random);

/* The error bound above in units of 2^*exponent; the number of terms counts those that are not zero. Range: terms
 * 1..2^20, E that of a term. */
ng_wide ng_window_error(const ng_dot_path *path, int largest, unsigned terms, int *exponent);

#ifdef __cplusplus
}
#endif

#endif
