/* sum_check.h: drives the accumulators of model/ and compares each result with tests/ref/ref_sum.h.
 *
 * A case depends on its seed and index alone. A mismatch is one line on stderr: formats, accumulator, seed, index, got
 * and expected.
 */
#ifndef SUPPORT_SUM_CHECK_H
#define SUPPORT_SUM_CHECK_H

#include "model/dot.h"
#include "tests/ref/ref_sum.h"
#include "tests/support/golden_check.h"

/* A format as the model has it and as the oracle has it. */
typedef struct {
    ng_format model;
    ref_format ref;
} paired_format;

/* The format of a name (model/format_name.h); aborts if it is none. */
paired_format paired(const char *name);

/* The oracle's value of a code, special codes read as ordinary numbers. Returns its class. */
ref_class paired_value(const paired_format *format, uint32_t code, mpfr_t value);

/* The accumulator in the oracle's words. */
ref_sum sum_reference(const ng_accumulator *accumulator);

/* The number a finished sum stands for; NaN and infinities as such. */
void sum_value(const ng_dot_path *path, const ng_sum *sum, mpfr_t value);

/* Same number, same sign of zero, both NaN, or the same infinity. */
bool same_number(const mpfr_t a, const mpfr_t b);

typedef enum {
    FILL_UNIFORM,    /* every code alike */
    FILL_GAUSSIAN,   /* nearest codes of normal deviates */
    FILL_CANCELLING, /* products in nearly cancelling pairs */
    FILL_LARGE,      /* extreme codes, signs at random */
    FILL_TINY,       /* codes near zero and a few extreme ones */
    FILLS
} fill;

/* Codes for `count` products. */
void fill_codes(const paired_format *weight, const paired_format *activation, fill how, uint64_t seed, uint32_t *w,
                uint32_t *a, size_t count);

/* Random words for `count` steps of an accumulator that draws, some of them 0 or all ones, for the model and for the oracle. */
void draw_words(unsigned bits, uint64_t seed, ng_random *model, ref_random *ref, size_t count);

/* One dot product through ng_dot_drawn() and step by step through ng_mac(), against the oracle: value and flag. */
bool sum_check(tally *count, const ng_dot_path *path, const paired_format *weight, const paired_format *activation,
               const uint32_t *w, const uint32_t *a, size_t products, uint64_t seed);

/* All fills, `repeats` vectors each of up to `products` products. */
void sum_check_fills(tally *count, const char *weight, const char *activation, const ng_accumulator *accumulator,
                     unsigned products, unsigned repeats);

/* Accumulators of the usual kinds; STOCHASTIC draws 7 bits. */
ng_accumulator accumulate_exact(void);
ng_accumulator accumulate_window(unsigned bits, ng_rounding cut);
ng_accumulator accumulate_float(unsigned exponent_bits, unsigned mantissa_bits, ng_rounding rounding);
ng_accumulator accumulate_blocked(unsigned group, unsigned exponent_bits, unsigned mantissa_bits);

#endif
