/* Layers whose outputs are several scaled sums, sums that begin with a bias, and the low-rank branch: against exact integers of 128 bits
 * and the formulas of src/quantize/weights.h, operands from the model's own encoder. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "src/infer/product.h"
#include "tests/support/random.h"

enum { IMAGES = 2, NUMBERS_MOST = 1 << 15 };

typedef __int128 exact;

typedef struct {
    const char *weight;
    const char *activation;
    ng_arithmetic expected;
} pair;

static const pair pairs[] = {{"int4", "int8", NG_FLOAT24}, {"e4m3", "e4m3", NG_DOUBLE53}, {"e5m2", "e5m2", NG_SPLIT}};

/* Window, groups, channels: dense that is copied, dense that overlaps, grouped, depthwise, a matrix. */
typedef struct {
    size_t side, kernel, inputs, groups, channels;
} form;

static const form forms[] = {{6, 3, 4, 1, 5}, {16, 3, 4, 1, 20}, {5, 3, 6, 3, 9}, {8, 3, 5, 5, 5}, {1, 1, 40, 1, 7}};

/* Planes and slice (0: one). */
typedef struct {
    size_t planes, slice;
} cut;

static const cut cuts[] = {{1, 0}, {1, 5}, {2, 0}, {3, 4}};

enum { PAIRS = 3, FORMS = 5, CUTS = 4 };

static float number(uint64_t seed, uint64_t index)
{
    return (float)random_double(seed, index, -6, 2);
}

static void fill(uint64_t seed, size_t count, float *x)
{
    for (size_t i = 0; i < count; i++) {
        x[i] = number(seed, i);
    }
}

typedef struct {
    ng_node node;
    ng_layer layer;
    ng_weights weights;
    ng_layer_recipe own;
    ng_recipe recipe;
    ng_product product;
    float *input;
    float *out;
} setting;

static ng_layer make_layer(const ng_node *node, const form *f)
{
    const size_t pad = f->kernel / 2;
    ng_layer layer = {.node = node, .groups = f->groups, .channels = f->channels};
    layer.window = (ng_window){.height = f->side, .width = f->side, .channels = f->inputs, .kernel = {f->kernel, f->kernel},
                               .stride = {1, 1}, .dilation = {1, 1}, .before = {pad, pad}, .output = {f->side, f->side}};
    layer.positions = f->side * f->side;
    layer.reduction = f->kernel * f->kernel * f->inputs / f->groups;
    layer.direct = f->kernel == 1;
    layer.weights = calloc(layer.channels * layer.reduction, sizeof(float));
    layer.bias = calloc(layer.channels, sizeof(float));
    ck_assert(layer.weights != NULL && layer.bias != NULL);
    fill(1, layer.channels, layer.bias);
    return layer;
}

/* Random codes of the format as values, random scales. */
static void make_weights(setting *s, const ng_format *format, const cut *c)
{
    const ng_layer *l = &s->layer;
    ck_assert(ng_weights_allocate(&s->weights, c->planes, l->channels, l->reduction, c->slice != 0 ? c->slice : l->reduction));
    for (size_t i = 0; i < c->planes * l->channels * l->reduction; i++) {
        const uint32_t code = random_below(2, i, (uint32_t)ng_format_codes(format));
        s->weights.values[i] = ldexp(ng_decode_double(format, code), -ng_format_lsb(format));
    }
    fill(3, c->planes * s->weights.slices * l->channels, s->weights.scales);
}

static void set_up(setting *s, const pair *p, const form *f, const cut *c, bool sums_bias)
{
    ng_error error;
    *s = (setting){.node = {.label = "terms"}};
    s->layer = make_layer(&s->node, f);
    const size_t inputs = f->side * f->side * f->inputs;
    make_weights(s, ng_format_find(p->weight), c);
    s->own = (ng_layer_recipe){.weight = ng_format_find(p->weight), .activation = ng_format_find(p->activation), .scale = 0x1.8p-3F,
                               .weights = &s->weights, .sums_bias = sums_bias};
    s->recipe = (ng_recipe){.layers = &s->own};
    s->input = calloc(NUMBERS_MOST, sizeof *s->input);
    s->out = calloc(IMAGES * s->layer.positions * s->layer.channels, sizeof *s->out);
    ck_assert(s->input != NULL && s->out != NULL && IMAGES * inputs < NUMBERS_MOST / 2);
    fill(4, IMAGES * inputs, s->input);
    ck_assert_msg(ng_product_init(&s->product, &s->layer, 0, &s->recipe, &error), "%s", error.text);
}

static void run(setting *s)
{
    ng_error error;
    void *scratch = calloc(1, ng_product_scratch(&s->product, IMAGES));
    ck_assert_ptr_nonnull(scratch);
    ck_assert_msg(ng_product_run(&s->product, s->input, IMAGES, false, scratch, s->out, &error), "%s", error.text);
    free(scratch);
}

static void tear_down(setting *s)
{
    ng_product_free(&s->product);
    ng_weights_free(&s->weights);
    ng_layer_free(&s->layer);
    free(s->input);
    free(s->out);
}

/* The integer that an input number becomes. */
static double operand_of(const setting *s, float x)
{
    const ng_format *format = s->own.activation;
    return ldexp(ng_decode_double(format, ng_encode_double(format, (double)x * (double)(1.0F / s->own.scale))), -ng_format_lsb(format));
}

/* The operands of an output, from the raw image. */
static void operands_of(const setting *s, size_t row, size_t channel, double *out)
{
    const ng_layer *l = &s->layer;
    const ng_window *w = &l->window;
    const size_t inputs = w->channels / l->groups;
    const size_t group = channel / (l->channels / l->groups);
    const float *image = s->input + row / l->positions * w->height * w->width * w->channels;
    for (size_t k = 0; k < l->reduction; k++) {
        const size_t tap = k / inputs;
        const long y = (long)(row % l->positions / w->output[1] + tap / w->kernel[1]) - (long)w->before[0];
        const long x = (long)(row % l->positions % w->output[1] + tap % w->kernel[1]) - (long)w->before[1];
        const bool inside = y >= 0 && x >= 0 && y < (long)w->height && x < (long)w->width;
        out[k] = inside ? operand_of(s, image[((size_t)y * w->width + (size_t)x) * w->channels + group * inputs + k % inputs]) : 0;
    }
}

static exact sum_of(const setting *s, size_t plane, size_t channel, size_t from, size_t to, const double *operands)
{
    const ng_weights *w = &s->weights;
    exact sum = 0;
    for (size_t k = from; k < to; k++) {
        sum += (exact)w->values[(plane * w->channels + channel) * w->reduction + k] * (exact)operands[k];
    }
    return sum;
}

static float scaled(const setting *s, exact sum, float scale)
{
    const int lsb = ng_format_lsb(s->own.weight) + ng_format_lsb(s->own.activation);
    return ldexpf((float)sum, lsb) * (s->own.scale * scale);
}

static float expected_of(const setting *s, size_t row, size_t channel)
{
    const ng_weights *w = &s->weights;
    const size_t terms = w->planes * w->slices;
    double operands[256];
    float y = 0;
    operands_of(s, row, channel, operands);
    for (size_t t = 0; t < terms; t++) {
        const size_t from = t % w->slices * w->slice;
        const size_t to = from + w->slice < w->reduction ? from + w->slice : w->reduction;
        const float scale = w->scales[t * w->channels + channel];
        exact sum = sum_of(s, t / w->slices, channel, from, to, operands);
        if (s->own.sums_bias && terms == 1) {
            const int lsb = ng_format_lsb(s->own.weight) + ng_format_lsb(s->own.activation);
            return scaled(s, sum + (exact)rint((double)s->layer.bias[channel] / ldexp((double)(s->own.scale * scale), lsb)), scale);
        }
        const float term = scaled(s, sum, scale);
        y = terms == 1 ? term : y + term;
    }
    return y + s->layer.bias[channel];
}

static void check_all(const setting *s)
{
    const ng_layer *l = &s->layer;
    for (size_t i = 0; i < IMAGES * l->positions * l->channels; i += 3) {
        const float expected = expected_of(s, i / l->channels, i % l->channels);
        ck_assert_msg(s->out[i] >= expected && s->out[i] <= expected, "%s row %zu channel %zu: got %a expected %a",
                      ng_arithmetic_name(s->product.arithmetic), i / l->channels, i % l->channels, (double)s->out[i],
                      (double)expected);
    }
}

START_TEST(planes_and_slices)
{
    setting s;
    const pair *p = &pairs[_i / FORMS / CUTS];
    set_up(&s, p, &forms[_i / CUTS % FORMS], &cuts[_i % CUTS], false);
    ck_assert_int_le(s.product.arithmetic, p->expected); /* short sums need less */
    run(&s);
    check_all(&s);
    tear_down(&s);
}
END_TEST

/* Every arithmetic must have been met above. */
START_TEST(arithmetics)
{
    setting s;
    set_up(&s, &pairs[_i], &forms[1], &cuts[0], false);
    ck_assert_int_eq(s.product.arithmetic, pairs[_i].expected);
    tear_down(&s);
}
END_TEST

/* The bias is a term of the sum. */
START_TEST(bias_in_the_accumulator)
{
    setting s;
    set_up(&s, &pairs[_i / FORMS], &forms[_i % FORMS], &cuts[0], true);
    ck_assert_ptr_nonnull(s.product.start);
    run(&s);
    check_all(&s);
    tear_down(&s);
}
END_TEST

/* One that does not fit saturates. */
START_TEST(bias_beyond_the_accumulator)
{
    setting s;
    ng_error error;
    set_up(&s, &pairs[0], &forms[4], &cuts[0], true);
    ng_product_free(&s.product);
    s.layer.bias[0] = 1e9F;
    ck_assert_msg(ng_product_init(&s.product, &s.layer, 0, &s.recipe, &error), "%s", error.text);
    const double bound = ldexp(1, (int)s.product.accumulator_bits - 1);
    ck_assert_double_lt(fabs(s.product.start[0]), bound);
    ck_assert_double_gt(fabs(s.product.start[0]), bound / 4); /* the room that the largest sum leaves */
    tear_down(&s);
}
END_TEST

/* A term of rank 2 with small integers: exact in fp32, so the order of its sums does not matter. */
START_TEST(low_rank)
{
    enum { RANK = 2 };
    setting plain;
    setting with;
    ng_error error;
    const form *f = &forms[_i];
    set_up(&plain, &pairs[0], f, &cuts[0], false);
    set_up(&with, &pairs[0], f, &cuts[0], false);
    ng_product_free(&with.product);
    ng_weights *w = &with.weights;
    w->rank = RANK;
    w->left = calloc(w->channels * RANK, sizeof *w->left);
    w->right = calloc(RANK * w->reduction, sizeof *w->right);
    ck_assert(w->left != NULL && w->right != NULL);
    for (size_t i = 0; i < w->channels * RANK; i++) {
        w->left[i] = (float)random_below(10, i, 5) - 2;
    }
    for (size_t i = 0; i < RANK * w->reduction; i++) {
        w->right[i] = (float)random_below(11, i, 5) - 2;
    }
    if (f->groups > 1) {
        ck_assert(!ng_product_init(&with.product, &with.layer, 0, &with.recipe, &error));
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    } else {
        ck_assert_msg(ng_product_init(&with.product, &with.layer, 0, &with.recipe, &error), "%s", error.text);
        run(&plain);
        run(&with);
        for (size_t i = 0; i < IMAGES * with.layer.positions * w->channels; i += 3) {
            double operands[256];
            double added = 0;
            operands_of(&with, i / w->channels, i % w->channels, operands);
            for (size_t j = 0; j < RANK * w->reduction; j++) {
                added += (double)w->left[i % w->channels * RANK + j / w->reduction] * (double)w->right[j] * operands[j % w->reduction];
            }
            const float expected = plain.out[i] + (float)(added * (double)with.own.scale);
            ck_assert_msg(with.out[i] >= expected && with.out[i] <= expected, "output %zu: got %a expected %a", i,
                          (double)with.out[i], (double)expected);
        }
    }
    tear_down(&plain);
    tear_down(&with);
}
END_TEST

Suite *ng_suite_terms(void);

Suite *ng_suite_terms(void)
{
    Suite *suite = suite_create("terms");
    TCase *tcase = tcase_create("terms");
    tcase_add_loop_test(tcase, planes_and_slices, 0, PAIRS * FORMS * CUTS);
    tcase_add_loop_test(tcase, arithmetics, 0, PAIRS);
    tcase_add_loop_test(tcase, bias_in_the_accumulator, 0, PAIRS * FORMS);
    tcase_add_test(tcase, bias_beyond_the_accumulator);
    tcase_add_loop_test(tcase, low_rank, 0, FORMS);
    suite_add_tcase(suite, tcase);
    return suite;
}
