/* wide_check.h: the accumulator type of model/ as a GMP integer and back. */
#ifndef SUPPORT_WIDE_CHECK_H
#define SUPPORT_WIDE_CHECK_H

#include <gmp.h>

#include "model/wide.h"

/* The limbs as an unsigned number. */
void wide_to_mpz(mpz_t number, const ng_wide *wide);

/* The limbs as two's complement. */
void wide_to_signed(mpz_t number, const ng_wide *wide);

/* number modulo 2^256. */
ng_wide wide_from_mpz(const mpz_t number);

#endif
