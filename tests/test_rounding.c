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
#include "tests/support/random.h"
#include "tests/support/random_format.h"
#include "tests/support/ref_of.h"
#include "tests/support/rounding_check.h"
#include "tests/support/wide_check.h"

enum { SEED = 4711, TRIAL_PRECISION = 400, DESCRIPTORS = 160 };

static void finish(rounding_subject *s)
{
    rounding_subject_clear(s);
    tally_verdict(&s->count, s->format->name);
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
    rounding_subject s = rounding_subject_of(format, ref_table_of(row));
    rounding_values_and_midpoints(&s);
    rounding_longer_posits(&s);
    finish(&s);
}
END_TEST

START_TEST(past_the_ends)
{
    rounding_subject s = rounding_subject_of(ng_format_at((size_t)_i), ref_table_of(ref_format_at((size_t)_i)));
    rounding_past_the_ends(&s);
    finish(&s);
}
END_TEST

/* Integers of up to 255 bits at any power of two, as accumulators are: near the format and, every eighth, anywhere. */
START_TEST(random_wides)
{
    enum { RANDOMS = 2000 };
    rounding_subject s = rounding_subject_of(ng_format_at((size_t)_i), ref_table_of(ref_format_at((size_t)_i)));
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
        rounding_try_exact(&s, exact, i % REF_ROUNDINGS, i / REF_ROUNDINGS % REF_OVERFLOWS);
    }
    mpz_clear(number);
    finish(&s);
}
END_TEST

/* ---- descriptors that are no row of the catalogue ---- */

START_TEST(random_descriptors)
{
    ng_codebook codebook;
    ng_format format;
    random_format(SEED, (uint64_t)_i, &codebook, &format);
    ng_format_print(&format, format.name);
    const ref_format mirror = ref_format_of(&format);
    ref_table *table = ref_table_new(&mirror);
    rounding_subject s = rounding_subject_of(&format, table);
    rounding_decodes_like(&s);
    rounding_stays_put(&s);
    rounding_has_a_name(&s);
    rounding_values_and_midpoints(&s);
    rounding_longer_posits(&s);
    if (_i % 8 == 0) {
        rounding_past_the_ends(&s);
    }
    finish(&s);
    ref_table_free(table);
}
END_TEST

/* ---- a third opinion: MPFR rounds with the exponents and subnormals of an IEEE format ---- */

static const char ieee_names[][NG_FORMAT_NAME_SIZE] = {"fp16", "bf16", "e5m2ieee", "e3m4ieee", "tf32"};

static void try_ieee(rounding_subject *s, const mpfr_t x)
{
    static const ref_rounding modes[] = {REF_NEAREST_EVEN, REF_TOWARD_ZERO, REF_UP, REF_DOWN};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        const ref_options options = {.rounding = modes[i], .overflow = REF_TO_INFINITY, .random_bits = 1};
        const ng_encode_options asked = rounding_model_options(&options);
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
    rounding_subject s = rounding_subject_of(format, table);
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
