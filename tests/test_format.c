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
    ck_assert_uint_ge(ng_format_count(), ref_format_count());
    ck_assert_ptr_null(ng_format_at(ng_format_count()));
    ck_assert_ptr_null(ng_format_at(SIZE_MAX));
    ck_assert_ptr_null(ng_format_find("e9m9"));
    ck_assert_ptr_null(ng_format_find(""));
    ck_assert_ptr_null(ng_format_find("int"));
    for (size_t i = 0; i < ref_format_count(); i++) {
        const ng_format *format = ng_format_at(i);
        ck_assert_ptr_eq(ng_format_find(ref_format_at(i)->name), format);
        ck_assert_uint_lt(strlen(format->name), NG_FORMAT_NAME_SIZE);
    }
    ck_assert_str_eq(ng_kind_name(NG_KIND_INTEGER), "integer");
    ck_assert_str_eq(ng_kind_name(NG_KIND_MINIFLOAT), "minifloat");
    ck_assert_str_eq(ng_kind_name(NG_KIND_SHIFT), "shift");
}
END_TEST

/* Codes as the standards print them. */
typedef struct {
    char format[16];
    uint32_t code;
    double value;
} printed;

static const printed standards[] = {
    /* OCP OFP8 v1.0, table 1 (E4M3): largest normal S.1111.110, smallest normal S.0001.000, subnormals, NaN. */
    {"e4m3fn", 0x7E, 448}, {"e4m3fn", 0xFE, -448}, {"e4m3fn", 0x08, 0x1p-6}, {"e4m3fn", 0x07, 0.875 * 0x1p-6},
    {"e4m3fn", 0x01, 0x1p-9}, {"e4m3fn", 0x00, 0.0}, {"e4m3fn", 0x80, -0.0}, {"e4m3fn", 0x38, 1},
    {"e4m3fn", 0x78, 256}, {"e4m3fn", 0x7F, NAN}, {"e4m3fn", 0xFF, NAN},
    /* OCP OFP8 v1.0, table 1 (E5M2). */
    {"e5m2ieee", 0x7B, 57344}, {"e5m2ieee", 0xFB, -57344}, {"e5m2ieee", 0x04, 0x1p-14},
    {"e5m2ieee", 0x03, 0.75 * 0x1p-14}, {"e5m2ieee", 0x01, 0x1p-16}, {"e5m2ieee", 0x00, 0.0},
    {"e5m2ieee", 0x80, -0.0}, {"e5m2ieee", 0x3C, 1}, {"e5m2ieee", 0x7C, INFINITY}, {"e5m2ieee", 0xFC, -INFINITY},
    {"e5m2ieee", 0x7D, NAN}, {"e5m2ieee", 0x7E, NAN}, {"e5m2ieee", 0x7F, NAN}, {"e5m2ieee", 0xFD, NAN},
    /* OCP MX v1.0, section 5.3.2 (FP6) and 5.3.3 (FP4). */
    {"e2m3", 0x1F, 7.5}, {"e2m3", 0x3F, -7.5}, {"e2m3", 0x08, 1}, {"e2m3", 0x07, 0.875}, {"e2m3", 0x01, 0.125},
    {"e3m2", 0x1F, 28}, {"e3m2", 0x3F, -28}, {"e3m2", 0x04, 0.25}, {"e3m2", 0x03, 0.1875}, {"e3m2", 0x01, 0.0625},
    {"e2m1", 0x0, 0}, {"e2m1", 0x1, 0.5}, {"e2m1", 0x2, 1}, {"e2m1", 0x3, 1.5}, {"e2m1", 0x4, 2}, {"e2m1", 0x5, 3},
    {"e2m1", 0x6, 4}, {"e2m1", 0x7, 6}, {"e2m1", 0xF, -6}, {"e2m1", 0x8, -0.0}, {"mxfp4", 0x7, 6}, {"mxfp4", 0x9, -0.5},
    /* OCP MX v1.0, section 5.3.4: two's complement with an implicit 2^-6. */
    {"mxint8", 0x7F, 127.0 / 64}, {"mxint8", 0x81, -127.0 / 64}, {"mxint8", 0x80, -2}, {"mxint8", 0x40, 1},
    {"mxint8", 0x01, 0x1p-6}, {"mxint8", 0x00, 0},
    /* Post-Training Quantization with Low-precision Minifloats: every code a number, bias 2^(x-1) - 1. */
    {"e4m3", 0x7F, 480}, {"e5m2", 0x7F, 114688}, {"e1m1", 0x1, 1}, {"e1m1", 0x3, 3}, {"e3m4", 0x7F, 31},
    {"e6m1", 0x7F, 1.5 * 0x1p32}, {"e6m1", 0x01, 0x1p-31},
    /* DeepShift: sign, a shift in [-(2^(b-1) - 2), 0], and a zero. */
    {"pot4", 0x0, 0}, {"pot4", 0x1, 0x1p-6}, {"pot4", 0x7, 1}, {"pot4", 0xF, -1}, {"pot3", 0x1, 0.25}, {"pot3", 0x3, 1},
    /* DenseShift: zero-free, 2^b levels. */
    {"dense4", 0x0, 0x1p-7}, {"dense4", 0x7, 1}, {"dense4", 0x8, -0x1p-7}, {"dense3", 0x0, 0.125}, {"dense2", 0x1, 1},
    {"dense2", 0x0, 0.5}, {"dense2", 0x3, -1},
    /* Block floating point: a fraction in [-2, 2). */
    {"bfp_m4k32", 0x7, 1.75}, {"bfp_m4k32", 0x8, -2}, {"bfp_m4k32", 0x1, 0.25}, {"bfp_m8k16", 0x7F, 127.0 / 64},
    {"int8", 0x80, -128}, {"int8", 0x7F, 127}, {"int8", 0xFF, -1}, {"int3", 0x4, -4}, {"int3", 0x3, 3},
};

START_TEST(printed_codes)
{
    const printed *row = &standards[_i];
    const double got = ng_decode_double(ng_format_find(row->format), row->code);
    /* Both the model and the oracle stand before the printed table. */
    const ref_value *oracle = &ref_table_named(row->format)->value[row->code];
    if (isnan(row->value)) {
        ck_assert_msg(isnan(got), "%s 0x%02x", row->format, (unsigned)row->code);
        ck_assert_int_eq(oracle->class, REF_NAN);
        return;
    }
    ck_assert_msg(got == row->value, "%s 0x%02x: %a", row->format, (unsigned)row->code, got);
    ck_assert_int_eq(signbit(got) != 0, signbit(row->value) != 0);
    if (isinf(row->value)) {
        ck_assert_int_eq(oracle->class, REF_INFINITE);
    } else {
        ck_assert_int_eq(mpfr_cmp_d(oracle->number, row->value), 0);
    }
}
END_TEST

/* Sign-magnitude formats: the codes of x and -x differ in the top bit alone. Integers: two's complement. */
START_TEST(sign_symmetry)
{
    const ng_format *format = ng_format_at((size_t)_i);
    tally count = {0};
    const uint32_t codes = ng_format_codes(format);
    for (uint32_t code = 0; code < codes; code++) {
        const bool twos = format->kind == NG_KIND_INTEGER;
        const uint32_t other = twos ? 0 - code : code ^ codes / 2;
        const ng_number a = ng_decode_finite(format, code);
        const ng_number b = ng_decode_finite(format, other);
        const bool lowest = twos && code == codes / 2; /* its negative is out of range */
        tally_case(&count, lowest || (a.significand == -b.significand && a.exponent == b.exponent));
    }
    tally_verdict(&count, format->name);
}
END_TEST

/* Codes of one sign rise with their values, which lets a comparison of codes stand for one of values. */
START_TEST(monotonic)
{
    const ng_format *format = ng_format_at((size_t)_i);
    tally count = {0};
    const uint32_t largest = ng_format_largest(format);
    for (uint32_t code = 0; code < largest; code++) {
        tally_case(&count, ng_decode_double(format, code) < ng_decode_double(format, code + 1));
    }
    tally_verdict(&count, format->name);
}
END_TEST

Suite *ng_suite_format(void);

Suite *ng_suite_format(void)
{
    const int formats = (int)ref_format_count();
    Suite *suite = suite_create("format");
    TCase *tcase = golden_tcase(suite, "format");
    tcase_add_test(tcase, table);
    tcase_add_loop_test(tcase, every_code_decodes, 0, formats);
    tcase_add_loop_test(tcase, every_code_as_double, 0, formats);
    tcase_add_loop_test(tcase, derived, 0, formats);
    tcase_add_loop_test(tcase, printed_codes, 0, sizeof standards / sizeof standards[0]);
    tcase_add_loop_test(tcase, sign_symmetry, 0, formats);
    tcase_add_loop_test(tcase, monotonic, 0, formats);
    return suite;
}
