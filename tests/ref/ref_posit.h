/* ref_posit.h: posits by the formula of the Standard for Posit Arithmetic (2022), which needs no two's complement. */
#ifndef REF_POSIT_H
#define REF_POSIT_H

#include "tests/ref/ref_number.h"

/* Value of a code: ((1 - 3s) + f) * 2^((1 - 2s) * (2^es * r + e + s)), the fields read as they stand in the code. The
 * Standard has es = 2; other es as in Gustafson and Yonemoto 2017. s is the top bit; the regime r is k - 1 for a run of
 * k ones after it and -k for a run of k zeros; then es bits e and the fraction f; bits past the end of the code are
 * zeros. Code 0 is zero; 10...0 is NaR, which as an ordinary number is read as zero. */
void ref_posit_value(const ref_format *format, uint32_t code, ref_value *value);

#endif
