/* The block quantiser against exact rationals, by search over all scales and all elements, and against
 * ng_block_encode(). */
#include <math.h>
#include <stdio.h>

#include "model/block_quantise.h"
#include "model/scale.h"
#include "tests/ref/ref_block_encode.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { LENGTH = 16, CASES = 500, RULES = 3 };

static const char elements[][NG_FORMAT_NAME_SIZE] = {"e2m1", "e3m2", "e2m3", "e4m3fn", "e5m2ieee", "int8", "int4",
                                                     "int3", "e1m2", "dense4", "pot4"};
static const ref_scale scales[] = {REF_SCALE_E8M0, REF_SCALE_BIASED8, REF_SCALE_UE4M3};
enum { ELEMENTS = sizeof elements / sizeof elements[0], SCALES = 3, SUBJECTS = ELEMENTS * SCALES };

typedef struct {
    ng_format format;
    ref_block ref;
} subject;

static void open_subject(subject *s, int index)
{
    const char *element = elements[index / SCALES];
    s->format = *ng_format_find(element);
    s->format.block = LENGTH;
    s->format.scale = (ng_scale)scales[index % SCALES];
    ref_block_init(&s->ref, ref_table_named(element), LENGTH, scales[index % SCALES], 1);
}

/* x * 2^lsb. */
static void set_rational(mpq_t value, const ng_wide *x, int lsb)
{
    wide_to_signed(mpq_numref(value), x);
    mpz_set_ui(mpq_denref(value), 1);
    if (lsb >= 0) {
        mpq_mul_2exp(value, value, (mp_bitcnt_t)lsb);
    } else {
        mpq_div_2exp(value, value, (mp_bitcnt_t)-lsb);
    }
}

/* |x - scale * element|. */
static void distance(mpq_t result, const ref_block *ref, const mpq_t x, uint32_t scale, uint32_t code)
{
    mpq_mul(result, ref->scale_value[scale], ref->element[code]);
    mpq_sub(result, result, x);
    mpq_abs(result, result);
}

/* True if no finite element is nearer, and of two as near the code is even, or not odd against even. */
static bool is_nearest(const ref_block *ref, const mpq_t x, uint32_t scale, uint32_t code)
{
    bool ok = ref->table->value[code].class == REF_FINITE;
    mpq_t mine;
    mpq_t other;
    mpq_inits(mine, other, NULL);
    distance(mine, ref, x, scale, code);
    for (uint32_t i = 0; i < ref->table->codes && ok; i++) {
        if (ref->table->value[i].class != REF_FINITE) {
            continue;
        }
        distance(other, ref, x, scale, i);
        const int nearer = mpq_cmp(other, mine);
        const bool same_value = mpq_equal(ref->element[i], ref->element[code]);
        ok = nearer > 0 || (nearer == 0 && (same_value || code % 2 == 0 || i % 2 == 1));
    }
    mpq_clears(mine, other, NULL);
    return ok;
}

static bool block_agrees(const subject *s, const ng_wide *x, int lsb, ng_scale_rule rule)
{
    uint16_t codes[LENGTH];
    mpq_t value;
    mpq_t largest;
    mpq_inits(value, largest, NULL);
    for (unsigned i = 0; i < LENGTH; i++) {
        set_rational(value, &x[i], lsb);
        mpq_abs(value, value);
        if (mpq_cmp(value, largest) > 0) {
            mpq_set(largest, value);
        }
    }
    const uint32_t expected = ref_block_scale(&s->ref, largest, (ref_rule)rule);
    const uint32_t got = ng_block_quantise(&s->format, x, lsb, false, rule, NULL, codes);
    bool ok = got == expected;
    for (unsigned i = 0; i < LENGTH && ok; i++) {
        set_rational(value, &x[i], lsb);
        ok = is_nearest(&s->ref, value, got, codes[i]);
    }
    if (!ok) {
        fprintf(stderr, "block_quantise %s scale %d rule %d: got %u expected %u\n", s->format.name, s->format.scale,
                rule, got, expected);
    }
    mpq_clears(value, largest, NULL);
    return ok;
}

/* A sum of random length up to `bits`. */
static ng_wide random_sum(uint64_t seed, uint64_t index, unsigned bits)
{
    ng_wide value;
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        value.limb[i] = random_bits(seed, NG_WIDE_LIMBS * index + i);
    }
    return ng_wide_sign_extend(value, 1 + random_below(seed + 1, index, bits));
}

/* _i: the subject. Accumulators of up to 20, 60, 119 and 199 bits; scales in range, at its ends and beyond. */
START_TEST(sums)
{
    tally count = {0, 0};
    subject s;
    open_subject(&s, _i);
    for (uint64_t i = 0; i < CASES && !tally_full(&count); i++) {
        static const unsigned lengths[] = {6, 20, 60, 119};
        ng_wide x[LENGTH];
        const ng_scale_rule rule = (ng_scale_rule)(i / 4 % RULES);
        const unsigned bits = i % 4 == 3 && rule != NG_RULE_ROUND ? 199 : lengths[i % 4];
        int lsb = -(int)bits + (int)random_below(1, i, 12);
        if (i % 9 == 0) {
            lsb = (int)random_below(2, i, 500) - 300;
        }
        for (unsigned j = 0; j < LENGTH; j++) {
            x[j] = random_sum(3, LENGTH * i + j, bits);
        }
        (void)tally_case(&count, block_agrees(&s, x, lsb, rule));
    }
    ref_block_clear(&s.ref);
    tally_verdict(&count, "block_quantise, sums");
}
END_TEST

/* _i: the subject. Every largest sum of ten bits, beside elements of every eighth of it: all significands of m, all
 * ties. */
START_TEST(every_largest)
{
    tally count = {0, 0};
    subject s;
    open_subject(&s, _i);
    for (int64_t largest = 0; largest < 1024 && !tally_full(&count); largest += largest < 64 ? 1 : 7) {
        for (int rule = 0; rule < RULES; rule++) {
            ng_wide x[LENGTH];
            for (int64_t j = 0; j < LENGTH; j++) {
                x[j] = ng_wide_from_int(j % 2 == 0 ? largest * j / 14 * (j < 15) : -(largest * (j / 2) / 8));
            }
            (void)tally_case(&count, block_agrees(&s, x, -5, (ng_scale_rule)rule));
        }
    }
    ref_block_clear(&s.ref);
    tally_verdict(&count, "block_quantise, every largest");
}
END_TEST

/* The float of x * 2^lsb. Range: |x| < 2^24. */
static float float_of(int64_t x, int lsb)
{
    return (float)ldexp((double)x, lsb);
}

/* _i: the subject. Numbers that a float holds: the bits of ng_block_encode(). */
START_TEST(as_block_encode)
{
    tally count = {0, 0};
    subject s;
    open_subject(&s, _i);
    for (uint64_t i = 0; i < 8 * CASES; i++) {
        const int lsb = i % 3 == 0 ? (int)random_below(1, i, 200) - 120 : -(int)random_below(2, i, 24);
        ng_wide x[LENGTH];
        float values[LENGTH];
        uint16_t codes[LENGTH];
        uint16_t expected[LENGTH];
        bool same = true;
        for (unsigned j = 0; j < LENGTH; j++) {
            const int64_t sum = (int64_t)random_bits(3, LENGTH * i + j) >> (40 + random_below(4, LENGTH * i + j, 24));
            x[j] = ng_wide_from_int(sum);
            values[j] = float_of(sum, lsb);
        }
        const ng_scale_rule rule = (ng_scale_rule)random_below(5, i, RULES);
        const uint32_t got = ng_block_quantise(&s.format, x, lsb, false, rule, NULL, codes);
        same = got == ng_block_encode(&s.format, values, rule, expected);
        for (unsigned j = 0; j < LENGTH; j++) {
            same = same && codes[j] == expected[j];
        }
        (void)tally_case(&count, same);
    }
    ref_block_clear(&s.ref);
    tally_verdict(&count, "block_quantise, as ng_block_encode()");
}
END_TEST

START_TEST(not_numbers)
{
    ng_format format = *ng_format_find("e2m1");
    ng_wide x[LENGTH] = {{{7, 0, 0, 0}}};
    uint16_t codes[LENGTH];
    format.block = LENGTH;
    format.scale = NG_SCALE_E8M0;
    ck_assert_uint_eq(ng_block_quantise(&format, x, 0, true, NG_RULE_FLOOR, NULL, codes), 0xFF);
    format.scale = NG_SCALE_UE4M3;
    ck_assert_uint_eq(ng_block_quantise(&format, x, 0, true, NG_RULE_FLOOR, NULL, codes), 0x7F);
    format.scale = NG_SCALE_BIASED8;
    ck_assert_uint_eq(ng_block_quantise(&format, x, 0, true, NG_RULE_FLOOR, NULL, codes), 127);
}
END_TEST

/* The example of the header. */
START_TEST(examples)
{
    ng_format format = *ng_format_find("mxfp4");
    ng_wide x[32] = {{{7, 0, 0, 0}}, {{1, 0, 0, 0}}};
    uint16_t codes[32];
    ck_assert_uint_eq(ng_block_quantise(&format, x, 0, false, NG_RULE_FLOOR, NULL, codes), 127);
    ck_assert_uint_eq(codes[0], 7); /* 6 */
    ck_assert_uint_eq(codes[1], 2); /* 1 */
    ck_assert_uint_eq(ng_block_quantise(&format, x, 0, false, NG_RULE_CEIL, NULL, codes), 128);
    ck_assert_uint_eq(codes[0], 6); /* 4 */
    ck_assert_uint_eq(codes[1], 1); /* 0.5 */
    ck_assert_uint_eq(codes[2], 0);
    ck_assert_uint_eq(ng_block_quantise(&format, x, 0, false, NG_RULE_MSE, NULL, codes), 128);
}
END_TEST

/* Options and a word for each element: the bits of ng_block_encode_with() for the same numbers. */
START_TEST(as_block_encode_with)
{
    tally count = {0, 0};
    subject s;
    open_subject(&s, _i);
    for (uint64_t i = 0; i < CASES; i++) {
        ng_wide x[LENGTH];
        double values[LENGTH];
        uint32_t random[LENGTH];
        uint16_t got[LENGTH];
        uint16_t expected[LENGTH];
        const int lsb = (int)random_below(21, i, 120) - 60;
        const ng_scale_rule rule = (ng_scale_rule)random_below(22, i, RULES);
        const ng_draw draw = random_draw(23, i);
        const ng_encode_options options = {(ng_rounding)random_below(24, i, NG_ROUND_STOCHASTIC + 1), NG_OVERFLOW_SATURATE,
                                           draw.random, draw.bits};
        for (unsigned j = 0; j < LENGTH; j++) {
            const uint64_t bits = random_bits(25, LENGTH * i + j);
            const int64_t number = (int64_t)bits >> (11 + (bits & 31));
            x[j] = ng_wide_from_int(number);
            values[j] = ldexp((double)number, lsb);
            random[j] = random_draw(26, LENGTH * i + j).random;
        }
        const uint32_t *words = i % 4 == 0 ? NULL : random;
        const uint32_t scale = ng_block_quantise_drawn(&s.format, x, lsb, false, rule, &options, words, got);
        bool same = scale == ng_block_encode_with(&s.format, 1, values, rule, &options, words, expected);
        for (unsigned j = 0; j < LENGTH; j++) {
            same = same && got[j] == expected[j];
        }
        (void)tally_case(&count, same);
    }
    ref_block_clear(&s.ref);
    tally_verdict(&count, "block_quantise, as ng_block_encode_with()");
}
END_TEST

Suite *ng_suite_block_quantise(void);

Suite *ng_suite_block_quantise(void)
{
    Suite *suite = suite_create("block_quantise");
    TCase *tcase = golden_tcase(suite, "block_quantise");
    tcase_add_loop_test(tcase, sums, 0, SUBJECTS);
    tcase_add_loop_test(tcase, as_block_encode_with, 0, SUBJECTS);
    tcase_add_loop_test(tcase, every_largest, 0, SUBJECTS);
    tcase_add_loop_test(tcase, as_block_encode, 0, SUBJECTS);
    tcase_add_test(tcase, not_numbers);
    tcase_add_test(tcase, examples);
    return suite;
}
