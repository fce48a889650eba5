/* ref_shift.h: powers of two with a sign: DeepShift (with a zero), DenseShift (zero-free) and a ternary sign. */
#ifndef REF_SHIFT_H
#define REF_SHIFT_H

#include "tests/ref/ref_number.h"

/* Value of a code. Zero-free: +-2^(t - bias), one power a field, top bit the sign. With a zero: field 0 is zero and the
 * fields from 1 on count the powers from the smallest, 2^-bias, up. Ternary: the top two bits are 0, +1, 0 or -1 times
 * 2^(t - bias). */
void ref_shift_value(const ref_format *format, uint32_t code, ref_value *value);

#endif
