/* Arrays of codes to fp32 against the scalar function. */
#include <math.h>
#include <string.h>

#include "model/array_decode.h"
#include "model/format_name.h"
#include "tests/support/golden_check.h"

enum { CODES = 256, LENGTHS = 67 };

static bool same_bits(float a, float b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

/* Every byte, the bits above the format's width among them. */
START_TEST(catalogue)
{
    const ng_format *format = ng_format_at((size_t)_i);
    ng_decode_table table;
    uint8_t codes[CODES];
    float values[CODES];
    tally seen = {0};
    if (format->bits > 8) {
        ck_assert(!ng_decode_table_init(&table, format));
        ck_assert(!ng_decode_table_init_rounded(&table, format));
        return;
    }
    const bool exact = ng_decode_table_init(&table, format);
    ck_assert(exact == (format->kind != NG_KIND_LOGARITHMIC));
    ck_assert(exact || ng_decode_table_init_rounded(&table, format));
    for (unsigned i = 0; i < CODES; i++) {
        codes[i] = (uint8_t)(i * 37);
    }
    ng_array_decode(&table, codes, CODES, values);
    for (unsigned i = 0; i < CODES; i++) {
        const double value = ng_decode_double(format, codes[i] & (ng_format_codes(format) - 1));
        tally_case(&seen, same_bits(values[i], (float)value));
        tally_case(&seen, !exact || isnan(value) || (double)values[i] == value);
    }
    tally_verdict(&seen, format->name);
}
END_TEST

START_TEST(lengths)
{
    ng_decode_table table;
    uint8_t codes[LENGTHS];
    tally seen = {0};
    const ng_format *format = ng_format_find("e5m2");
    ck_assert(ng_decode_table_init(&table, format));
    for (unsigned i = 0; i < LENGTHS; i++) {
        codes[i] = (uint8_t)(i * 101);
    }
    for (size_t length = 0; length <= LENGTHS; length++) {
        float values[LENGTHS + 1];
        for (size_t i = 0; i <= LENGTHS; i++) {
            values[i] = 12345.0F;
        }
        ng_array_decode(&table, codes, length, values);
        for (size_t i = 0; i <= LENGTHS; i++) {
            const float expected = i < length ? (float)ng_decode_double(format, codes[i]) : 12345.0F;
            tally_case(&seen, same_bits(values[i], expected));
        }
    }
    tally_verdict(&seen, "lengths");
}
END_TEST

/* 2^-160 is no fp32; the rounded table has 0 there. */
START_TEST(refused)
{
    ng_decode_table table = {{42}};
    ng_format tiny = *ng_format_find("e4m3");
    tiny.bias = 155;
    ck_assert(ng_format_valid(&tiny));
    ck_assert(!ng_decode_table_init(&table, &tiny));
    ck_assert(table.value[0] == 42);
    ck_assert(ng_decode_table_init_rounded(&table, &tiny));
    ck_assert(table.value[1] == 0);
    tiny.bits = 7;
    ck_assert(!ng_decode_table_init_rounded(&table, &tiny));
}
END_TEST

Suite *ng_suite_array_decode(void);

Suite *ng_suite_array_decode(void)
{
    Suite *suite = suite_create("array_decode");
    TCase *tcase = golden_tcase(suite, "array_decode");
    tcase_add_loop_test(tcase, catalogue, 0, (int)ng_format_count());
    tcase_add_test(tcase, lengths);
    tcase_add_test(tcase, refused);
    return suite;
}
