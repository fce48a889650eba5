/* Leading bits of exact sums against MPFR: near, far and cancelling numbers of every length. */
#include "model/exact_add.h"
#include "tests/ref/ref_number.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { CASES = 40000, PRECISION = 40000, KEPT = 190 };

/* A random number of `length` bits. */
static void random_big(ng_big *x, uint64_t seed, uint64_t index, unsigned length)
{
    ng_big_zero(x, NG_BIG_BITS);
    for (unsigned i = 0; i < length; i += 64) {
        const unsigned rest = length - i;
        const uint64_t random = random_bits(seed, NG_BIG_LIMBS * index + i / 64);
        const uint64_t bits = rest >= 64 ? random : random & ((UINT64_C(1) << rest) - 1);
        const ng_wide limb = {{bits, 0, 0, 0}};
        ng_big_add_wide(x, &limb, i);
    }
    if ((random_bits(seed + 1, index) & 1) != 0) {
        ng_big_negate(x);
    }
}

static void set_value(mpfr_t value, const ng_big *x, int exponent)
{
    mpz_t number;
    mpz_init(number);
    ng_big size = *x;
    const bool negative = ng_big_is_negative(x);
    if (negative) {
        ng_big_negate(&size);
    }
    mpz_import(number, NG_BIG_LIMBS, -1, sizeof size.limb[0], 0, 0, size.limb);
    if (negative) {
        mpz_neg(number, number);
    }
    ref_exact(mpfr_set_z_2exp(value, number, exponent, MPFR_RNDN));
    mpz_clear(number);
}

/* The result is the sum, or is odd in its last bit, next to the sum and long enough. */
static bool agrees(const ng_big *a, int a_exponent, const ng_big *b, int b_exponent)
{
    int exponent = 0;
    const ng_wide got = ng_exact_add(a, a_exponent, b, b_exponent, &exponent);
    mpfr_t x;
    mpfr_t y;
    mpz_t r;
    mpfr_init2(x, PRECISION);
    mpfr_init2(y, PRECISION);
    mpz_init(r);
    set_value(x, a, a_exponent);
    set_value(y, b, b_exponent);
    ref_exact(mpfr_add(x, x, y, MPFR_RNDN));
    wide_to_signed(r, &got);
    const size_t length = mpz_sizeinbase(r, 2);
    ref_exact(mpfr_set_z_2exp(y, r, exponent, MPFR_RNDN));
    ref_exact(mpfr_sub(y, y, x, MPFR_RNDN));
    bool ok = length <= 200;
    if (!mpfr_zero_p(y)) {
        ok = ok && mpz_odd_p(r) && length > KEPT && mpfr_get_exp(y) <= exponent;
    }
    mpfr_clears(x, y, (mpfr_ptr)0);
    mpz_clear(r);
    return ok;
}

START_TEST(against_mpfr)
{
    tally count = {0, 0};
    for (uint64_t i = 0; i < CASES; i++) {
        const unsigned most = i % 2 == 0 ? 128 : NG_EXACT_ADD_BITS;
        const unsigned a_length = random_below(1, i, most + 1);
        const unsigned b_length = random_below(2, i, most + 1);
        const int spread = i % 3 == 0 ? 16000 : i % 3 == 1 ? 1000 : 40;
        int b_exponent = (int)random_below(4, i, (uint32_t)(2 * spread)) - spread;
        ng_big a;
        ng_big b;
        random_big(&a, 10, i, a_length);
        random_big(&b, 20, i, b_length);
        if (i % 5 == 0) {
            /* b = -a but for a few of the last bits. */
            b = a;
            ng_big_negate(&b);
            const ng_wide little = ng_wide_from_int((int64_t)random_below(5, i, 5) - 2);
            ng_big_add_wide(&b, &little, random_below(6, i, 64));
            b_exponent = 0;
        }
        tally_case(&count, agrees(&a, 0, &b, b_exponent));
    }
    tally_verdict(&count, "exact_add");
}
END_TEST

/* The examples of the header. */
START_TEST(examples)
{
    static const struct {
        int64_t a;
        int a_exponent;
        int64_t b;
        int b_exponent;
        double sum;
    } rows[] = {{3, 0, 1, -1, 3.5}, {1, 5, -32, 0, 0}, {0, 9, -7, -3, -0.875}, {0, 0, 0, 100, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ng_big a;
        ng_big b;
        int exponent = 0;
        ng_big_zero(&a, 64);
        ng_big_zero(&b, 64);
        const ng_wide x = ng_wide_from_int(rows[i].a);
        const ng_wide y = ng_wide_from_int(rows[i].b);
        ng_big_add_wide(&a, &x, 0);
        ng_big_add_wide(&b, &y, 0);
        const ng_wide sum = ng_exact_add(&a, rows[i].a_exponent, &b, rows[i].b_exponent, &exponent);
        ck_assert(ng_wide_to_double(&sum, exponent) == rows[i].sum);
    }
}
END_TEST

Suite *ng_suite_exact_add(void);

Suite *ng_suite_exact_add(void)
{
    Suite *suite = suite_create("exact_add");
    TCase *tcase = golden_tcase(suite, "exact_add");
    tcase_add_test(tcase, against_mpfr);
    tcase_add_test(tcase, examples);
    return suite;
}
