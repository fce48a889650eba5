/* Thresholds against the affine and the quantiser as real numbers: every x of short inputs, both sides of every
 * threshold of long ones. */
#include <math.h>
#include <stdio.h>

#include "model/format_name.h"
#include "model/thresholds.h"
#include "tests/ref/ref_number.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SHORT_BITS = 11, LONG_BITS = 48, AFFINES = 24, PRECISION = 4500 };

static const char outputs[][NG_FORMAT_NAME_SIZE] = {"int3", "int4", "int8", "e1m1", "e2m1", "e2m2", "e4m3", "e4m3fn",
                                                    "e5m2ieee", "dense2", "dense4", "pot3", "pot4"};
enum { OUTPUTS = sizeof outputs / sizeof outputs[0] };

/* The value the definition gives for x. */
static double reference(const ref_table *table, const ng_affine *affine, int64_t x)
{
    mpfr_t value;
    mpfr_t offset;
    mpfr_init2(value, PRECISION);
    mpfr_init2(offset, 53);
    ref_exact(mpfr_set_sj(value, x, MPFR_RNDN));
    ref_exact(mpfr_mul_d(value, value, affine->gain, MPFR_RNDN));
    ref_exact(mpfr_set_d(offset, affine->offset, MPFR_RNDN));
    ref_exact(mpfr_add(value, value, offset, MPFR_RNDN));
    if (mpfr_zero_p(value)) {
        mpfr_set_zero(value, 1);
    }
    const uint32_t code = ref_nearest(table, value);
    mpfr_clears(value, offset, (mpfr_ptr)0);
    return mpfr_get_d(table->value[code].number, MPFR_RNDN);
}

static bool agrees(const ng_thresholds *made, const ref_table *table, const ng_affine *affine, int64_t x)
{
    const uint32_t code = ng_thresholds_apply(made, x);
    const double got = mpfr_get_d(table->value[code].number, MPFR_RNDN);
    const double expected = reference(table, affine, x);
    if (got != expected) {
        fprintf(stderr, "thresholds %s, %a * %lld + %a: got %a expected %a\n", table->format->name, affine->gain,
                (long long)x, affine->offset, got, expected);
    }
    return got == expected;
}

/* Affines that use most of the output's range over inputs of `bits` bits, some with ties, some far off. */
static ng_affine some_affine(const ng_format *output, unsigned bits, uint64_t index)
{
    const double range = ng_decode_double(output, ng_format_largest(output));
    const double gain = ldexp(range, 1 - (int)bits);
    switch (index % 6) {
    case 0: return (ng_affine){gain * fabs(random_double(1, index, -2, 3)), 0};
    case 1: return (ng_affine){gain * fabs(random_double(2, index, -1, 4)), range * random_double(3, index, -4, 1)};
    case 2: return (ng_affine){ldexp(1, (int)random_below(4, index, 12) - 8), 0};
    case 3: return (ng_affine){ldexp(1, (int)random_below(5, index, 12) - 8), 0.5};
    case 4: return (ng_affine){gain, random_double(6, index, -300, -200)};
    default: return (ng_affine){fabs(random_double(7, index, -900, 900)), random_double(8, index, -900, 900)};
    }
}

/* Different finite values of a format. */
static unsigned values_of(const ref_table *table)
{
    unsigned values = 1;
    for (unsigned i = 1; i < table->finite; i++) {
        const uint32_t below = table->order[i - 1];
        values += !mpfr_equal_p(table->value[below].number, table->value[table->order[i]].number);
    }
    return values;
}

/* All values, ascending, and their thresholds in order. */
static bool in_order(const ng_thresholds *made, const ng_format *output, const ref_table *table)
{
    bool ok = made->count + 1 == values_of(table);
    for (unsigned i = 0; i < made->count; i++) {
        ok = ok && ng_decode_double(output, made->code[i]) < ng_decode_double(output, made->code[i + 1]);
        ok = ok && (i == 0 || made->threshold[i - 1] <= made->threshold[i]);
    }
    return ok;
}

/* _i: the output. */
START_TEST(every_short_input)
{
    tally count = {0, 0};
    const ng_format *output = ng_format_find(outputs[_i]);
    const ref_table *table = ref_table_named(outputs[_i]);
    for (uint64_t i = 0; i < AFFINES && !tally_full(&count); i++) {
        const ng_affine affine = some_affine(output, SHORT_BITS, i);
        ng_thresholds made;
        ck_assert_int_eq(ng_thresholds_init(&made, &affine, SHORT_BITS, output, NULL), NG_THRESHOLDS_OK);
        tally_case(&count, in_order(&made, output, table));
        for (int64_t x = -(1 << (SHORT_BITS - 1)); x < 1 << (SHORT_BITS - 1) && !tally_full(&count); x++) {
            tally_case(&count, agrees(&made, table, &affine, x));
        }
    }
    tally_verdict(&count, "thresholds, every short input");
}
END_TEST

/* _i: the output. A threshold and the number below it, the ends, and random inputs. */
START_TEST(long_inputs)
{
    tally count = {0, 0};
    const ng_format *output = ng_format_find(outputs[_i]);
    const ref_table *table = ref_table_named(outputs[_i]);
    const int64_t end = INT64_C(1) << (LONG_BITS - 1);
    for (uint64_t i = 0; i < AFFINES && !tally_full(&count); i++) {
        const ng_affine affine = some_affine(output, LONG_BITS, i);
        ng_thresholds made;
        ck_assert_int_eq(ng_thresholds_init(&made, &affine, LONG_BITS, output, NULL), NG_THRESHOLDS_OK);
        tally_case(&count, in_order(&made, output, table) && agrees(&made, table, &affine, -end) &&
                               agrees(&made, table, &affine, end - 1));
        for (unsigned level = 0; level < made.count; level++) {
            const int64_t x = made.threshold[level];
            tally_case(&count, x >= -end && x <= end && (x == end || agrees(&made, table, &affine, x)) &&
                                   (x == -end || agrees(&made, table, &affine, x - 1)));
        }
        for (uint64_t j = 0; j < 50; j++) {
            const int64_t x = (int64_t)random_bits(i, j) >> (64 - LONG_BITS + random_below(9, j, LONG_BITS));
            tally_case(&count, agrees(&made, table, &affine, x));
        }
    }
    tally_verdict(&count, "thresholds, long inputs");
}
END_TEST

/* _i: the output. Every direction, every input of nine bits, against the encoder that the rounding suite proves. */
START_TEST(directions)
{
    tally count = {0, 0};
    const ng_format *output = ng_format_find(outputs[_i]);
    for (uint64_t i = 0; i < 7 * 12; i++) {
        const ng_encode_options options = {.rounding = (ng_rounding)(i % 7)};
        const ng_affine affine = some_affine(output, 9, i / 7);
        const bool refused_one = options.rounding == NG_ROUND_DOWN && !output->has_zero;
        ng_thresholds made = {.count = 0};
        ck_assert_int_eq(ng_thresholds_init(&made, &affine, 9, output, &options),
                         refused_one ? NG_THRESHOLDS_OPTIONS : NG_THRESHOLDS_OK);
        if (refused_one) {
            continue;
        }
        for (int64_t x = -256; x < 256; x++) {
            const double got = ng_decode_double(output, ng_thresholds_apply(&made, x));
            const double expected = ng_decode_double(output, ng_affine_encode(&affine, x, output, &options));
            tally_case(&count, got == expected);
        }
    }
    tally_verdict(&count, "thresholds, directions");
}
END_TEST

/* The example of the header. */
START_TEST(examples)
{
    ng_format output;
    ng_thresholds made;
    const ng_affine half = {0.5, 0};
    ck_assert_int_eq(ng_format_parse("uint2", NULL, 0, &output, NULL), NG_PARSE_OK);
    ck_assert_int_eq(ng_thresholds_init(&made, &half, 8, &output, NULL), NG_THRESHOLDS_OK);
    ck_assert_uint_eq(made.count, 3);
    ck_assert_int_eq(made.threshold[0], 2);
    ck_assert_int_eq(made.threshold[1], 3);
    ck_assert_int_eq(made.threshold[2], 6); /* 2.5 is a tie, to 2 */
}
END_TEST

START_TEST(refused)
{
    const ng_format *output = ng_format_find("int4");
    const ng_format *block = ng_format_find("mxfp4");
    const ng_affine good = {1, 0};
    const ng_affine bad[] = {{0, 0}, {-1, 0}, {NAN, 0}, {INFINITY, 0}, {1, NAN}, {1, INFINITY}};
    const ng_encode_options stochastic = {.rounding = NG_ROUND_STOCHASTIC, .random_bits = 8};
    const ng_encode_options wrapping = {.overflow = NG_OVERFLOW_WRAP};
    ng_thresholds made = {.count = 99};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_int_eq(ng_thresholds_init(&made, &bad[i], 8, output, NULL), NG_THRESHOLDS_AFFINE);
    }
    ck_assert_int_eq(ng_thresholds_init(&made, &good, 8, block, NULL), NG_THRESHOLDS_FORMAT);
    ck_assert_int_eq(ng_thresholds_init(&made, &good, 0, output, NULL), NG_THRESHOLDS_BITS);
    ck_assert_int_eq(ng_thresholds_init(&made, &good, 63, output, NULL), NG_THRESHOLDS_BITS);
    ck_assert_int_eq(ng_thresholds_init(&made, &good, 8, output, &stochastic), NG_THRESHOLDS_OPTIONS);
    ck_assert_int_eq(ng_thresholds_init(&made, &good, 8, output, &wrapping), NG_THRESHOLDS_OPTIONS);
    ck_assert_uint_eq(made.count, 99);
    ck_assert_int_eq(ng_thresholds_init(&made, &good, 62, output, NULL), NG_THRESHOLDS_OK);
    ck_assert_uint_eq(made.count, 15);
    ck_assert_int_eq(ng_thresholds_init(&made, &good, 1, output, NULL), NG_THRESHOLDS_OK);
    ck_assert_int_eq(made.threshold[14], 1); /* 7 is out of reach of -1 and 0 */
}
END_TEST

Suite *ng_suite_thresholds(void);

Suite *ng_suite_thresholds(void)
{
    Suite *suite = suite_create("thresholds");
    TCase *tcase = golden_tcase(suite, "thresholds");
    tcase_add_loop_test(tcase, every_short_input, 0, OUTPUTS);
    tcase_add_loop_test(tcase, long_inputs, 0, OUTPUTS);
    tcase_add_loop_test(tcase, directions, 0, OUTPUTS);
    tcase_add_test(tcase, examples);
    tcase_add_test(tcase, refused);
    return suite;
}
