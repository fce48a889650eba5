/* ref_wrap.h: integers that wrap: rounding on the endless grid of multiples of 2^-bias, then modulo the word. */
#ifndef REF_WRAP_H
#define REF_WRAP_H

#include "tests/ref/ref_round.h"

/* Code of x in an INTEGER format under options->rounding with WRAP. Range: x finite, not 0. */
uint32_t ref_wrap(const ref_format *format, const mpfr_t x, const ref_options *options);

#endif
