/* Requantisation against exact rationals: every sum of ten bits under many scales, every direction; long sums; the
 * residual add. */
#include <math.h>

#include "model/requantise.h"
#include "tests/ref/ref_sum.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { CASES = 30000, SUM_END = 512 };

static const double scales[] = {1,       0.75,      0.5,     1.0 / 3, 0.1,      0.0123456789, 1e-3, 3.7e-5,
                                0x1p-20, 0.9999999, 1.5,     7.25,    0x1p-31,  1e-12,        1e3,  0.00390625};
enum { SCALES = sizeof scales / sizeof scales[0] };

static const int64_t clamps[][2] = {{-128, 127}, {-8, 7}, {0, 255}, {0, 15}, {-1, 0}, {INT32_MIN, INT32_MAX}};
enum { CLAMPS = sizeof clamps / sizeof clamps[0] };

/* ---- the oracle ------------------------------------------------------------------------------------------------- */

/* result = round(z * m / 2^e). */
static void rounded(mpfr_t result, const mpz_t z, ng_multiplier scale, ng_rounding rounding, ng_draw draw)
{
    ref_exact(mpfr_set_z(result, z, MPFR_RNDN));
    ref_exact(mpfr_mul_ui(result, result, scale.multiplier, MPFR_RNDN));
    ref_exact(mpfr_mul_2si(result, result, -scale.shift, MPFR_RNDN));
    ref_cut_drawn(result, result, 0, (ref_cut)rounding, (ref_draw){draw.random, draw.bits});
}

static int64_t clamped(const mpfr_t value, int64_t low, int64_t high)
{
    return mpfr_cmp_si(value, low) < 0 ? low : mpfr_cmp_si(value, high) > 0 ? high : mpfr_get_sj(value, MPFR_RNDN);
}

static int64_t reference(const mpz_t z, ng_multiplier scale, const ng_requantise_rule *rule)
{
    mpfr_t value;
    mpfr_init2(value, REF_LONG_PRECISION);
    rounded(value, z, scale, rule->rounding, rule->draw[0]);
    const int64_t result = clamped(value, rule->low, rule->high);
    mpfr_clear(value);
    return result;
}

/* floor(f * 2^31 + 1/2) and 31 - x by looking for x. */
static ng_multiplier reference_multiplier(double scale)
{
    mpfr_t value;
    int x = 0;
    mpfr_init2(value, 200);
    ref_exact(mpfr_set_d(value, scale, MPFR_RNDN));
    for (; mpfr_cmp_ui(value, 1) >= 0; x++) {
        ref_exact(mpfr_div_2ui(value, value, 1, MPFR_RNDN));
    }
    for (; mpfr_cmp_d(value, 0.5) < 0; x--) {
        ref_exact(mpfr_mul_2ui(value, value, 1, MPFR_RNDN));
    }
    ref_exact(mpfr_mul_2ui(value, value, 31, MPFR_RNDN));
    ref_exact(mpfr_add_d(value, value, 0.5, MPFR_RNDN));
    mpfr_floor(value, value);
    const uint32_t multiplier = (uint32_t)mpfr_get_ui(value, MPFR_RNDN);
    mpfr_clear(value);
    return (ng_multiplier){multiplier, 31 - x};
}

/* ---- multipliers ------------------------------------------------------------------------------------------------ */

static bool same_multiplier(double scale)
{
    const ng_multiplier got = ng_multiplier_from_double(scale);
    const ng_multiplier expected = reference_multiplier(scale);
    return got.multiplier == expected.multiplier && got.shift == expected.shift;
}

START_TEST(multipliers)
{
    tally count = {0, 0};
    for (uint64_t i = 0; i < CASES; i++) {
        tally_case(&count, same_multiplier(fabs(random_double(1, i, -1022, 1023))));
        /* Around the halves between two multipliers, which round up. */
        const double half = ldexp((double)(2 * (UINT64_C(1) << 30) + 2 * random_below(2, i, 1 << 30)) + 1, -40);
        tally_case(&count, same_multiplier(half) && same_multiplier(nextafter(half, 0)));
    }
    tally_case(&count, same_multiplier(0x1p-1074) && same_multiplier(0x1.8p-1073));
    tally_verdict(&count, "requantise, multipliers");
}
END_TEST

/* Just below one m rounds up to 2^31; what is no scale gives zero. */
START_TEST(ends_of_multipliers)
{
    const ng_multiplier one = ng_multiplier_from_double(1);
    const ng_multiplier below = ng_multiplier_from_double(nextafter(1, 0));
    ck_assert_uint_eq(one.multiplier, UINT32_C(1) << 30);
    ck_assert_int_eq(one.shift, 30);
    ck_assert_uint_eq(below.multiplier, UINT32_C(1) << 31);
    ck_assert_int_eq(below.shift, 31);
    const double none[] = {0, -1, NAN, INFINITY, -INFINITY, -0.0};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        ck_assert_uint_eq(ng_multiplier_from_double(none[i]).multiplier, 0);
        ck_assert_int_eq(ng_multiplier_from_double(none[i]).shift, 0);
    }
}
END_TEST

/* ---- requantisation --------------------------------------------------------------------------------------------- */

/* _i: the direction. Every sum of ten bits, every scale, every clamp; and shifts alone. */
START_TEST(every_short_sum)
{
    tally count = {0, 0};
    mpz_t z;
    mpz_init(z);
    for (int64_t sum = -SUM_END; sum < SUM_END; sum++) {
        const ng_wide wide = ng_wide_from_int(sum);
        mpz_set_si(z, sum);
        for (size_t i = 0; i < SCALES; i++) {
            const ng_draw draw = random_draw(1, (uint64_t)sum * SCALES + i);
            const ng_requantise_rule rule = {(ng_rounding)_i, clamps[i % CLAMPS][0], clamps[i % CLAMPS][1], {draw, {0, 0}}};
            const ng_multiplier scale = ng_multiplier_from_double(scales[i]);
            tally_case(&count, ng_requantise_dyadic(&wide, scale, &rule) == reference(z, scale, &rule));
        }
        for (int shift = -4; shift <= 12; shift++) {
            const ng_requantise_rule rule = {(ng_rounding)_i, -64, 63, {random_draw(2, (uint64_t)(sum * 20 + shift)), {0, 0}}};
            const ng_multiplier scale = {1, shift};
            tally_case(&count, ng_requantise_shift(&wide, shift, &rule) == reference(z, scale, &rule));
        }
    }
    mpz_clear(z);
    tally_verdict(&count, "requantise, every short sum");
}
END_TEST

static ng_wide random_sum(uint64_t seed, uint64_t index, unsigned bits)
{
    ng_wide value;
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        value.limb[i] = random_bits(seed, NG_WIDE_LIMBS * index + i);
    }
    return ng_wide_sign_extend(value, 1 + random_below(seed + 1, index, bits));
}

/* Sums of up to 190 bits, any m and e; those whose results are in the clamp most of the time, and exact ties. */
START_TEST(long_sums)
{
    static const int64_t ends[][2] = {{-(INT64_C(1) << 40), INT64_C(1) << 40}, {INT64_MIN, INT64_MAX}};
    tally count = {0, 0};
    mpz_t z;
    mpz_init(z);
    for (uint64_t i = 0; i < CASES; i++) {
        const int64_t *end = ends[i / 3 % 2];
        const ng_rounding rounding = (ng_rounding)random_below(1, i, NG_ROUND_STOCHASTIC + 1);
        const ng_requantise_rule rule = {rounding, end[0], end[1], {random_draw(10, i), {0, 0}}};
        ng_wide sum = random_sum(2, i, i % 2 == 0 ? 60 : 190);
        ng_multiplier scale = {(uint32_t)random_bits(4, i) >> random_below(5, i, 32), 0};
        scale.multiplier = scale.multiplier > UINT32_C(1) << 31 ? UINT32_C(1) << 31 : scale.multiplier;
        const ng_wide size = ng_wide_is_negative(&sum) ? ng_wide_negate(sum) : sum;
        scale.shift = (int)ng_wide_length(&size) + (int)random_below(6, i, 100) - 70;
        if (i % 3 == 0) {
            /* An odd multiple of one half. */
            scale.multiplier = 1 + 2 * random_below(7, i, 1000);
            scale.shift = 1 + (int)random_below(8, i, 100);
            const ng_wide odd = ng_wide_from_int(2 * (int64_t)random_below(9, i, 1000) - 999);
            sum = ng_wide_shift_left(odd, (unsigned)scale.shift - 1);
        }
        wide_to_signed(z, &sum);
        tally_case(&count, ng_requantise_dyadic(&sum, scale, &rule) == reference(z, scale, &rule));
    }
    mpz_clear(z);
    tally_verdict(&count, "requantise, long sums");
}
END_TEST

/* Two rounded requantisations, then the sum, then the clamp. */
START_TEST(residual_add)
{
    tally count = {0, 0};
    mpz_t z;
    mpfr_t first;
    mpfr_t second;
    mpz_init(z);
    mpfr_init2(first, REF_LONG_PRECISION);
    mpfr_init2(second, REF_LONG_PRECISION);
    for (uint64_t i = 0; i < CASES; i++) {
        const ng_requantise_rule rule = {(ng_rounding)random_below(1, i, NG_ROUND_STOCHASTIC + 1), clamps[i % CLAMPS][0],
                                         clamps[i % CLAMPS][1], {random_draw(6, i), random_draw(7, i)}};
        const ng_wide sums[] = {random_sum(2, i, 24), random_sum(3, i, 12)};
        const ng_multiplier a = ng_multiplier_from_double(fabs(random_double(4, i, -18, 2)));
        const ng_multiplier b = ng_multiplier_from_double(fabs(random_double(5, i, -8, 4)));
        wide_to_signed(z, &sums[0]);
        rounded(first, z, a, rule.rounding, rule.draw[0]);
        wide_to_signed(z, &sums[1]);
        rounded(second, z, b, rule.rounding, rule.draw[1]);
        ref_exact(mpfr_add(first, first, second, MPFR_RNDN));
        tally_case(&count, ng_requantise_add(&sums[0], a, &sums[1], b, &rule) == clamped(first, rule.low, rule.high));
    }
    mpz_clear(z);
    mpfr_clears(first, second, (mpfr_ptr)0);
    tally_verdict(&count, "requantise, residual add");
}
END_TEST

/* The examples of the header; results beyond every clamp. */
START_TEST(examples)
{
    const ng_requantise_rule even = {NG_ROUND_NEAREST_EVEN, -128, 127, {{0, 0}, {0, 0}}};
    const ng_requantise_rule up = {NG_ROUND_TIES_UP, -128, 127, {{0, 0}, {0, 0}}};
    const ng_multiplier scale = ng_multiplier_from_double(0.75);
    const ng_wide two = ng_wide_from_int(2);
    const ng_wide minus = ng_wide_from_int(-2);
    ck_assert_uint_eq(scale.multiplier, UINT32_C(3) << 29);
    ck_assert_int_eq(scale.shift, 31);
    ck_assert_int_eq(ng_requantise_dyadic(&two, scale, &even), 2);
    ck_assert_int_eq(ng_requantise_dyadic(&minus, scale, &even), -2);
    ck_assert_int_eq(ng_requantise_dyadic(&minus, scale, &up), -1);
    const ng_wide large = ng_wide_shift_left(ng_wide_from_int(-1), 180);
    ck_assert_int_eq(ng_requantise_dyadic(&large, (ng_multiplier){UINT32_C(1) << 31, -4000}, &even), -128);
    ck_assert_int_eq(ng_requantise_dyadic(&two, (ng_multiplier){1, -4000}, &even), 127);
    ck_assert_int_eq(ng_requantise_dyadic(&two, (ng_multiplier){0, -4000}, &even), 0);
    ck_assert_int_eq(ng_requantise_dyadic(&large, (ng_multiplier){1, 4000}, &even), 0);
}
END_TEST

Suite *ng_suite_requantise(void);

Suite *ng_suite_requantise(void)
{
    Suite *suite = suite_create("requantise");
    TCase *tcase = golden_tcase(suite, "requantise");
    tcase_add_test(tcase, multipliers);
    tcase_add_test(tcase, ends_of_multipliers);
    tcase_add_loop_test(tcase, every_short_sum, 0, NG_ROUND_STOCHASTIC + 1);
    tcase_add_test(tcase, long_sums);
    tcase_add_test(tcase, residual_add);
    tcase_add_test(tcase, examples);
    return suite;
}
