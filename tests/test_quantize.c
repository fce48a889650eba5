/* The fast quantisers against model/encode.h, bit for bit, and the calibration methods against brute force. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "model/format_name.h"
#include "model/scale.h"
#include "model/unit.h"
#include "src/quantize/block.h"
#include "src/quantize/pair.h"
#include "src/quantize/scale.h"
#include "src/quantize/two_level.h"
#include "src/quantize/weights.h"
#include "tests/support/random.h"

enum { NUMBERS = 20000, BLOCKS = 3000 };

/* What ng_grid_round() must give: the model's code, its value in units of the least significant bit. */
static double reference(const ng_format *format, float x, float scale)
{
    const double r = (double)(1.0F / scale);
    const uint32_t code = ng_encode_double(format, isnan(x) ? 0 : (double)x * r);
    return ldexp(ng_decode_double(format, code), -ng_format_lsb(format));
}

static void check_round(const ng_format *format, const float *x, size_t count, float scale)
{
    ng_grid grid;
    double *got = malloc(count * sizeof *got);
    float *narrow = malloc(count * sizeof *narrow);
    ck_assert_ptr_nonnull(got);
    ck_assert_ptr_nonnull(narrow);
    ng_grid_init(&grid, format);
    const double factor = ng_grid_factor(&grid, scale);
    (void)ng_grid_round(&grid, factor, x, count, got);
    const bool fits = ng_format_magnitude_bits(format) <= 24;
    (void)(fits && ng_grid_round_float(&grid, factor, x, count, narrow));
    for (size_t i = 0; i < count; i++) {
        const double expected = reference(format, x[i], scale);
        ck_assert_msg(got[i] >= expected && got[i] <= expected, "%s x %a scale %a: got %a expected %a", format->name,
                      (double)x[i], (double)scale, got[i], expected);
        ck_assert_msg(!fits || ((double)narrow[i] >= expected && (double)narrow[i] <= expected), "%s x %a as fp32", format->name,
                      (double)x[i]);
    }
    free(got);
    free(narrow);
}

/* The rows of the catalogue that the quantisers round to, and a few more names. */
static const char *const more[] = {"dense5", "dense6", "pot6", "apot6k2", "apot7k3", "apot8k4", "bf16"};
enum { MORE = sizeof more / sizeof more[0] };

static const ng_format *scalar_format(int index, ng_format *named)
{
    const int rows = (int)ng_format_count();
    if (index >= rows) {
        ck_assert_int_eq(ng_format_parse(more[index - rows], NULL, 0, named, NULL), NG_PARSE_OK);
    } else {
        *named = *ng_format_at((size_t)index);
    }
    return ng_grid_serves(named) || (named->block == 0 && named->bits <= 8) ? named : NULL;
}

/* Every value, every midpoint of two values, and their neighbours in fp32, at scale 1. */
START_TEST(values_and_ties)
{
    ng_format named;
    const ng_format *format = scalar_format(_i, &named);
    if (format == NULL) {
        return;
    }
    float *x = malloc((size_t)ng_format_codes(format) * 9 * sizeof *x);
    ck_assert_ptr_nonnull(x);
    size_t count = 0;
    for (uint32_t a = 0; a < ng_format_codes(format); a++) {
        for (uint32_t b = a; b < ng_format_codes(format) && b < a + 3; b++) {
            const float middle = (float)((ng_decode_double(format, a) + ng_decode_double(format, b)) / 2);
            if (!isfinite(middle)) {
                continue;
            }
            x[count++] = middle;
            x[count++] = nextafterf(middle, INFINITY);
            x[count++] = nextafterf(middle, -INFINITY);
        }
    }
    check_round(format, x, count, 1);
    free(x);
}
END_TEST

START_TEST(random_numbers)
{
    ng_format named;
    const ng_format *format = scalar_format(_i, &named);
    if (format == NULL) {
        return;
    }
    float *x = malloc(NUMBERS * sizeof *x);
    ck_assert_ptr_nonnull(x);
    for (unsigned run = 0; run < 4; run++) {
        const float scale = (float)fabs(random_double(11, run, -20, 4));
        for (uint64_t i = 0; i < NUMBERS; i++) {
            x[i] = (float)random_double(12 + run, i, -30, 12) * scale;
        }
        x[0] = INFINITY;
        x[1] = -INFINITY;
        x[2] = 0.0F;
        x[3] = -0.0F;
        x[4] = NAN;
        check_round(format, x, NUMBERS, scale);
    }
    free(x);
}
END_TEST

START_TEST(nan_is_reported)
{
    ng_grid grid;
    double out[3];
    const float x[3] = {1, NAN, 2};
    ng_grid_init(&grid, ng_format_find("int8"));
    ck_assert(!ng_grid_round(&grid, ng_grid_factor(&grid, 1), x, 3, out));
    ck_assert(out[1] >= 0 && out[1] <= 0);
    ck_assert(ng_grid_round(&grid, ng_grid_factor(&grid, 1), x, 1, out));
}
END_TEST

/* ---- blocks ---------------------------------------------------------------------------------------------------- */

static void check_block(const ng_format *format, ng_scale_rule rule, const float *x)
{
    uint16_t codes[64];
    float got[64];
    memcpy(got, x, format->block * sizeof *x);
    ck_assert(ng_block_round(format, rule, got, 1, format->block));
    const uint32_t scale = ng_block_encode(format, x, rule, codes);
    for (unsigned i = 0; i < format->block; i++) {
        const double expected = ldexp(ng_decode_double(format, codes[i]), (int)scale - NG_SCALE_BIAS);
        ck_assert_msg((double)got[i] >= expected && (double)got[i] <= expected,
                      "%s rule %d element %u: %a, scale %u: got %a expected %a", format->name, (int)rule, i, (double)x[i],
                      scale, (double)got[i], expected);
    }
}

/* Numbers of few bits, so that ties and the limits of a binade occur, of exponents that spread over the block. */
static void random_block(uint64_t seed, unsigned count, float *x)
{
    const int centre = (int)random_below(seed, 1, 80) - 40;
    const int spread = 1 + (int)random_below(seed, 2, 12);
    const unsigned bits = random_below(seed, 3, 2) ? 24 : 5;
    for (unsigned i = 0; i < count; i++) {
        const int size = (int)random_below(seed, 10 + i, 1U << bits) - (1 << (bits - 1));
        x[i] = ldexpf((float)size, centre - (int)bits - (int)random_below(seed, 100 + i, (uint32_t)spread));
    }
}

START_TEST(blocks)
{
    const ng_format *format = ng_format_at((size_t)_i);
    if (format->block == 0 || format->scale == NG_SCALE_UE4M3 || !ng_is_exact_pair(format, format)) {
        return;
    }
    for (uint64_t i = 0; i < BLOCKS; i++) {
        float x[64];
        random_block(i, format->block, x);
        for (size_t rule = 0; ng_block_rule_at(rule) != NULL; rule++) {
            check_block(format, ng_block_rule_at(rule)->rule, x);
        }
    }
    const float zeros[64] = {0};
    check_block(format, NG_RULE_CEIL, zeros);
    check_block(format, NG_RULE_MSE, zeros);
}
END_TEST

/* Where a rule changes its mind: largest magnitudes around the element's own, and around its multiples by the root of 2 and of
 * 1/2, one unit of fp32 at a time; the other numbers of one or two steps, so that errors come out alike. */
START_TEST(blocks_at_the_limits)
{
    const ng_format *format = ng_format_at((size_t)_i);
    if (format->block == 0 || format->scale == NG_SCALE_UE4M3 || !ng_is_exact_pair(format, format)) {
        return;
    }
    const double largest = fabs(ng_decode_double(format, ng_format_largest(format)));
    const double least = ldexp(1, ng_format_lsb(format));
    const double limits[] = {largest, largest * sqrt(2), largest * sqrt(0.5), -ng_decode_double(format, ng_format_smallest(format))};
    for (size_t limit = 0; limit < sizeof limits / sizeof limits[0]; limit++) {
        for (int step = -3; step <= 3; step++) {
            float x[64] = {0};
            x[7] = nextafterf((float)limits[limit], step < 0 ? 0 : INFINITY);
            for (int i = 1; i < abs(step); i++) {
                x[7] = nextafterf(x[7], step < 0 ? 0 : INFINITY);
            }
            x[7] *= step % 2 == 0 ? -1 : 1;
            for (unsigned i = 8; i < format->block && step > -3; i++) {
                x[i] = (float)(least * (double)(i % 5) * (step + 3 > 3 ? 0.5 : 1));
            }
            for (size_t rule = 0; ng_block_rule_at(rule) != NULL; rule++) {
                check_block(format, ng_block_rule_at(rule)->rule, x);
            }
        }
    }
}
END_TEST

/* ---- blocks of two scale levels ---------------------------------------------------------------------------------- */

static const char *const two_levels[] = {"nvfp4", "e2m3_k16_ue4m3", "e4m3fn_k8_ue4m3", "e5m2_k32_ue4m3", "int4_k16_ue4m3", "int8_k5_ue4m3"};
enum { TWO_LEVELS = sizeof two_levels / sizeof two_levels[0] };

static void check_two_levels(const ng_format *format, float tensor, ng_scale_rule rule, const float *x)
{
    uint16_t codes[64];
    float got[64];
    memcpy(got, x, format->block * sizeof *x);
    ck_assert(ng_block_round_under(format, tensor, rule, got, 1, format->block));
    const uint32_t code = ng_block_encode_under(format, tensor, x, rule, codes);
    const ng_number scale = ng_scale_decode(format->scale, code);
    for (unsigned i = 0; i < format->block; i++) {
        const double expected = ng_decode_double(format, codes[i]) * ldexp((double)scale.significand, scale.exponent);
        ck_assert_msg((double)got[i] >= expected && (double)got[i] <= expected, "%s tensor %a rule %d element %u: %a, scale %u: got %a expected %a",
                      format->name, (double)tensor, (int)rule, i, (double)x[i], code, (double)got[i], expected);
    }
}

static float beside(float x, int steps)
{
    for (int i = 0; i < abs(steps); i++) {
        x = nextafterf(x, steps < 0 ? -INFINITY : INFINITY);
    }
    return x;
}

/* Random blocks, and numbers at the midpoints of elements and of scales, one unit of fp32 at a time, under tensor scales of many bits,
 * of one, and near both ends of fp32. */
START_TEST(blocks_of_two_levels)
{
    static const float tensors[] = {1, 0x1.861862p-12F, 0x1.fffffep3F, 0x1p-149F, 0x1.8p-140F, 0x1.234568p80F};
    static const ng_scale_rule rules[] = {NG_RULE_CEIL, NG_RULE_FLOOR, NG_RULE_ROUND};
    ng_format format;
    ck_assert_int_eq(ng_format_parse(two_levels[_i % TWO_LEVELS], NULL, 0, &format, NULL), NG_PARSE_OK);
    const float tensor = tensors[_i / TWO_LEVELS];
    const double largest = ng_decode_double(&format, ng_format_largest(&format));
    const uint32_t magnitudes = ng_format_largest(&format);
    for (uint64_t i = 0; i < 500; i++) {
        float x[64];
        const uint32_t code = random_below(700, i, 126);
        const ng_number scales[] = {ng_scale_decode(NG_SCALE_UE4M3, code), ng_scale_decode(NG_SCALE_UE4M3, code + 1)};
        const double here = ldexp((double)scales[0].significand, scales[0].exponent);
        const double next = ldexp((double)scales[1].significand, scales[1].exponent);
        const double limits[] = {here, (here + next) / 2, next};
        random_block(i, format.block, x);
        for (unsigned k = 0; k < format.block; k++) {
            const uint32_t element = random_below(701, i * 64 + k, magnitudes);
            const double middle = (ng_decode_double(&format, element) + ng_decode_double(&format, element + 1)) / 2;
            const float at = beside((float)(middle * here * (double)tensor), (int)random_below(702, i * 64 + k, 3) - 1);
            x[k] = i % 3 == 0 ? ldexpf(x[k], ilogbf(tensor)) : random_below(703, i * 64 + k, 2) ? -at : at;
        }
        if (i % 3 != 0) {
            x[0] = beside((float)(limits[i % 9 / 3] * largest * (double)tensor), (int)random_below(704, i, 5) - 2);
            x[0] = isfinite(x[0]) ? x[0] : FLT_MAX;
        }
        check_two_levels(&format, tensor, rules[i / 9 % 3], x);
        if (i % 100 == 0) {
            check_two_levels(&format, tensor, NG_RULE_MSE, x);
        }
    }
    float odd[64] = {0};
    check_two_levels(&format, tensor, NG_RULE_CEIL, odd);
    odd[3] = NAN;
    ck_assert(!ng_block_round_under(&format, tensor, NG_RULE_ROUND, odd, 1, format.block));
    odd[3] = -INFINITY;
    ck_assert(!ng_block_round_under(&format, tensor, NG_RULE_ROUND, odd, 1, format.block));
}
END_TEST

/* Blocks that are no whole vectors, some of them short. */
START_TEST(odd_blocks)
{
    static const char *const names[] = {"int8_k8_b8", "e2m1_k7_e8m0", "e4m3fn_k24_e8m0"};
    ng_format format;
    ck_assert_int_eq(ng_format_parse(names[_i], NULL, 0, &format, NULL), NG_PARSE_OK);
    for (uint64_t i = 0; i < 200; i++) {
        enum { COLUMNS = 60 };
        float x[COLUMNS];
        float got[COLUMNS];
        const ng_scale_rule rule = ng_block_rule_at(i % 4)->rule;
        random_block(i, COLUMNS, x);
        memcpy(got, x, sizeof x);
        ck_assert(ng_block_round(&format, rule, got, 1, COLUMNS));
        for (unsigned at = 0; at < COLUMNS; at += format.block) {
            float whole[64] = {0};
            const unsigned used = COLUMNS - at < format.block ? COLUMNS - at : format.block;
            memcpy(whole, x + at, used * sizeof *x);
            ck_assert(ng_block_round(&format, rule, whole, 1, format.block));
            ck_assert_mem_eq(got + at, whole, used * sizeof *x);
            memset(whole + used, 0, sizeof whole - used * sizeof *x);
            memcpy(whole, x + at, used * sizeof *x);
            check_block(&format, rule, whole);
        }
    }
}
END_TEST

START_TEST(blocks_out_of_range)
{
    const ng_format *format = ng_format_find("mxfp4");
    const float bad[] = {NAN, INFINITY, -INFINITY, 0x1p60F, 0x1p-80F, 0x1p-140F};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        float x[64] = {0};
        x[5] = bad[i];
        x[40] = 1;
        for (size_t rule = 0; ng_block_rule_at(rule) != NULL; rule++) {
            float y[64];
            memcpy(y, x, sizeof y);
            ck_assert(!ng_block_round(format, ng_block_rule_at(rule)->rule, y, 1, 64));
        }
    }
}
END_TEST

/* ---- scales ---------------------------------------------------------------------------------------------------- */

static double brute_error(const ng_format *format, const float *x, size_t count, float scale)
{
    const double unit = 1 / (double)(1.0F / scale);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        const double difference = (double)x[i] - ldexp(reference(format, x[i], scale), ng_format_lsb(format)) * unit;
        sum += difference * difference;
    }
    return sum;
}

START_TEST(search_finds_the_least_error)
{
    static const char *const names[] = {"int3", "int4", "int8", "e2m1", "e4m3", "dense4", "pot4"};
    const ng_format *format = ng_format_find(names[_i]);
    ng_grid grid;
    ng_grid_init(&grid, format);
    for (unsigned run = 0; run < 5; run++) {
        float x[37];
        float largest = 0;
        for (unsigned i = 0; i < 37; i++) {
            x[i] = (float)random_double(30 + run, i, -6, 1);
            largest = fmaxf(largest, fabsf(x[i]));
        }
        const float found = ng_scale_search(&grid, x, NULL, 37, largest);
        double least = INFINITY;
        const int centre = (int)lrint(log2((double)ng_scale_for(&grid, largest)) * NG_SCALE_STEPS);
        for (int step = centre - 6 * NG_SCALE_STEPS; step <= centre + NG_SCALE_STEPS; step++) {
            least = fmin(least, brute_error(format, x, 37, ng_scale_at(step)));
        }
        const double error = brute_error(format, x, 37, found);
        ck_assert_msg(error <= least * (1 + 1e-12), "%s: error %g, least %g", format->name, error, least);
    }
}
END_TEST

/* Numbers that are centres of bins: the search over the histogram must see just them. */
START_TEST(calibration_by_histogram)
{
    ng_histogram histogram;
    ng_grid grid;
    float x[1000];
    float scale;
    ng_grid_init(&grid, ng_format_find("int4"));
    ck_assert(ng_histogram_init(&histogram));
    for (unsigned i = 0; i < 1000; i++) {
        const float number = (float)random_double(40, i, -4, 2);
        uint32_t bits;
        memcpy(&bits, &number, sizeof bits);
        bits = (bits >> NG_BIN_SHIFT << NG_BIN_SHIFT) | UINT32_C(1) << (NG_BIN_SHIFT - 1);
        memcpy(&x[i], &bits, sizeof bits);
    }
    x[7] = 0;
    ck_assert(ng_histogram_add(&histogram, x, 600));
    ck_assert(ng_histogram_add(&histogram, x + 600, 400));
    const ng_calibration *mse = ng_calibration_find("mse");
    ck_assert(mse->choose(&grid, &histogram, mse->share, &scale));
    const float direct = ng_scale_search(&grid, x, NULL, 1000, histogram.largest);
    ck_assert(scale >= direct && scale <= direct);
    const ng_calibration *most = ng_calibration_find("max");
    ck_assert(most->choose(&grid, &histogram, most->share, &scale));
    ck_assert(scale >= histogram.largest / 7 && scale <= histogram.largest / 7);
    ng_histogram_free(&histogram);
}
END_TEST

START_TEST(percentiles)
{
    ng_histogram histogram;
    float x[1000];
    for (unsigned i = 0; i < 1000; i++) {
        x[i] = (i % 2 ? 1.0F : -1.0F) * (float)(i + 1);
    }
    ck_assert(ng_histogram_init(&histogram));
    ck_assert(ng_histogram_add(&histogram, x, 1000));
    ck_assert_float_eq_tol(ng_histogram_quantile(&histogram, 0.9), 900, 2);
    ck_assert_float_eq(ng_histogram_quantile(&histogram, 1), 1000);
    x[0] = NAN;
    ck_assert(!ng_histogram_add(&histogram, x, 1));
    ng_histogram_free(&histogram);
}
END_TEST

START_TEST(tables_have_names)
{
    ck_assert_str_eq(ng_calibration_at(0)->name, "mse");
    ck_assert_ptr_null(ng_calibration_find("least"));
    ck_assert_ptr_null(ng_calibration_at(99));
    ck_assert_ptr_eq(ng_block_rule_find("floor"), ng_block_rule_at(1));
    ck_assert_ptr_null(ng_block_rule_find("least"));
    ck_assert_int_eq(ng_block_rule_find("round")->rule, NG_RULE_ROUND);
    ck_assert_int_eq(ng_block_rule_find("mse")->rule, NG_RULE_MSE);
}
END_TEST

/* sum |w| * reach by plain integers, where they suffice. */
START_TEST(bound_of_a_layer)
{
    const double values[6] = {3, -4, 0, 100, -1, 1};
    const ng_wide bound = ng_weights_bound(values, 2, 3, 127);
    const ng_wide expected = ng_wide_from_int(102 * 127);
    ck_assert(ng_wide_equal(&bound, &expected));
}
END_TEST

Suite *ng_suite_quantize(void);

Suite *ng_suite_quantize(void)
{
    const int formats = (int)ng_format_count();
    Suite *suite = suite_create("quantize");
    TCase *tcase = tcase_create("quantize");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, values_and_ties, 0, formats + MORE);
    tcase_add_loop_test(tcase, random_numbers, 0, formats + MORE);
    tcase_add_test(tcase, nan_is_reported);
    tcase_add_loop_test(tcase, blocks, 0, formats);
    tcase_add_loop_test(tcase, blocks_at_the_limits, 0, formats);
    tcase_add_test(tcase, blocks_out_of_range);
    tcase_add_loop_test(tcase, blocks_of_two_levels, 0, 6 * TWO_LEVELS);
    tcase_add_loop_test(tcase, odd_blocks, 0, 3);
    tcase_add_loop_test(tcase, search_finds_the_least_error, 0, 7);
    tcase_add_test(tcase, calibration_by_histogram);
    tcase_add_test(tcase, percentiles);
    tcase_add_test(tcase, tables_have_names);
    tcase_add_test(tcase, bound_of_a_layer);
    suite_add_tcase(suite, tcase);
    return suite;
}
