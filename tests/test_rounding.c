/* Every rounding and overflow mode against rounding by enumeration (tests/ref/ref_round.h): all values of every row of the
 * catalogue up to 16 bits, all midpoints, their float neighbours, both signs, past the ends, infinities and NaN; and IEEE
 * formats against MPFR's own rounding. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "model/encode.h"
#include "model/format_name.h"
#include "tests/ref/ref_ieee.h"
#include "tests/ref/ref_round.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/random_format.h"
#include "tests/support/ref_of.h"
#include "tests/support/wide_check.h"

enum { SEED = 4711, FLOAT_PRECISION = 24, TRIAL_PRECISION = 400, ALL_MODES_BITS = 12, DESCRIPTORS = 160 };

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

typedef struct {
    const ng_format *format;
    const ref_table *table;
    tally count;
    uint64_t index;
    mpz_t integer;
} subject;

static subject subject_at(const ng_format *format, const ref_table *table)
{
    subject s = {.format = format, .table = table};
    mpz_init(s.integer);
    return s;
}

static void finish(subject *s)
{
    mpz_clear(s->integer);
    tally_verdict(&s->count, s->format->name);
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

static void judge(subject *s, const mpfr_t x, const ref_options *options, uint32_t got, const char *how)
{
    const uint32_t expected = ref_round(s->table, x, options);
    if (!tally_case(&s->count, got == expected) && !tally_full(&s->count)) {
        mpfr_fprintf(stderr, "%s-%s of %Ra rounding %d overflow %d random %u of %u bits: got 0x%02x expected 0x%02x\n", how,
                     s->format->name, x, (int)options->rounding, (int)options->overflow, (unsigned)options->random,
                     options->random_bits, (unsigned)got, (unsigned)expected);
    }
}

static ng_encode_options model_options(const ref_options *options)
{
    return (ng_encode_options){.rounding = roundings[options->rounding],
                               .overflow = overflows[options->overflow],
                               .random = options->random,
                               .random_bits = options->random_bits};
}

/* x as an exact integer times a power of two, under one mode. */
static void try_exact(subject *s, const mpfr_t x, ref_rounding rounding, ref_overflow overflow)
{
    const ref_options options = options_at(s->index++, rounding, overflow);
    const ng_encode_options asked = model_options(&options);
    const int exponent = (int)ref_odd_part(s->integer, x);
    const bool minus_zero = mpfr_zero_p(x) && mpfr_signbit(x); /* which no integer is */
    if (minus_zero || mpz_sizeinbase(s->integer, 2) >= NG_WIDE_BITS) {
        return;
    }
    const ng_wide wide = wide_from_mpz(s->integer);
    judge(s, x, &options, ng_encode_with(s->format, &wide, exponent, &asked), "wide");
}

static void try_double(subject *s, double x, ref_rounding rounding, ref_overflow overflow)
{
    MPFR_DECL_INIT(exact, REF_VALUE_PRECISION);
    const ref_options options = options_at(s->index++, rounding, overflow);
    const ng_encode_options asked = model_options(&options);
    ref_exact(mpfr_set_d(exact, x, MPFR_RNDN));
    judge(s, exact, &options, ng_encode_double_with(s->format, x, &asked), "double");
}

/* Every rounding, or as many as asked for in turn; the overflow modes take turns, as does the way in. */
static void try_roundings(subject *s, const mpfr_t x, unsigned count)
{
    const double as_double = mpfr_get_d(x, MPFR_RNDN);
    for (unsigned i = 0; i < count; i++) {
        const uint64_t turn = s->index;
        try_exact(s, x, turn % REF_ROUNDINGS, turn / REF_ROUNDINGS % REF_OVERFLOWS);
    }
    if (mpfr_cmp_d(x, as_double) == 0) {
        try_double(s, as_double, s->index % REF_ROUNDINGS, s->index / REF_ROUNDINGS % REF_OVERFLOWS);
    }
}

/* x and the floats next to it, of the precision of binary32 and any exponent. Wide formats: two modes in turn each. */
static void try_around(subject *s, const mpfr_t x, unsigned count)
{
    const unsigned beside = s->format->bits > ALL_MODES_BITS ? 2 : REF_ROUNDINGS;
    MPFR_DECL_INIT(next, FLOAT_PRECISION);
    try_roundings(s, x, count);
    if (mpfr_zero_p(x)) {
        return;
    }
    (void)mpfr_set(next, x, MPFR_RNDD);
    if (mpfr_equal_p(next, x)) {
        mpfr_nextbelow(next);
    }
    try_roundings(s, next, beside);
    (void)mpfr_set(next, x, MPFR_RNDU);
    if (mpfr_equal_p(next, x)) {
        mpfr_nextabove(next);
    }
    try_roundings(s, next, beside);
}

static void values_and_midpoints_of(subject *s)
{
    MPFR_DECL_INIT(middle, TRIAL_PRECISION);
    for (uint32_t i = 0; i < s->table->finite && !tally_full(&s->count); i++) {
        const mpfr_t *value = &s->table->value[s->table->order[i]].number;
        try_around(s, *value, s->format->bits > ALL_MODES_BITS ? 2 : REF_ROUNDINGS);
        if (i > 0) {
            const mpfr_t *below = &s->table->value[s->table->order[i - 1]].number;
            ref_exact(mpfr_add(middle, *value, *below, MPFR_RNDN));
            ref_exact(mpfr_div_2ui(middle, middle, 1, MPFR_RNDN));
            try_around(s, middle, REF_ROUNDINGS);
        }
    }
}

/* The values of posits change hands at places of their own: those of one bit more. */
static void longer_posits_of(subject *s)
{
    if (s->format->kind != NG_KIND_POSIT) {
        return;
    }
    ref_format longer = *s->table->format;
    longer.bits++;
    ref_table *table = ref_table_new(&longer);
    for (uint32_t i = 0; i < table->finite && !tally_full(&s->count); i++) {
        try_around(s, table->value[table->order[i]].number, 4);
    }
    ref_table_free(table);
}

static bool too_wide(const ng_format *format)
{
    return format->bits > 16;
}

START_TEST(values_and_midpoints)
{
    const ref_format *row = ref_format_at((size_t)_i);
    const ng_format *format = ng_format_at((size_t)_i);
    if (too_wide(format)) {
        return;
    }
    subject s = subject_at(format, ref_table_of(row));
    values_and_midpoints_of(&s);
    longer_posits_of(&s);
    finish(&s);
}
END_TEST

/* Past the ends in sixteenths of the end, every power of two a double has, infinities and NaN: every pair of modes. */
static void past_the_ends_of(subject *s)
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

START_TEST(past_the_ends)
{
    subject s = subject_at(ng_format_at((size_t)_i), ref_table_of(ref_format_at((size_t)_i)));
    past_the_ends_of(&s);
    finish(&s);
}
END_TEST

/* Integers of up to 255 bits at any power of two, as accumulators are: near the format and, every eighth, anywhere. */
START_TEST(random_wides)
{
    enum { RANDOMS = 2000 };
    subject s = subject_at(ng_format_at((size_t)_i), ref_table_of(ref_format_at((size_t)_i)));
    MPFR_DECL_INIT(exact, REF_SUM_PRECISION);
    const int top = (int)mpfr_get_exp(s.table->value[ref_largest(s.table)].number);
    const unsigned span = (unsigned)(top - (int)s.table->lsb) + 8;
    mpz_t number;
    mpz_init(number);
    for (uint64_t i = 0; i < RANDOMS && !tally_full(&s.count); i++) {
        ng_wide wide;
        for (unsigned limb = 0; limb < NG_WIDE_LIMBS; limb++) {
            wide.limb[limb] = random_bits(SEED, i * 8 + limb);
        }
        const unsigned length = 1 + random_below(SEED, i * 8 + 4, NG_WIDE_BITS - 1);
        wide = ng_wide_sign_extend(wide, length);
        int exponent = (int)s.table->lsb + (int)random_below(SEED, i * 8 + 5, span) - (int)length;
        if (i % 8 == 0) {
            exponent = (int)random_below(SEED, i * 8 + 5, 1U << 21) - (1 << 20) + 1;
        }
        wide_to_signed(number, &wide);
        ref_exact(mpfr_set_z_2exp(exact, number, exponent, MPFR_RNDN));
        if (s.format->kind == NG_KIND_INTEGER && exponent > 300) {
            continue; /* the oracle's wrapping would write the whole integer out */
        }
        try_exact(&s, exact, i % REF_ROUNDINGS, i / REF_ROUNDINGS % REF_OVERFLOWS);
    }
    mpz_clear(number);
    finish(&s);
}
END_TEST

/* ---- descriptors that are no row of the catalogue ---- */

static void decodes_like(subject *s)
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
static void stays_put(subject *s)
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
static void has_a_name(subject *s)
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

START_TEST(random_descriptors)
{
    ng_codebook codebook;
    ng_format format;
    random_format(SEED, (uint64_t)_i, &codebook, &format);
    ng_format_print(&format, format.name);
    const ref_format mirror = ref_format_of(&format);
    ref_table *table = ref_table_new(&mirror);
    subject s = subject_at(&format, table);
    decodes_like(&s);
    stays_put(&s);
    has_a_name(&s);
    values_and_midpoints_of(&s);
    longer_posits_of(&s);
    if (_i % 8 == 0) {
        past_the_ends_of(&s);
    }
    finish(&s);
    ref_table_free(table);
}
END_TEST

/* ---- a third opinion: MPFR rounds with the exponents and subnormals of an IEEE format ---- */

static const char ieee_names[][NG_FORMAT_NAME_SIZE] = {"fp16", "bf16", "e5m2ieee", "e3m4ieee", "tf32"};

static void try_ieee(subject *s, const mpfr_t x)
{
    static const ref_rounding modes[] = {REF_NEAREST_EVEN, REF_TOWARD_ZERO, REF_UP, REF_DOWN};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        const ref_options options = {.rounding = modes[i], .overflow = REF_TO_INFINITY, .random_bits = 1};
        const ng_encode_options asked = model_options(&options);
        if (mpfr_zero_p(x)) {
            return;
        }
        const long exponent = ref_odd_part(s->integer, x);
        const ng_wide wide = wide_from_mpz(s->integer);
        const uint32_t got = ng_encode_with(s->format, &wide, (int)exponent, &asked);
        const uint32_t expected = ref_ieee_round(s->table->format, x, modes[i]);
        if (!tally_case(&s->count, got == expected) && !tally_full(&s->count)) {
            mpfr_fprintf(stderr, "%s of %Ra rounding %d: got 0x%04x, MPFR 0x%04x\n", s->format->name, x, (int)modes[i],
                         (unsigned)got, (unsigned)expected);
        }
    }
}

START_TEST(ieee_by_mpfr)
{
    enum { CASES = 40000 };
    const ng_format *format = ng_format_find(ieee_names[_i]);
    const ref_format mirror = ref_format_of(format);
    ref_table *table = ref_table_new(&mirror);
    subject s = subject_at(format, table);
    MPFR_DECL_INIT(x, TRIAL_PRECISION);
    MPFR_DECL_INIT(nudge, TRIAL_PRECISION);
    for (uint64_t i = 0; i < CASES; i++) {
        /* A value, or a midpoint, and something far smaller on either side. */
        const uint32_t at = random_below(SEED, 3 * i, table->finite - 1);
        const mpfr_t *low = &table->value[table->order[at]].number;
        ref_exact(mpfr_set(x, *low, MPFR_RNDN));
        if (i % 2 == 0) {
            ref_exact(mpfr_add(x, x, table->value[table->order[at + 1]].number, MPFR_RNDN));
            ref_exact(mpfr_div_2ui(x, x, 1, MPFR_RNDN));
        }
        ref_exact(mpfr_set_si_2exp(nudge, (long)(i / 2 % 3) - 1, table->lsb - 20, MPFR_RNDN));
        (void)mpfr_add(x, x, nudge, MPFR_RNDN);
        if (mpfr_min_prec(x) < NG_WIDE_BITS) {
            try_ieee(&s, x);
        }
        (void)mpfr_set_d(x, random_double(SEED, i, (int)table->lsb - 3, -(int)table->lsb), MPFR_RNDN);
        try_ieee(&s, x);
    }
    finish(&s);
    ref_table_free(table);
}
END_TEST

Suite *ng_suite_rounding(void);

Suite *ng_suite_rounding(void)
{
    const int formats = (int)ref_format_rows();
    Suite *suite = suite_create("rounding");
    TCase *tcase = golden_tcase(suite, "rounding");
    tcase_add_loop_test(tcase, values_and_midpoints, 0, formats);
    tcase_add_loop_test(tcase, past_the_ends, 0, formats);
    tcase_add_loop_test(tcase, random_wides, 0, formats);
    tcase_add_loop_test(tcase, random_descriptors, 0, DESCRIPTORS);
    tcase_add_loop_test(tcase, ieee_by_mpfr, 0, sizeof ieee_names / sizeof ieee_names[0]);
    return suite;
}
