/* Rounding into a format and into blocks against the oracle, which sorts all values and picks the nearest. */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "model/encode.h"
#include "tests/ref/ref_block.h"
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

/* ---- blocks ---- */

static void try_scale(subject *s, double largest)
{
    MPFR_DECL_INIT(exact, REF_VALUE_PRECISION);
    if (!isfinite(largest) || largest < 0) {
        return;
    }
    ref_exact(mpfr_set_d(exact, largest, MPFR_RNDN));
    for (unsigned rule = 0; rule < 2; rule++) {
        const uint32_t got = ng_block_scale(s->format, largest, rule == 0 ? NG_RULE_FLOOR : NG_RULE_CEIL);
        const uint32_t expected = ref_block_scale(s->table, exact, rule == 0 ? REF_RULE_FLOOR : REF_RULE_CEIL);
        if (!tally_case(&s->count, got == expected) && !tally_full(&s->count)) {
            fprintf(stderr, "block scale-%s of %a rule %u: got %u expected %u\n", s->format->name, largest, rule,
                    (unsigned)got, (unsigned)expected);
        }
    }
}

/* The block formats are not one run of the table. */
static bool block_at(int index, subject *s)
{
    for (size_t i = 0; i < ref_format_count(); i++) {
        if (ref_format_at(i)->block != 0 && index-- == 0) {
            *s = subject_at((int)i);
            return true;
        }
    }
    return false;
}

START_TEST(block_scales)
{
    subject s;
    ck_assert(block_at(_i, &s));
    const double element = exact_double(s.table->value[ref_largest(s.table)].number);
    try_scale(&s, 0);
    for (int exponent = -300; exponent <= 300; exponent++) {
        /* Powers of two and multiples of the largest element: where either rule changes its mind. */
        const double at[] = {ldexp(1, exponent), ldexp(element, exponent)};
        for (unsigned i = 0; i < 2; i++) {
            try_scale(&s, at[i]);
            try_scale(&s, nextafter(at[i], 0));
            try_scale(&s, nextafter(at[i], INFINITY));
        }
    }
    for (uint64_t i = 0; i < RANDOMS / 4; i++) {
        try_scale(&s, fabs(random_double(SEED, i, -160, 160)));
    }
    try_scale(&s, DBL_MAX);
    try_scale(&s, DBL_TRUE_MIN);
    tally_verdict(&s.count, s.format->name);
}
END_TEST

enum { BLOCK_MAX = 64 };

static void try_block(subject *s, const float *values, uint64_t index)
{
    for (unsigned rule = 0; rule < 2; rule++) {
        uint8_t got[BLOCK_MAX] = {0};
        uint8_t expected[BLOCK_MAX] = {0};
        const uint32_t scale = ng_block_encode(s->format, values, rule == 0 ? NG_RULE_FLOOR : NG_RULE_CEIL, got);
        const uint32_t right = ref_block_encode(s->table, values, rule == 0 ? REF_RULE_FLOOR : REF_RULE_CEIL, expected);
        if (!tally_case(&s->count, scale == right) && !tally_full(&s->count)) {
            fprintf(stderr, "block-%s case %lu rule %u: scale %u expected %u\n", s->format->name, (unsigned long)index,
                    rule, (unsigned)scale, (unsigned)right);
        }
        for (unsigned i = 0; i < s->format->block; i++) {
            if (!tally_case(&s->count, got[i] == expected[i]) && !tally_full(&s->count)) {
                fprintf(stderr, "block-%s case %lu rule %u element %u %a scale %u: got 0x%02x expected 0x%02x\n",
                        s->format->name, (unsigned long)index, rule, i, (double)values[i], (unsigned)scale,
                        (unsigned)got[i], (unsigned)expected[i]);
            }
        }
    }
}

/* A block of one shape: `index` picks it. */
static void fill_block(float *values, unsigned length, uint64_t index)
{
    const int centre = (int)random_below(SEED, index, 270) - 145;
    for (unsigned i = 0; i < length; i++) {
        const uint64_t at = index * BLOCK_MAX + i;
        const float x = (float)random_double(SEED, at, -3, 1);
        switch (index % 8) {
        case 0: values[i] = i % 2 == 0 ? 0.0F : -0.0F; break;
        case 1: values[i] = ldexpf(x, centre); break;
        case 2: values[i] = i == index % length ? ldexpf(x, 20) : x; break; /* one outlier */
        case 3: values[i] = i % 2 == 0 ? FLT_MAX : -FLT_MAX; break;
        case 4: values[i] = ldexpf(x, -130); break;                         /* scale below its range, subnormals */
        case 5: values[i] = ldexpf(roundf(ldexpf(x, 8)), centre); break;    /* many ties */
        case 6: values[i] = (float)i - (float)length / 2; break;
        default: values[i] = (float)random_double(SEED, at, -149, 127); break;
        }
    }
}

START_TEST(blocks)
{
    enum { BLOCKS = 400 };
    float values[BLOCK_MAX];
    subject s;
    ck_assert(block_at(_i, &s));
    for (uint64_t index = 0; index < BLOCKS; index++) {
        fill_block(values, s.format->block, index);
        try_block(&s, values, index);
    }
    /* One value that is no number, first, last and in between. */
    static const float odd[] = {NAN, INFINITY, -INFINITY};
    for (uint64_t index = 0; index < 9; index++) {
        fill_block(values, s.format->block, 1);
        values[index / 3 * (s.format->block - 1) / 2] = odd[index % 3];
        try_block(&s, values, BLOCKS + index);
    }
    tally_verdict(&s.count, s.format->name);
}
END_TEST

/* OCP MX v1.0 section 6.3: X = 2^(floor(log2 max) - emax), emax 2 for FP4; 7 is above 6 and clamps. */
START_TEST(block_by_hand)
{
    float values[32] = {7.0F, -0.25F, 0.75F, 1.25F, 5.0F, -6.0F, 3.5F, 2.5F};
    uint8_t codes[32];
    const ng_format *mxfp4 = ng_format_find("mxfp4");
    static const uint8_t floor_codes[] = {0x7, 0x8, 0x2, 0x2, 0x6, 0xF, 0x6, 0x4};
    static const uint8_t ceil_codes[] = {0x6, 0x8, 0x1, 0x1, 0x4, 0xD, 0x4, 0x2};
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_FLOOR, codes), 127);
    for (unsigned i = 0; i < 8; i++) {
        ck_assert_uint_eq(codes[i], floor_codes[i]);
    }
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_CEIL, codes), 128);
    for (unsigned i = 0; i < 8; i++) {
        ck_assert_uint_eq(codes[i], ceil_codes[i]);
    }
    /* The block has one place for a NaN, its scale (OCP MX v1.0 section 5.4.1). */
    values[9] = NAN;
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_FLOOR, codes), NG_SCALE_NAN);
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
    tcase_add_loop_test(tcase, block_scales, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_loop_test(tcase, blocks, 0, golden_weights(NG_FAMILY_BLOCK));
    tcase_add_test(tcase, block_by_hand);
    return suite;
}
