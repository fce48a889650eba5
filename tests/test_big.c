/* Long integers against GMP: every operation at widths around the limbs and up to 1024 bits. */
#include <check.h>
#include <gmp.h>

#include "model/big.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { CASES = 30000 };

static unsigned width(uint64_t seed, uint64_t index)
{
    static const unsigned edges[] = {1, 2, 63, 64, 65, 127, 128, 129, 255, 256, 257, 551, 1023, 1024};
    const uint32_t pick = random_below(seed, index, 28);
    return pick < 14 ? edges[pick] : 1 + random_below(seed + 1, index, NG_BIG_BITS);
}

/* number modulo 2^bits, in two's complement. */
static void wrap(mpz_t number, unsigned bits)
{
    mpz_fdiv_r_2exp(number, number, bits);
    if (mpz_tstbit(number, bits - 1)) {
        mpz_t period;
        mpz_init(period);
        mpz_setbit(period, bits);
        mpz_sub(number, number, period);
        mpz_clear(period);
    }
}

static void to_mpz(mpz_t number, const ng_big *x)
{
    mpz_import(number, (x->bits + 63) / 64, -1, sizeof x->limb[0], 0, 0, x->limb);
    wrap(number, 64 * ((x->bits + 63) / 64)); /* the last limb is sign-extended, so this is the value */
}

static void set_big(ng_big *x, const mpz_t number, unsigned bits)
{
    mpz_t low;
    mpz_init(low);
    ng_big_zero(x, bits);
    for (unsigned i = 0; i < bits; i += 128) {
        mpz_fdiv_q_2exp(low, number, i);
        mpz_fdiv_r_2exp(low, low, 128);
        const ng_wide part = wide_from_mpz(low);
        ng_big_add_wide(x, &part, i);
    }
    mpz_clear(low);
}

/* A number of random length, or an end of the range, in `bits` bits. */
static void random_number(mpz_t number, uint64_t seed, uint64_t index, unsigned bits)
{
    uint64_t limb[NG_BIG_LIMBS];
    for (unsigned i = 0; i < NG_BIG_LIMBS; i++) {
        limb[i] = random_bits(seed, NG_BIG_LIMBS * index + i);
    }
    mpz_import(number, NG_BIG_LIMBS, -1, sizeof limb[0], 0, 0, limb);
    mpz_fdiv_q_2exp(number, number, random_below(seed + 1, index, NG_BIG_BITS));
    switch (random_below(seed + 2, index, 8)) {
    case 0: mpz_set_ui(number, 0); break;
    case 1: mpz_set_ui(number, 0); mpz_setbit(number, bits - 1); break;
    case 2: mpz_set_ui(number, 0); mpz_setbit(number, bits - 1); mpz_sub_ui(number, number, 1); break;
    case 3: mpz_set_si(number, -1); break;
    default: break;
    }
    wrap(number, bits);
}

static bool is(const ng_big *x, const mpz_t expected)
{
    mpz_t got;
    mpz_init(got);
    to_mpz(got, x);
    const bool same = mpz_cmp(got, expected) == 0;
    mpz_clear(got);
    return same;
}

START_TEST(add_and_negate)
{
    tally count = {0, 0};
    mpz_t a;
    mpz_t b;
    mpz_inits(a, b, NULL);
    for (uint64_t i = 0; i < CASES; i++) {
        const unsigned bits = width(1, i);
        const unsigned other = width(3, i);
        const unsigned shift = random_below(5, i, 4) == 0 ? 0 : random_below(6, i, 1100);
        ng_big x;
        ng_big y;
        random_number(a, 10, i, bits);
        random_number(b, 20, i, other);
        set_big(&x, a, bits);
        set_big(&y, b, other);
        tally_case(&count, is(&x, a) && is(&y, b));
        ng_big_add(&x, &y, shift);
        mpz_mul_2exp(b, b, shift);
        mpz_add(a, a, b);
        wrap(a, bits);
        tally_case(&count, is(&x, a));
        ng_big_negate(&x);
        mpz_neg(a, a);
        wrap(a, bits);
        tally_case(&count, is(&x, a) && ng_big_is_negative(&x) == (mpz_sgn(a) < 0) &&
                               ng_big_is_zero(&x) == (mpz_sgn(a) == 0));
        ng_big_add(&x, &x, 0);
        mpz_mul_2exp(a, a, 1);
        wrap(a, bits);
        tally_case(&count, is(&x, a));
    }
    mpz_clears(a, b, NULL);
    tally_verdict(&count, "big, add and negate");
}
END_TEST

/* |w * 2^drop - x| < 2^drop, and w odd where they differ; as long as allowed. */
static bool leads(const ng_big *x, const mpz_t number)
{
    unsigned drop = 0;
    const ng_wide leading = ng_big_leading(x, &drop);
    mpz_t w;
    mpz_init(w);
    wide_to_signed(w, &leading);
    const bool odd = mpz_odd_p(w);
    bool ok = mpz_sizeinbase(w, 2) <= 200;
    mpz_mul_2exp(w, w, drop);
    mpz_sub(w, w, number);
    ok = ok && mpz_sizeinbase(w, 2) <= drop + (drop == 0);
    ok = ok && (mpz_sgn(w) == 0 || odd);
    mpz_clear(w);
    return ok;
}

START_TEST(readings)
{
    tally count = {0, 0};
    mpz_t a;
    mpz_t b;
    mpz_inits(a, b, NULL);
    for (uint64_t i = 0; i < CASES; i++) {
        const unsigned bits = width(31, i);
        const unsigned shift = random_below(33, i, 1100);
        ng_big x;
        random_number(a, 40, i, bits);
        set_big(&x, a, bits);
        const size_t length = mpz_sgn(a) == 0 ? 0 : mpz_sizeinbase(a, 2);
        tally_case(&count, ng_big_length(&x) == length);
        mpz_fdiv_q_2exp(b, a, shift);
        const ng_wide expected = wide_from_mpz(b);
        const ng_wide got = ng_big_window(&x, shift);
        tally_case(&count, ng_wide_equal(&got, &expected));
        tally_case(&count, leads(&x, a));
    }
    mpz_clears(a, b, NULL);
    tally_verdict(&count, "big, readings");
}
END_TEST

/* The examples of the header: 65 bits. */
START_TEST(examples)
{
    const ng_wide one = ng_wide_from_int(1);
    const ng_wide all = {{UINT64_MAX, 0, 0, 0}};
    ng_big x;
    ng_big_zero(&x, 65);
    ng_big_add_wide(&x, &one, 0);
    ck_assert(x.limb[0] == 1 && x.limb[1] == 0);
    ng_big_negate(&x);
    ck_assert(x.limb[0] == UINT64_MAX && x.limb[1] == UINT64_MAX);
    ng_big_zero(&x, 65);
    ng_big_add_wide(&x, &all, 0);
    ck_assert(!ng_big_is_negative(&x));
    ng_big_add_wide(&x, &one, 0);
    ck_assert(x.limb[0] == 0 && x.limb[1] == UINT64_MAX);
}
END_TEST

Suite *ng_suite_big(void);

Suite *ng_suite_big(void)
{
    Suite *suite = suite_create("big");
    TCase *tcase = golden_tcase(suite, "big");
    tcase_add_test(tcase, add_and_negate);
    tcase_add_test(tcase, readings);
    tcase_add_test(tcase, examples);
    return suite;
}
