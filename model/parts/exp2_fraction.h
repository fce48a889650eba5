/* exp2_fraction.h: powers of two with a fraction as exponent, to 122 bits and more. */
#ifndef NG_EXP2_FRACTION_H
#define NG_EXP2_FRACTION_H

#include "model/wide.h"

enum { NG_EXP2_BITS = 126, NG_EXP2_FRACTION_MOST = 7 };

/* floor-like 2^(numerator / 2^bits) * 2^NG_EXP2_BITS, too small by less than 2^-122 of itself; exact for numerator 0.
 * Range: bits 0..7, numerator 0..2^bits; numerator 2^bits gives 2 * 2^NG_EXP2_BITS. */
ng_wide ng_exp2_fraction(unsigned numerator, unsigned bits);

#endif
