/* ref_apot.h: additive powers of two, arXiv 1909.13144 equation 5 and, for odd widths, the levels of its authors' code. */
#ifndef REF_APOT_H
#define REF_APOT_H

#include "tests/ref/ref_number.h"

/* Value of a code: the k fields below the sign, field i (0 the lowest) choosing from its ladder of powers, added up, times
 * 2^-bias. Fields of equal width: {0, 2^-i, 2^-(i+k), 2^-(i+2k), ...}. k - 1 fields of n bits and one bit above them: the
 * same with k - 1 for k, but the foot of each ladder is one power lower, and the one bit adds the power that this leaves
 * out, between the last but one steps and the feet. n = 2, k = 2: {0, 1, 2^-1, 2^-3} + {0, 2^-2}. */
void ref_apot_value(const ref_format *format, uint32_t code, ref_value *value);

#endif
