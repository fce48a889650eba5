/* Products of two activations against MPFR: codes by model/encode.h, sums exact at 600 bits, one rounding. */
#include <check.h>
#include <math.h>
#include <mpfr.h>
#include <stdlib.h>
#include <string.h>

#include "model/block_encode.h"
#include "model/encode.h"
#include "model/scale.h"
#include "model/unit.h"
#include "src/infer/attention.h"
#include "tests/support/random.h"

enum { IMAGES = 2, HEADS = 2, ROWS = 3, DEPTH = 37, COLUMNS = 5, BITS = 600 };
enum { LEFT = ROWS * DEPTH, RIGHT = DEPTH * COLUMNS, OUT = ROWS * COLUMNS };

static const char *const formats[] = {"int3", "int8", "e2m1", "e4m3", "e4m3fn", "e5m2", "e6m1"};
static const char *const blocks[] = {"mxfp4",      "mxint8",     "bfp_m4k16", "bfp_m8k32",
                                     "mxfp8_e4m3", "mxfp8_e5m2", "msfp16",    "nvfp4"};

typedef struct {
    ng_step step;
    ng_argument in[2];
    float left[IMAGES * HEADS * LEFT];
    float right[IMAGES * HEADS * RIGHT];
    float out[IMAGES * HEADS * OUT];
    ng_attention_recipe recipe;
} toy;

/* [images][heads][rows][depth] times [images][heads or 1][depth][columns]. */
static void make(toy *t, const char *format, size_t right_heads, uint64_t seed)
{
    t->in[0] = (ng_argument){.tensor = 0, .shape = {3, {HEADS, ROWS, DEPTH}}};
    t->in[1] = (ng_argument){.tensor = 1, .shape = {3, {right_heads, DEPTH, COLUMNS}}};
    t->step = (ng_step){.operation = NG_OP_MatMul, .layer = NG_NO_LAYER, .attention = 0, .inputs = 2, .in = t->in,
                        .out = {.tensor = 2, .shape = {3, {HEADS, ROWS, COLUMNS}}}};
    for (size_t i = 0; i < IMAGES * HEADS * LEFT; i++) {
        t->left[i] = ((float)random_below(seed, i, 20001) - 10000) / 3000;
    }
    for (size_t i = 0; i < IMAGES * HEADS * RIGHT; i++) {
        t->right[i] = ((float)random_below(seed + 1, i, 20001) - 10000) / 70000;
    }
    t->recipe = (ng_attention_recipe){.format = ng_format_find(format), .rule = NG_RULE_FLOOR, .scale = {0.03F, 0.0011F}};
    ck_assert_ptr_nonnull(t->recipe.format);
}

static void run(toy *t)
{
    ng_error error;
    const float *in[2] = {t->left, t->right};
    const ng_job job = {&t->step, IMAGES, in, t->out};
    void *scratch = malloc(ng_attention_scratch(&t->step, IMAGES));
    ck_assert_ptr_nonnull(scratch);
    ck_assert_msg(ng_attention_run(&t->recipe, &job, scratch, &error), "%s", error.text);
    free(scratch);
}

/* Adds the value of the code nearest to x / scale times that of y / its scale. */
static void add_product(mpfr_t sum, const toy *t, float x, float y)
{
    const ng_format *format = t->recipe.format;
    mpfr_t product;
    mpfr_init2(product, BITS);
    mpfr_set_d(product, ng_decode_double(format, ng_encode_double(format, (double)x * (double)(1.0F / t->recipe.scale[0]))), MPFR_RNDN);
    mpfr_mul_d(product, product, ng_decode_double(format, ng_encode_double(format, (double)y * (double)(1.0F / t->recipe.scale[1]))),
               MPFR_RNDN);
    mpfr_add(sum, sum, product, MPFR_RNDN);
    mpfr_clear(product);
}

static float scalar_result(const toy *t, const float *left, const float *right, size_t row, size_t column)
{
    mpfr_t sum;
    mpfr_init2(sum, BITS);
    mpfr_set_zero(sum, 1);
    for (size_t k = 0; k < DEPTH; k++) {
        add_product(sum, t, left[row * DEPTH + k], right[k * COLUMNS + column]);
    }
    const float value = mpfr_get_flt(sum, MPFR_RNDN);
    mpfr_clear(sum);
    const float scale = t->recipe.scale[0] * t->recipe.scale[1];
    return value * scale;
}

START_TEST(scalar_formats)
{
    toy *t = malloc(sizeof *t);
    const size_t right_heads = _i % 2 == 0 ? HEADS : 1;
    make(t, formats[_i / 2], right_heads, (uint64_t)_i);
    run(t);
    for (size_t i = 0; i < IMAGES * HEADS * OUT; i++) {
        const size_t matrix = i / OUT;
        const size_t right = right_heads == 1 ? matrix / HEADS : matrix;
        const float expected = scalar_result(t, t->left + matrix * LEFT, t->right + right * RIGHT, i % OUT / COLUMNS, i % COLUMNS);
        ck_assert_msg(memcmp(&expected, &t->out[i], sizeof expected) == 0, "%s, result %zu: got %a, expected %a", formats[_i / 2],
                      i, (double)t->out[i], (double)expected);
    }
    free(t);
}
END_TEST

/* Adds x * y and what both scales make of it. */
static void add_scaled(mpfr_t sum, double x, double y, ng_number a, ng_number b)
{
    mpfr_t product;
    mpfr_init2(product, BITS);
    mpfr_set_d(product, x, MPFR_RNDN);
    mpfr_mul_d(product, product, y, MPFR_RNDN);
    mpfr_mul_si(product, product, (long)(a.significand * b.significand), MPFR_RNDN);
    mpfr_mul_2si(product, product, a.exponent + b.exponent, MPFR_RNDN);
    mpfr_add(sum, sum, product, MPFR_RNDN);
    mpfr_clear(product);
}

/* total + the exact sum of the block from term `at` on, one rounding. */
static float add_block(const toy *t, float total, const float *left, const float *right, size_t at)
{
    const ng_format *format = t->recipe.format;
    const bool two = format->scale == NG_SCALE_UE4M3;
    float values[2][NG_LANES_MAX] = {{0}};
    uint16_t codes[2][NG_LANES_MAX];
    ng_number scale[2];
    mpfr_t sum;
    for (size_t i = 0; i < format->block && at + i < DEPTH; i++) {
        values[0][i] = left[at + i];
        values[1][i] = right[(at + i) * COLUMNS];
    }
    for (unsigned side = 0; side < 2; side++) {
        const float tensor = two ? t->recipe.scale[side] : 1;
        scale[side] = ng_scale_decode(format->scale, ng_block_encode_under(format, tensor, values[side], t->recipe.rule, codes[side]));
    }
    mpfr_init2(sum, BITS);
    mpfr_set_d(sum, (double)total, MPFR_RNDN);
    for (size_t i = 0; i < format->block; i++) {
        add_scaled(sum, ng_decode_double(format, codes[0][i]), ng_decode_double(format, codes[1][i]), scale[0], scale[1]);
    }
    const float rounded = mpfr_get_flt(sum, MPFR_RNDN);
    mpfr_clear(sum);
    return rounded;
}

static float block_result(const toy *t, const float *left, const float *right, size_t row, size_t column)
{
    float total = 0;
    for (size_t at = 0; at < DEPTH; at += t->recipe.format->block) {
        total = add_block(t, total, left + row * DEPTH, right + column, at);
    }
    const float scale = t->recipe.scale[0] * t->recipe.scale[1];
    return t->recipe.format->scale == NG_SCALE_UE4M3 ? total * scale : total;
}

START_TEST(block_formats)
{
    toy *t = malloc(sizeof *t);
    make(t, blocks[_i], HEADS, (uint64_t)_i);
    run(t);
    for (size_t i = 0; i < IMAGES * HEADS * OUT; i++) {
        const size_t matrix = i / OUT;
        const float expected = block_result(t, t->left + matrix * LEFT, t->right + matrix * RIGHT, i % OUT / COLUMNS, i % COLUMNS);
        ck_assert_msg(memcmp(&expected, &t->out[i], sizeof expected) == 0, "%s, result %zu: got %a, expected %a", blocks[_i], i,
                      (double)t->out[i], (double)expected);
    }
    free(t);
}
END_TEST

/* Every arithmetic is met above; the emulation is near it; NaN is refused. */
START_TEST(arithmetics)
{
    static const ng_arithmetic expected[] = {NG_FLOAT24, NG_FLOAT24, NG_FLOAT24, NG_DOUBLE53, NG_DOUBLE53, NG_SPLIT, NG_SPLIT};
    toy *t = malloc(sizeof *t);
    toy *fake = malloc(sizeof *fake);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        make(t, formats[i], HEADS, i);
        make(fake, formats[i], HEADS, i);
        ck_assert_int_eq(ng_attention_arithmetic(&t->recipe, &t->step), expected[i]);
        fake->recipe.fake = true;
        run(t);
        run(fake);
        for (size_t k = 0; k < IMAGES * HEADS * OUT; k++) {
            ck_assert_double_le(fabs((double)t->out[k] - (double)fake->out[k]), 1e-3);
        }
    }
    ng_error error;
    const float *in[2] = {t->left, t->right};
    const ng_job job = {&t->step, IMAGES, in, t->out};
    void *scratch = malloc(ng_attention_scratch(&t->step, IMAGES));
    ng_node node = {.label = "attention"};
    t->step.node = &node;
    t->left[5] = NAN;
    ck_assert(!ng_attention_run(&t->recipe, &job, scratch, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ck_assert_ptr_nonnull(strstr(error.text, "attention"));
    free(scratch);
    free(fake);
    free(t);
}
END_TEST

Suite *ng_suite_attention(void)
{
    Suite *suite = suite_create("attention");
    TCase *tcase = tcase_create("attention");
    tcase_add_loop_test(tcase, scalar_formats, 0, 2 * (int)(sizeof formats / sizeof formats[0]));
    tcase_add_loop_test(tcase, block_formats, 0, (int)(sizeof blocks / sizeof blocks[0]));
    tcase_add_test(tcase, arithmetics);
    suite_add_tcase(suite, tcase);
    return suite;
}
