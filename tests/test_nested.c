/* Nested integers: all 256 weights at all widths under all rules, and what the rules promise of their errors. */
#include <check.h>
#include <stdlib.h>

#include "model/format.h"
#include "model/nested.h"
#include "tests/ref/ref_nested.h"

static int signed_value(uint32_t code, unsigned bits)
{
    const int value = (int)code;
    return value >= 1 << (bits - 1) ? value - (1 << bits) : value;
}

/* Twice the number. */
static int twice(ng_number number)
{
    return (int)(number.exponent == -1 ? number.significand : 2 * number.significand);
}

START_TEST(slices)
{
    const unsigned bits = (unsigned)_i;
    for (int q = -128; q < 128; q++) {
        const uint32_t code = (uint32_t)q & 0xFF;
        int first = 0;
        int size = 0;
        ref_nested_cell(q, bits, &first, &size);
        const uint32_t prefix = ng_nested_slice(code, bits, NG_NESTED_TRUNCATE);
        ck_assert_int_eq(signed_value(prefix, bits) * size, first);
        ck_assert_int_eq((int)ng_nested_residual(code, bits), q - first);
        ck_assert_uint_eq(ng_nested_join(prefix, ng_nested_residual(code, bits), bits), code);
        ck_assert_uint_eq(ng_nested_slice(code, bits, NG_NESTED_CENTRE), prefix);
        ck_assert_int_eq(signed_value(ng_nested_slice(code, bits, NG_NESTED_ROUND), bits), ref_nested_nearest(q, bits));
        /* Bits above the width are ignored. */
        ck_assert_uint_eq(ng_nested_slice(code | 0xABC00, bits, NG_NESTED_TRUNCATE), prefix);
    }
}
END_TEST

START_TEST(values)
{
    const unsigned bits = (unsigned)_i;
    const int step = 1 << (8 - bits);
    int bias = 0;
    for (int q = -128; q < 128; q++) {
        const uint32_t code = (uint32_t)q & 0xFF;
        const uint32_t prefix = ng_nested_slice(code, bits, NG_NESTED_TRUNCATE);
        const int truncated = 2 * q - twice(ng_nested_decode(prefix, bits, NG_NESTED_TRUNCATE));
        const int centred = 2 * q - twice(ng_nested_decode(prefix, bits, NG_NESTED_CENTRE));
        const uint32_t slice = ng_nested_slice(code, bits, NG_NESTED_ROUND);
        const int rounded = 2 * q - twice(ng_nested_decode(slice, bits, NG_NESTED_ROUND));
        ck_assert_int_eq(2 * q - centred, ref_nested_twice_mean(q, bits));
        ck_assert(truncated >= 0 && truncated <= 2 * (step - 1));
        ck_assert_int_le(abs(centred), step - 1);
        ck_assert_int_eq(2 * q - rounded, 2 * step * ref_nested_nearest(q, bits));
        const int most = (1 << (bits - 1)) - 1;
        ck_assert_int_lt(rounded, 2 * step);
        ck_assert(abs(rounded) <= step || signed_value(slice, bits) == most);
        bias += centred;
        if (bits == 8) {
            ck_assert(truncated == 0 && centred == 0 && rounded == 0);
        }
    }
    ck_assert_int_eq(bias, 0);
}
END_TEST

/* A prefix is the code of int<b>, whose grid is 2^k times as coarse; of a prefix the prefix is that of the weight. */
START_TEST(is_an_integer_format)
{
    static const char *const names[] = {"int3", "int4", "int5", "int6", "int7", "int8"};
    for (unsigned i = 0; i < 6; i++) {
        const ng_format *format = ng_format_find(names[i]);
        for (uint32_t code = 0; code < 256; code++) {
            const uint32_t prefix = ng_nested_slice(code, format->bits, NG_NESTED_TRUNCATE);
            const ng_number narrow = ng_decode(format, prefix);
            const ng_number nested = ng_nested_decode(prefix, format->bits, NG_NESTED_TRUNCATE);
            ck_assert_int_eq(nested.significand, narrow.significand * (INT64_C(1) << (8 - format->bits)));
            for (unsigned fewer = 1; fewer <= format->bits; fewer++) {
                const uint32_t widened = ng_nested_join(prefix, 0, format->bits);
                ck_assert_uint_eq(ng_nested_slice(widened, fewer, NG_NESTED_TRUNCATE),
                                  ng_nested_slice(code, fewer, NG_NESTED_TRUNCATE));
            }
        }
    }
}
END_TEST

/* The examples of the header, and widths out of range. */
START_TEST(by_hand)
{
    ck_assert_uint_eq(ng_nested_slice(0x6B, 4, NG_NESTED_TRUNCATE), 6);
    ck_assert_uint_eq(ng_nested_residual(0x6B, 4), 11);
    ck_assert_int_eq(twice(ng_nested_decode(6, 4, NG_NESTED_TRUNCATE)), 2 * 96);
    ck_assert_int_eq(twice(ng_nested_decode(6, 4, NG_NESTED_CENTRE)), 207);
    ck_assert_uint_eq(ng_nested_slice(0x6B, 4, NG_NESTED_ROUND), 7);
    ck_assert_int_eq(twice(ng_nested_decode(1, 2, NG_NESTED_CENTRE)), 191);
    ck_assert_uint_eq(ng_nested_slice(0x6B, 2, NG_NESTED_ROUND), 1);
    ck_assert_uint_eq(ng_nested_slice(0x80, 0, NG_NESTED_TRUNCATE), 1);
    ck_assert_uint_eq(ng_nested_slice(0x6B, 99, NG_NESTED_ROUND), 0x6B);
    ck_assert_int_eq(ng_nested_decode(0x1FF, 9, NG_NESTED_TRUNCATE).significand, -1);
    ck_assert_uint_eq(ng_nested_residual(0xFF, 0), 0x7F);
}
END_TEST

Suite *ng_suite_nested(void);

Suite *ng_suite_nested(void)
{
    Suite *suite = suite_create("nested");
    TCase *tcase = tcase_create("nested");
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, slices, 1, 9);
    tcase_add_loop_test(tcase, values, 1, 9);
    tcase_add_test(tcase, is_an_integer_format);
    tcase_add_test(tcase, by_hand);
    return suite;
}
