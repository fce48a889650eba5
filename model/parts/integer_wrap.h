/* integer_wrap.h: rounding to an integer modulo 2^bits. */
#ifndef NG_INTEGER_WRAP_H
#define NG_INTEGER_WRAP_H

#include "model/encode.h"
#include "model/parts/exact.h"

/* Code of x in an INTEGER format under NG_OVERFLOW_WRAP: rounded to a multiple of the least significant bit, then modulo 2^bits.
 * SYMMETRIC gives -largest for the most negative code, SIGN_MAGNITUDE keeps the sign and wraps the magnitude. Total. */
uint32_t ng_integer_wrap(const ng_format *format, const ng_exact *x, const ng_encode_options *options);

#endif
