/* Exact pairs: which they are, and that their sums in the engine are those of integers, whatever the arithmetic. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "model/format_name.h"
#include "src/infer/product.h"
#include "src/quantize/pair.h"
#include "tests/support/random.h"

static ng_format named(const char *name)
{
    ng_format format;
    ck_assert_int_eq(ng_format_parse(name, NULL, 0, &format, NULL), NG_PARSE_OK);
    return format;
}

START_TEST(which_pairs)
{
    static const struct {
        const char *weight;
        const char *activation;
        bool exact;
        bool circuit;
    } rows[] = {
        {"int8", "int8", true, true},      {"e4m3", "e3m2", true, true},  {"dense4", "int8", true, true},
        {"mxfp4", "mxfp4", true, true},    {"int2", "int8", true, true},   {"binary", "int4", true, true},
        {"apot7k3", "int8", true, false},  {"int8", "e4m3", true, true},   {"posit8es1", "int8", true, true},
        {"int16", "int8", false, false},   {"int8", "mxint8", false, false}, {"bf16", "bf16", false, false},
        {"hif8", "e4m3fnuz", true, true},  {"lns8f3", "int8", false, false}, {"e8m0", "e4m3", false, false},
        {"mxfp8_e5m2", "mxfp8_e4m3", true, true}, {"msfp12", "msfp16", true, true}, {"bfp12", "bfp12", false, false},
        {"mxfp4", "mxint8", false, false}, {"ternary", "int8", true, true},   {"tpot4", "e4m3", true, true},
        {"int4", "uint4", true, true},     {"uint8", "uint8", true, true},    {"int3", "e5m0", true, true},
        /* Nothing to put beyond an image's borders. */
        {"int8", "dense4", false, true},   {"binary", "binary", false, true},
    };
    const ng_format weight = named(rows[_i].weight);
    const ng_format activation = named(rows[_i].activation);
    ck_assert_int_eq(ng_is_exact_pair(&weight, &activation), rows[_i].exact);
    ck_assert(!rows[_i].circuit || ng_has_circuit(&weight, &activation));
}
END_TEST

/* The extreme sums fit, and not into a bit less. */
START_TEST(width_of_sums)
{
    static const char *const weights[] = {"int2", "binary", "apot4k2", "apot5k2", "int8"};
    const ng_format weight = named(weights[_i]);
    const ng_format activation = named("int5");
    const double largest = fmax(ldexp(ng_decode_double(&weight, ng_format_largest(&weight)), -ng_format_lsb(&weight)),
                                -ldexp(ng_decode_double(&weight, ng_format_smallest(&weight)), -ng_format_lsb(&weight)));
    for (unsigned terms = 1; terms < 5000; terms = terms * 3 + 1) {
        const double sum = terms * largest * 16;
        const unsigned bits = ng_exact_sum_bits(&weight, &activation, terms);
        ck_assert_double_lt(sum, ldexp(1, (int)bits - 1));
        ck_assert(ng_has_circuit(&weight, &activation) || sum >= ldexp(1, (int)bits - 2));
    }
}
END_TEST

/* A layer of one position by plain integers: W A summed in 64 bits, one rounding each for the scale and the bias. */
START_TEST(sums_of_a_layer)
{
    enum { CHANNELS = 5, REDUCTION = 70 };
    static const char *const pairs[][2] = {{"int2", "int8"},    {"binary", "int8"},  {"apot4k2", "int8"}, {"apot5k2", "int8"},
                                           {"apot8k4", "int8"}, {"ternary", "int8"}, {"tpot4", "uint8"},  {"int4", "uint4"},
                                           {"uint4", "uint8"},  {"binary", "ternary"}};
    const ng_format weight = named(pairs[_i][0]);
    const ng_format activation = named(pairs[_i][1]);
    const double least = ng_decode_double(&activation, ng_format_smallest(&activation));
    const double most = ng_decode_double(&activation, ng_format_largest(&activation));
    const float s_a = 0.03F;
    const ng_node node = {.label = "layer"};
    float w[CHANNELS * REDUCTION];
    float bias[CHANNELS];
    float x[REDUCTION * NG_TILE_ROWS_MOST] = {0};
    float out[CHANNELS];
    for (uint64_t i = 0; i < CHANNELS * REDUCTION; i++) {
        w[i] = (float)random_double(1 + (uint64_t)_i, i, -6, 1);
    }
    for (uint64_t k = 0; k < REDUCTION; k++) {
        x[k] = (float)random_double(20, k, -4, 2);
        bias[k % CHANNELS] = (float)random_double(21, k % CHANNELS, -3, 0);
    }
    const ng_layer layer = {.node = &node, .direct = true, .positions = 1, .reduction = REDUCTION, .channels = CHANNELS,
                            .weights = w, .bias = bias,
                            .window = {1, 1, REDUCTION, {1, 1}, {1, 1}, {1, 1}, {0, 0}, {1, 1}}};
    const ng_recipe recipe = {.weight = &weight, .activation = &activation, .scales = &s_a};
    ng_product product;
    ng_weights nearest;
    ng_grid grid;
    ng_error error;
    ck_assert_msg(ng_product_init(&product, &layer, 0, &recipe, &error), "%s", error.text);
    void *scratch = calloc(1, ng_product_scratch(&product, 1));
    ck_assert_ptr_nonnull(scratch);
    ck_assert(ng_product_run(&product, x, 1, false, scratch, out, &error));
    ng_grid_init(&grid, &weight);
    ck_assert(ng_weights_init(&nearest, &grid, w, CHANNELS, REDUCTION));
    for (size_t channel = 0; channel < CHANNELS; channel++) {
        int64_t sum = 0;
        for (size_t k = 0; k < REDUCTION; k++) {
            const double a = fmin(fmax(rint((double)x[k] * (double)(1.0F / s_a)), least), most);
            sum += (int64_t)nearest.values[channel * REDUCTION + k] * (int64_t)a;
        }
        const float exact = (float)ldexp((double)sum, ng_format_lsb(&weight));
        const float wanted = exact * (s_a * nearest.scales[channel]) + bias[channel];
        ck_assert_float_eq(out[channel], wanted);
    }
    ng_weights_free(&nearest);
    ng_product_free(&product);
    free(scratch);
}
END_TEST

Suite *ng_suite_pair(void);

Suite *ng_suite_pair(void)
{
    Suite *suite = suite_create("pair");
    TCase *tcase = tcase_create("pair");
    tcase_add_loop_test(tcase, which_pairs, 0, 26);
    tcase_add_loop_test(tcase, width_of_sums, 0, 5);
    tcase_add_loop_test(tcase, sums_of_a_layer, 0, 10);
    suite_add_tcase(suite, tcase);
    return suite;
}
