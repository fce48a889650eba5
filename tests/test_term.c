/* Products and alignment exponents of every pair of codes against the oracle's values, and what is derived from all
 * codes. */
#include <stdio.h>

#include "model/term.h"
#include "tests/support/sum_check.h"
#include "tests/support/wide_check.h"

static const char formats[][NG_FORMAT_NAME_SIZE] = {"int3", "int8", "e1m1", "e2m1", "e4m3", "e4m3fn", "e5m2ieee",
                                                    "dense4", "pot4", "e6m1", "e1m6", "e3m4", "mxint8", "fp16", "uint4",
                                                    "int4m", "posit8es2", "posit8es0", "apot4k2", "nf4", "hif8",
                                                    "lns8f3", "p3109k8p4", "e4m3fnuz", "tpot4", "dense1", "e3m2ftz"};
enum { FORMATS = sizeof formats / sizeof formats[0], STEP = 41 };

static bool product_agrees(const paired_format *weight, uint32_t w, const paired_format *activation, uint32_t a)
{
    const ng_term term = ng_term_product(&weight->model, w, &activation->model, a);
    mpfr_t x;
    mpfr_t y;
    mpz_t significand;
    mpfr_init2(x, 2 * REF_VALUE_PRECISION);
    mpfr_init2(y, 2 * REF_VALUE_PRECISION);
    mpz_init(significand);
    const bool number = paired_value(weight, w, x) == REF_FINITE;
    const bool special = paired_value(activation, a, y) != REF_FINITE || !number;
    const long alignment = ref_alignment(&weight->ref, x) + ref_alignment(&activation->ref, y);
    ref_exact(mpfr_mul(x, x, y, MPFR_RNDN));
    wide_to_signed(significand, &term.significand);
    ref_exact(mpfr_set_z_2exp(y, significand, term.exponent, MPFR_RNDN));
    const bool zero = mpfr_zero_p(x);
    bool ok = mpfr_equal_p(x, y) && term.special == special;
    ok = ok && (zero || (term.alignment == alignment && mpfr_get_exp(x) <= term.alignment + 2));
    mpfr_clears(x, y, (mpfr_ptr)0);
    mpz_clear(significand);
    return ok;
}

/* _i: the weight. Every code of up to 8 bits against every other, of longer formats one in 41. */
START_TEST(every_pair)
{
    tally count = {0, 0};
    const paired_format weight = paired(formats[_i]);
    for (size_t f = 0; f < FORMATS; f++) {
        const paired_format activation = paired(formats[f]);
        const uint32_t w_step = weight.model.bits > 8 ? STEP : 1;
        const uint32_t a_step = activation.model.bits > 8 ? STEP : 3;
        for (uint32_t w = 0; w < ng_format_codes(&weight.model); w += w_step) {
            for (uint32_t a = w % a_step; a < ng_format_codes(&activation.model) && !tally_full(&count); a += a_step) {
                tally_case(&count, product_agrees(&weight, w, &activation, a));
            }
        }
    }
    tally_verdict(&count, "term, products");
}
END_TEST

/* The most bits between leading and last one, and the most below 2^E, over all codes. */
static void look(const paired_format *format, unsigned *significant, unsigned *fraction)
{
    mpfr_t x;
    mpz_t odd;
    mpfr_init2(x, REF_VALUE_PRECISION);
    mpz_init(odd);
    *significant = 1;
    *fraction = 0;
    for (uint32_t code = 0; code < ng_format_codes(&format->model); code++) {
        (void)paired_value(format, code, x);
        const long last = ref_odd_part(odd, x);
        if (mpz_sgn(odd) == 0) {
            continue;
        }
        const unsigned length = (unsigned)mpz_sizeinbase(odd, 2);
        const long below = ref_alignment(&format->ref, x) - last;
        *significant = length > *significant ? length : *significant;
        *fraction = below > (long)*fraction ? (unsigned)below : *fraction;
    }
    mpfr_clear(x);
    mpz_clear(odd);
}

START_TEST(bits_of_every_format)
{
    tally count = {0, 0};
    for (size_t i = 0; i < ng_format_count(); i++) {
        const paired_format format = paired(ng_format_at(i)->name);
        const ng_term_bits got = ng_format_term_bits(&format.model);
        unsigned significant = 0;
        unsigned fraction = 0;
        look(&format, &significant, &fraction);
        if (!tally_case(&count, got.significant == significant && got.fraction == fraction)) {
            fprintf(stderr, "%s: got %u %u expected %u %u\n", format.model.name, got.significant, got.fraction,
                    significant, fraction);
        }
    }
    tally_verdict(&count, "term, bits of every format");
}
END_TEST

/* The examples of the header. */
START_TEST(examples)
{
    const ng_format *f = ng_format_find("e4m3");
    const ng_format *integer = ng_format_find("int8");
    const ng_term tiny = ng_term_product(f, 0x01, f, 0x38);
    ck_assert_uint_eq(tiny.significand.limb[0], 8);
    ck_assert_int_eq(tiny.exponent, -12);
    ck_assert_int_eq(tiny.alignment, -6);
    const ng_term large = ng_term_product(integer, 0x80, integer, 0x80);
    ck_assert_uint_eq(large.significand.limb[0], 1 << 14);
    ck_assert_int_eq(large.exponent, 0);
    ck_assert_int_eq(large.alignment, 14);
}
END_TEST

Suite *ng_suite_term(void);

Suite *ng_suite_term(void)
{
    Suite *suite = suite_create("term");
    TCase *tcase = golden_tcase(suite, "term");
    tcase_add_loop_test(tcase, every_pair, 0, FORMATS);
    tcase_add_test(tcase, bits_of_every_format);
    tcase_add_test(tcase, examples);
    return suite;
}
