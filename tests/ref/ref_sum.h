/* ref_sum.h: accumulators as real numbers: sums in MPFR at a precision where nothing is rounded, rounded only where the
 * definition says so, by looking at the two neighbours.
 *
 * The definitions are those in words of model/accumulator.h, model/window.h and model/precision.h.
 */
#ifndef REF_SUM_H
#define REF_SUM_H

#include "tests/ref/ref_number.h"

enum { REF_LONG_PRECISION = 4096 }; /* every sum of products here is exact in it, or the oracle aborts */

/* Directions, in the order of model/encode.h. */
typedef enum {
    REF_CUT_EVEN,
    REF_CUT_AWAY,
    REF_CUT_TIES_UP,
    REF_CUT_ZERO,
    REF_CUT_UP,
    REF_CUT_DOWN,
    REF_CUT_ODD,
    REF_CUT_STOCHASTIC,
    REF_CUTS
} ref_cut;

/* A random word of so many bits. STOCHASTIC takes the neighbour of larger magnitude if the distance from the smaller, cut
 * to that many fraction bits, and word / 2^bits make up 1. */
typedef struct {
    uint32_t word;
    unsigned bits;
} ref_draw;

/* x rounded to a multiple of 2^unit, x's sign also for a zero. */
void ref_cut_to(mpfr_t rounded, const mpfr_t x, long unit, ref_cut cut);
void ref_cut_drawn(mpfr_t rounded, const mpfr_t x, long unit, ref_cut cut, ref_draw draw);

/* IEEE 754-2019 binary format of x exponent and y mantissa bits. */
typedef struct {
    unsigned exponent_bits;
    unsigned mantissa_bits;
    ref_cut cut;
    bool saturates; /* else clause 7.4 */
    ref_draw draw;  /* STOCHASTIC */
} ref_register;

/* value = round(value); an exact zero becomes +0, NaN and infinities stay. */
void ref_register_round(mpfr_t value, const ref_register *as);

/* The interchange pattern of a value of the register; NaN is the positive quiet one without payload. */
uint64_t ref_register_bits(const mpfr_t value, const ref_register *as);

typedef enum { REF_SUM_EXACT, REF_SUM_WINDOW, REF_SUM_FLOAT, REF_SUM_BLOCKED } ref_sum_kind;

/* Words of one step: for cutting the term, for rounding what is added (or, joined, for cutting the running sum), for rounding
 * the running sum. */
typedef struct {
    uint32_t cut;
    uint32_t product;
    uint32_t sum;
} ref_random;

typedef struct {
    ref_sum_kind kind;
    unsigned window;
    ref_cut cut;
    ref_register running;
    ref_register product; /* exponent_bits 0: none */
    unsigned group;
    bool joined;
    unsigned random_bits;
    const ref_random *random; /* one a term; NULL: zeros */
} ref_sum;

/* result = the sum of the terms; alignment[i] is that of terms[i]. result has REF_LONG_PRECISION. */
void ref_sum_of(mpfr_t result, const ref_sum *how, mpfr_t *terms, const long *alignment, size_t count);

/* The alignment exponent of one value of a format (model/term.h); 0 for a zero of a format where it is floor(log2). */
long ref_alignment(const ref_format *format, const mpfr_t value);

#endif
