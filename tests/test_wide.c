/* The 256-bit integers against GMP, the conversion to double against MPFR. */
#include <math.h>
#include <stdio.h>

#include "tests/ref/ref_number.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { SEED = 7, RANDOMS = 300, OPERANDS = 4 * NG_WIDE_BITS + RANDOMS, SHIFTS = NG_WIDE_BITS + 70 };

/* Operand `index`: 2^k, 2^k - 1, -2^k, 2^k + 2^(k/2) for every k, then random limbs of which some are all zeros or all
 * ones, where carries run furthest. */
static ng_wide operand(unsigned index)
{
    ng_wide made = {{0}};
    if (index < 4 * NG_WIDE_BITS) {
        mpz_t number;
        mpz_init(number);
        const unsigned k = index / 4;
        mpz_setbit(number, k);
        switch (index % 4) {
        case 1: mpz_sub_ui(number, number, 1); break;
        case 2: mpz_neg(number, number); break;
        case 3: mpz_setbit(number, k / 2); break;
        default: break;
        }
        made = wide_from_mpz(number);
        mpz_clear(number);
        return made;
    }
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        const uint64_t choice = random_bits(SEED + 1, index * 8 + i) % 4;
        made.limb[i] = choice == 0 ? 0 : choice == 1 ? UINT64_MAX : random_bits(SEED, index * 8 + i);
    }
    return made;
}

/* The low 256 bits of number are what the limbs hold. */
static bool holds(const ng_wide *wide, const mpz_t number)
{
    const ng_wide expected = wide_from_mpz(number);
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        if (wide->limb[i] != expected.limb[i]) {
            return false;
        }
    }
    return true;
}

/* Case line of a mismatch. */
static void judge(tally *count, const char *what, const ng_wide *a, const ng_wide *got, const mpz_t expected)
{
    if (!tally_case(count, holds(got, expected)) && !tally_full(count)) {
        mpz_t in;
        mpz_t out;
        mpz_inits(in, out, NULL);
        wide_to_mpz(in, a);
        wide_to_mpz(out, got);
        gmp_fprintf(stderr, "ng_wide_%s of 0x%064Zx: got 0x%064Zx expected %Zd\n", what, in, out, expected);
        mpz_clears(in, out, NULL);
    }
}

START_TEST(from_int)
{
    static const int64_t values[] = {0, 1, -1, 255, -256, INT64_MAX, INT64_MIN, INT64_MIN + 1};
    tally count = {0};
    mpz_t number;
    mpz_init(number);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const ng_wide made = ng_wide_from_int(values[i]);
        mpz_set_si(number, values[i]);
        judge(&count, "from_int", &made, &made, number);
    }
    mpz_clear(number);
    tally_verdict(&count, "wide from_int");
}
END_TEST

START_TEST(add_and_negate)
{
    tally count = {0};
    mpz_t a;
    mpz_t b;
    mpz_inits(a, b, NULL);
    for (unsigned i = 0; i < OPERANDS; i++) {
        const ng_wide x = operand(i);
        const ng_wide minus = ng_wide_negate(x);
        wide_to_signed(a, &x);
        mpz_neg(b, a);
        judge(&count, "negate", &x, &minus, b);
        for (unsigned j = i % 7; j < OPERANDS; j += 7) {
            const ng_wide y = operand(j);
            const ng_wide sum = ng_wide_add(x, y);
            wide_to_signed(b, &y);
            mpz_add(b, a, b);
            judge(&count, "add", &x, &sum, b);
        }
    }
    mpz_clears(a, b, NULL);
    tally_verdict(&count, "wide add, negate");
}
END_TEST

START_TEST(multiply)
{
    tally count = {0};
    mpz_t a;
    mpz_t b;
    mpz_inits(a, b, NULL);
    for (unsigned i = 0; i < OPERANDS; i++) {
        const ng_wide x = operand(i);
        wide_to_signed(a, &x);
        for (unsigned j = i % 7; j < OPERANDS; j += 7) {
            const ng_wide y = operand(j);
            const ng_wide product = ng_wide_multiply(x, y);
            wide_to_signed(b, &y);
            mpz_mul(b, a, b);
            judge(&count, "multiply", &x, &product, b);
        }
    }
    mpz_clears(a, b, NULL);
    tally_verdict(&count, "wide multiply");
}
END_TEST

START_TEST(shifts)
{
    tally count = {0};
    mpz_t a;
    mpz_t b;
    mpz_inits(a, b, NULL);
    for (unsigned i = 0; i < OPERANDS; i += 3) {
        const ng_wide x = operand(i);
        wide_to_mpz(a, &x);
        for (unsigned shift = 0; shift < SHIFTS; shift++) {
            const ng_wide left = ng_wide_shift_left(x, shift);
            const ng_wide right = ng_wide_shift_right(x, shift);
            mpz_mul_2exp(b, a, shift);
            judge(&count, "shift_left", &x, &left, b);
            mpz_fdiv_q_2exp(b, a, shift);
            judge(&count, "shift_right", &x, &right, b);
        }
        const ng_wide gone = ng_wide_shift_left(x, UINT32_MAX);
        const ng_wide away = ng_wide_shift_right(x, UINT32_MAX);
        tally_case(&count, ng_wide_is_zero(&gone) && ng_wide_is_zero(&away));
    }
    mpz_clears(a, b, NULL);
    tally_verdict(&count, "wide shifts");
}
END_TEST

START_TEST(bits_and_put)
{
    tally count = {0};
    mpz_t a;
    mpz_t b;
    mpz_inits(a, b, NULL);
    for (unsigned i = 0; i < OPERANDS; i += 97) {
        const ng_wide x = operand(i);
        wide_to_mpz(a, &x);
        for (unsigned position = 0; position < SHIFTS; position++) {
            for (unsigned bits = 0; bits <= 64; bits++) {
                mpz_fdiv_q_2exp(b, a, position);
                mpz_fdiv_r_2exp(b, b, bits);
                tally_case(&count, ng_wide_bits(&x, position, bits) == mpz_get_ui(b));

                const uint64_t value = random_bits(SEED, position * 65 + bits);
                ng_wide changed = x;
                ng_wide_put(&changed, position, bits, value);
                mpz_set_ui(b, value);
                mpz_fdiv_r_2exp(b, b, bits);
                mpz_mul_2exp(b, b, position);
                mpz_ior(b, b, a);
                judge(&count, "put", &x, &changed, b);
            }
        }
    }
    mpz_clears(a, b, NULL);
    tally_verdict(&count, "wide bits, put");
}
END_TEST

START_TEST(truncate_and_extend)
{
    tally count = {0};
    mpz_t a;
    mpz_t b;
    mpz_t period;
    mpz_inits(a, b, period, NULL);
    for (unsigned i = 0; i < OPERANDS; i += 3) {
        const ng_wide x = operand(i);
        wide_to_mpz(a, &x);
        for (unsigned bits = 0; bits <= NG_WIDE_BITS; bits++) {
            const ng_wide cut = ng_wide_truncate(x, bits);
            mpz_fdiv_r_2exp(b, a, bits);
            judge(&count, "truncate", &x, &cut, b);
            if (bits == 0) {
                continue;
            }
            const ng_wide extended = ng_wide_sign_extend(x, bits);
            if (mpz_tstbit(b, bits - 1)) {
                mpz_set_ui(period, 0);
                mpz_setbit(period, bits);
                mpz_sub(b, b, period);
            }
            judge(&count, "sign_extend", &x, &extended, b);
        }
    }
    mpz_clears(a, b, period, NULL);
    tally_verdict(&count, "wide truncate, sign_extend");
}
END_TEST

START_TEST(questions)
{
    tally count = {0};
    mpz_t a;
    mpz_init(a);
    const ng_wide nought = ng_wide_from_int(0);
    tally_case(&count, ng_wide_is_zero(&nought) && !ng_wide_is_negative(&nought) && ng_wide_length(&nought) == 0);
    for (unsigned i = 0; i < OPERANDS; i++) {
        const ng_wide x = operand(i);
        wide_to_mpz(a, &x);
        tally_case(&count, ng_wide_is_zero(&x) == (mpz_sgn(a) == 0));
        tally_case(&count, ng_wide_is_negative(&x) == (mpz_tstbit(a, NG_WIDE_BITS - 1) != 0));
        tally_case(&count, ng_wide_length(&x) == (mpz_sgn(a) == 0 ? 0 : mpz_sizeinbase(a, 2)));
        tally_case(&count, ng_wide_equal(&x, &x));
        for (unsigned bit = 0; bit < NG_WIDE_BITS; bit += 5) {
            ng_wide other = x;
            other.limb[bit / 64] ^= UINT64_C(1) << bit % 64;
            tally_case(&count, !ng_wide_equal(&x, &other));
        }
    }
    mpz_clear(a);
    tally_verdict(&count, "wide questions");
}
END_TEST

/* Nearest, ties to even: q = floor(a / 2^s), compared by twice the remainder against 2^s. */
static void round_even(mpz_t rounded, const mpz_t a, unsigned shift)
{
    mpz_t rest;
    mpz_t whole;
    mpz_inits(rest, whole, NULL);
    mpz_setbit(whole, shift);
    mpz_fdiv_qr(rounded, rest, a, whole);
    mpz_mul_ui(rest, rest, 2);
    const int side = mpz_cmp(rest, whole);
    if (side > 0 || (side == 0 && mpz_odd_p(rounded))) {
        mpz_add_ui(rounded, rounded, 1);
    }
    mpz_clears(rest, whole, NULL);
}

START_TEST(round_to_even)
{
    tally count = {0};
    mpz_t a;
    mpz_t b;
    mpz_inits(a, b, NULL);
    for (unsigned i = 0; i < OPERANDS; i += 3) {
        const ng_wide x = operand(i);
        wide_to_mpz(a, &x);
        for (unsigned shift = 0; shift < SHIFTS; shift++) {
            const ng_wide rounded = ng_wide_round_even(&x, shift);
            round_even(b, a, shift);
            judge(&count, "round_even", &x, &rounded, b);
        }
    }
    /* Every quarter of small quotients: 0.25, 0.5, 0.75, 1 ... around even and odd ones, at every shift. */
    for (unsigned shift = 2; shift < NG_WIDE_BITS - 4; shift++) {
        for (unsigned quarters = 0; quarters < 32; quarters++) {
            for (int offset = -1; offset <= 1; offset++) {
                mpz_set_ui(a, quarters);
                mpz_mul_2exp(a, a, shift - 2);
                if (offset < 0 && mpz_sgn(a) > 0) {
                    mpz_sub_ui(a, a, 1);
                } else if (offset > 0) {
                    mpz_add_ui(a, a, 1);
                }
                const ng_wide x = wide_from_mpz(a);
                const ng_wide rounded = ng_wide_round_even(&x, shift);
                round_even(b, a, shift);
                judge(&count, "round_even", &x, &rounded, b);
            }
        }
    }
    mpz_clears(a, b, NULL);
    tally_verdict(&count, "wide round_even");
}
END_TEST

static void judge_double(tally *count, const ng_wide *x, int exponent)
{
    mpz_t a;
    mpz_init(a);
    MPFR_DECL_INIT(exact, REF_SUM_PRECISION);
    wide_to_signed(a, x);
    ref_exact(mpfr_set_z_2exp(exact, a, exponent, MPFR_RNDN));
    const double expected = mpfr_get_d(exact, MPFR_RNDN);
    const double got = ng_wide_to_double(x, exponent);
    if (isfinite(expected) && !tally_case(count, got == expected) && !tally_full(count)) {
        gmp_fprintf(stderr, "ng_wide_to_double of %Zd * 2^%d: got %a expected %a\n", a, exponent, got, expected);
    }
    mpz_clear(a);
}

START_TEST(to_double)
{
    static const int exponents[] = {0, 1, -1, 60, -60, -300, 700, -1022};
    tally count = {0};
    for (unsigned i = 0; i < OPERANDS; i++) {
        const ng_wide x = operand(i);
        for (size_t e = 0; e < sizeof exponents / sizeof exponents[0]; e++) {
            judge_double(&count, &x, exponents[e]);
        }
    }
    /* 2^53 + {0, 1, 2, 3} and a sticky bit far below: ties and their neighbours. */
    for (unsigned low = 0; low < 4; low++) {
        for (int64_t sticky = -1; sticky <= 1; sticky++) {
            ng_wide x = ng_wide_shift_left(ng_wide_from_int((INT64_C(1) << 53) + low), 100);
            x = ng_wide_add(x, ng_wide_from_int(sticky));
            judge_double(&count, &x, 0);
            x = ng_wide_negate(x);
            judge_double(&count, &x, -100);
        }
    }
    tally_verdict(&count, "wide to_double");
}
END_TEST

/* Results below 2^-1022 have fewer than 53 bits; "rounded once" holds for them too. */
START_TEST(to_subnormal_double)
{
    tally count = {0};
    for (unsigned i = 0; i < OPERANDS; i++) {
        const ng_wide x = operand(i);
        for (int exponent = -1330; exponent < -1020; exponent++) {
            judge_double(&count, &x, exponent);
        }
    }
    tally_verdict(&count, "wide to subnormal double");
}
END_TEST

Suite *ng_suite_wide(void);

Suite *ng_suite_wide(void)
{
    Suite *suite = suite_create("wide");
    TCase *tcase = golden_tcase(suite, "wide");
    tcase_add_test(tcase, from_int);
    tcase_add_test(tcase, add_and_negate);
    tcase_add_test(tcase, multiply);
    tcase_add_test(tcase, shifts);
    tcase_add_test(tcase, bits_and_put);
    tcase_add_test(tcase, truncate_and_extend);
    tcase_add_test(tcase, questions);
    tcase_add_test(tcase, round_to_even);
    tcase_add_test(tcase, to_double);
    tcase_add_test(tcase, to_subnormal_double);
    return suite;
}
