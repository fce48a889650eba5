/* Arrays to codes, on every path of this machine, against the scalar function: around every value, every midpoint and
 * every step, at the ends, random patterns, every length and alignment. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/array_encode.h"
#include "model/encode.h"
#include "model/format_name.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 7, INPUTS = 1 << 16, RANDOMS = 8192, AROUND = 2, LENGTHS = 67, OFFSETS = 8, GUARD = 0xA5 };

/* Formats without a row of their own: every kind at its widest, every way to write a sign. */
static const char *const others[] = {"lns8f6",    "lns8f0",  "posit8es4", "posit3es0", "uapot8k4", "apot7k2",
                                     "dense8",    "pot8",    "tpot8",     "e7m0",      "e3m4ftz",  "e2m5nz",
                                     "int8m",     "int8s",   "int8q6",    "uint1",     "e1m0",     "ue1m7fn",
                                     "ue4m4ieee", "e4m3b40", "e4m3bn40",  "e4m3fnuz",  "ue6m2nz",  "p3109k3p1"};

enum { OTHERS = sizeof others / sizeof others[0] };

typedef struct {
    ng_format format;
    ng_array_plan plan;
    float *values;
    size_t count;
    tally seen;
} subject;

static float from_pattern(uint32_t pattern)
{
    float value;
    memcpy(&value, &pattern, sizeof value);
    return value;
}

static uint32_t to_pattern(float value)
{
    uint32_t pattern;
    memcpy(&pattern, &value, sizeof pattern);
    return pattern;
}

static void add(subject *s, uint32_t pattern)
{
    ck_assert_uint_lt(s->count, INPUTS);
    s->values[s->count++] = from_pattern(pattern);
}

/* Patterns around one, with both signs. */
static void add_around(subject *s, uint32_t pattern)
{
    for (int i = -AROUND; i <= AROUND; i++) {
        add(s, pattern + (uint32_t)i);
        add(s, (pattern + (uint32_t)i) ^ UINT32_C(0x80000000));
    }
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Every value and every midpoint of neighbours, as the nearest fp32. */
static void add_values(subject *s)
{
    double value[256] = {0};
    size_t count = 0;
    for (uint32_t code = 0; code < ng_format_codes(&s->format); code++) {
        const double x = ng_decode_double(&s->format, code);
        if (isfinite(x)) {
            value[count++] = x;
        }
    }
    qsort(value, count, sizeof value[0], compare_doubles);
    for (size_t i = 0; i < count; i++) {
        add_around(s, to_pattern((float)value[i]));
        if (i > 0) {
            add_around(s, to_pattern((float)((value[i - 1] + value[i]) / 2)));
        }
    }
}

static void add_inputs(subject *s)
{
    static const uint32_t ends[] = {0, 2, 0x00800000, 0x7F7FFFFD, 0x7F800000, 0x7F800003, 0x7FC00000, 0x7FFFFFFD};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        add_around(s, ends[i]);
    }
    add_values(s);
    for (unsigned i = 0; i < s->plan.cells; i++) {
        if (s->plan.cell[i].last != INT32_MAX) {
            add_around(s, (uint32_t)s->plan.cell[i].last);
        }
    }
    const double top = ng_decode_double(&s->format, ng_format_largest(&s->format));
    for (uint64_t i = 0; i < RANDOMS; i++) {
        add(s, (uint32_t)random_bits(SEED, i));
        add(s, to_pattern((float)(top * random_double(SEED + 1, i, -12, 1))));
    }
}

static void check_path(subject *s, ng_array_path path, const uint8_t *expected)
{
    uint8_t *codes = malloc(INPUTS);
    ck_assert_ptr_nonnull(codes);
    ng_array_encode_on(path, &s->plan, s->values, s->count, codes);
    for (size_t i = 0; i < s->count; i++) {
        if (!tally_case(&s->seen, codes[i] == expected[i]) && !tally_full(&s->seen)) {
            fprintf(stderr, "array-%s (%s) of %a (0x%08x): got 0x%02x expected 0x%02x\n", s->format.name,
                    ng_array_path_name(path), (double)s->values[i], (unsigned)to_pattern(s->values[i]),
                    (unsigned)codes[i], (unsigned)expected[i]);
        }
    }
    free(codes);
}

static void check_format(const ng_format *format)
{
    subject *s = calloc(1, sizeof *s);
    uint8_t *expected = malloc(INPUTS);
    ck_assert_ptr_nonnull(s);
    ck_assert_ptr_nonnull(expected);
    s->format = *format;
    s->values = malloc(INPUTS * sizeof s->values[0]);
    ck_assert_ptr_nonnull(s->values);
    ck_assert(ng_array_plan_init(&s->plan, format));
    add_inputs(s);
    for (size_t i = 0; i < s->count; i++) {
        expected[i] = (uint8_t)ng_encode_double(format, (double)s->values[i]);
    }
    check_path(s, NG_PATH_PORTABLE, expected);
    if (ng_array_path_runs(NG_PATH_AVX2)) {
        check_path(s, NG_PATH_AVX2, expected);
    }
    tally_verdict(&s->seen, format->name);
    free(s->values);
    free(expected);
    free(s);
}

START_TEST(catalogue)
{
    const ng_format *format = ng_format_at((size_t)_i);
    static ng_array_plan plan;
    if (format->bits > NG_ARRAY_BITS_MAX) {
        ck_assert(!ng_array_plan_init(&plan, format));
        return;
    }
    check_format(format);
}
END_TEST

START_TEST(other_formats)
{
    ng_format format;
    ck_assert_int_eq(ng_format_parse(others[_i], NULL, 0, &format, NULL), NG_PARSE_OK);
    check_format(&format);
}
END_TEST

/* Values so close that no cells tell them apart: one by one, with the same codes. */
START_TEST(crowded_codebook)
{
    const ng_codebook book = {.name = "crowded",
                              .bits = 3,
                              .value = {0x1p-60F, 0x1.000006p0F, 0, -4, 0x1p60F, -0x1p-60F, 0x1.000002p0F, 1}};
    const ng_format format = {
        .name = "crowded", .kind = NG_KIND_CODEBOOK, .bits = 3, .has_zero = true, .codebook = &book};
    static ng_array_plan plan;
    ck_assert(ng_format_valid(&format));
    ck_assert(ng_array_plan_init(&plan, &format));
    ck_assert_uint_eq(plan.cells, 0);
    check_format(&format);
}
END_TEST

/* 256 unsorted values of both signs. */
START_TEST(full_codebook)
{
    static ng_codebook book = {.name = "full", .bits = 8};
    const ng_format format = {.name = "full", .kind = NG_KIND_CODEBOOK, .bits = 8, .has_zero = true, .codebook = &book};
    for (int i = 0; i < 256; i++) {
        book.value[(i * 77) & 255] = (float)(i - 128) + 0.25F * (float)(i % 3);
    }
    ck_assert(ng_format_valid(&format));
    check_format(&format);
}
END_TEST

/* Every length and every place of both arrays; nothing is written beyond them. */
START_TEST(lengths_and_places)
{
    static ng_array_plan plan;
    const ng_array_path path = _i == 0 ? NG_PATH_PORTABLE : NG_PATH_AVX2;
    const ng_format *format = ng_format_find("e4m3fn");
    float values[LENGTHS + OFFSETS];
    tally seen = {0};
    ck_assert(ng_array_plan_init(&plan, format));
    for (uint64_t i = 0; i < LENGTHS + OFFSETS; i++) {
        values[i] = (float)random_double(SEED, i, -12, 10);
    }
    for (size_t length = 0; length <= LENGTHS; length++) {
        for (size_t place = 0; place < OFFSETS; place++) {
            uint8_t codes[LENGTHS + 2 * OFFSETS];
            memset(codes, GUARD, sizeof codes);
            ng_array_encode_on(path, &plan, values + place, length, codes + OFFSETS - place);
            for (size_t i = 0; i < sizeof codes; i++) {
                const size_t at = i - (OFFSETS - place);
                const bool written = i >= OFFSETS - place && at < length;
                const uint32_t expected = written ? ng_encode_double(format, (double)values[place + at]) : GUARD;
                tally_case(&seen, codes[i] == expected);
            }
        }
    }
    tally_verdict(&seen, ng_array_path_name(path));
}
END_TEST

START_TEST(refused)
{
    static ng_array_plan plan;
    ng_format broken = *ng_format_find("e4m3");
    broken.bits = 7;
    plan.cells = 77;
    ck_assert(!ng_array_plan_init(&plan, &broken));
    ck_assert(!ng_array_plan_init(&plan, ng_format_find("bf16")));
    ck_assert_uint_eq(plan.cells, 77);
}
END_TEST

Suite *ng_suite_array_encode(void);

Suite *ng_suite_array_encode(void)
{
    Suite *suite = suite_create("array_encode");
    TCase *tcase = golden_tcase(suite, "array_encode");
    tcase_add_loop_test(tcase, catalogue, 0, (int)ng_format_count());
    tcase_add_loop_test(tcase, other_formats, 0, OTHERS);
    tcase_add_test(tcase, crowded_codebook);
    tcase_add_test(tcase, full_codebook);
    tcase_add_loop_test(tcase, lengths_and_places, 0, 2);
    tcase_add_test(tcase, refused);
    return suite;
}
