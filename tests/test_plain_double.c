/* The short way of ng_encode_double() for plain kinds against ng_encode(), which takes the long one with the same
 * number. */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "model/encode.h"
#include "model/format_name.h"
#include "model/parts/plain_double.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 3, RANDOMS = 4000 };

static const char *const others[] = {"e1m7", "e8m7", "e5m10ieee", "int16", "int2", "int8q100", "e4m3bn60", "e4m3b200"};

enum { OTHERS = sizeof others / sizeof others[0] };

static void try(const ng_format *format, double x, tally *seen)
{
    uint32_t got = 0;
    int exponent = 0;
    if (!ng_plain_double(format, x, &got)) {
        return;
    }
    const ng_wide wide = ng_wide_from_int((int64_t)ldexp(frexp(x, &exponent), 53));
    const uint32_t expected = ng_encode(format, &wide, exponent - 53);
    if (!tally_case(seen, got == expected) && !tally_full(seen)) {
        fprintf(stderr, "plain-%s of %a: got 0x%04x expected 0x%04x\n", format->name, x, (unsigned)got,
                (unsigned)expected);
    }
    tally_case(seen, ng_encode_double(format, x) == expected);
}

static void try_around(const ng_format *format, double x, tally *seen)
{
    const double at[] = {x, nextafter(x, INFINITY), nextafter(x, -INFINITY)};
    for (unsigned i = 0; i < sizeof at / sizeof at[0]; i++) {
        try(format, at[i], seen);
        try(format, -at[i], seen);
    }
}

static void check_format(const ng_format *format)
{
    tally seen = {0};
    const int lsb = ng_format_lsb(format);
    const uint32_t step = format->bits > 10 ? 61 : 1;
    for (uint32_t code = 0; code + step < ng_format_codes(format); code += step) {
        const ng_number here = ng_decode_finite(format, code);
        const ng_number next = ng_decode_finite(format, code + 1);
        const double a = ldexp((double)here.significand, here.exponent);
        const double b = ldexp((double)next.significand, next.exponent);
        try_around(format, a, &seen);
        try_around(format, (a + b) / 2, &seen);
    }
    for (int exponent = -1074; exponent < 1024; exponent++) {
        try_around(format, ldexp(1, exponent), &seen);
        try_around(format, ldexp(1.5, exponent), &seen);
    }
    try_around(format, DBL_MAX, &seen);
    for (uint64_t i = 0; i < RANDOMS; i++) {
        try(format, random_double(SEED, i, -1022, 1024), &seen);
        try(format, random_double(SEED, i, lsb - 3, lsb + 20), &seen);
    }
    tally_verdict(&seen, format->name);
}

/* True for the kinds the short way serves, stated a second time. */
static bool is_plain(const ng_format *format)
{
    const bool minifloat = format->kind == NG_KIND_MINIFLOAT && format->has_zero && !format->flush && format->mantissa_bits > 0;
    return format->sign == NG_SIGN_SIGNED && (format->kind == NG_KIND_INTEGER || minifloat);
}

START_TEST(catalogue)
{
    uint32_t code = 0;
    const ng_format *format = ng_format_at((size_t)_i);
    ck_assert(ng_plain_double(format, 1.0, &code) == is_plain(format));
    if (is_plain(format)) {
        check_format(format);
    }
}
END_TEST

START_TEST(other_formats)
{
    ng_format format;
    ck_assert_int_eq(ng_format_parse(others[_i], NULL, 0, &format, NULL), NG_PARSE_OK);
    check_format(&format);
}
END_TEST

/* What it leaves to the long way. */
START_TEST(left_alone)
{
    static const double odd[] = {0.0, -0.0, INFINITY, -INFINITY, NAN, 0x1p-1074, -0x1p-1030};
    for (unsigned i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        uint32_t code = 99;
        ck_assert(!ng_plain_double(ng_format_find("e4m3"), odd[i], &code));
        ck_assert_uint_eq(code, 99);
    }
}
END_TEST

/* Without a mantissa the even code is not the even significand: the long way decides their ties, to the even code. */
START_TEST(no_mantissa)
{
    static const char *const names[] = {"e1m0", "e3m0", "e2m0fnuz", "p3109k8p1"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        ng_format format;
        uint32_t code = 99;
        ck_assert_int_eq(ng_format_parse(names[i], NULL, 0, &format, NULL), NG_PARSE_OK);
        ck_assert(!ng_plain_double(&format, 1.0, &code));
        ck_assert_uint_eq(code, 99);
        for (uint32_t low = 0; low + 1 <= ng_format_largest(&format); low++) {
            const double middle = (ng_decode_double(&format, low) + ng_decode_double(&format, low + 1)) / 2;
            ck_assert_uint_eq(ng_encode_double(&format, middle), low + (low & 1));
        }
    }
}
END_TEST

Suite *ng_suite_plain_double(void);

Suite *ng_suite_plain_double(void)
{
    Suite *suite = suite_create("plain_double");
    TCase *tcase = golden_tcase(suite, "plain_double");
    tcase_add_loop_test(tcase, catalogue, 0, (int)ng_format_count());
    tcase_add_loop_test(tcase, other_formats, 0, OTHERS);
    tcase_add_test(tcase, left_alone);
    tcase_add_test(tcase, no_mantissa);
    return suite;
}
