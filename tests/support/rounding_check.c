#include <float.h>
#include <math.h>
#include <stdio.h> /* before mpfr.h, for its printf */

#include "model/format_name.h"
#include "tests/support/random.h"
#include "tests/support/rounding_check.h"
#include "tests/support/wide_check.h"

enum { SEED = 4711, FLOAT_PRECISION = 24, TRIAL_PRECISION = 400 };

static const ng_rounding roundings[REF_ROUNDINGS] = {
    [REF_NEAREST_EVEN] = NG_ROUND_NEAREST_EVEN, [REF_NEAREST_AWAY] = NG_ROUND_NEAREST_AWAY,
    [REF_TIES_UP] = NG_ROUND_TIES_UP,           [REF_TOWARD_ZERO] = NG_ROUND_TOWARD_ZERO,
    [REF_UP] = NG_ROUND_UP,                     [REF_DOWN] = NG_ROUND_DOWN,
    [REF_TO_ODD] = NG_ROUND_TO_ODD,             [REF_STOCHASTIC] = NG_ROUND_STOCHASTIC,
};

static const ng_overflow overflows[REF_OVERFLOWS] = {
    [REF_SATURATE] = NG_OVERFLOW_SATURATE,
    [REF_TO_INFINITY] = NG_OVERFLOW_INFINITE,
    [REF_TO_NAN] = NG_OVERFLOW_NAN,
    [REF_WRAP] = NG_OVERFLOW_WRAP,
};

rounding_subject rounding_subject_of(const ng_format *format, const ref_table *table)
{
    rounding_subject s = {.format = format, .table = table};
    mpz_init(s.integer);
    return s;
}

void rounding_subject_clear(rounding_subject *s)
{
    mpz_clear(s->integer);
}

/* Random words of every length, their ends more often than chance gives. */
static ref_options options_at(uint64_t index, ref_rounding rounding, ref_overflow overflow)
{
    ref_options options = {.rounding = rounding, .overflow = overflow, .random_bits = 1};
    if (rounding == REF_STOCHASTIC) {
        options.random_bits = 1 + random_below(SEED, 2 * index, 32);
        const uint32_t last = (uint32_t)((UINT64_C(1) << options.random_bits) - 1);
        const uint32_t word = (uint32_t)random_bits(SEED, 2 * index + 1) & last;
        options.random = index % 8 == 0 ? 0 : index % 8 == 1 ? last : word;
    }
    return options;
}

static void judge(rounding_subject *s, const mpfr_t x, const ref_options *options, uint32_t got, const char *how)
{
    const uint32_t expected = ref_round(s->table, x, options);
    if (!tally_case(&s->count, got == expected) && !tally_full(&s->count)) {
        mpfr_fprintf(stderr, "%s-%s of %Ra rounding %d overflow %d random %u of %u bits: got 0x%02x expected 0x%02x\n", how,
                     s->format->name, x, (int)options->rounding, (int)options->overflow, (unsigned)options->random,
                     options->random_bits, (unsigned)got, (unsigned)expected);
    }
}

ng_encode_options rounding_model_options(const ref_options *options)
{
    return (ng_encode_options){.rounding = roundings[options->rounding],
                               .overflow = overflows[options->overflow],
                               .random = options->random,
                               .random_bits = options->random_bits};
}

/* x as an exact integer times a power of two, under one mode. */
void rounding_try_exact(rounding_subject *s, const mpfr_t x, ref_rounding rounding, ref_overflow overflow)
{
    const ref_options options = options_at(s->index++, rounding, overflow);
    const ng_encode_options asked = rounding_model_options(&options);
    const int exponent = (int)ref_odd_part(s->integer, x);
    const bool minus_zero = mpfr_zero_p(x) && mpfr_signbit(x); /* which no integer is */
    if (minus_zero || mpz_sizeinbase(s->integer, 2) >= NG_WIDE_BITS) {
        return;
    }
    const ng_wide wide = wide_from_mpz(s->integer);
    judge(s, x, &options, ng_encode_with(s->format, &wide, exponent, &asked), "wide");
}

static void try_double(rounding_subject *s, double x, ref_rounding rounding, ref_overflow overflow)
{
    MPFR_DECL_INIT(exact, REF_VALUE_PRECISION);
    const ref_options options = options_at(s->index++, rounding, overflow);
    const ng_encode_options asked = rounding_model_options(&options);
    ref_exact(mpfr_set_d(exact, x, MPFR_RNDN));
    judge(s, exact, &options, ng_encode_double_with(s->format, x, &asked), "double");
}

/* Every rounding; the overflow modes take turns. A double goes in as one, too, under one of the modes in turn. */
static void try_roundings(rounding_subject *s, const mpfr_t x)
{
    const double as_double = mpfr_get_d(x, MPFR_RNDN);
    for (unsigned i = 0; i < REF_ROUNDINGS; i++) {
        const uint64_t turn = s->index;
        rounding_try_exact(s, x, turn % REF_ROUNDINGS, turn / REF_ROUNDINGS % REF_OVERFLOWS);
    }
    if (mpfr_cmp_d(x, as_double) == 0) {
        try_double(s, as_double, s->index % REF_ROUNDINGS, s->index / REF_ROUNDINGS % REF_OVERFLOWS);
    }
}

/* x and the floats next to it, of the precision of binary32 and any exponent. */
static void try_around(rounding_subject *s, const mpfr_t x)
{
    MPFR_DECL_INIT(next, FLOAT_PRECISION);
    try_roundings(s, x);
    if (mpfr_zero_p(x)) {
        return;
    }
    (void)mpfr_set(next, x, MPFR_RNDD);
    if (mpfr_equal_p(next, x)) {
        mpfr_nextbelow(next);
    }
    try_roundings(s, next);
    (void)mpfr_set(next, x, MPFR_RNDU);
    if (mpfr_equal_p(next, x)) {
        mpfr_nextabove(next);
    }
    try_roundings(s, next);
}

void rounding_values_and_midpoints(rounding_subject *s)
{
    MPFR_DECL_INIT(middle, TRIAL_PRECISION);
    for (uint32_t i = 0; i < s->table->finite && !tally_full(&s->count); i++) {
        const mpfr_t *value = &s->table->value[s->table->order[i]].number;
        try_around(s, *value);
        if (i > 0) {
            const mpfr_t *below = &s->table->value[s->table->order[i - 1]].number;
            ref_exact(mpfr_add(middle, *value, *below, MPFR_RNDN));
            ref_exact(mpfr_div_2ui(middle, middle, 1, MPFR_RNDN));
            try_around(s, middle);
        }
    }
}

/* The values of posits change hands at places of their own: those of one bit more. */
void rounding_longer_posits(rounding_subject *s)
{
    if (s->format->kind != NG_KIND_POSIT) {
        return;
    }
    ref_format longer = *s->table->format;
    longer.bits++;
    ref_table *table = ref_table_new(&longer);
    for (uint32_t i = 0; i < table->finite && !tally_full(&s->count); i++) {
        try_around(s, table->value[table->order[i]].number);
    }
    ref_table_free(table);
}

/* Past the ends in sixteenths of the end, every power of two a double has, infinities and NaN: every pair of modes. */
void rounding_past_the_ends(rounding_subject *s)
{
    const double end = mpfr_get_d(s->table->value[ref_largest(s->table)].number, MPFR_RNDN);
    const double start = mpfr_get_d(s->table->value[ref_smallest(s->table)].number, MPFR_RNDN);
    const double tiny = mpfr_get_d(s->table->value[ref_tiniest(s->table)].number, MPFR_RNDN);
    const double odd[] = {INFINITY, -INFINITY, NAN, 0.0, -0.0, DBL_MAX, -DBL_MAX, DBL_TRUE_MIN, -DBL_TRUE_MIN};
    for (ref_rounding rounding = 0; rounding < REF_ROUNDINGS; rounding++) {
        for (ref_overflow overflow = 0; overflow < REF_OVERFLOWS; overflow++) {
            for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
                try_double(s, odd[i], rounding, overflow);
            }
            for (int step = -1; step <= 64 && !tally_full(&s->count); step++) {
                const double at[] = {end * (1 + step / 32.0), start * (1 + step / 32.0), end + tiny * step / 4,
                                     start - tiny * step / 4, tiny * step / 16, -tiny * step / 16};
                for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
                    try_double(s, at[i], rounding, overflow);
                    try_double(s, nextafter(at[i], INFINITY), rounding, overflow);
                    try_double(s, nextafter(at[i], -INFINITY), rounding, overflow);
                }
            }
            for (int exponent = -1074; exponent < 1024 && !tally_full(&s->count); exponent += 7) {
                try_double(s, ldexp(1, exponent), rounding, overflow);
                try_double(s, -ldexp(1.5, exponent), rounding, overflow);
            }
        }
    }
}

/* ---- properties ---- */

void rounding_decodes_like(rounding_subject *s)
{
    for (uint32_t code = 0; code < s->table->codes; code++) {
        const ref_value *expected = &s->table->value[code];
        const ng_number number = ng_decode_finite(s->format, code);
        MPFR_DECL_INIT(value, REF_VALUE_PRECISION);
        ref_exact(mpfr_set_si_2exp(value, number.significand, number.exponent, MPFR_RNDN));
        const bool same = mpfr_equal_p(value, expected->number) != 0 &&
                          ng_code_is_special(s->format, code) == (expected->class != REF_FINITE);
        if (!tally_case(&s->count, same)) {
            mpfr_fprintf(stderr, "%s code 0x%02x: expected %Ra\n", s->format->name, (unsigned)code, expected->number);
        }
    }
    tally_case(&s->count, ng_format_largest(s->format) == ref_largest(s->table));
    tally_case(&s->count, ng_format_smallest(s->format) == ref_smallest(s->table));
    tally_case(&s->count, ng_format_lsb(s->format) <= s->table->lsb);
}

/* decode(encode(decode(c))) = decode(c), and saturating twice is saturating once. */
void rounding_stays_put(rounding_subject *s)
{
    for (uint32_t code = 0; code < s->table->codes; code++) {
        const double value = ng_decode_double(s->format, code);
        if (!ng_code_is_special(s->format, code)) {
            const bool lowest = s->format->sign == NG_SIGN_SYMMETRIC && code == s->table->codes / 2;
            const double again = ng_decode_double(s->format, ng_encode_double(s->format, value));
            tally_case(&s->count, again == value || lowest);
        }
    }
    const double top = ng_decode_double(s->format, ng_format_largest(s->format));
    for (int step = 0; step < 20; step++) {
        const double end = ng_decode_double(s->format, ng_encode_double(s->format, top * (1 + step)));
        tally_case(&s->count, end == top);
    }
}

/* The name says it all: what is parsed from it is the same format. */
void rounding_has_a_name(rounding_subject *s)
{
    char name[NG_FORMAT_NAME_SIZE];
    ng_format parsed;
    ng_format_print(s->format, name);
    const ng_codebook *codebook = s->format->codebook;
    const ng_parse_status status = ng_format_parse(name, codebook, codebook != NULL, &parsed, NULL);
    if (!tally_case(&s->count, status == NG_PARSE_OK && ng_format_same(&parsed, s->format))) {
        fprintf(stderr, "%s does not come back from its name\n", name);
    }
}
