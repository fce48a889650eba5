/* Rounding into a format against the oracle, which sorts all values and picks the nearest. */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "model/encode.h"
#include "tests/ref/ref_number.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { SEED = 42, RANDOMS = 2000 };

/* A format under test. */
typedef struct {
    const ng_format *format;
    const ref_table *table;
    tally count;
} subject;

static subject subject_at(int index)
{
    return (subject){.format = ng_format_at((size_t)index), .table = ref_table_of(ref_format_at((size_t)index))};
}

/* The two zeros of a shift format are one value, and either code will do. */
static bool same_code(const ref_table *table, uint32_t got, uint32_t expected)
{
    const bool zeros = table->format->kind == REF_SHIFT && got < table->codes &&
                       mpfr_zero_p(table->value[got].number) && mpfr_zero_p(table->value[expected].number);
    return got == expected || zeros;
}

static void try_double(subject *s, double x)
{
    const uint32_t got = ng_encode_double(s->format, x);
    const uint32_t expected = ref_nearest_double(s->table, x);
    if (!tally_case(&s->count, same_code(s->table, got, expected)) && !tally_full(&s->count)) {
        fprintf(stderr, "encode-%s of %a: got 0x%02x expected 0x%02x\n", s->format->name, x, (unsigned)got,
                (unsigned)expected);
    }
}

/* x, its two neighbours, and the same on the other side of zero. */
static void try_around(subject *s, double x)
{
    try_double(s, x);
    try_double(s, -x);
    try_double(s, nextafter(x, INFINITY));
    try_double(s, nextafter(x, -INFINITY));
    try_double(s, -nextafter(x, INFINITY));
    try_double(s, -nextafter(x, -INFINITY));
}

static double exact_double(const mpfr_t value)
{
    const double x = mpfr_get_d(value, MPFR_RNDN);
    ck_assert_int_eq(mpfr_cmp_d(value, x), 0);
    return x;
}

START_TEST(values_and_midpoints)
{
    subject s = subject_at(_i);
    for (unsigned i = 0; i < s.table->finite; i++) {
        const double value = exact_double(s.table->value[s.table->order[i]].number);
        try_around(&s, value);
        if (i > 0) {
            const double below = exact_double(s.table->value[s.table->order[i - 1]].number);
            try_around(&s, (below + value) / 2);
            try_around(&s, below + (value - below) / 4);
            try_around(&s, below + (value - below) * 3 / 4);
        }
    }
    tally_verdict(&s.count, s.format->name);
}
END_TEST

/* Past both ends, where the next values would be if the format went on, and as far as doubles go. */
START_TEST(beyond_the_ends)
{
    subject s = subject_at(_i);
    const double end = exact_double(s.table->value[ref_largest(s.table)].number);
    const double start = exact_double(s.table->value[ref_smallest(s.table)].number);
    const double tiny = exact_double(s.table->value[ref_tiniest(s.table)].number);
    for (int sixteenths = 16; sixteenths <= 64; sixteenths++) {
        try_around(&s, end * sixteenths / 16);
        try_around(&s, start * sixteenths / 16);
        try_around(&s, tiny * sixteenths / 64);
    }
    for (int exponent = -1074; exponent < 1024; exponent++) {
        try_around(&s, ldexp(1, exponent));
    }
    try_around(&s, DBL_MAX);
    try_around(&s, 0.0);
    try_double(&s, INFINITY);
    try_double(&s, -INFINITY);
    try_double(&s, NAN);
    tally_verdict(&s.count, s.format->name);
}
END_TEST

START_TEST(random_doubles)
{
    subject s = subject_at(_i);
    const int top = ilogb(exact_double(s.table->value[ref_largest(s.table)].number));
    const int low = (int)s.table->lsb;
    for (uint64_t i = 0; i < RANDOMS; i++) {
        try_double(&s, random_double(SEED, i, low - 3, top + 3));
        try_double(&s, random_double(SEED + 1, i, top - 1, top + 2));
        try_double(&s, random_double(SEED + 2, i, -1022, 1023));
        /* Few significant bits: more ties than chance gives. */
        try_double(&s, ldexp(rint(ldexp(random_double(SEED + 3, i, low, top + 1), 1 - low)), low - 1));
    }
    tally_verdict(&s.count, s.format->name);
}
END_TEST

/* Wide integers times any power of two, as accumulators are. */
START_TEST(random_wides)
{
    subject s = subject_at(_i);
    MPFR_DECL_INIT(exact, REF_SUM_PRECISION);
    mpz_t number;
    mpz_init(number);
    for (uint64_t i = 0; i < RANDOMS; i++) {
        ng_wide wide;
        for (unsigned limb = 0; limb < NG_WIDE_LIMBS; limb++) {
            wide.limb[limb] = random_bits(SEED, i * 8 + limb);
        }
        const unsigned length = 1 + random_below(SEED, i * 8 + 4, NG_WIDE_BITS);
        wide = ng_wide_sign_extend(wide, length);
        /* Near the format's range, where it matters, and every eighth time anywhere. */
        int exponent = (int)s.table->lsb - (int)random_below(SEED, i * 8 + 5, length + 8) + 6;
        if (i % 8 == 0) {
            exponent = (int)random_below(SEED, i * 8 + 5, 1U << 21) - (1 << 20) + 1;
        }
        wide_to_signed(number, &wide);
        ref_exact(mpfr_set_z_2exp(exact, number, exponent, MPFR_RNDN));
        const uint32_t got = ng_encode(s.format, &wide, exponent);
        const uint32_t expected = ref_nearest(s.table, exact);
        if (!tally_case(&s.count, same_code(s.table, got, expected)) && !tally_full(&s.count)) {
            gmp_fprintf(stderr, "encode-%s of %Zd * 2^%d (case %lu): got 0x%02x expected 0x%02x\n", s.format->name,
                        number, exponent, (unsigned long)i, (unsigned)got, (unsigned)expected);
        }
    }
    mpz_clear(number);
    tally_verdict(&s.count, s.format->name);
}
END_TEST

/* Every value is its own nearest: decode, then encode, gives the code back. */
START_TEST(round_trip)
{
    subject s = subject_at(_i);
    for (uint32_t code = 0; code < s.table->codes; code++) {
        if (s.table->value[code].class != REF_FINITE) {
            continue;
        }
        const ng_number number = ng_decode(s.format, code);
        const ng_wide wide = ng_wide_from_int(number.significand);
        const uint32_t back = ng_encode_double(s.format, ng_decode_double(s.format, code));
        tally_case(&s.count, same_code(s.table, back, code));
        /* An integer has no sign of zero, so -0 comes back as +0. */
        tally_case(&s.count, number.significand == 0 || ng_encode(s.format, &wide, number.exponent) == code);
    }
    tally_verdict(&s.count, s.format->name);
}
END_TEST

/* x <= y gives encode(x) no larger than encode(y), and -x gives -encode(x) but for the odd end of two's complement. */
START_TEST(monotonic_and_symmetric)
{
    enum { STEPS = 3000 };
    subject s = subject_at(_i);
    const double end = ng_decode_double(s.format, ng_format_largest(s.format));
    double last = -INFINITY;
    for (int i = -STEPS; i <= STEPS; i++) {
        const double x = 1.25 * end * i / STEPS;
        const double value = ng_decode_double(s.format, ng_encode_double(s.format, x));
        const double mirror = ng_decode_double(s.format, ng_encode_double(s.format, -x));
        const bool clamped = s.format->kind == NG_KIND_INTEGER && fabs(x) > end;
        tally_case(&s.count, value >= last);
        tally_case(&s.count, clamped || mirror == -value || (x == 0 && !s.format->has_zero));
        last = value;
    }
    tally_verdict(&s.count, s.format->name);
}
END_TEST

/* OCP OFP8 v1.0 (saturating mode): NaN stays NaN; infinities and overflow give the largest number. */
START_TEST(specials)
{
    const ng_format *fn = ng_format_find("e4m3fn");
    const ng_format *ieee = ng_format_find("e5m2ieee");
    const ng_format *none = ng_format_find("e4m3");
    ck_assert_uint_eq(ng_encode_double(fn, NAN), 0x7F);
    ck_assert_int_eq(ng_decode(ieee, ng_encode_double(ieee, NAN)).category, NG_CLASS_NAN);
    ck_assert_uint_eq(ng_encode_double(none, NAN), 0);
    ck_assert_uint_eq(ng_encode_double(fn, INFINITY), 0x7E);
    ck_assert_uint_eq(ng_encode_double(fn, -INFINITY), 0xFE);
    ck_assert_uint_eq(ng_encode_double(ieee, INFINITY), 0x7B);
    ck_assert_uint_eq(ng_encode_double(ieee, -1e9), 0xFB);
    ck_assert_uint_eq(ng_encode_double(none, INFINITY), 0x7F);
    /* IEEE 754-2019 clause 6.3: rounding to zero keeps the sign. */
    ck_assert_uint_eq(ng_encode_double(fn, -0x1p-30), 0x80);
    ck_assert_uint_eq(ng_encode_double(fn, -0.0), 0x80);
    ck_assert_uint_eq(ng_encode_double(ng_format_find("int8"), -0.25), 0);
    /* No zero to round to: the smallest positive value. */
    ck_assert_uint_eq(ng_encode_double(ng_format_find("dense4"), 0.0), 0x0);
    ck_assert_uint_eq(ng_encode_double(ng_format_find("dense4"), -1e-9), 0x8);
}
END_TEST

Suite *ng_suite_encode(void);

Suite *ng_suite_encode(void)
{
    const int formats = (int)ref_format_count();
    Suite *suite = suite_create("encode");
    TCase *tcase = golden_tcase(suite, "encode");
    tcase_add_loop_test(tcase, values_and_midpoints, 0, formats);
    tcase_add_loop_test(tcase, beyond_the_ends, 0, formats);
    tcase_add_loop_test(tcase, random_doubles, 0, formats);
    tcase_add_loop_test(tcase, random_wides, 0, formats);
    tcase_add_loop_test(tcase, round_trip, 0, formats);
    tcase_add_loop_test(tcase, monotonic_and_symmetric, 0, formats);
    tcase_add_test(tcase, specials);
    return suite;
}
