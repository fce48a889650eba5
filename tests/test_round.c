/* Rounding by a shift against real numbers: every magnitude of 8 bits at every shift and direction, and long ones. */
#include "model/round.h"
#include "tests/ref/ref_sum.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { CASES = 20000 };

static bool agrees(const ng_wide *value, unsigned shift, ng_rounding rounding, ng_draw draw)
{
    const ng_wide got = ng_round_signed_drawn(value, shift, rounding, draw);
    mpz_t number;
    mpfr_t x;
    mpz_init(number);
    mpfr_init2(x, REF_LONG_PRECISION);
    wide_to_signed(number, value);
    ref_exact(mpfr_set_z(x, number, MPFR_RNDN));
    ref_cut_drawn(x, x, shift, (ref_cut)rounding, (ref_draw){draw.random, draw.bits});
    ref_exact(mpfr_div_2ui(x, x, shift, MPFR_RNDN));
    ref_exact(mpfr_get_z(number, x, MPFR_RNDZ));
    const ng_wide expected = wide_from_mpz(number);
    mpz_clear(number);
    mpfr_clear(x);
    return ng_wide_equal(&got, &expected);
}

START_TEST(every_short_number)
{
    tally count = {0, 0};
    for (int rounding = 0; rounding < NG_ROUND_STOCHASTIC; rounding++) {
        for (int64_t value = -256; value <= 256; value++) {
            for (unsigned shift = 0; shift <= 12; shift++) {
                const ng_wide wide = ng_wide_from_int(value);
                tally_case(&count, agrees(&wide, shift, (ng_rounding)rounding, (ng_draw){0, 0}));
            }
        }
    }
    tally_verdict(&count, "round, every short number");
}
END_TEST

/* Every word of up to four random bits; and the share that goes up is the distance, cut to those bits. */
START_TEST(every_short_draw)
{
    tally count = {0, 0};
    for (int64_t value = -80; value <= 80; value++) {
        const ng_wide wide = ng_wide_from_int(value);
        for (unsigned shift = 1; shift <= 8; shift++) {
            for (unsigned bits = 1; bits <= 4; bits++) {
                int64_t ups = 0;
                for (uint32_t word = 0; word < 1U << bits; word++) {
                    const ng_draw draw = {word, bits};
                    const ng_wide got = ng_round_signed_drawn(&wide, shift, NG_ROUND_STOCHASTIC, draw);
                    tally_case(&count, agrees(&wide, shift, NG_ROUND_STOCHASTIC, draw));
                    ups += (int64_t)got.limb[0] - value / (INT64_C(1) << shift);
                }
                const int64_t rest = value % (INT64_C(1) << shift);
                tally_case(&count, ups == rest * (INT64_C(1) << bits) / (INT64_C(1) << shift));
            }
        }
    }
    tally_verdict(&count, "round, every short draw");
}
END_TEST

/* Long numbers, most of them near a tie: ones and zeros in runs. */
START_TEST(long_numbers)
{
    tally count = {0, 0};
    for (uint64_t i = 0; i < CASES; i++) {
        const unsigned shift = random_below(1, i, 300);
        ng_wide value = {{random_bits(2, 4 * i), random_bits(2, 4 * i + 1), random_bits(2, 4 * i + 2),
                          random_bits(2, 4 * i + 3)}};
        if (i % 2 == 0) {
            const ng_wide high = ng_wide_shift_left(ng_wide_from_int((int64_t)random_below(3, i, 16)), shift);
            const ng_wide half = ng_wide_shift_left(ng_wide_from_int(1), shift > 0 ? shift - 1 : 0);
            const ng_wide near = ng_wide_from_int((int64_t)random_below(4, i, 3) - 1);
            value = ng_wide_add(high, ng_wide_add(half, near));
        }
        value = ng_wide_sign_extend(value, 1 + random_below(5, i, 255));
        const ng_rounding rounding = (ng_rounding)random_below(6, i, NG_ROUND_STOCHASTIC + 1);
        tally_case(&count, agrees(&value, shift, rounding, random_draw(7, i)));
    }
    tally_verdict(&count, "round, long numbers");
}
END_TEST

/* The examples of the header. */
START_TEST(examples)
{
    const ng_wide three = ng_wide_from_int(3);
    const ng_wide one = ng_wide_from_int(1);
    ck_assert_uint_eq(ng_round_shift(&three, 1, false, NG_ROUND_NEAREST_EVEN).limb[0], 2);
    ck_assert_uint_eq(ng_round_shift(&three, 1, false, NG_ROUND_TOWARD_ZERO).limb[0], 1);
    ck_assert_uint_eq(ng_round_shift(&three, 1, false, NG_ROUND_TIES_UP).limb[0], 2);
    ck_assert_uint_eq(ng_round_shift(&three, 1, true, NG_ROUND_TIES_UP).limb[0], 1);
    ck_assert_uint_eq(ng_round_shift(&one, 1, false, NG_ROUND_NEAREST_EVEN).limb[0], 0);
    ck_assert_uint_eq(ng_round_shift(&one, 1, false, NG_ROUND_TOWARD_ZERO).limb[0], 0);
    ck_assert_uint_eq(ng_round_shift(&one, 1, false, NG_ROUND_TIES_UP).limb[0], 1);
    ck_assert_uint_eq(ng_round_shift(&one, 1, true, NG_ROUND_TIES_UP).limb[0], 0);
    ck_assert_uint_eq(ng_round_shift(&three, 1, false, NG_ROUND_STOCHASTIC).limb[0], 1);
    const ng_wide five = ng_wide_from_int(5);
    for (uint32_t word = 0; word < 8; word++) {
        const ng_wide got = ng_round_shift_drawn(&five, 2, false, NG_ROUND_STOCHASTIC, (ng_draw){word, 2});
        ck_assert_uint_eq(got.limb[0], word % 4 == 3 ? 2 : 1);
    }
    const ng_draw none = {1, 0};
    const ng_draw many = {UINT32_MAX, 99};
    ck_assert_uint_eq(ng_round_shift_drawn(&three, 1, false, NG_ROUND_STOCHASTIC, none).limb[0], 2);
    ck_assert_uint_eq(ng_round_shift_drawn(&three, 1, false, NG_ROUND_STOCHASTIC, many).limb[0], 2);
    for (int i = 0; i <= NG_ROUND_STOCHASTIC; i++) {
        ck_assert_int_eq(ng_rounding_is_nearest((ng_rounding)i), i <= NG_ROUND_TIES_UP);
    }
}
END_TEST

Suite *ng_suite_round(void);

Suite *ng_suite_round(void)
{
    Suite *suite = suite_create("round");
    TCase *tcase = golden_tcase(suite, "round");
    tcase_add_test(tcase, every_short_number);
    tcase_add_test(tcase, every_short_draw);
    tcase_add_test(tcase, long_numbers);
    tcase_add_test(tcase, examples);
    return suite;
}
