/* Formats against the oracle, code by code, and against the tables of the standards. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/format.h"
#include "tests/ref/ref_number.h"
#include "tests/support/golden_check.h"

/* value = significand * 2^exponent, exactly. */
static bool same_number(const ng_number *got, const mpfr_t expected)
{
    MPFR_DECL_INIT(value, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_si_2exp(value, got->significand, got->exponent, MPFR_RNDN));
    return mpfr_equal_p(value, expected) != 0;
}

static void complain(const ref_table *table, uint32_t code, const char *what)
{
    mpfr_fprintf(stderr, "%s code 0x%02x %s: expected %Rg\n", table->format->name, (unsigned)code, what,
                 table->value[code].number);
}

START_TEST(every_code_decodes)
{
    const ng_format *format = ng_format_at((size_t)_i);
    const ref_table *table = ref_table_of(ref_format_at((size_t)_i));
    tally count = {0};
    for (uint32_t code = 0; code < table->codes; code++) {
        const ref_value *expected = &table->value[code];
        const ng_number number = ng_decode(format, code);
        const ng_number finite = ng_decode_finite(format, code);
        const bool is_finite = expected->class == REF_FINITE;
        const bool right_class = (number.category == NG_CLASS_FINITE) == is_finite &&
                                 (number.category == NG_CLASS_NAN) == (expected->class == REF_NAN) &&
                                 (number.category == NG_CLASS_INFINITE) == (expected->class == REF_INFINITE);
        if (!tally_case(&count, right_class && ng_code_is_special(format, code) == !is_finite)) {
            complain(table, code, "class");
        }
        if (!tally_case(&count, finite.category == NG_CLASS_FINITE && same_number(&finite, expected->number))) {
            complain(table, code, "ng_decode_finite");
        }
        if (!tally_case(&count, !is_finite || same_number(&number, expected->number))) {
            complain(table, code, "ng_decode");
        }
        /* "The significand carries the sign; an infinity's is +1 or -1." */
        const int sign = mpfr_signbit(expected->number) ? -1 : 1;
        tally_case(&count, expected->class != REF_INFINITE || number.significand == sign);
        /* Total: bits above the width are ignored. */
        const ng_number dirty = ng_decode(format, code | ~(table->codes - 1));
        tally_case(&count, dirty.category == number.category && dirty.significand == number.significand &&
                               dirty.exponent == number.exponent);
    }
    tally_verdict(&count, table->format->name);
}
END_TEST

START_TEST(every_code_as_double)
{
    const ng_format *format = ng_format_at((size_t)_i);
    const ref_table *table = ref_table_of(ref_format_at((size_t)_i));
    tally count = {0};
    for (uint32_t code = 0; code < table->codes; code++) {
        const ref_value *expected = &table->value[code];
        const double got = ng_decode_double(format, code);
        bool ok = false;
        switch (expected->class) {
        case REF_NAN: ok = isnan(got); break;
        case REF_INFINITE: ok = isinf(got) && (signbit(got) != 0) == (mpfr_signbit(expected->number) != 0); break;
        case REF_FINITE:
            ok = mpfr_cmp_d(expected->number, got) == 0 &&
                 (signbit(got) != 0) == (mpfr_signbit(expected->number) != 0);
            break;
        }
        if (!tally_case(&count, ok)) {
            complain(table, code, "ng_decode_double");
        }
    }
    tally_verdict(&count, table->format->name);
}
END_TEST

/* What is derived is what enumeration finds. */
START_TEST(derived)
{
    const ng_format *format = ng_format_at((size_t)_i);
    const ref_format *row = ref_format_at((size_t)_i);
    const ref_table *table = ref_table_of(row);
    ck_assert_str_eq(format->name, row->name);
    ck_assert_uint_eq(ng_format_codes(format), table->codes);
    ck_assert_int_eq(ng_format_lsb(format), table->lsb);
    ck_assert_uint_eq(ng_format_largest(format), ref_largest(table));
    ck_assert_uint_eq(ng_format_smallest(format), ref_smallest(table));

    /* Bits of the largest magnitude a datapath can meet, special codes read as numbers. */
    MPFR_DECL_INIT(units, REF_VALUE_PRECISION);
    mpz_t number;
    mpz_init(number);
    size_t bits = 0;
    for (uint32_t code = 0; code < table->codes; code++) {
        ref_exact(mpfr_mul_2si(units, table->value[code].number, -table->lsb, MPFR_RNDN));
        ref_exact(mpfr_get_z(number, units, MPFR_RNDN));
        const size_t length = mpz_sgn(number) == 0 ? 0 : mpz_sizeinbase(number, 2);
        bits = length > bits ? length : bits;
    }
    mpz_clear(number);
    ck_assert_uint_eq(ng_format_magnitude_bits(format), bits);
}
END_TEST

START_TEST(table)
{
    ck_assert_uint_eq(ng_format_count(), ref_format_rows());
    ck_assert_ptr_null(ng_format_at(ng_format_count()));
    ck_assert_ptr_null(ng_format_at(SIZE_MAX));
    ck_assert_ptr_null(ng_format_find("e9m9"));
    ck_assert_ptr_null(ng_format_find(""));
    ck_assert_ptr_null(ng_format_find("int"));
    for (size_t i = 0; i < ref_format_rows(); i++) {
        const ng_format *format = ng_format_at(i);
        ck_assert_ptr_eq(ng_format_find(ref_format_at(i)->name), format);
        ck_assert_uint_lt(strlen(format->name), NG_FORMAT_NAME_SIZE);
    }
    ck_assert_str_eq(ng_kind_name(NG_KIND_INTEGER), "integer");
    ck_assert_str_eq(ng_kind_name(NG_KIND_MINIFLOAT), "minifloat");
    ck_assert_str_eq(ng_kind_name(NG_KIND_SHIFT), "shift");
}
END_TEST

static bool twos_complement(const ng_format *format)
{
    return format->kind == NG_KIND_POSIT ||
           (format->kind == NG_KIND_INTEGER && format->sign != NG_SIGN_SIGN_MAGNITUDE && format->sign != NG_SIGN_UNSIGNED);
}

/* A sign bit: the codes of x and -x differ in the top bit alone. Two's complement: one is minus the other. Unsigned formats
 * and codebooks have no such pairs. */
START_TEST(sign_symmetry)
{
    const ng_format *format = ng_format_at((size_t)_i);
    tally count = {0};
    const uint32_t codes = ng_format_codes(format);
    const bool paired = format->sign != NG_SIGN_UNSIGNED && format->kind != NG_KIND_CODEBOOK;
    for (uint32_t code = 0; code < codes; code++) {
        const bool twos = twos_complement(format);
        const bool ternary_zero = format->sign == NG_SIGN_TERNARY && (code & codes / 4) == 0;
        const uint32_t other = ternary_zero ? code : twos ? 0 - code : code ^ codes / 2;
        const ng_number a = ng_decode_finite(format, code);
        const ng_number b = ng_decode_finite(format, other);
        const bool lowest = twos && code == codes / 2; /* its negative is out of range */
        tally_case(&count, !paired || lowest || (a.significand == -b.significand && a.exponent == b.exponent));
    }
    tally_verdict(&count, format->name);
}
END_TEST

/* The place of a non-negative code in ascending order, where a format has its codes in another. */
static bool codes_rise(const ng_format *format)
{
    return format->kind != NG_KIND_APOT && format->kind != NG_KIND_CODEBOOK && format->kind != NG_KIND_HIFLOAT &&
           format->kind != NG_KIND_LOGARITHMIC && format->sign != NG_SIGN_TERNARY && format->bits > 1;
}

/* Codes of one sign rise with their values, which lets a comparison of codes stand for one of values. */
START_TEST(monotonic)
{
    const ng_format *format = ng_format_at((size_t)_i);
    tally count = {0};
    const uint32_t largest = ng_format_largest(format);
    for (uint32_t code = 0; codes_rise(format) && code < largest; code++) {
        tally_case(&count, ng_decode_double(format, code) < ng_decode_double(format, code + 1));
    }
    tally_case(&count, !codes_rise(format) || ng_decode_double(format, 0) <= ng_decode_double(format, largest));
    tally_verdict(&count, format->name);
}
END_TEST

Suite *ng_suite_format(void);

Suite *ng_suite_format(void)
{
    const int formats = (int)ref_format_rows();
    Suite *suite = suite_create("format");
    TCase *tcase = golden_tcase(suite, "format");
    tcase_add_test(tcase, table);
    tcase_add_loop_test(tcase, every_code_decodes, 0, formats);
    tcase_add_loop_test(tcase, every_code_as_double, 0, formats);
    tcase_add_loop_test(tcase, derived, 0, formats);
    tcase_add_loop_test(tcase, sign_symmetry, 0, formats);
    tcase_add_loop_test(tcase, monotonic, 0, formats);
    return suite;
}
