/* ref_hifloat.h: HiFloat8, arXiv 2409.16626. */
#ifndef REF_HIFLOAT_H
#define REF_HIFLOAT_H

#include "tests/ref/ref_number.h"

/* Value of a code, read as a string of eight bits: sign, dot field (a prefix code), exponent, mantissa.
 *   dot   D, width of the exponent field    mantissa
 *   11    4                                 1 bit
 *   10    3                                 2 bits
 *   01    2                                 3 bits
 *   001   1                                 3 bits
 *   0001  0                                 3 bits
 *   0000  denormal: (-1)^S * 2^(M - 23)     M of 3 bits, 0 is zero, of negative sign NaN
 * The exponent field is a sign and a magnitude whose leading one is not written: (-1)^Se * (1 Em...), 0 for D = 0.
 * Exponent 15 with mantissa 1 is infinity. */
void ref_hifloat_value(const ref_format *format, uint32_t code, ref_value *value);

#endif
