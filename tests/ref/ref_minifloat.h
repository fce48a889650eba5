/* ref_minifloat.h: binary floating point by IEEE 754-2019 clause 3.3 and 3.4, with the specials of OCP OFP8 v1.0,
 * arXiv 2206.02915 (FNUZ) and IEEE P3109. */
#ifndef REF_MINIFLOAT_H
#define REF_MINIFLOAT_H

#include "tests/ref/ref_number.h"

/* Value of a code: E = 0: (-1)^S * 2^(1 - bias) * T * 2^-y; else (-1)^S * 2^(E - bias) * (1 + T * 2^-y). Without a zero,
 * E = 0 is like the others; flushed subnormals are zeros. */
void ref_minifloat_value(const ref_format *format, uint32_t code, ref_value *value);

/* A code rounded with subnormals, those turned into the zero of their sign (of no sign where -0 is NaN). */
uint32_t ref_minifloat_flush(const ref_format *format, uint32_t code);

/* A product before alignment: value = (-1)^negative * significand * 2^(exponent + lsb), lsb that of both formats
 * together, significand = product of the significands as integers with y fraction bits each. */
typedef struct {
    bool negative;
    unsigned long exponent;
    unsigned long significand;
} ref_product;

ref_product ref_minifloat_product(const ref_table *weight, uint32_t w, const ref_table *activation, uint32_t a);

/* Widths of the fields that hold any product of the pair, found by looking at the largest codes. */
unsigned ref_minifloat_exponent_bits(const ref_table *weight, const ref_table *activation);
unsigned ref_minifloat_significand_bits(const ref_table *weight, const ref_table *activation);

/* {sign, exponent, significand} as one word. */
void ref_minifloat_word(mpz_t word, const ref_table *weight, uint32_t w, const ref_table *activation, uint32_t a);

/* The number such a word stands for. */
void ref_minifloat_unword(mpfr_t value, const mpz_t word, const ref_table *weight, const ref_table *activation);

#endif
