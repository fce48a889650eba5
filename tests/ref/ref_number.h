/* ref_number.h: the oracle's own idea of a format: every code written out as an MPFR number, all of them sorted.
 *
 * model/ computes with integer significands and shifts; this computes with real numbers (MPFR), by enumeration, and
 * shares nothing with model/ but the table of formats. Slow and plain on purpose. Every MPFR operation here must be
 * exact: a rounding is a defect of the oracle and aborts.
 */
#ifndef REF_NUMBER_H
#define REF_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <gmp.h>
#include <mpfr.h>

enum {
    REF_CODES_MAX = 256,
    REF_VALUE_PRECISION = 64, /* one value, one midpoint, one product */
    REF_SUM_PRECISION = 640   /* a 256-bit integer, or an accumulator, scaled by any power of two */
};

typedef enum {
    REF_INTEGER,
    REF_MINIFLOAT,
    REF_SHIFT,
    REF_APOT,
    REF_POSIT,
    REF_LOGARITHMIC,
    REF_HIFLOAT,
    REF_CODEBOOK
} ref_kind;
typedef enum {
    REF_SPECIALS_NONE,
    REF_SPECIALS_FN,
    REF_SPECIALS_IEEE,
    REF_SPECIALS_FNUZ,
    REF_SPECIALS_P3109_EXTENDED,
    REF_SPECIALS_P3109_FINITE
} ref_specials;
typedef enum { REF_SCALE_NONE, REF_SCALE_E8M0, REF_SCALE_BIASED8, REF_SCALE_UE4M3 } ref_scale;
typedef enum { REF_FINITE, REF_INFINITE, REF_NAN } ref_class;

/* One row of model/formats.def, as it stands there. */
typedef struct {
    char name[16];
    ref_kind kind;
    unsigned bits;
    unsigned exponent_bits;
    unsigned mantissa_bits;
    int bias;
    ref_specials specials;
    bool has_zero;
    unsigned block;
    ref_scale scale;
} ref_format;

/* What one code means. `number` is the value; for a special code it is what the bits would spell in a format without
 * specials, which is what the datapaths add up below their flag. Zero has the sign of its code. */
typedef struct {
    ref_class class;
    mpfr_t number;
} ref_value;

/* A format written out. */
typedef struct {
    const ref_format *format;
    unsigned codes;                 /* 2^bits */
    ref_value value[REF_CODES_MAX]; /* by code */
    unsigned finite;                /* how many codes are no specials */
    uint32_t order[REF_CODES_MAX];  /* the finite codes by ascending value, -0 before +0 */
    long lsb;                       /* the largest power of two that divides every ordinary reading */
} ref_table;

/* Rows of the table; NULL past the end. */
const ref_format *ref_format_at(size_t index);
size_t ref_format_count(void);

/* The row named `name`; aborts if there is none, as a test that names it wrongly is no test. */
const ref_format *ref_format_find(const char *name);

/* The written-out format; built once, kept for the life of the process. */
const ref_table *ref_table_of(const ref_format *format);
const ref_table *ref_table_named(const char *name);

/* Aborts unless an MPFR operation was exact. */
void ref_exact(int ternary);

/* value = s * 2^e with s odd (0 for zero): returns e. */
long ref_odd_part(mpz_t significand, const mpfr_t value);

/* Code of the value nearest to x. A tie goes to the even code, then to the code whose sign is that of x, where
 * x = 0 between two values of a zero-free format counts as positive. Infinities give the ends. Range: x not NaN. */
uint32_t ref_nearest(const ref_table *table, const mpfr_t x);

/* The same for a double; NaN gives the largest NaN code of positive sign, or 0 where there is none. */
uint32_t ref_nearest_double(const ref_table *table, double x);

/* Codes with the largest and the smallest finite value, and with the extreme ordinary readings. */
uint32_t ref_largest(const ref_table *table);
uint32_t ref_smallest(const ref_table *table);
uint32_t ref_largest_ordinary(const ref_table *table);
uint32_t ref_smallest_ordinary(const ref_table *table);

/* Code of the smallest magnitude above zero, positive. */
uint32_t ref_tiniest(const ref_table *table);

#endif
