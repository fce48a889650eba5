/* ref_integer.h: integers by their definition as sums of bits: two's complement -b[n-1] * 2^(n-1) + sum of b[i] * 2^i,
 * unsigned, sign and magnitude; and words of two's complement. */
#ifndef REF_INTEGER_H
#define REF_INTEGER_H

#include "tests/ref/ref_number.h"

/* Value of a code, times 2^-bias (OCP MX v1.0 section 5.3.4 for the implicit scale of MXINT8). SYMMETRIC reads as two's
 * complement: only what is encoded differs. */
void ref_integer_value(const ref_format *format, uint32_t code, ref_value *value);

/* value / 2^lsb as a two's complement word of `bits` bits (0 <= word < 2^bits). Returns false if it does not fit or
 * is no integer. */
bool ref_integer_word(mpz_t word, const mpfr_t value, long lsb, unsigned bits);

/* The number a word of `bits` bits stands for, times 2^lsb. */
void ref_integer_unword(mpfr_t value, const mpz_t word, long lsb, unsigned bits);

/* Bits of the shortest two's complement word that holds both low and high. */
unsigned ref_integer_width(const mpz_t low, const mpz_t high);

#endif
