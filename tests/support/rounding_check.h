/* rounding_check.h: every rounding mode of a format against rounding by enumeration (tests/ref/ref_round.h), and what must
 * hold of any format. Shared by suite `rounding` and by `make exhaustive-rounding`.
 */
#ifndef SUPPORT_ROUNDING_CHECK_H
#define SUPPORT_ROUNDING_CHECK_H

#include "model/encode.h"
#include "tests/ref/ref_round.h"
#include "tests/support/golden_check.h"

/* A format and the oracle's table of it; the cases so far. */
typedef struct {
    const ng_format *format;
    const ref_table *table;
    tally count;
    uint64_t index; /* of the next case: modes and random words take turns by it */
    mpz_t integer;
} rounding_subject;

rounding_subject rounding_subject_of(const ng_format *format, const ref_table *table);
void rounding_subject_clear(rounding_subject *s);

/* The options in the model's words. */
ng_encode_options rounding_model_options(const ref_options *options);

/* x as an exact integer times a power of two, under one mode. */
void rounding_try_exact(rounding_subject *s, const mpfr_t x, ref_rounding rounding, ref_overflow overflow);

/* Every value, every midpoint of neighbours, and the fp32-precision floats next to each: all eight roundings at each of these
 * points, the overflow modes in turn. */
void rounding_values_and_midpoints(rounding_subject *s);

/* The same points of the posits of one bit more, where the values of posits change hands; nothing for other kinds. */
void rounding_longer_posits(rounding_subject *s);

/* Past the ends in sixteenths of the end, powers of two over the whole range of double, infinities and NaN: every pair of a
 * rounding and an overflow. */
void rounding_past_the_ends(rounding_subject *s);

/* Every code has the oracle's value, and so have largest, smallest and least significant bit. */
void rounding_decodes_like(rounding_subject *s);

/* decode(encode(decode(c))) = decode(c), and saturating twice is saturating once. */
void rounding_stays_put(rounding_subject *s);

/* What is parsed from the format's name is the same format. */
void rounding_has_a_name(rounding_subject *s);

#endif
