/* middle.h: where the nearest modes part two neighbouring codes. */
#ifndef NG_MIDDLE_H
#define NG_MIDDLE_H

#include "model/parts/exact.h"

/* -1, 0, 1 as x lies below, on or above the middle of the values of the codes lo and hi: their mean, but for POSIT the posit of
 * one more bit between them, and for LOGARITHMIC the mean of the exact irrational values (model/encode.h). */
int ng_middle_side(const ng_format *format, uint32_t lo, uint32_t hi, const ng_exact *x);

/* The same for two values. */
int ng_mean_side(const ng_exact *lo, const ng_exact *hi, const ng_exact *x);

#endif
