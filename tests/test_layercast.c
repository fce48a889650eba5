/* Storage formats under fp32: numbers against the golden codec and against what bits of fp32 say, DFloat11 bit for bit. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "src/quantize/layercast.h"
#include "src/quantize/scale.h"
#include "tests/support/codec_task.h"
#include "tests/support/random.h"

enum { CHANNELS = 7, REDUCTION = 45, COUNT = CHANNELS * REDUCTION };

static uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* The upper half of fp32, rounded to nearest even by integer arithmetic. */
static float bf16_of(float x)
{
    const uint32_t bits = bits_of(x);
    const uint32_t rounded = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000;
    float number;
    memcpy(&number, &rounded, sizeof number);
    return number;
}

START_TEST(bf16)
{
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 1, "bf16", "bf16", CHANNELS, REDUCTION, 1);
    made.weights[0] = 0;
    made.weights[1] = -0.0F;
    made.weights[2] = 0x1p-140F;
    ck_assert(codec_task_run(&made, _i == 0 ? "layercast" : "dfloat", &weights, &error));
    ck_assert(weights.plain);
    for (size_t i = 0; i < COUNT; i++) {
        ck_assert_uint_eq(bits_of(weights.numbers[i]), bits_of(bf16_of(made.weights[i])));
    }
    if (_i == 0) {
        ck_assert_uint_eq(weights.bits, COUNT * 16);
    }
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* The scale 2^(j/32) under which the golden codec gives these numbers; fails the test if there is none. */
static double scale_of(const ng_format *format, const float *w, const float *numbers)
{
    for (int step = -24 * NG_SCALE_STEPS; step <= 24 * NG_SCALE_STEPS; step++) {
        const float scale = ng_scale_at(step);
        size_t k = 0;
        for (; k < REDUCTION; k++) {
            const uint32_t code = ng_encode_double(format, (double)w[k] * (double)(1.0F / scale));
            const double number = ng_decode_double(format, code) * (double)scale;
            if (fabs(number - (double)numbers[k]) > 1e-6 * fabs(number)) {
                break;
            }
        }
        if (k == REDUCTION) {
            return (double)scale;
        }
    }
    ck_abort_msg("%s: numbers of no scale", format->name);
    return 0;
}

/* Every kind of format: each number is a value of it times the scale, and the one nearest to the weight (posits round their bits:
 * a value next to the nearest). */
START_TEST(kinds)
{
    static const char *const names[] = {"int4", "e4m3fn", "dense4", "apot4k2", "hif8", "nf4", "lns6f2", "p3109k8p4", "uint4",
                                        "e4m3fnuz", "ternary", "posit8es1"};
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 2 + (uint64_t)_i, names[_i], names[_i], CHANNELS, REDUCTION, 1);
    ck_assert(codec_task_run(&made, "layercast", &weights, &error));
    ck_assert_uint_eq(weights.bits, COUNT * made.task.weight->bits + CHANNELS * 32);
    for (size_t channel = 0; channel < CHANNELS; channel++) {
        const float *row = made.weights + channel * REDUCTION;
        const float *numbers = weights.numbers + channel * REDUCTION;
        const double scale = scale_of(made.task.weight, row, numbers);
        for (size_t k = 0; k < REDUCTION; k++) {
            const double number = (double)numbers[k];
            double least = INFINITY;
            bool is_value = false;
            for (uint32_t code = 0; code < ng_format_codes(made.task.weight); code++) {
                const double value = ng_decode_double(made.task.weight, code);
                if (isfinite(value) && value >= ng_decode_double(made.task.weight, ng_format_smallest(made.task.weight))) {
                    least = fmin(least, fabs((double)row[k] - value * scale));
                    is_value = is_value || fabs(value * scale - number) <= 1e-6 * fabs(number);
                }
            }
            ck_assert(is_value);
            ck_assert(made.task.weight->kind == NG_KIND_POSIT ||
                      fabs((double)row[k] - number) <= least + 2e-7 * fabs((double)row[k]));
        }
    }
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* Blocks along a channel, the last one filled up with zeros. */
START_TEST(block_storage)
{
    static const char *const names[] = {"mxfp4", "nvfp4", "bfp12"};
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 30 + (uint64_t)_i, names[_i], names[_i], CHANNELS, REDUCTION, 1);
    made.task.rule = NG_RULE_CEIL;
    const size_t block = made.task.weight->block;
    ck_assert(codec_task_run(&made, "layercast", &weights, &error));
    const size_t blocks = (REDUCTION + block - 1) / block;
    ck_assert_uint_eq(weights.bits, CHANNELS * blocks * (block * 4 + 8));
    for (size_t from = 0; from < REDUCTION; from += block) {
        float padded[128] = {0};
        uint16_t codes[128];
        const size_t used = REDUCTION - from < block ? REDUCTION - from : block;
        memcpy(padded, made.weights + from, used * sizeof *padded);
        const uint32_t scale = ng_block_encode(made.task.weight, padded, NG_RULE_CEIL, codes);
        const double unit = _i == 1 ? ng_decode_double(ng_format_find("ue4m3fn"), scale) : ldexp(1, (int)scale - 127);
        for (size_t i = 0; i < used; i++) {
            ck_assert_double_eq((double)weights.numbers[from + i], ng_decode_double(made.task.weight, codes[i]) * unit);
        }
    }
    ng_weights_free(&weights);
    codec_task_free(&made);
}
END_TEST

/* Exponents whose frequencies are powers of two: Huffman's lengths are their logarithms. 1/2 of the weights have exponent 0, 1/4
 * exponent -1, 1/8 each -2 and -3: 1.75 bits, and 8. */
START_TEST(compressed_size)
{
    enum { SIZE = 64 };
    codec_task made;
    ng_weights weights;
    ng_error error;
    codec_task_init(&made, 40, "bf16", "bf16", 1, SIZE, 1);
    for (size_t i = 0; i < SIZE; i++) {
        const int exponent = i % 2 == 0 ? 0 : i % 4 == 1 ? -1 : i % 8 == 3 ? -2 : -3;
        made.weights[i] = ldexpf(1 + (float)random_below(4, i, 128) / 128, exponent) * (i % 3 == 0 ? -1.0F : 1.0F);
    }
    ck_assert(codec_task_run(&made, "dfloat", &weights, &error));
    ck_assert_uint_eq(weights.bits, SIZE * 8 + SIZE * 7 / 4 + 256 * 8);
    ck_assert_mem_eq(weights.numbers, made.weights, SIZE * sizeof(float));
    ng_weights_free(&weights);
    codec_task_free(&made);
    codec_task_init(&made, 40, "int8", "int8", 1, SIZE, 1);
    ck_assert(!codec_task_run(&made, "dfloat", &weights, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    codec_task_free(&made);
}
END_TEST

Suite *ng_suite_layercast(void);

Suite *ng_suite_layercast(void)
{
    Suite *suite = suite_create("layercast");
    TCase *tcase = tcase_create("layercast");
    tcase_add_loop_test(tcase, bf16, 0, 2);
    tcase_add_loop_test(tcase, kinds, 0, 12);
    tcase_add_loop_test(tcase, block_storage, 0, 3);
    tcase_add_test(tcase, compressed_size);
    suite_add_tcase(suite, tcase);
    return suite;
}
