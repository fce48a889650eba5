/* ref_ieee.h: a third definition of rounding for IEEE 754 formats: MPFR's own, with emin, emax and subnormals. */
#ifndef REF_IEEE_H
#define REF_IEEE_H

#include "tests/ref/ref_round.h"

/* Code of x, by mpfr_set(), mpfr_check_range() and mpfr_subnormalize(). Range: signed MINIFLOAT with the specials IEEE and a
 * zero; x not NaN and not zero; NEAREST_EVEN, TOWARD_ZERO, UP or DOWN. An overflow is IEEE 754-2019 clause 7.4. */
uint32_t ref_ieee_round(const ref_format *format, const mpfr_t x, ref_rounding rounding);

#endif
