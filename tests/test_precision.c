/* Floating-point registers against MPFR, against the fp32 block accumulator, and fp64 against the machine's fma(). */
#include <math.h>
#include <string.h>

#include "model/block_accumulate.h"
#include "model/precision.h"
#include "tests/ref/ref_sum.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { CASES = 60000, WORD_BITS = 3, WORDS = 1 << WORD_BITS };

static const ng_precision precisions[] = {{8, 23}, {5, 10}, {8, 7}, {8, 10}, {11, 52}, {4, 3}, {2, 1}, {2, 0}, {3, 5}};
enum { PRECISIONS = sizeof precisions / sizeof precisions[0] };

static ref_register reference(const ng_float_rule *rule)
{
    return (ref_register){rule->precision.exponent_bits, rule->precision.mantissa_bits, (ref_cut)rule->rounding,
                          rule->overflow == NG_OVERFLOW_SATURATE, {rule->draw.random, rule->draw.bits}};
}

static void big_of(ng_big *number, int64_t value)
{
    const ng_wide wide = ng_wide_from_int(value);
    ng_big_zero(number, 80);
    ng_big_add_wide(number, &wide, 0);
}

static void set_float(mpfr_t value, const ng_float *number)
{
    ref_exact(mpfr_set_uj_2exp(value, number->significand, number->exponent, MPFR_RNDN));
    ref_exact(mpfr_setsign(value, value, number->negative, MPFR_RNDN));
}

/* One addition against MPFR, compared as bit patterns. */
static bool addition_agrees(const ng_float_rule *rule, uint64_t bits, int64_t term, int exponent)
{
    const ref_register as = reference(rule);
    const ng_float a = ng_float_from_bits(&rule->precision, bits);
    ng_big b;
    mpfr_t sum;
    mpfr_t other;
    big_of(&b, term);
    const ng_float got = ng_float_add(rule, &a, &b, exponent);
    mpfr_init2(sum, REF_LONG_PRECISION);
    mpfr_init2(other, 64);
    set_float(sum, &a);
    ref_exact(mpfr_set_sj_2exp(other, term, exponent, MPFR_RNDN));
    ref_exact(mpfr_add(sum, sum, other, MPFR_RNDN));
    if (mpfr_zero_p(sum)) {
        mpfr_set_zero(sum, 1);
    }
    ref_register_round(sum, &as);
    const bool ok = ng_float_bits(&rule->precision, &got) == ref_register_bits(sum, &as);
    mpfr_clears(sum, other, (mpfr_ptr)0);
    return ok;
}

/* A finite pattern; its exponent field near `field` unless that is negative. */
static uint64_t pattern(const ng_precision *precision, uint64_t seed, uint64_t index)
{
    const uint64_t bits = random_bits(seed, index) >> (64 - ng_precision_bits(precision));
    const uint64_t fields = ((UINT64_C(1) << precision->exponent_bits) - 1) << precision->mantissa_bits;
    return (bits & fields) == fields ? bits & ~(UINT64_C(1) << precision->mantissa_bits) : bits;
}

/* _i: the precision. All directions and both overflows; terms over the whole range, and near its last bit. */
START_TEST(additions)
{
    tally count = {0, 0};
    const ng_precision precision = precisions[_i];
    const int bias = (1 << (precision.exponent_bits - 1)) - 1;
    for (uint64_t i = 0; i < CASES && !tally_full(&count); i++) {
        const ng_float_rule rule = {precision, (ng_rounding)random_below(1, i, NG_ROUND_STOCHASTIC + 1),
                                    i % 2 == 0 ? NG_OVERFLOW_INFINITE : NG_OVERFLOW_SATURATE, random_draw(6, i)};
        const uint64_t bits = pattern(&precision, 2, i);
        const ng_float a = ng_float_from_bits(&precision, bits);
        const uint64_t random = random_bits(3, i);
        const int64_t term = (int64_t)random >> (random & 63);
        int exponent = (int)random_below(4, i, (uint32_t)(3 * bias + 200)) - 2 * bias - 150;
        if (i % 3 != 0) {
            exponent = a.exponent + 3 - (int)random_below(5, i, 70);
        }
        tally_case(&count, addition_agrees(&rule, bits, term, exponent));
    }
    tally_verdict(&count, "precision, additions");
}
END_TEST

/* Small registers completely: every pattern, every short term, at every exponent that matters; under STOCHASTIC every word
 * of three bits. */
START_TEST(every_sum_of_a_small_register)
{
    tally count = {0, 0};
    const ng_precision precision = {3, 2};
    for (int rounding = 0; rounding < NG_ROUND_STOCHASTIC + WORDS; rounding++) {
        const bool drawn = rounding >= NG_ROUND_STOCHASTIC;
        const ng_float_rule rule = {precision, drawn ? NG_ROUND_STOCHASTIC : (ng_rounding)rounding, NG_OVERFLOW_INFINITE,
                                    {drawn ? (uint32_t)(rounding - NG_ROUND_STOCHASTIC) : 0, WORD_BITS}};
        for (uint64_t bits = 0; bits < 64; bits++) {
            for (int64_t term = -9; term <= 9 && (bits & 0x1C) != 0x1C; term++) {
                for (int exponent = -8; exponent <= 3; exponent++) {
                    tally_case(&count, addition_agrees(&rule, bits, term, exponent));
                }
            }
        }
    }
    tally_verdict(&count, "precision, every sum of {3, 2}");
}
END_TEST

/* The same bits as the accumulator behind the block units. */
START_TEST(block_accumulate)
{
    tally count = {0, 0};
    const ng_float_rule rule = {{8, 23}, NG_ROUND_NEAREST_EVEN, NG_OVERFLOW_INFINITE, {0, 0}};
    for (uint64_t i = 0; i < 4 * CASES; i++) {
        const uint32_t sum = (uint32_t)random_bits(1, i);
        const uint64_t random = random_bits(2, i);
        const int64_t product = (int64_t)random >> (random & 63);
        const int exponent = i % 7 == 0 ? (int)random_bits(3, i) >> 11 : (int)random_below(3, i, 400) - 250;
        const ng_float a = ng_float_from_bits(&rule.precision, sum);
        ng_big b;
        big_of(&b, product);
        const ng_float got = ng_float_add(&rule, &a, &b, exponent);
        tally_case(&count, ng_float_bits(&rule.precision, &got) == ng_block_accumulate(sum, product, exponent));
    }
    tally_verdict(&count, "precision, as block_accumulate");
}
END_TEST

static double to_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t to_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* fp64: sum + x * 2^k with x an integer of 53 bits is one fma() of the machine. */
START_TEST(machine)
{
    tally count = {0, 0};
    const ng_float_rule rule = {{11, 52}, NG_ROUND_NEAREST_EVEN, NG_OVERFLOW_INFINITE, {0, 0}};
    for (uint64_t i = 0; i < CASES; i++) {
        const uint64_t bits = pattern(&rule.precision, 1, i);
        const ng_float a = ng_float_from_bits(&rule.precision, bits);
        const int64_t term = (int64_t)random_bits(2, i) >> (11 + random_below(3, i, 52));
        const int far = (int)random_below(5, i, 1900) - 1000;
        const int exponent = i % 2 == 0 ? a.exponent - (int)random_below(4, i, 60) : far;
        ng_big b;
        if (exponent < -1022 || exponent > 1023) {
            continue;
        }
        big_of(&b, term);
        const ng_float got = ng_float_add(&rule, &a, &b, exponent);
        const double expected = fma((double)term, ldexp(1, exponent), to_double(bits));
        tally_case(&count, ng_float_bits(&rule.precision, &got) == to_bits(expected) || (expected == 0 && term == 0));
    }
    tally_verdict(&count, "precision, as fma()");
}
END_TEST

/* Every pattern of small registers is read and written back; NaNs all become the one of the header. */
START_TEST(patterns)
{
    tally count = {0, 0};
    for (size_t p = 0; p < PRECISIONS; p++) {
        const unsigned y = precisions[p].mantissa_bits;
        const uint64_t fields = ((UINT64_C(1) << precisions[p].exponent_bits) - 1) << y;
        const unsigned bits = ng_precision_bits(&precisions[p]);
        for (uint64_t i = 0; i < 65536; i++) {
            const uint64_t code = bits <= 16 ? i & ((UINT64_C(1) << bits) - 1) : random_bits(9, i) >> (64 - bits);
            const ng_float value = ng_float_from_bits(&precisions[p], code);
            const bool nan = (code & fields) == fields && (code & ((UINT64_C(1) << y) - 1)) != 0;
            const uint64_t expected = nan ? fields | UINT64_C(1) << (y - 1) : code;
            tally_case(&count, ng_float_bits(&precisions[p], &value) == expected);
        }
    }
    tally_verdict(&count, "precision, patterns");
}
END_TEST

/* Without a mantissa there is no pattern for NaN. */
START_TEST(no_mantissa)
{
    const ng_precision precision = {2, 0};
    const ng_float nan = {NG_CLASS_NAN, false, 0, 0};
    ck_assert_uint_eq(ng_float_bits(&precision, &nan), 3);
    ck_assert_int_eq(ng_float_from_bits(&precision, 7).category, NG_CLASS_INFINITE);
}
END_TEST

/* Two registers added: infinities and NaN by IEEE 754-2019 clauses 6.1 and 6.2. */
START_TEST(not_numbers)
{
    const ng_float_rule rule = {{5, 10}, NG_ROUND_NEAREST_EVEN, NG_OVERFLOW_INFINITE, {0, 0}};
    const uint64_t inf = 0x7C00;
    const uint64_t minus = 0xFC00;
    const uint64_t nan = 0x7E00;
    const uint64_t one = 0x3C00;
    const struct {
        uint64_t a;
        uint64_t b;
        uint64_t sum;
    } rows[] = {{inf, one, inf},   {one, minus, minus}, {inf, inf, inf}, {inf, minus, nan}, {minus, inf, nan},
                {nan, one, nan},   {one, nan, nan},     {one, one, 0x4000}, {one, 0xBC00, 0}, {0x8000, 0x8000, 0},
                {0x7BFF, 0x7BFF, inf}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const ng_float a = ng_float_from_bits(&rule.precision, rows[i].a);
        const ng_float b = ng_float_from_bits(&rule.precision, rows[i].b);
        const ng_float sum = ng_float_add_float(&rule, &a, &b);
        ck_assert_uint_eq(ng_float_bits(&rule.precision, &sum), rows[i].sum);
    }
}
END_TEST

/* Legal precisions, and the examples of the header. */
START_TEST(examples)
{
    const ng_float_rule rule = {{8, 23}, NG_ROUND_NEAREST_EVEN, NG_OVERFLOW_INFINITE, {0, 0}};
    static const struct {
        int64_t term;
        int exponent;
        uint32_t sum;
    } rows[] = {{1, -24, 0x3F800000}, {3, -24, 0x3F800002}, {-1, 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const ng_float one = ng_float_from_bits(&rule.precision, 0x3F800000);
        ng_big b;
        big_of(&b, rows[i].term);
        const ng_float sum = ng_float_add(&rule, &one, &b, rows[i].exponent);
        ck_assert_uint_eq(ng_float_bits(&rule.precision, &sum), rows[i].sum);
    }
    for (unsigned x = 0; x < 14; x++) {
        for (unsigned y = 0; y < 56; y++) {
            const ng_precision precision = {x, y};
            ck_assert_int_eq(ng_precision_valid(&precision), x >= 2 && x <= 11 && y <= 52);
        }
    }
}
END_TEST

Suite *ng_suite_precision(void);

Suite *ng_suite_precision(void)
{
    Suite *suite = suite_create("precision");
    TCase *tcase = golden_tcase(suite, "precision");
    tcase_add_loop_test(tcase, additions, 0, PRECISIONS);
    tcase_add_test(tcase, every_sum_of_a_small_register);
    tcase_add_test(tcase, block_accumulate);
    tcase_add_test(tcase, machine);
    tcase_add_test(tcase, patterns);
    tcase_add_test(tcase, no_mantissa);
    tcase_add_test(tcase, not_numbers);
    tcase_add_test(tcase, examples);
    return suite;
}
