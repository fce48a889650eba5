/* prepare.c: the weights of a layer in the form its arithmetic wants, and the choice of that arithmetic. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/unit.h"
#include "src/infer/panels.h"
#include "src/quantize/block.h"
#include "src/quantize/weights.h"

enum { FLOAT_EXACT_BITS = 24, DOUBLE_EXACT_BITS = 53, SCALE_BITS_FP32 = 32 };

static bool no_memory(const ng_layer *layer, ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", layer->node->label);
}

static bool prepare_fp32(ng_product *product, ng_error *error)
{
    const ng_layer *layer = product->layer;
    product->arithmetic = NG_FP32;
    product->weight_bits = (unsigned long long)layer->channels * layer->reduction * SCALE_BITS_FP32;
    return ng_panels_pack(product, 0, layer->weights, NULL, layer->reduction, layer->reduction) ||
           no_memory(layer, error);
}

/* ---- blocks ---------------------------------------------------------------------------------------------------- */

static size_t rounded_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

static bool round_weights(ng_product *product, float *padded, ng_error *error)
{
    const ng_layer *layer = product->layer;
    for (size_t channel = 0; channel < layer->channels; channel++) {
        memcpy(padded + channel * product->step, layer->weights + channel * layer->reduction,
               layer->reduction * sizeof *padded);
    }
    if (!ng_block_round(product->recipe.weight, product->recipe.rule, padded, layer->channels, product->step)) {
        return ng_fail(error, NG_EXIT_CHECK, "node '%s': a block of weights has a scale outside [2^%d, 2^%d]",
                       layer->node->label, NG_BLOCK_EXPONENT_LEAST, NG_BLOCK_EXPONENT_MOST);
    }
    return ng_panels_pack(product, 0, padded, NULL, product->step, product->recipe.weight->block) ||
           no_memory(layer, error);
}

static bool prepare_block(ng_product *product, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const ng_format *format = product->recipe.weight;
    product->arithmetic = NG_BLOCK;
    product->terms = format->block;
    product->step = rounded_up(layer->reduction, format->block);
    product->accumulator_bits = ng_sum_bits(format, product->recipe.activation, format->block);
    product->weight_bits = (unsigned long long)layer->channels * product->step * format->bits +
                           (unsigned long long)layer->channels * (product->step / format->block) * NG_SCALE_BITS;
    if (product->accumulator_bits > FLOAT_EXACT_BITS + 1) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: the sum of a block has %u bits, more than fp32 holds exactly",
                       format->name, product->accumulator_bits);
    }
    float *padded = calloc(layer->channels * product->step, sizeof *padded);
    const bool fine = padded != NULL ? round_weights(product, padded, error) : no_memory(layer, error);
    free(padded);
    return fine;
}

/* ---- scalar formats -------------------------------------------------------------------------------------------- */

static bool pack_float(ng_product *product, const double *values)
{
    const ng_layer *layer = product->layer;
    const size_t count = layer->channels * layer->reduction;
    float *narrow = malloc(count * sizeof *narrow);
    if (narrow == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        narrow[i] = (float)values[i];
    }
    const bool fine = ng_panels_pack(product, 0, narrow, NULL, layer->reduction, layer->reduction);
    free(narrow);
    return fine;
}

static bool pack_parts(ng_product *product, const ng_grid *grid, const double *values)
{
    const ng_layer *layer = product->layer;
    const size_t count = layer->channels * layer->reduction;
    double *part = malloc(count * sizeof *part);
    bool fine = part != NULL && ng_split_choose(grid, &product->grid, values, layer->channels, layer->reduction,
                                                &product->weight_parts, &product->operand_parts);
    for (unsigned i = 0; fine && i < product->weight_parts.count; i++) {
        (void)ng_split_part(&product->weight_parts.part[i], values, count, part);
        fine = ng_panels_pack(product, i, NULL, part, layer->reduction, layer->reduction);
    }
    free(part);
    return fine;
}

static bool pack(ng_product *product, const ng_grid *grid, const double *values, unsigned bound_bits)
{
    const ng_layer *layer = product->layer;
    if (bound_bits <= FLOAT_EXACT_BITS) {
        product->arithmetic = NG_FLOAT24;
        return pack_float(product, values);
    }
    if (bound_bits <= DOUBLE_EXACT_BITS) {
        product->arithmetic = NG_DOUBLE53;
        return ng_panels_pack(product, 0, NULL, values, layer->reduction, layer->reduction);
    }
    product->arithmetic = NG_SPLIT;
    return pack_parts(product, grid, values);
}

static bool use_weights(ng_product *product, const ng_grid *grid, const ng_weights *weights, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const ng_wide bound = ng_weights_bound(weights->values, layer->channels, layer->reduction,
                                           ng_grid_reach(&product->grid));
    const unsigned bits = ng_wide_length(&bound);
    if (bits >= product->accumulator_bits) {
        return ng_fail(error, NG_EXIT_CHECK, "node '%s': a sum may need %u bits, the accumulator has %u",
                       layer->node->label, bits + 1, product->accumulator_bits);
    }
    memcpy(product->weight_scales, weights->scales, layer->channels * sizeof(float));
    for (size_t channel = 0; channel < layer->channels; channel++) {
        product->scales[channel] = product->scale * weights->scales[channel];
    }
    return pack(product, grid, weights->values, bits) || no_memory(layer, error);
}

static bool prepare_scalar(ng_product *product, float scale, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const ng_recipe *recipe = &product->recipe;
    ng_grid grid;
    ng_weights weights;
    ng_grid_init(&grid, recipe->weight);
    ng_grid_init(&product->grid, recipe->activation);
    product->scale = scale;
    product->factor = ng_grid_factor(&product->grid, scale);
    product->lsb = ng_format_lsb(recipe->weight) + ng_format_lsb(recipe->activation);
    product->terms = layer->reduction;
    product->accumulator_bits = ng_sum_bits(recipe->weight, recipe->activation, (unsigned)layer->reduction);
    product->weight_bits =
        (unsigned long long)layer->channels * (layer->reduction * recipe->weight->bits + SCALE_BITS_FP32);
    product->scales = malloc(layer->channels * sizeof(float));
    product->weight_scales = malloc(layer->channels * sizeof(float));
    if (product->scales == NULL || product->weight_scales == NULL ||
        !ng_weights_init(&weights, &grid, layer->weights, layer->channels, layer->reduction)) {
        return no_memory(layer, error);
    }
    const bool fine = use_weights(product, &grid, &weights, error);
    ng_weights_free(&weights);
    return fine;
}

static bool prepare(ng_product *product, size_t index, ng_error *error)
{
    const ng_recipe *recipe = &product->recipe;
    ng_family family;
    if (recipe->weight == NULL) {
        return prepare_fp32(product, error);
    }
    if (ng_pair_family(recipe->weight, recipe->activation, &family) != NG_OK ||
        !ng_format_has_circuits(recipe->weight) || !ng_format_has_circuits(recipe->activation)) {
        return ng_fail(error, NG_EXIT_USAGE, "no datapath multiplies %s by %s", recipe->weight->name,
                       recipe->activation->name);
    }
    if (product->layer->reduction > NG_TERMS_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': %zu terms, more than %d", product->layer->node->label,
                       product->layer->reduction, NG_TERMS_MAX);
    }
    return family == NG_FAMILY_BLOCK ? prepare_block(product, error)
                                     : prepare_scalar(product, recipe->scales[index], error);
}

static bool is_block(const ng_recipe *recipe)
{
    return recipe->weight != NULL && recipe->weight->block != 0;
}

/* Blocks lie along the taps of a depthwise channel, which is a group like any other there. */
static ng_connection connection_of(const ng_layer *layer, const ng_recipe *recipe)
{
    const size_t groups = ng_layer_groups(layer);
    const bool depthwise = groups == layer->window.channels && groups == layer->channels && !is_block(recipe);
    return groups == 1 ? NG_DENSE : depthwise ? NG_DEPTHWISE : NG_GROUPED;
}

/* Copying the rows of a 3x3 window multiplies the operands by 9. Leaving them where they are costs the products of the
 * positions that lie on the border, which pays for wide images and few channels, and where a product is one
 * multiplication a number. */
static bool may_overlap(const ng_product *product)
{
    enum { CHANNELS_MOST = 32, WIDTH_LEAST = 14 };
    const ng_layer *layer = product->layer;
    const ng_window *w = &layer->window;
    const bool packed = w->stride[0] * w->stride[1] * w->dilation[0] * w->dilation[1] == 1;
    const bool whole = product->arithmetic != NG_BLOCK || w->channels % product->recipe.activation->block == 0;
    const bool pays = layer->channels <= CHANNELS_MOST && w->output[1] >= WIDTH_LEAST;
    return packed && !layer->direct &&
           (product->connection == NG_DEPTHWISE || (product->connection == NG_DENSE && whole && pays));
}

bool ng_product_init(ng_product *product, const ng_layer *layer, size_t index, const ng_recipe *recipe,
                     ng_error *error)
{
    *product = (ng_product){.layer = layer, .recipe = *recipe, .step = layer->reduction};
    product->weight_parts.count = 1;
    product->operand_parts.count = 1;
    product->connection = connection_of(layer, recipe);
    product->groups = product->connection == NG_GROUPED ? layer->groups : 1;
    product->panels = calloc(NG_PARTS_MOST * product->groups, sizeof *product->panels);
    if (!(product->panels != NULL ? prepare(product, index, error) : no_memory(layer, error))) {
        ng_product_free(product);
        return false;
    }
    if (product->connection == NG_DEPTHWISE) {
        product->step *= layer->channels;
    }
    product->overlaps = may_overlap(product);
    return true;
}

void ng_product_free(ng_product *product)
{
    for (size_t i = 0; product->panels != NULL && i < NG_PARTS_MOST * product->groups; i++) {
        ng_panels_free(&product->panels[i]);
    }
    free(product->panels);
    free(product->scales);
    free(product->weight_scales);
    *product = (ng_product){0};
}

const char *ng_arithmetic_name(ng_arithmetic arithmetic)
{
    static const char names[][12] = {"fp32", "float24", "double53", "split", "block"};
    return names[arithmetic];
}
