/* The fast evaluation against the golden MAC: the bundled networks, every family, 20 images, output positions drawn
 * from every layer. The operands are encoded by model/encode.h, summed by the MAC of model/unit.h (for blocks: MAC and
 * block_accumulate), rounded by MPFR; the layer's own output must have the same bits. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <mpfr.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/block_accumulate.h"
#include "model/encode.h"
#include "model/nvfp4.h"
#include "model/operand.h"
#include "src/accuracy/evaluate.h"
#include "src/accuracy/quantise.h"
#include "src/accuracy/trace.h"
#include "src/infer/block_sum.h"
#include "tests/support/onnx_check.h"
#include "tests/support/random.h"
#include "tests/support/topologies.h"

enum { IMAGES = 20, BATCH = 5, SAMPLES = 3 };

#define DATA "/usr/share/datasets/fashion-mnist"

typedef struct {
    char weight[16];
    char activation[16];
} pair;

static const pair pairs[] = {
    {"int8", "int8"},           {"int3", "int8"},           {"int4", "int5"},           {"e2m1", "e2m1"},
    {"e4m3", "e4m3"},           {"e4m3", "e3m2"},           {"e4m3fn", "e4m3fn"},       {"e5m2", "e5m2"},
    {"e5m2ieee", "e4m3"},       {"e6m1", "e6m1"},           {"e5m1", "e1m2"},           {"dense4", "int8"},
    {"pot4", "int8"},           {"dense2", "int6"},         {"bfp_m4k16", "bfp_m4k16"}, {"bfp_m8k32", "bfp_m8k32"},
    {"bfp_m4k16", "bfp_m8k16"}, {"bfp_m3k32", "bfp_m3k32"}, {"mxfp4", "mxfp4"},         {"mxint8", "mxint8"},
    {"apot4k2", "int8"},        {"binary", "int4"},         {"int2", "int8"},           {"int8", "e4m3"},
    {"dense4", "e4m3"},         {"e2m1", "int8"},           {"posit8es1", "posit8es1"}, {"hif8", "int8"},
    {"e4m3fnuz", "p3109k8p3"},  {"posit8es2", "posit8es2"}, {"mxfp8_e4m3", "mxfp8_e4m3"}, {"mxfp8_e5m2", "mxfp8_e5m2"},
    {"mxfp4", "mxfp8_e4m3"},    {"msfp12", "msfp12"},       {"msfp12", "msfp16"},
    {"nvfp4", "nvfp4"},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

static const char *const networks[] = {"networks/resnet8.onnx", "networks/vit4.onnx", "networks/mobile.onnx"};

/* ---- the reference --------------------------------------------------------------------------------------------- */

/* fp32(start + sum * 2^lsb) by MPFR. */
static float add_sum(float start, const ng_wide *sum, int lsb)
{
    mpfr_t exact;
    mpfr_t limb;
    const bool negative = ng_wide_is_negative(sum);
    const ng_wide magnitude = negative ? ng_wide_negate(*sum) : *sum;
    mpfr_init2(exact, 800);
    mpfr_init2(limb, 64);
    mpfr_set_zero(exact, 1);
    for (int i = 0; i < NG_WIDE_LIMBS; i++) {
        mpfr_set_uj(limb, magnitude.limb[i], MPFR_RNDN);
        mpfr_mul_2si(limb, limb, 64 * i, MPFR_RNDN);
        mpfr_add(exact, exact, limb, MPFR_RNDN);
    }
    mpfr_mul_2si(exact, exact, lsb, MPFR_RNDN);
    if (negative) {
        mpfr_neg(exact, exact, MPFR_RNDN);
    }
    mpfr_add_d(exact, exact, (double)start, MPFR_RNDN);
    const float value = mpfr_get_flt(exact, MPFR_RNDN);
    mpfr_clears(exact, limb, (mpfr_ptr)0);
    return value;
}

/* fp32(sum * 2^lsb). */
static float round_sum(const ng_wide *sum, int lsb)
{
    return add_sum(0, sum, lsb);
}

typedef struct {
    const ng_product *product;
    ng_datapath mac;
    const float *operands; /* one row */
    const float *weights;  /* one channel */
    size_t channel;
} output;

static ng_wide run_mac(const ng_datapath *mac, const uint64_t *weights, const uint64_t *operands, size_t step, size_t count)
{
    ng_wide result = {{0}};
    for (size_t k = 0; k < count; k++) {
        const ng_wide before = result;
        ng_golden(mac, weights + k * step, operands + k * step, k == 0 ? NULL : &before, &result);
    }
    return result;
}

static float scalar_output(const output *o)
{
    const ng_product *product = o->product;
    const ng_layer *layer = product->layer;
    uint64_t *words = calloc(2 * layer->reduction, sizeof *words);
    ck_assert_ptr_nonnull(words);
    const double weight_factor = (double)(1.0F / product->weight_scales[o->channel]);
    const double operand_factor = (double)(1.0F / product->scale);
    for (size_t k = 0; k < layer->reduction; k++) {
        words[k] = ng_encode_double(product->recipe.weight, (double)o->weights[k] * weight_factor);
        words[layer->reduction + k] = ng_encode_double(product->recipe.activation, (double)o->operands[k] * operand_factor);
    }
    const ng_wide result = run_mac(&o->mac, words, words + layer->reduction, 1, layer->reduction);
    free(words);
    const ng_wide sum = ng_wide_sign_extend(result, o->mac.sum_bits);
    const float scale = product->scale * product->weight_scales[o->channel];
    const float scaled = round_sum(&sum, o->mac.lsb) * scale;
    return scaled + layer->bias[o->channel];
}

/* Codes of one block, a lane a word, each with the block's scale above it: the operands of the block MAC. */
static void encode_block(const ng_format *format, float tensor, ng_scale_rule rule, const float *x, size_t count, uint64_t *words)
{
    float values[NG_LANES_MAX] = {0};
    uint16_t codes[NG_LANES_MAX];
    memcpy(values, x, count * sizeof *x);
    const uint32_t scale = ng_block_encode_under(format, tensor, values, rule, codes);
    for (unsigned i = 0; i < format->block; i++) {
        words[i] = codes[i] | (uint64_t)scale << format->bits;
    }
}

/* The fp32 accumulator behind the blocks; beyond its model's 64 bits by MPFR. */
static float accumulate(float total, const ng_wide *sum, unsigned bits, int exponent)
{
    uint32_t before;
    float after;
    if (bits > 64) {
        return add_sum(total, sum, exponent);
    }
    memcpy(&before, &total, sizeof before);
    const uint32_t word = ng_block_accumulate(before, (int64_t)sum->limb[0], exponent);
    memcpy(&after, &word, sizeof after);
    return after;
}

/* The same behind a product of two UE4M3 scales: significands, then the sum of exponents. */
static float accumulate_two_levels(float total, const ng_datapath *mac, const ng_wide *result, const ng_wide *sum)
{
    const int64_t factor = (int64_t)ng_wide_bits(result, mac->sum_bits, NG_SCALE_PRODUCT_BITS);
    const int shift = (int)ng_wide_bits(result, mac->sum_bits + NG_SCALE_PRODUCT_BITS, NG_SCALE_SHIFT_BITS);
    const ng_wide scaled = ng_wide_multiply(*sum, ng_wide_from_int(factor));
    return accumulate(total, &scaled, mac->sum_bits + NG_SCALE_PRODUCT_BITS, mac->lsb + shift + NG_NVFP4_LSB);
}

/* The scale of the tensor of weights. */
static float weight_tensor(const ng_layer *layer)
{
    float largest = 0;
    for (size_t i = 0; i < layer->channels * layer->reduction; i++) {
        largest = fmaxf(largest, fabsf(layer->weights[i]));
    }
    return ng_nvfp4_tensor_scale(largest);
}

static float block_output(const output *o)
{
    const ng_product *product = o->product;
    const ng_layer *layer = product->layer;
    const size_t block = product->recipe.weight->block;
    const bool two = product->recipe.weight->scale == NG_SCALE_UE4M3;
    const float tensors[2] = {two ? weight_tensor(layer) : 1, two ? product->scale : 1};
    float total = 0;
    for (size_t at = 0; at < layer->reduction; at += block) {
        uint64_t weights[NG_LANES_MAX];
        uint64_t operands[NG_LANES_MAX];
        const size_t count = layer->reduction - at < block ? layer->reduction - at : block;
        encode_block(product->recipe.weight, tensors[0], product->recipe.rule, o->weights + at, count, weights);
        encode_block(product->recipe.activation, tensors[1], product->recipe.rule, o->operands + at, count, operands);
        const ng_wide result = run_mac(&o->mac, weights, operands, 1, block);
        const ng_wide sum = ng_wide_sign_extend(result, o->mac.sum_bits);
        total = two ? accumulate_two_levels(total, &o->mac, &result, &sum)
                    : accumulate(total, &sum, o->mac.sum_bits,
                                 o->mac.lsb + (int)ng_wide_bits(&result, o->mac.sum_bits, o->mac.scale_bits) - 2 * NG_SCALE_BIAS);
    }
    const float scale = tensors[0] * tensors[1];
    const float scaled = two ? total * scale : total;
    return scaled + layer->bias[o->channel];
}

/* ---- drawing outputs ------------------------------------------------------------------------------------------- */

typedef struct {
    const ng_engine *engine;
    uint64_t draws;
    unsigned checked;
} observer_state;

static void check_output(observer_state *state, const ng_product *product, const float *input, const float *outputs,
                         size_t row, size_t channel)
{
    const ng_layer *layer = product->layer;
    const bool block = product->arithmetic == NG_BLOCK;
    float *operands = calloc(layer->reduction, sizeof *operands);
    output o = {.product = product, .operands = operands, .weights = layer->weights + channel * layer->reduction,
                .channel = channel};
    const ng_request request = {.kind = NG_UNIT_MAC, .weight = product->recipe.weight,
                                .activation = product->recipe.activation,
                                .terms = block ? product->recipe.weight->block : (unsigned)layer->reduction};
    ck_assert_ptr_nonnull(operands);
    ck_assert_int_eq(ng_datapath_init(&o.mac, &request), NG_OK);
    ck_assert_uint_eq(o.mac.sum_bits, product->accumulator_bits);
    ng_layer_rows(layer, channel / ng_layer_group_channels(layer), input, sizeof *input, row, 1, layer->reduction, operands);
    const float expected = block ? block_output(&o) : scalar_output(&o);
    const float got = outputs[row * layer->channels + channel];
    ck_assert_msg(memcmp(&got, &expected, sizeof got) == 0, "%s %s x %s (%s) row %zu channel %zu: got %a expected %a",
                  layer->node->label, product->recipe.weight->name, product->recipe.activation->name,
                  ng_arithmetic_name(product->arithmetic), row, channel, (double)got, (double)expected);
    free(operands);
    state->checked++;
}

static bool observe(void *context, size_t layer, const float *input, const float *outputs, size_t images,
                    ng_error *error)
{
    observer_state *state = context;
    const ng_product *product = &state->engine->products[layer];
    (void)error;
    for (unsigned i = 0; i < SAMPLES; i++) {
        const size_t rows = images * product->layer->positions;
        const size_t row = random_below(50, state->draws++, (uint32_t)rows);
        const size_t channel = random_below(51, state->draws++, (uint32_t)product->layer->channels);
        check_output(state, product, input, outputs, row, channel);
    }
    return true;
}

/* ---- the networks ---------------------------------------------------------------------------------------------- */

typedef struct {
    ng_accuracy_request request;
    ng_subject subject;
    ng_quantised quantised;
    ng_engine engine;
} setting;

static void set_up_with(setting *s, const char *network, const pair *formats, ng_setting how)
{
    ng_error error;
    s->request = (ng_accuracy_request){.network = network, .data = DATA, .weight = ng_format_find(formats->weight),
                                       .activation = ng_format_find(formats->activation), .calibration_images = 64,
                                       .images = IMAGES, .setting = how};
    ck_assert_msg(ng_subject_load(&s->subject, &s->request, &error), "%s", error.text);
    ck_assert_msg(ng_quantise(&s->subject, &s->request, &s->quantised, &error), "%s", error.text);
    ck_assert_msg(ng_engine_init(&s->engine, &s->subject.plan, &s->quantised.recipe, &error), "%s", error.text);
}

static void set_up(setting *s, const char *network, const pair *formats)
{
    set_up_with(s, network, formats, (ng_setting){.recipe = NULL});
}

static void tear_down(setting *s)
{
    ng_engine_free(&s->engine);
    ng_quantised_free(&s->quantised);
    ng_subject_free(&s->subject);
}

/* The scores of the first images in batches of a size, into logits[IMAGES][classes]. */
static void run(const setting *s, size_t size, ng_observer *observer, void *context, float *logits)
{
    ng_error error;
    ng_workspace workspace;
    const size_t classes = ng_shape_count(&s->subject.plan.output.shape);
    const ng_dataset *test = &s->subject.test;
    float *input = malloc(size * test->numbers * sizeof *input);
    ck_assert_ptr_nonnull(input);
    ck_assert_msg(ng_workspace_init(&workspace, &s->engine, size, &error), "%s", error.text);
    for (size_t first = 0; first < IMAGES; first += size) {
        const size_t count = IMAGES - first < size ? IMAGES - first : size;
        for (size_t i = 0; i < count; i++) {
            ck_assert_msg(ng_dataset_fetch(test, first + i, input + i * test->numbers, &error), "%s", error.text);
        }
        ck_assert_msg(ng_engine_run(&s->engine, &workspace, input, count, observer, context, &error), "%s", error.text);
        memcpy(logits + first * classes, workspace.logits, count * classes * sizeof *logits);
    }
    free(input);
    ng_workspace_free(&workspace, &s->engine);
}

START_TEST(every_layer)
{
    setting s;
    float logits[IMAGES * 10];
    set_up(&s, networks[_i / PAIRS], &pairs[_i % PAIRS]);
    observer_state state = {&s.engine, (uint64_t)_i << 32, 0};
    run(&s, BATCH, observe, &state, logits);
    ck_assert_uint_eq(state.checked, s.subject.plan.layer_count * SAMPLES * (IMAGES / BATCH));
    tear_down(&s);
}
END_TEST

/* Which arithmetic ran is part of the record: every kind must have been met above. */
START_TEST(every_arithmetic)
{
    static const struct {
        pair formats;
        ng_arithmetic expected;
    } rows[] = {{{"int8", "int8"}, NG_FLOAT24}, {{"e4m3", "e4m3"}, NG_DOUBLE53}, {{"e6m1", "e6m1"}, NG_SPLIT},
                {{"mxfp4", "mxfp4"}, NG_BLOCK}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        setting s;
        unsigned met = 0;
        set_up(&s, networks[0], &rows[i].formats);
        for (size_t layer = 0; layer < s.subject.plan.layer_count; layer++) {
            met += s.engine.products[layer].arithmetic == rows[i].expected;
        }
        ck_assert_msg(met > 0, "%s: no layer uses %s", rows[i].formats.weight, ng_arithmetic_name(rows[i].expected));
        tear_down(&s);
    }
}
END_TEST

/* The same scores for batches of any size, the same count of right answers for any number of threads. */
static void check_batches_and_threads(setting *s)
{
    static const size_t sizes[] = {1, 3, 7, IMAGES};
    float expected[IMAGES * 10];
    float logits[IMAGES * 10];
    unsigned correct[3];
    run(s, BATCH, NULL, NULL, expected);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        run(s, sizes[i], NULL, NULL, logits);
        ck_assert_msg(memcmp(logits, expected, sizeof expected) == 0, "%s, batches of %zu differ", s->request.weight->name, sizes[i]);
    }
    for (unsigned threads = 1; threads <= 3; threads++) {
        ng_score score;
        ng_error error;
        s->request.threads = threads;
        s->request.images = 200;
        ck_assert_msg(ng_evaluate(&s->subject, &s->engine, &s->request, &score, &error), "%s", error.text);
        correct[threads - 1] = score.correct;
        ck_assert_uint_eq(score.images, 200);
    }
    ck_assert(correct[0] == correct[1] && correct[1] == correct[2] && correct[0] > 100);
}

static const pair batched[] = {{"int4", "int4"},         {"e4m3", "e4m3"}, {"e5m2", "e5m2"},
                               {"bfp_m4k32", "bfp_m4k32"}, {"mxfp4", "mxfp4"}, {"mxint8", "mxint8"},
                               {"mxfp8_e4m3", "mxfp8_e4m3"}, {"nvfp4", "nvfp4"}};
enum { BATCHED = sizeof batched / sizeof batched[0] };

START_TEST(any_batch_and_threads)
{
    setting s;
    set_up(&s, networks[_i / BATCHED], &batched[_i % BATCHED]);
    check_batches_and_threads(&s);
    tear_down(&s);
}
END_TEST

START_TEST(any_batch_and_threads_with_attention)
{
    setting s;
    set_up_with(&s, networks[1], &batched[_i], (ng_setting){.attention = "quantised"});
    ck_assert_ptr_nonnull(s.engine.attention);
    check_batches_and_threads(&s);
    tear_down(&s);
}
END_TEST

/* ---- the emulation in fp32 ------------------------------------------------------------------------------------- */

/* Scores of the first images in both arithmetics. */
static void run_both(const char *network, const pair *formats, const char *scales, float *exact, float *fake)
{
    setting s;
    set_up_with(&s, network, formats, (ng_setting){.scales = scales, .arith = "exact"});
    run(&s, BATCH, NULL, NULL, exact);
    tear_down(&s);
    set_up_with(&s, network, formats, (ng_setting){.scales = scales, .arith = "fake"});
    ck_assert_int_eq(s.engine.products[0].arithmetic, NG_FAKE);
    run(&s, BATCH, NULL, NULL, fake);
    tear_down(&s);
}

/* Powers of two as scales and sums of 24 bits: nothing is rounded before the bias, and both are the same. */
START_TEST(fake_is_exact_where_nothing_rounds)
{
    static const pair formats = {"int4", "int4"};
    float exact[IMAGES * 10];
    float fake[IMAGES * 10];
    run_both(networks[_i], &formats, "pow2", exact, fake);
    ck_assert_mem_eq(exact, fake, sizeof exact);
}
END_TEST

/* Otherwise they differ, but by roundings and the codes these move alone. */
START_TEST(fake_rounds_elsewhere)
{
    static const pair formats[] = {{"int8", "int8"}, {"e4m3", "e4m3"}, {"e5m2", "e5m2"}};
    float exact[IMAGES * 10];
    float fake[IMAGES * 10];
    unsigned different = 0;
    run_both(networks[0], &formats[_i], NULL, exact, fake);
    for (size_t i = 0; i < IMAGES * 10; i++) {
        different += memcmp(&exact[i], &fake[i], sizeof exact[i]) != 0;
        ck_assert_double_le(fabs((double)exact[i] - (double)fake[i]), 1.0);
    }
    ck_assert_uint_gt(different, 0);
}
END_TEST

/* The operand words of a trace give the layer's output when a DOT unit multiplies them. */
START_TEST(trace_of_a_layer)
{
    static const pair some[] = {{"e4m3", "e4m3"}, {"bfp_m4k16", "bfp_m4k16"}, {"nvfp4", "nvfp4"}};
    static const size_t reductions[] = {144, 9};
    const pair *formats = &some[_i % 3];
    const bool grouped = _i >= 3; /* the depthwise layer of mobile */
    ng_trace trace;
    ng_error error;
    const ng_accuracy_request request = {.network = networks[grouped ? 2 : 0], .data = DATA,
                                         .weight = ng_format_find(formats->weight),
                                         .activation = ng_format_find(formats->activation), .calibration_images = 64,
                                         .images = 2};
    ck_assert_msg(ng_trace_layer(&request, 1, &trace, &error), "%s", error.text);
    ck_assert_uint_eq(trace.groups, grouped ? 16 : 1);
    ck_assert_uint_eq(trace.activations.rows, 2 * trace.positions * trace.groups);
    ck_assert_uint_eq(trace.reduction, reductions[grouped]);
    ng_datapath dot;
    const ng_request wanted = {.kind = NG_UNIT_DOT, .weight = request.weight, .activation = request.activation, .lanes = 16};
    ck_assert_int_eq(ng_datapath_init(&dot, &wanted), NG_OK);
    for (size_t row = 3 % trace.groups; row < trace.activations.rows; row += trace.groups * 97) {
        ck_assert(ng_trace_pairs(&trace, row, 3) && (!grouped || !ng_trace_pairs(&trace, row, 4)));
        ng_wide sum = ng_wide_from_int(0);
        const bool two = request.weight->scale == NG_SCALE_UE4M3;
        float total = 0;
        for (size_t at = 0; at < trace.weights.columns; at += 16) {
            uint64_t first[NG_OPERAND_LIMBS];
            uint64_t second[NG_OPERAND_LIMBS];
            ng_wide result;
            ng_trace_word(&trace.weights, 3, at, 16, first);
            ng_trace_word(&trace.activations, row, at, 16, second);
            ng_golden(&dot, first, second, NULL, &result);
            const ng_wide part = ng_wide_sign_extend(result, dot.sum_bits);
            sum = ng_wide_add(sum, part);
            const int scales = (int)ng_wide_bits(&result, dot.sum_bits, dot.scale_bits);
            total = two ? accumulate_two_levels(total, &dot, &result, &part)
                        : accumulate(total, &part, dot.sum_bits, dot.lsb + scales - 2 * NG_SCALE_BIAS);
        }
        float expected = request.weight->block == 0 ? round_sum(&sum, dot.lsb) : total;
        if (request.weight->block == 0 || two) {
            const float scale = trace.activations.row_scales[row] * trace.weights.row_scales[3];
            expected *= scale;
        }
        expected = expected + trace.bias[3];
        ck_assert(memcmp(&expected, &trace.outputs[row / trace.groups * trace.weights.rows + 3], sizeof expected) == 0);
    }
    ng_trace_free(&trace);
    ck_assert(!ng_trace_layer(&request, 99, &trace, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
}
END_TEST

/* ---- a layer of numbers that differ widely, which real ones seldom do: here every addition of blocks rounds ------------- */

enum { SIDE = 14, INPUTS = 16, OUTPUTS = 16, TAPS = 9, PIXELS = SIDE * SIDE };

static void fill_numbers(uint64_t seed, size_t count, float *x)
{
    for (size_t i = 0; i < count; i++) {
        /* Runs of 16 share a magnitude, as blocks do. */
        x[i] = ldexpf((float)random_double(seed, i, -3, 1), (int)random_below(seed + 1, i / 16, 24) - 12);
    }
}

START_TEST(numbers_that_differ_widely)
{
    static const pair some[] = {{"bfp_m8k16", "bfp_m8k16"}, {"bfp_m8k32", "bfp_m8k32"}, {"mxint8", "mxint8"},
                                {"mxfp4", "mxfp4"},         {"bfp_m4k16", "bfp_m8k16"}, {"e5m2", "e5m2"},
                                {"e6m1", "e6m1"},           {"e4m3", "e5m2"},           {"e4m3", "e4m3"}};
    static float weights[OUTPUTS * TAPS * INPUTS];
    static float bias[OUTPUTS];
    static float input[PIXELS * INPUTS + NG_TILE_ROWS_MOST * TAPS * INPUTS];
    static float outputs[PIXELS * OUTPUTS];
    const float scale = 0x1p-3F;
    const ng_node node = {.label = "wide"};
    const ng_layer layer = {.node = &node,
                            .window = {SIDE, SIDE, INPUTS, {3, 3}, {1, 1}, {1, 1}, {1, 1}, {SIDE, SIDE}},
                            .positions = PIXELS, .reduction = TAPS * INPUTS, .channels = OUTPUTS, .weights = weights,
                            .bias = bias};
    const ng_recipe recipe = {.weight = ng_format_find(some[_i].weight),
                              .activation = ng_format_find(some[_i].activation), .rule = NG_RULE_FLOOR, .scales = &scale};
    ng_product product;
    ng_error error;
    fill_numbers(70, OUTPUTS * TAPS * INPUTS, weights);
    fill_numbers(72, PIXELS * INPUTS, input);
    fill_numbers(74, OUTPUTS, bias);
    ck_assert_msg(ng_product_init(&product, &layer, 0, &recipe, &error), "%s", error.text);
    void *scratch = calloc(1, ng_product_scratch(&product, 1));
    ck_assert_ptr_nonnull(scratch);
    ck_assert_msg(ng_product_run(&product, input, 1, false, scratch, outputs, &error), "%s", error.text);
    observer_state state = {NULL, 0, 0};
    for (size_t i = 0; i < PIXELS * OUTPUTS; i += 7) {
        check_output(&state, &product, input, outputs, i / OUTPUTS, i % OUTPUTS);
    }
    free(scratch);
    ng_product_free(&product);
}
END_TEST

/* ---- grouped and depthwise convolutions of every form ---------------------------------------------------------- */

enum { GROUP_FORMS = 40, NUMBERS_MOST = 1 << 14 };

/* A random grouped convolution of up to 12 channels, one of three depthwise; its weights and bias come from fill_numbers(). */
static ng_layer random_layer(const ng_node *node, uint64_t seed, float *weights, float *bias)
{
    ng_layer layer = {.node = node, .weights = weights, .bias = bias};
    ng_window *w = &layer.window;
    const bool depthwise = seed % 3 == 0;
    layer.groups = 2 + random_below(seed, 0, 5);
    const size_t inputs = depthwise ? 1 : 1 + random_below(seed, 1, 3);
    w->channels = layer.groups * inputs;
    layer.channels = layer.groups * (depthwise ? 1 : 1 + random_below(seed, 2, 3));
    for (unsigned i = 0; i < 2; i++) {
        size_t *side = i == 0 ? &w->height : &w->width;
        w->kernel[i] = 1 + random_below(seed, 3 + i, 4);
        w->stride[i] = 1 + random_below(seed, 5 + i, 2);
        w->dilation[i] = 1 + random_below(seed, 7 + i, 2);
        w->before[i] = random_below(seed, 9 + i, 3);
        *side = (w->kernel[i] - 1) * w->dilation[i] + 1 + random_below(seed, 11 + i, 6);
        const size_t after = random_below(seed, 13 + i, 3);
        w->output[i] = (*side + w->before[i] + after - (w->kernel[i] - 1) * w->dilation[i] - 1) / w->stride[i] + 1;
    }
    layer.positions = w->output[0] * w->output[1];
    layer.reduction = w->kernel[0] * w->kernel[1] * inputs;
    layer.direct = layer.reduction == inputs && w->stride[0] * w->stride[1] == 1 && w->output[0] == w->height &&
                   w->output[1] == w->width;
    fill_numbers(seed + 100, layer.channels * layer.reduction, weights);
    fill_numbers(seed + 200, layer.channels, bias);
    return layer;
}

START_TEST(grouped_layers)
{
    static const pair some[] = {{"int8", "int8"}, {"e4m3", "e4m3"},           {"e5m2", "e5m2"},   {"e6m1", "e6m1"},
                                {"dense4", "int8"}, {"bfp_m4k16", "bfp_m4k16"}, {"mxint8", "mxint8"}, {"mxfp4", "mxfp4"},
                                {"msfp12", "msfp12"}, {"mxfp8_e4m3", "mxfp8_e4m3"}, {"mxfp8_e5m2", "mxfp8_e5m2"}, {"nvfp4", "nvfp4"}};
    static float weights[NUMBERS_MOST];
    static float bias[NUMBERS_MOST];
    static float input[4 * NUMBERS_MOST];
    static float outputs[4 * NUMBERS_MOST];
    const float scale = 0x1p-3F;
    const ng_node node = {.label = "grouped"};
    unsigned depthwise = 0;
    for (uint64_t form = 0; form < GROUP_FORMS; form++) {
        enum { IMAGES_HERE = 2 };
        const ng_layer layer = random_layer(&node, 1000 * (uint64_t)_i + form, weights, bias);
        const ng_recipe recipe = {.weight = ng_format_find(some[_i].weight),
                              .activation = ng_format_find(some[_i].activation), .rule = NG_RULE_FLOOR, .scales = &scale};
        ng_product product;
        ng_error error;
        const size_t inputs = layer.window.height * layer.window.width * layer.window.channels;
        ck_assert_uint_le(IMAGES_HERE * inputs + NG_TILE_ROWS_MOST * 600, 4 * NUMBERS_MOST);
        fill_numbers(300 + form, IMAGES_HERE * inputs, input);
        ck_assert_msg(ng_product_init(&product, &layer, 0, &recipe, &error), "%s", error.text);
        depthwise += product.connection == NG_DEPTHWISE;
        void *scratch = calloc(1, ng_product_scratch(&product, IMAGES_HERE));
        ck_assert_ptr_nonnull(scratch);
        ck_assert_msg(ng_product_run(&product, input, IMAGES_HERE, false, scratch, outputs, &error), "%s", error.text);
        observer_state state = {NULL, 0, 0};
        for (size_t i = 0; i < IMAGES_HERE * layer.positions * layer.channels; i += 3) {
            check_output(&state, &product, input, outputs, i / layer.channels, i % layer.channels);
        }
        free(scratch);
        ng_product_free(&product);
    }
    const bool wide = strncmp(some[_i].weight, "mxfp8", 5) == 0 || strcmp(some[_i].weight, "nvfp4") == 0; /* groups of one channel */
    ck_assert(wide ? depthwise == 0 : depthwise >= GROUP_FORMS / 3 && depthwise < GROUP_FORMS);
}
END_TEST

/* ---- convolutions whose blocks span pixels ----------------------------------------------------------------------- */

/* A random convolution of one group over `channels` channels. */
static ng_layer random_dense_layer(const ng_node *node, size_t channels, uint64_t seed, float *weights, float *bias)
{
    ng_layer layer = {.node = node, .weights = weights, .bias = bias, .channels = 1 + random_below(seed, 0, 20)};
    ng_window *w = &layer.window;
    w->channels = channels;
    for (unsigned i = 0; i < 2; i++) {
        size_t *side = i == 0 ? &w->height : &w->width;
        w->kernel[i] = 1 + random_below(seed, 3 + i, channels < 4 ? 6 : 3);
        w->stride[i] = 1 + random_below(seed, 5 + i, 3);
        w->dilation[i] = 1 + random_below(seed, 7 + i, 2);
        w->before[i] = random_below(seed, 9 + i, 3);
        *side = (w->kernel[i] - 1) * w->dilation[i] + 1 + random_below(seed, 11 + i, 24);
        w->output[i] = (*side + w->before[i] + random_below(seed, 13 + i, 3) - (w->kernel[i] - 1) * w->dilation[i] - 1) / w->stride[i] + 1;
    }
    layer.positions = w->output[0] * w->output[1];
    layer.reduction = w->kernel[0] * w->kernel[1] * channels;
    fill_numbers(seed + 100, layer.channels * layer.reduction, weights);
    fill_numbers(seed + 200, layer.channels, bias);
    return layer;
}

/* Windows of few numbers, of whole vectors, and those that are neither. */
START_TEST(dense_layers_in_blocks)
{
    enum { FORMS = 6, IMAGES_HERE = 2, DENSE_MOST = 1 << 18 };
    static const char *const formats[] = {"bfp_m8k16", "bfp_m8k32", "mxint8", "mxfp4", "mxfp6_e3m2", "msfp16", "mxfp8_e4m3", "mxfp8_e5m2", "nvfp4"};
    static const ng_scale_rule rules[] = {NG_RULE_CEIL, NG_RULE_FLOOR, NG_RULE_ROUND};
    static const size_t channels[] = {1, 2, 3, 8, 16, 24, 48, 80};
    float *weights = calloc(3 * DENSE_MOST, sizeof *weights);
    float *input = weights + DENSE_MOST;
    float *outputs = input + DENSE_MOST;
    float bias[32];
    unsigned gathered[2] = {0};
    ck_assert_ptr_nonnull(weights);
    for (size_t i = 0; i < FORMS * sizeof channels / sizeof channels[0]; i++) {
        const ng_node node = {.label = "dense"};
        const ng_layer layer = random_dense_layer(&node, channels[i / FORMS], 5000 + i + 100 * (uint64_t)_i, weights, bias);
        const ng_format *format = ng_format_find(formats[_i / 3]);
        const bool two = format->scale == NG_SCALE_UE4M3;
        const float tensor = 0x1.9p-7F;
        const ng_recipe recipe = {.weight = format, .activation = format, .rule = rules[_i % 3], .scales = two ? &tensor : NULL};
        const size_t inputs = IMAGES_HERE * layer.window.height * layer.window.width * layer.window.channels;
        ng_product product;
        ng_error error;
        ck_assert_uint_le(inputs + NG_TILE_ROWS_MOST * layer.reduction, DENSE_MOST);
        fill_numbers(300 + i, inputs, input);
        ck_assert_msg(ng_product_init(&product, &layer, 0, &recipe, &error), "%s", error.text);
        gathered[layer.window.channels % 16 == 0] += product.gathers;
        void *scratch = calloc(1, ng_product_scratch(&product, IMAGES_HERE));
        ck_assert_ptr_nonnull(scratch);
        ck_assert_msg(ng_product_run(&product, input, IMAGES_HERE, false, scratch, outputs, &error), "%s", error.text);
        observer_state state = {NULL, 0, 0};
        for (size_t k = 0; k < IMAGES_HERE * layer.positions * layer.channels; k += 97) {
            check_output(&state, &product, input, outputs, k / layer.channels, k % layer.channels);
        }
        free(scratch);
        ng_product_free(&product);
    }
    ck_assert((gathered[0] > 0) == (ng_format_find(formats[_i / 3])->scale != NG_SCALE_UE4M3));
    ck_assert((ng_format_find(formats[_i / 3])->block > 16) == (gathered[1] > 0));
    free(weights);
}
END_TEST

/* ---- the sums of blocks and their accumulator -------------------------------------------------------------------- */

static float rounded_once(float c, double s, double e)
{
    mpfr_t exact;
    mpfr_init2(exact, 2400);
    mpfr_set_flt(exact, c, MPFR_RNDN);
    mpfr_add_d(exact, exact, s, MPFR_RNDN);
    mpfr_add_d(exact, exact, e, MPFR_RNDN);
    const float value = mpfr_get_flt(exact, MPFR_RNDN);
    mpfr_clear(exact);
    return value;
}

/* Sums at ties of the accumulator and one bit of either double beside them, sums that cancel it, fp32's subnormals and its end. */
START_TEST(one_rounding_a_block)
{
    static const int gaps[] = {0, 1, 24, 25, 26, 29, 30, 31, 52, 53, 54, 80};
    for (uint64_t i = 0; i < 200000; i++) {
        const int size = i % 7 == 0 ? 126 : i % 7 == 1 ? -140 : (int)random_below(800, i, 60) - 30;
        const float c = ldexpf((float)random_below(801, i, 1U << 24) - 0x1p23F, size - 23);
        const int place = i % 7 == 1 ? -150 : ilogbf(c != 0 ? c : 1) - gaps[random_below(802, i, 12)];
        const int few = (int)random_below(803, i, 9) - 4;
        double s = ldexp(few, place);
        s += random_below(804, i, 3) == 0 ? -(double)c : 0;
        const double unit = ldexp(s != 0 ? fabs(s) : 1, -(int)random_below(805, i, 40) - 52);
        const double e = ((double)random_below(806, i, 5) - 2) * unit;
        const float one = ng_block_add(c, s);
        const float two = ng_block_add_pair(c, s, e);
        ck_assert_msg(one <= rounded_once(c, s, 0) && one >= rounded_once(c, s, 0), "%a + %a: %a", (double)c, s, (double)one);
        ck_assert_msg(two <= rounded_once(c, s, e) && two >= rounded_once(c, s, e), "%a + %a + %a: %a", (double)c, s, e, (double)two);
    }
    ck_assert(isinf(ng_block_add(FLT_MAX, 0x1p103)) && ng_block_add(FLT_MAX, 0x1p102) <= FLT_MAX);
    ck_assert(ng_block_add(-INFINITY, 0x1p200) < 0 && ng_block_add_pair(INFINITY, -0x1p200, 1) > 0);
}
END_TEST

/* ---- depthwise convolutions in blocks ---------------------------------------------------------------------------- */

/* Windows of 7x7: blocks of 16 and 32 end within a line of the window, the last ones are short. */
START_TEST(depthwise_windows_of_several_blocks)
{
    enum { LONG = 18, EDGE = 15 };
    static const char *const formats[] = {"bfp_m8k16", "bfp_m8k32", "mxint8", "mxfp4", "mxfp6_e3m2", "mxfp6_e2m3"};
    static const ng_scale_rule rules[] = {NG_RULE_CEIL, NG_RULE_FLOOR, NG_RULE_ROUND, NG_RULE_MSE};
    static float weights[LONG * 49];
    static float bias[LONG];
    static float input[EDGE * EDGE * LONG + NG_TILE_ROWS_MOST * LONG * 49];
    static float outputs[EDGE * EDGE * LONG];
    const size_t stride = 1 + (size_t)_i / 4 % 2;
    const size_t side = (EDGE - 1) / stride + 1;
    const ng_node node = {.label = "long"};
    const ng_layer layer = {.node = &node, .groups = LONG,
                            .window = {EDGE, EDGE, LONG, {7, 7}, {stride, stride}, {1, 1}, {3, 3}, {side, side}},
                            .positions = side * side, .reduction = 49, .channels = LONG, .weights = weights, .bias = bias};
    const ng_format *format = ng_format_find(formats[_i / 8]);
    const ng_recipe recipe = {.weight = format, .activation = format, .rule = rules[_i % 4]};
    ng_product product;
    ng_error error;
    fill_numbers(500, LONG * 49, weights);
    fill_numbers(502, EDGE * EDGE * LONG, input);
    fill_numbers(504, LONG, bias);
    ck_assert_msg(ng_product_init(&product, &layer, 0, &recipe, &error), "%s", error.text);
    ck_assert_int_eq(product.connection, recipe.rule == NG_RULE_MSE ? NG_GROUPED : NG_DEPTHWISE);
    ck_assert(product.overlaps == (stride == 1 && recipe.rule != NG_RULE_MSE));
    void *scratch = calloc(1, ng_product_scratch(&product, 1));
    ck_assert_ptr_nonnull(scratch);
    ck_assert_msg(ng_product_run(&product, input, 1, false, scratch, outputs, &error), "%s", error.text);
    observer_state state = {NULL, 0, 0};
    for (size_t i = 0; i < layer.positions * LONG; i += 11) {
        check_output(&state, &product, input, outputs, i / LONG, i % LONG);
    }
    free(scratch);
    ng_product_free(&product);
}
END_TEST

/* What is refused is a block that an output needs. Of 3 numbers in a line the windows of a row that runs on into the next line may be
 * tiny alone; lanes beyond the last channel see the next pixel. */
START_TEST(blocks_that_nobody_needs)
{
    enum { WIDTH = 20, PIXEL = 3 };
    static const float weights[PIXEL * 3] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    static const float bias[PIXEL] = {0};
    float input[2 * WIDTH * PIXEL + NG_TILE_ROWS_MOST * PIXEL * 3] = {0};
    float outputs[2 * WIDTH * PIXEL];
    const ng_node node = {.label = "border"};
    const ng_layer layer = {.node = &node, .groups = PIXEL,
                            .window = {2, WIDTH, PIXEL, {1, 3}, {1, 1}, {1, 1}, {0, 0}, {2, WIDTH - 2}},
                            .positions = 2 * (WIDTH - 2), .reduction = 3, .channels = PIXEL,
                            .weights = (float *)(uintptr_t)weights, .bias = (float *)(uintptr_t)bias};
    const ng_format *format = ng_format_find("mxfp4");
    const ng_recipe recipe = {.weight = format, .activation = format, .rule = NG_RULE_CEIL};
    ng_product product;
    ng_error error;
    ck_assert_msg(ng_product_init(&product, &layer, 0, &recipe, &error), "%s", error.text);
    ck_assert(product.overlaps && product.connection == NG_DEPTHWISE);
    void *scratch = calloc(1, ng_product_scratch(&product, 1));
    ck_assert_ptr_nonnull(scratch);
    input[(WIDTH - 3) * PIXEL] = 1;
    input[(WIDTH - 1) * PIXEL] = 0x1p-100F;
    ck_assert_msg(ng_product_run(&product, input, 1, false, scratch, outputs, &error), "%s", error.text);
    ck_assert(outputs[(WIDTH - 3) * PIXEL] >= 1 && outputs[(WIDTH - 3) * PIXEL] <= 1);
    input[(WIDTH - 3) * PIXEL] = 0;
    ck_assert(!ng_product_run(&product, input, 1, false, scratch, outputs, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    input[(WIDTH - 1) * PIXEL] = NAN;
    ck_assert(!ng_product_run(&product, input, 1, false, scratch, outputs, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "border"));
    free(scratch);
    ng_product_free(&product);
}
END_TEST

/* ---- the topologies of ImageNet -------------------------------------------------------------------------------- */

static onnx_draft *draft_topology(int which)
{
    switch (which) {
    case 0: return draft_resnet18(13, 4);
    case 1: return draft_mobilenet_v2(11, 25);
    case 2: return draft_mobilenet_v3(17, 4);
    case 3: return draft_vit(17, 24, 3, 1);
    default: return draft_tensorflow(9, 4);
    }
}

/* One random image through every layer, outputs drawn from each. Scales are the same for all. */
START_TEST(topologies)
{
    static const pair some[] = {{"int8", "int8"}, {"e4m3", "e5m2"}, {"mxint8", "mxint8"}};
    const pair *formats = &some[_i % 3];
    char path[ONNX_PATH_SIZE];
    ng_network network;
    ng_plan plan;
    ng_engine engine;
    ng_workspace workspace;
    ng_error error;
    onnx_draft *d = draft_topology(_i / 3);
    onnx_scratch(d, path);
    onnx_free(d);
    ck_assert_msg(ng_network_load(path, &network, &error), "%s", error.text);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_msg(ng_plan_init(&plan, &network, &error), "%s", error.text);
    float *scales = calloc(plan.layer_count, sizeof *scales);
    float *input = calloc(ng_shape_count(&plan.input.shape), sizeof *input);
    ck_assert(scales != NULL && input != NULL);
    for (size_t i = 0; i < plan.layer_count; i++) {
        scales[i] = 0x1p-5F;
    }
    for (size_t i = 0; i < ng_shape_count(&plan.input.shape); i++) {
        input[i] = (float)random_below(90, i, 2001) / 1000 - 1;
    }
    const ng_recipe recipe = {.weight = ng_format_find(formats->weight),
                              .activation = ng_format_find(formats->activation), .rule = NG_RULE_CEIL, .scales = scales};
    ck_assert_msg(ng_engine_init(&engine, &plan, &recipe, &error), "%s", error.text);
    ck_assert_msg(ng_workspace_init(&workspace, &engine, 1, &error), "%s", error.text);
    observer_state state = {&engine, 0, 0};
    ck_assert_msg(ng_engine_run(&engine, &workspace, input, 1, observe, &state, &error), "%s", error.text);
    ck_assert_uint_eq(state.checked, plan.layer_count * SAMPLES);
    free(scales);
    free(input);
    ng_workspace_free(&workspace, &engine);
    ng_engine_free(&engine);
    ng_plan_free(&plan);
    ng_network_free(&network);
}
END_TEST

/* ---- joining the parts of a split sum -------------------------------------------------------------------------- */

START_TEST(join_of_parts)
{
    for (uint64_t i = 0; i < 20000; i++) {
        double sums[NG_PAIRS_MOST][1];
        ng_partial partials[NG_PAIRS_MOST];
        ng_wide exact = ng_wide_from_int(0);
        const unsigned count = random_below(60, i, 6);
        for (unsigned p = 0; p < count; p++) {
            const int64_t sum = (int64_t)random_bits(61 + p, i) >> (11 + random_below(71 + p, i, 50));
            sums[p][0] = (double)sum;
            partials[p] = (ng_partial){sums[p], random_below(81 + p, i, i % 2 ? 30 : 90)};
            exact = ng_wide_add(exact, ng_wide_shift_left(ng_wide_from_int(sum), partials[p].shift));
        }
        float got;
        ng_split_join(partials, count, -62, 1, &got);
        const float expected = round_sum(&exact, -62);
        ck_assert_msg(got >= expected && got <= expected, "case %llu: got %a expected %a", (unsigned long long)i,
                      (double)got, (double)expected);
    }
}
END_TEST

Suite *ng_suite_exact(void);

Suite *ng_suite_exact(void)
{
    Suite *suite = suite_create("exact");
    TCase *tcase = tcase_create("exact");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, every_layer, 0, 3 * PAIRS);
    tcase_add_test(tcase, every_arithmetic);
    tcase_add_loop_test(tcase, any_batch_and_threads, 0, 3 * BATCHED);
    tcase_add_loop_test(tcase, any_batch_and_threads_with_attention, 0, BATCHED);
    tcase_add_loop_test(tcase, fake_is_exact_where_nothing_rounds, 0, 3);
    tcase_add_loop_test(tcase, fake_rounds_elsewhere, 0, 3);
    tcase_add_loop_test(tcase, trace_of_a_layer, 0, 6);
    tcase_add_loop_test(tcase, numbers_that_differ_widely, 0, 9);
    tcase_add_loop_test(tcase, grouped_layers, 0, 12);
    tcase_add_loop_test(tcase, dense_layers_in_blocks, 0, 27);
    tcase_add_test(tcase, one_rounding_a_block);
    tcase_add_loop_test(tcase, depthwise_windows_of_several_blocks, 0, 48);
    tcase_add_test(tcase, blocks_that_nobody_needs);
    tcase_add_loop_test(tcase, topologies, 0, 15);
    tcase_add_test(tcase, join_of_parts);
    suite_add_tcase(suite, tcase);
    return suite;
}
