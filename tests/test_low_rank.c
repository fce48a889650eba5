/* The low-rank term of a layer: what the engine adds against the formula, in double. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "src/infer/product.h"
#include "tests/support/layers.h"

enum { SIDE = 6, INPUTS = 3, CHANNELS = 5, REDUCTION = 9 * INPUTS, RANK = 4, IMAGES = 2, POSITIONS = SIDE * SIDE };
enum { SLACK = 14 * REDUCTION };

typedef struct {
    ng_node node;
    ng_layer layer;
    float weights[CHANNELS * REDUCTION];
    float bias[CHANNELS];
    float left[CHANNELS * RANK];
    float right[RANK * REDUCTION];
    float x[IMAGES * POSITIONS * INPUTS + SLACK];
} fixture;

static void make(fixture *f)
{
    memset(f, 0, sizeof *f);
    memcpy(f->node.label, "conv", 5);
    layer_weights(1, CHANNELS, REDUCTION, f->weights);
    layer_weights(2, CHANNELS, RANK, f->left);
    layer_weights(3, RANK, REDUCTION, f->right);
    layer_rows(4, IMAGES * POSITIONS, INPUTS, f->x);
    f->layer = (ng_layer){.node = &f->node, .positions = POSITIONS, .reduction = REDUCTION, .channels = CHANNELS,
                          .weights = f->weights, .bias = f->bias};
    f->layer.window = (ng_window){.height = SIDE, .width = SIDE, .channels = INPUTS, .kernel = {3, 3}, .stride = {1, 1},
                                  .dilation = {1, 1}, .before = {1, 1}, .output = {SIDE, SIDE}};
}

static void run(const fixture *f, const ng_recipe *recipe, float *out)
{
    ng_product product;
    ng_error error;
    ck_assert(ng_product_init(&product, &f->layer, 0, recipe, &error));
    void *scratch = calloc(1, ng_product_scratch(&product, IMAGES));
    ck_assert_ptr_nonnull(scratch);
    ck_assert(ng_product_run(&product, f->x, IMAGES, false, scratch, out, &error));
    free(scratch);
    ng_product_free(&product);
}

/* Input `k` of a position of an image, zero outside, as the format has it; by the model's encoder. */
static float operand(const fixture *f, const ng_format *format, float scale, size_t position, size_t k)
{
    const size_t row = position % POSITIONS / SIDE + k / (3 * INPUTS);
    const size_t column = position % SIDE + k / INPUTS % 3;
    if (row < 1 || row > SIDE || column < 1 || column > SIDE) {
        return 0;
    }
    const size_t at = ((position / POSITIONS * SIDE + row - 1) * SIDE + column - 1) * INPUTS + k % INPUTS;
    const uint32_t code = ng_encode_double(format, (double)f->x[at] * (double)(1.0F / scale));
    const float value = (float)ldexp(ng_decode_double(format, code), -ng_format_lsb(format));
    return value * (float)ldexp((double)scale, ng_format_lsb(format));
}

START_TEST(added_as_defined)
{
    static const char names[][8] = {"int4", "e3m2"};
    const ng_format *format = ng_format_find(names[_i]);
    fixture *f = malloc(sizeof *f);
    float without[IMAGES * POSITIONS * CHANNELS];
    float with[IMAGES * POSITIONS * CHANNELS];
    ng_grid grid;
    ng_weights weights;
    make(f);
    ng_grid_init(&grid, format);
    ck_assert(ng_weights_init(&weights, &grid, f->weights, CHANNELS, REDUCTION));
    const ng_layer_recipe own = {.weight = format, .activation = format, .scale = 0.37F, .weights = &weights};
    const ng_recipe recipe = {.weight = format, .activation = format, .layers = &own};
    run(f, &recipe, without);
    weights.rank = RANK;
    weights.left = f->left;
    weights.right = f->right;
    run(f, &recipe, with);
    for (size_t i = 0; i < IMAGES * POSITIONS * CHANNELS; i++) {
        double term = 0;
        for (size_t r = 0; r < RANK; r++) {
            double inner = 0;
            for (size_t k = 0; k < REDUCTION; k++) {
                inner += (double)f->right[r * REDUCTION + k] * (double)operand(f, format, 0.37F, i / CHANNELS, k);
            }
            term += (double)f->left[i % CHANNELS * RANK + r] * inner;
        }
        ck_assert_double_eq_tol((double)with[i], (double)without[i] + term, 1e-4);
    }
    weights.left = weights.right = NULL;
    ng_weights_free(&weights);
    free(f);
}
END_TEST

START_TEST(groups_are_refused)
{
    fixture *f = malloc(sizeof *f);
    ng_grid grid;
    ng_weights weights;
    ng_product product;
    ng_error error;
    make(f);
    f->layer.groups = INPUTS;
    f->layer.reduction = 9;
    f->layer.channels = INPUTS;
    ng_grid_init(&grid, ng_format_find("int4"));
    ck_assert(ng_weights_init(&weights, &grid, f->weights, INPUTS, 9));
    weights.rank = 1;
    const ng_layer_recipe own = {.weight = ng_format_find("int4"), .activation = ng_format_find("int4"), .scale = 1,
                                 .weights = &weights};
    ck_assert(!ng_product_init(&product, &f->layer, 0, &(ng_recipe){.weight = own.weight, .layers = &own}, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ng_weights_free(&weights);
    free(f);
}
END_TEST

Suite *ng_suite_low_rank(void);

Suite *ng_suite_low_rank(void)
{
    Suite *suite = suite_create("low_rank");
    TCase *tcase = tcase_create("low_rank");
    tcase_add_loop_test(tcase, added_as_defined, 0, 2);
    tcase_add_test(tcase, groups_are_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
