/* ref_number.h: the oracle's own idea of a format: every code written out as an MPFR number, all of them sorted.
 *
 * model/ computes with integer significands and shifts; this computes with real numbers (MPFR), by enumeration, and
 * shares nothing with model/ but the table of formats. Slow and plain on purpose. Every MPFR operation here must be
 * exact: a rounding is a defect of the oracle and aborts.
 */
#ifndef REF_NUMBER_H
#define REF_NUMBER_H

#include <gmp.h>
#include <mpfr.h>

#include "tests/ref/ref_format.h"

enum {
    REF_VALUE_PRECISION = 64, /* one value, one product of two 8-bit formats */
    REF_SUM_PRECISION = 640   /* a 256-bit integer, an accumulator, or a midpoint of any two values */
};

typedef enum { REF_FINITE, REF_INFINITE, REF_NAN } ref_class;

/* What one code means. `number` is the value; for a special code it is what the bits would spell in a format without
 * specials, which is what the datapaths add up below their flag. Zero has the sign of its code. */
typedef struct {
    ref_class class;
    mpfr_t number;
} ref_value;

/* A format written out. */
typedef struct ref_table {
    const ref_format *format;
    uint32_t codes;   /* 2^bits */
    ref_value *value; /* by code */
    uint32_t finite;  /* how many codes are no specials */
    uint32_t *order;  /* the finite codes by ascending value, -0 before +0, else by ascending code */
    long lsb;         /* the largest power of two that divides every ordinary reading; LOGARITHMIC: the last of the 53 bits
                       * of the smallest value */
    bool has_nan, has_infinite[2];
    uint32_t nan;                /* the largest NaN code of positive sign, else the largest */
    uint32_t infinite[2];        /* positive, negative */
    ref_format whole;            /* of a format that flushes: the same with its subnormals, */
    struct ref_table *unflushed; /* and that written out; else NULL */
} ref_table;

/* The written-out format of a row of the catalogue; built once, kept for the life of the process. */
const ref_table *ref_table_of(const ref_format *row);
const ref_table *ref_table_named(const char *name);

/* The same for any format; `format` must outlive the table. */
ref_table *ref_table_new(const ref_format *format);
void ref_table_free(ref_table *table);

/* Aborts unless an MPFR operation was exact. */
void ref_exact(int ternary);

/* value = s * 2^e with s odd (0 for zero): returns e. */
long ref_odd_part(mpz_t significand, const mpfr_t value);

/* Codes with the largest and the smallest finite value, and with the extreme ordinary readings: of several the one of
 * the smallest code. */
uint32_t ref_largest(const ref_table *table);
uint32_t ref_smallest(const ref_table *table);
uint32_t ref_largest_ordinary(const ref_table *table);
uint32_t ref_smallest_ordinary(const ref_table *table);

/* Place in the order of the smallest value an encoder may give: a symmetric integer never gives its most negative code. */
uint32_t ref_first(const ref_table *table);

/* Code of the smallest magnitude above zero, positive; 0 where no value is positive. */
uint32_t ref_tiniest(const ref_table *table);

#endif
