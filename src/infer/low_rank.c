#include "src/infer/low_rank.h"

#include <math.h>
#include <stdlib.h>

enum { ALIGNMENT = 64 };

/* An fp32 layer of its own: `channels` sums over the given window. */
static ng_layer branch_layer(const ng_layer *layer, const ng_window *window, size_t channels, const float *weights, float *zeros)
{
    ng_layer branch = {.node = layer->node, .window = *window, .channels = channels, .bias = zeros};
    const ng_window *w = &branch.window;
    branch.weights = (float *)(uintptr_t)weights; /* not changed: the product packs them */
    branch.positions = w->output[0] * w->output[1];
    branch.reduction = w->kernel[0] * w->kernel[1] * w->channels;
    branch.direct = w->kernel[0] * w->kernel[1] * w->stride[0] * w->stride[1] == 1 && w->output[0] == w->height &&
                    w->output[1] == w->width;
    return branch;
}

static bool init_branches(ng_low_rank *low, const ng_product *product, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const ng_weights *weights = product->weights;
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    const ng_window line = {.height = 1, .width = layer->positions, .channels = weights->rank, .kernel = {1, 1}, .stride = {1, 1},
                            .dilation = {1, 1}, .output = {1, layer->positions}};
    const size_t most = layer->channels > weights->rank ? layer->channels : weights->rank;
    low->zeros = calloc(most, sizeof *low->zeros);
    if (low->zeros == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "no memory for node '%s'", layer->node->label);
    }
    low->right_layer = branch_layer(layer, &layer->window, weights->rank, weights->right, low->zeros);
    low->left_layer = branch_layer(layer, &line, layer->channels, weights->left, low->zeros);
    return ng_product_init(&low->right, &low->right_layer, 0, &recipe, error) &&
           ng_product_init(&low->left, &low->left_layer, 0, &recipe, error);
}

bool ng_low_rank_init(ng_low_rank **low, const ng_product *product, ng_error *error)
{
    const char *label = product->layer->node->label;
    *low = NULL;
    if (product->arithmetic == NG_BLOCK || product->arithmetic == NG_FP32 || ng_layer_groups(product->layer) > 1) {
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': a low-rank term needs scalar formats and a single group", label);
    }
    *low = calloc(1, sizeof **low);
    if (*low == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "no memory for node '%s'", label);
    }
    if (!init_branches(*low, product, error)) {
        ng_low_rank_free(*low);
        *low = NULL;
        return false;
    }
    return true;
}

void ng_low_rank_free(ng_low_rank *low)
{
    if (low != NULL) {
        ng_product_free(&low->right);
        ng_product_free(&low->left);
        free(low->zeros);
        free(low);
    }
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

typedef struct {
    size_t input;  /* bytes of the quantised input, with room behind it for a last tile of rows */
    size_t middle; /* of the right factor's results, likewise */
    size_t output;
    size_t inner;  /* scratch of the products */
} layout;

static size_t bytes(size_t numbers)
{
    return (numbers * sizeof(float) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static layout make_layout(const ng_low_rank *low, size_t images)
{
    const ng_window *w = &low->right_layer.window;
    const size_t right = ng_product_scratch(&low->right, images);
    const size_t left = ng_product_scratch(&low->left, images);
    return (layout){
        .input = bytes(images * w->height * w->width * w->channels + NG_TILE_ROWS_MOST * low->right.step),
        .middle = bytes(images * low->left_layer.positions * low->left_layer.reduction + NG_TILE_ROWS_MOST * low->left.step),
        .output = bytes(images * low->left_layer.positions * low->left_layer.channels),
        .inner = right > left ? right : left,
    };
}

size_t ng_low_rank_scratch(const ng_low_rank *low, size_t images)
{
    const layout l = make_layout(low, images);
    return l.input + l.middle + l.output + l.inner;
}

/* The numbers the quantised input stands for. */
static void quantise(const ng_product *product, const float *x, size_t count, float *out)
{
    const float unit = ldexpf(product->scale, ng_format_lsb(product->recipe.activation));
    (void)ng_grid_round_float(&product->grid, product->factor, x, count, out); /* NaN has been refused before */
    for (size_t i = 0; i < count; i++) {
        out[i] *= unit;
    }
}

bool ng_low_rank_add(const ng_low_rank *low, const ng_product *product, const float *x, size_t images, void *scratch, float *out,
                     ng_error *error)
{
    const layout l = make_layout(low, images);
    const ng_window *w = &low->right_layer.window;
    const size_t count = images * low->left_layer.positions * low->left_layer.channels;
    float *input = scratch;
    float *middle = (float *)(void *)((uint8_t *)scratch + l.input);
    float *output = (float *)(void *)((uint8_t *)scratch + l.input + l.middle);
    void *inner = (uint8_t *)scratch + l.input + l.middle + l.output;
    quantise(product, x, images * w->height * w->width * w->channels, input);
    if (!ng_product_run(&low->right, input, images, false, inner, middle, error) ||
        !ng_product_run(&low->left, middle, images, false, inner, output, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] += output[i];
    }
    return true;
}
