/* ref_logarithmic.h: logarithmic numbers, the power itself taken by MPFR. */
#ifndef REF_LOGARITHMIC_H
#define REF_LOGARITHMIC_H

#include "tests/ref/ref_number.h"

enum { REF_LOGARITHMIC_PRECISION = 53 };

/* Value of a code: sign bit, then l in two's complement: (-1)^s * 2^(l * 2^-y - bias), rounded once to 53 bits, to
 * nearest even; the most negative l is zero. */
void ref_logarithmic_value(const ref_format *format, uint32_t code, ref_value *value);

/* The same power rounded only to the precision of `power`; its ternary value. */
int ref_logarithmic_power(mpfr_t power, const ref_format *format, uint32_t code);

#endif
