/* prepare.c: the weights of a layer in the form its arithmetic wants, and the choice of that arithmetic. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/nvfp4.h"
#include "model/unit.h"
#include "src/infer/block_columns.h"
#include "src/infer/block_sum.h"
#include "src/infer/block_wide.h"
#include "src/infer/low_rank.h"
#include "src/infer/panels.h"
#include "src/quantize/block.h"
#include "src/quantize/pair.h"
#include "src/quantize/two_level.h"
#include "src/quantize/weights.h"

enum { FLOAT_EXACT_BITS = 24, DOUBLE_EXACT_BITS = 53, FP32_BITS = 32 };

static bool no_memory(const ng_layer *layer, ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", layer->node->label);
}

/* The fp32 weights that are multiplied or cut into blocks: a method's, or the layer's own. */
static const float *numbers_of(const ng_product *product)
{
    return product->weights != NULL ? product->weights->numbers : product->layer->weights;
}

static bool prepare_fp32(ng_product *product, ng_error *error)
{
    const ng_layer *layer = product->layer;
    product->arithmetic = NG_FP32;
    product->weight_bits = (unsigned long long)layer->channels * layer->reduction * FP32_BITS;
    if (product->weights != NULL && product->weights->bits != 0) {
        product->weight_bits = product->weights->bits;
    }
    return ng_panels_pack(product, 0, numbers_of(product), NULL, layer->reduction, layer->reduction) ||
           no_memory(layer, error);
}

/* ---- blocks ---------------------------------------------------------------------------------------------------- */

static size_t rounded_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

/* The weights in their order, rows of `step`. */
static void copy_weights(const ng_product *product, size_t step, float *out)
{
    const ng_layer *layer = product->layer;
    const uint32_t *order = product->weights != NULL ? product->weights->order : NULL;
    for (size_t channel = 0; channel < layer->channels; channel++) {
        const float *numbers = numbers_of(product) + channel * layer->reduction;
        for (size_t k = 0; k < layer->reduction; k++) {
            out[channel * step + k] = numbers[order != NULL ? order[k] : k];
        }
    }
}

/* Rounded weights, for what holds the sum of a block. */
static bool pack_blocks(ng_product *product, const float *weights)
{
    const ng_layer *layer = product->layer;
    const size_t channels = layer->channels / product->groups;
    const size_t block = product->fake ? layer->reduction : product->recipe.weight->block;
    bool fine = true;
    if (product->block_sum == NG_SUM_FLOAT) {
        return ng_panels_pack(product, 0, weights, NULL, layer->reduction, block);
    }
    for (size_t group = 0; fine && group < product->groups; group++) {
        fine = ng_block_wide_init(&product->panels[group], weights + group * channels * layer->reduction, channels, layer->reduction, block);
    }
    return fine;
}

static bool round_weights(ng_product *product, float tensor, size_t step, float *weights, ng_error *error)
{
    const ng_layer *layer = product->layer;
    copy_weights(product, step, weights);
    if (!ng_block_round_under(product->recipe.weight, tensor, product->recipe.rule, weights, layer->channels, step)) {
        return ng_fail(error, NG_EXIT_CHECK, "node '%s': a block of weights has a scale outside [2^%d, 2^%d]",
                       layer->node->label, NG_BLOCK_EXPONENT_LEAST, NG_BLOCK_EXPONENT_MOST);
    }
    for (size_t channel = 1; channel < layer->channels; channel++) {
        memmove(weights + channel * layer->reduction, weights + channel * step, layer->reduction * sizeof *weights);
    }
    return pack_blocks(product, weights) || no_memory(layer, error);
}

/* Codes of whole blocks, and a scale for each; the tensor's own where there is one. */
static unsigned long long block_storage(const ng_product *product)
{
    const ng_format *format = product->recipe.weight;
    const unsigned long long blocks = rounded_up(product->layer->reduction, format->block) / format->block;
    if (product->weights != NULL && product->weights->bits != 0) {
        return product->weights->bits;
    }
    return product->layer->channels * blocks * (format->block * format->bits + NG_SCALE_BITS) +
           (ng_is_two_level(format) ? FP32_BITS : 0);
}

/* Formats of two levels: both tensors' scales multiply the sums of the blocks, tensor is that of the weights. False without memory. */
static bool scale_tensors(ng_product *product, float scale, float *tensor)
{
    const ng_layer *layer = product->layer;
    const float *numbers = numbers_of(product);
    float largest = 0;
    for (size_t i = 0; i < layer->channels * layer->reduction; i++) {
        largest = fabsf(numbers[i]) > largest ? fabsf(numbers[i]) : largest;
    }
    *tensor = ng_block_tensor_scale(product->recipe.weight, largest);
    if (!ng_is_two_level(product->recipe.weight)) {
        return true;
    }
    product->scale = scale > 0 ? scale : 1;
    product->scales = malloc(layer->channels * sizeof(float));
    product->weight_scales = malloc(layer->channels * sizeof(float));
    for (size_t i = 0; product->scales != NULL && product->weight_scales != NULL && i < layer->channels; i++) {
        product->weight_scales[i] = *tensor;
        product->scales[i] = product->scale * *tensor;
    }
    return product->scales != NULL && product->weight_scales != NULL;
}

/* Whether all elements under scales in range, and the anchors that round them (block_shape.h), are normal fp32 numbers. */
static bool suits_fp32(const ng_format *format)
{
    enum { ANCHOR = NG_FLOAT_FRACTION + 1, LEAST = 1 - NG_FLOAT_BIAS };
    return ng_is_two_level(format) || (NG_BLOCK_EXPONENT_LEAST + ng_format_lsb(format) >= LEAST &&
                                       NG_BLOCK_EXPONENT_MOST + ilogb(ng_decode_double(format, ng_format_largest(format))) + ANCHOR < NG_FLOAT_BIAS);
}

static bool prepare_block(ng_product *product, float scale, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const ng_format *format = product->recipe.weight;
    const size_t step = rounded_up(layer->reduction, NG_BLOCK_LANES);
    product->arithmetic = product->fake ? NG_FAKE : NG_BLOCK;
    product->terms = format->block;
    product->step = product->connection == NG_DEPTHWISE ? layer->reduction : step;
    product->shape = ng_block_shape_of(product->recipe.activation, product->recipe.rule);
    product->accumulator_bits = ng_sum_bits(format, product->recipe.activation, format->block);
    product->block_sum = product->fake ? NG_SUM_FLOAT : ng_block_sum_of(format, product->recipe.activation);
    product->weight_bits = block_storage(product);
    if (!suits_fp32(format) || !suits_fp32(product->recipe.activation)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s x %s: elements that fp32 does not hold under scales of [2^%d, 2^%d]", format->name,
                       product->recipe.activation->name, NG_BLOCK_EXPONENT_LEAST, NG_BLOCK_EXPONENT_MOST);
    }
    if (!product->fake && !ng_block_sum_fits(format, product->recipe.activation)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s x %s: the sum of a block has %u bits, more than two doubles hold exactly", format->name,
                       product->recipe.activation->name, product->accumulator_bits);
    }
    float tensor = 1;
    float *weights = scale_tensors(product, scale, &tensor) ? calloc(layer->channels * step, sizeof *weights) : NULL;
    const bool fine = weights != NULL ? round_weights(product, tensor, step, weights, error) : no_memory(layer, error);
    free(weights);
    return fine;
}

/* ---- scalar formats -------------------------------------------------------------------------------------------- */

/* The columns [from, from + count) of values[channels][reduction]. */
static void take_columns(const double *values, size_t channels, size_t reduction, size_t from, size_t count, double *out)
{
    for (size_t channel = 0; channel < channels; channel++) {
        memcpy(out + channel * count, values + channel * reduction + from, count * sizeof *out);
    }
}

static bool pack_float(ng_product *product, unsigned part, const double *values, size_t depth)
{
    const size_t count = product->layer->channels * depth;
    float *narrow = malloc(count * sizeof *narrow);
    if (narrow == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        narrow[i] = (float)values[i];
    }
    const bool fine = ng_panels_pack(product, part, narrow, NULL, depth, depth);
    free(narrow);
    return fine;
}

static bool pack_parts(ng_product *product, unsigned first, const double *values, size_t depth)
{
    const size_t count = product->layer->channels * depth;
    double *part = malloc(count * sizeof *part);
    bool fine = part != NULL;
    for (unsigned i = 0; fine && i < product->weight_parts.count; i++) {
        (void)ng_split_part(&product->weight_parts.part[i], values, count, part);
        fine = ng_panels_pack(product, first + i, NULL, part, depth, depth);
    }
    free(part);
    return fine;
}

/* The weights[channels][depth] behind one of the sums. */
static bool pack_sum(ng_product *product, size_t sum, const double *values, size_t depth)
{
    const unsigned part = (unsigned)(sum * NG_PARTS_MOST);
    switch (product->arithmetic) {
    case NG_FLOAT24: return pack_float(product, part, values, depth);
    case NG_DOUBLE53: return ng_panels_pack(product, part, NULL, values, depth, depth);
    default: return pack_parts(product, part, values, depth);
    }
}

static bool pack(ng_product *product, const ng_grid *grid, const ng_weights *weights)
{
    const size_t channels = weights->channels;
    double *columns = malloc(channels * weights->slice * sizeof *columns);
    bool fine = columns != NULL &&
                (product->arithmetic != NG_SPLIT ||
                 ng_split_choose(grid, &product->grid, weights->values, weights->planes * channels, weights->reduction,
                                 &product->weight_parts, &product->operand_parts));
    for (size_t sum = 0; fine && sum < product->sums; sum++) {
        const double *plane = weights->values + sum / weights->slices * channels * weights->reduction;
        const size_t from = sum % weights->slices * weights->slice;
        const size_t depth = weights->reduction - from < weights->slice ? weights->reduction - from : weights->slice;
        take_columns(plane, channels, weights->reduction, from, depth, columns);
        fine = pack_sum(product, sum, columns, depth);
    }
    free(columns);
    return fine;
}

/* Bias of a channel as an integer of the accumulator, in double, within +-room. */
static double start_of(const ng_product *product, size_t channel, double room)
{
    const double unit = ldexp((double)product->scales[channel], product->lsb);
    return fmax(fmin(rint((double)product->bias[channel] / unit), room), -room);
}

/* At least the value of a wide integer that is not negative, and hardly more. */
static double above(const ng_wide *a)
{
    double sum = 0;
    for (unsigned limb = 4; limb-- > 0;) {
        sum = ldexp(sum, 64) + (double)a->limb[limb];
    }
    return sum * (1 + ldexp(1, -50));
}

/* Puts the biases into the accumulators, as far as the largest sum without them leaves room; *bits becomes the length of the largest
 * sum that can be met then. */
static bool start_sums(ng_product *product, const ng_wide *bound, unsigned *bits, ng_error *error)
{
    const size_t channels = product->layer->channels;
    const double room = fmax(0, floor(ldexp(1, (int)product->accumulator_bits - 1) - 1 - above(bound)));
    double largest = 0;
    product->start = calloc(NG_START_PARTS * channels, sizeof *product->start);
    if (product->start == NULL) {
        return no_memory(product->layer, error);
    }
    for (size_t channel = 0; channel < channels; channel++) {
        product->start[channel] = start_of(product, channel, room);
        largest = fmax(largest, fabs(product->start[channel]));
    }
    *bits = largest + above(bound) < 1 ? 1 : (unsigned)ilogb(largest + above(bound)) + 1;
    return true;
}

/* Cuts the biases into parts that double sums can hold beside others. */
static void split_start(ng_product *product)
{
    const size_t channels = product->layer->channels;
    for (size_t i = 0; product->start != NULL && i < channels; i++) {
        double left = product->start[i];
        for (unsigned part = NG_START_PARTS; part-- > 0;) {
            const double high = trunc(ldexp(left, -(int)part * NG_START_SHIFT));
            product->start[part * channels + i] = high;
            left -= ldexp(high, (int)part * NG_START_SHIFT);
        }
    }
}

static bool choose_arithmetic(ng_product *product, const ng_weights *weights, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const ng_wide bound = ng_weights_bound(weights->values, weights->planes * weights->channels, weights->reduction,
                                           ng_grid_reach(&product->grid));
    unsigned bits = ng_wide_length(&bound);
    if (bits >= product->accumulator_bits) {
        return ng_fail(error, NG_EXIT_CHECK, "node '%s': a sum may need %u bits, the accumulator has %u",
                       layer->node->label, bits + 1, product->accumulator_bits);
    }
    if (product->sums_bias && product->sums == 1 && !start_sums(product, &bound, &bits, error)) {
        return false;
    }
    product->arithmetic = bits <= FLOAT_EXACT_BITS ? NG_FLOAT24 : bits <= DOUBLE_EXACT_BITS ? NG_DOUBLE53 : NG_SPLIT;
    if (product->arithmetic == NG_SPLIT) {
        split_start(product);
    }
    return true;
}

/* The numbers that the codes stand for, in one matrix whatever their planes and slices. */
static bool pack_fake(ng_product *product, const ng_weights *weights)
{
    const ng_layer *layer = product->layer;
    float *numbers = malloc(layer->channels * layer->reduction * sizeof *numbers);
    product->arithmetic = NG_FAKE;
    if (numbers != NULL) {
        ng_weights_numbers(weights, product->recipe.weight, numbers);
    }
    const bool fine = numbers != NULL && ng_panels_pack(product, 0, numbers, NULL, layer->reduction, layer->reduction);
    free(numbers);
    return fine;
}

static bool use_weights(ng_product *product, const ng_grid *grid, const ng_weights *weights, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const size_t scales = product->sums * layer->channels;
    if (product->fake) {
        return pack_fake(product, weights) || no_memory(layer, error);
    }
    memcpy(product->weight_scales, weights->scales, scales * sizeof(float));
    for (size_t i = 0; i < scales; i++) {
        product->scales[i] = product->scale * weights->scales[i];
    }
    return choose_arithmetic(product, weights, error) && (pack(product, grid, weights) || no_memory(layer, error));
}

/* Codes of the format and a scale of 32 bits for each run of them, unless the method knows better. */
static unsigned long long storage_of(const ng_product *product)
{
    const ng_layer *layer = product->layer;
    const size_t planes = product->weights != NULL ? product->weights->planes : 1;
    const size_t sums = product->weights != NULL ? planes * product->weights->slices : 1;
    if (product->weights != NULL && product->weights->bits != 0) {
        return product->weights->bits;
    }
    const size_t rank = product->weights != NULL ? product->weights->rank : 0;
    return (unsigned long long)rank * (layer->channels + layer->reduction) * FP32_BITS +
           (unsigned long long)layer->channels *
           (planes * layer->reduction * product->recipe.weight->bits + sums * FP32_BITS);
}

static bool prepare_scalar(ng_product *product, float scale, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const ng_recipe *recipe = &product->recipe;
    ng_grid grid;
    ng_weights nearest = {0};
    ng_grid_init(&grid, recipe->weight);
    ng_grid_init(&product->grid, recipe->activation);
    product->scale = scale;
    product->factor = ng_grid_factor(&product->grid, scale);
    product->lsb = ng_format_lsb(recipe->weight) + ng_format_lsb(recipe->activation);
    product->terms = layer->reduction;
    product->accumulator_bits = ng_exact_sum_bits(recipe->weight, recipe->activation, (unsigned)layer->reduction);
    product->weight_bits = storage_of(product);
    product->scales = malloc(product->sums * layer->channels * sizeof(float));
    product->weight_scales = malloc(product->sums * layer->channels * sizeof(float));
    if (product->scales == NULL || product->weight_scales == NULL ||
        (product->weights == NULL && !ng_weights_init(&nearest, &grid, layer->weights, layer->channels, layer->reduction))) {
        return no_memory(layer, error);
    }
    const bool fine = use_weights(product, &grid, product->weights != NULL ? product->weights : &nearest, error);
    ng_weights_free(&nearest);
    return fine;
}

static bool prepare(ng_product *product, float scale, ng_error *error)
{
    const ng_recipe *recipe = &product->recipe;
    if (recipe->weight == NULL || (product->weights != NULL && product->weights->plain)) {
        return prepare_fp32(product, error);
    }
    if (!ng_pair_check(recipe->weight, recipe->activation, error)) {
        return false;
    }
    if (product->layer->reduction > NG_TERMS_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': %zu terms, more than %d", product->layer->node->label,
                       product->layer->reduction, NG_TERMS_MAX);
    }
    return recipe->weight->block != 0 ? prepare_block(product, scale, error) : prepare_scalar(product, scale, error);
}

static bool is_block(const ng_recipe *recipe)
{
    return recipe->weight != NULL && recipe->weight->block != 0;
}

/* Bits of the exact sum of a block, with what the scales' significands add. */
static unsigned block_bits(const ng_format *weight, const ng_format *activation)
{
    return ng_sum_bits(weight, activation, weight->block) + (ng_is_two_level(weight) ? NG_NVFP4_SCALE_BITS : 0);
}

ng_block_sum ng_block_sum_of(const ng_format *weight, const ng_format *activation)
{
    const unsigned bits = block_bits(weight, activation);
    return bits <= NG_BLOCK_FLOAT_BITS ? NG_SUM_FLOAT : bits <= NG_BLOCK_DOUBLE_BITS ? NG_SUM_DOUBLE : NG_SUM_PAIR;
}

bool ng_block_sum_fits(const ng_format *weight, const ng_format *activation)
{
    return block_bits(weight, activation) <= NG_BLOCK_PAIR_BITS;
}

/* Windows of blocks that are rounded where they stand or as they are copied (block_shape.h), and summed in fp32. */
static bool is_plain_block(const ng_layer_recipe *own)
{
    return ng_is_exact_pair(own->weight, own->activation) && own->rule != NG_RULE_MSE && own->activation->block % NG_BLOCK_LANES == 0 &&
           !ng_is_two_level(own->activation) &&
           ng_block_sum_of(own->weight, own->activation) == NG_SUM_FLOAT;
}

/* Blocks lie along the taps of a depthwise channel; where they are not plain or their terms are sorted, or all is emulated, it is a
 * group like any other. */
static ng_connection connection_of(const ng_layer *layer, const ng_layer_recipe *own, size_t slices)
{
    const size_t groups = ng_layer_groups(layer);
    const bool block = own->weight != NULL && own->weight->block != 0;
    const bool sorted = own->weights != NULL && own->weights->order != NULL;
    const bool whole = block ? is_plain_block(own) && !sorted && !own->fake : slices == 1;
    const bool depthwise = groups == layer->window.channels && groups == layer->channels && whole;
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
    const bool sorted = product->weights != NULL && product->weights->order != NULL;
    const bool whole = product->arithmetic == NG_FP32 || !is_block(&product->recipe) ||
                       (w->channels % product->recipe.activation->block == 0 && !sorted);
    const bool pays = layer->channels <= CHANNELS_MOST && w->output[1] >= WIDTH_LEAST;
    return packed && !layer->direct && product->slices == 1 && product->block_sum == NG_SUM_FLOAT &&
           (product->connection == NG_DEPTHWISE || (product->connection == NG_DENSE && whole && pays));
}

/* Windows of whole vectors (block_rows.h). */
static bool is_of_vectors(const ng_layer *layer)
{
    return layer->window.channels % NG_BLOCK_LANES == 0 && layer->reduction <= NG_BLOCK_LANES * NG_BLOCK_ROW_VECTORS;
}

/* Few numbers, a few positions side by side (block_columns.h). */
static bool is_of_columns(const ng_layer *layer)
{
    return layer->reduction <= NG_BLOCK_COLUMNS && layer->window.stride[1] * layer->window.channels <= NG_BLOCK_COLUMN_STEP;
}

/* Windows whose blocks span pixels are rounded as they are copied. */
static bool may_gather(const ng_product *product)
{
    const ng_layer *layer = product->layer;
    const size_t channels = layer->window.channels;
    const bool sorted = product->weights != NULL && product->weights->order != NULL;
    return product->arithmetic == NG_BLOCK && product->connection == NG_DENSE && product->recipe.rule != NG_RULE_MSE && !sorted &&
           product->recipe.activation->block % NG_BLOCK_LANES == 0 && !ng_is_two_level(product->recipe.activation) && channels % product->recipe.activation->block != 0 && layer->reduction > channels &&
           (is_of_vectors(layer) || is_of_columns(layer));
}

/* What the recipe says of layer `index`, with the layer's own weights where nothing else is said. */
static ng_layer_recipe layer_recipe(const ng_recipe *recipe, size_t index)
{
    if (recipe->layers != NULL) {
        return recipe->layers[index];
    }
    return (ng_layer_recipe){.weight = recipe->weight, .activation = recipe->activation, .rule = recipe->rule,
                             .scale = recipe->scales != NULL ? recipe->scales[index] : 0, .fake = recipe->fake};
}

/* What is known before the weights are looked at. False without memory. */
static bool describe(ng_product *product, const ng_layer *layer, const ng_layer_recipe *own)
{
    const ng_weights *weights = own->weights;
    *product = (ng_product){.layer = layer, .step = layer->reduction, .weights = weights, .sums_bias = own->sums_bias,
                            .fake = own->fake};
    product->recipe = (ng_recipe){.weight = own->weight, .activation = own->activation, .rule = own->rule};
    product->weight_parts.count = 1;
    product->operand_parts.count = 1;
    const bool terms = weights != NULL && !own->fake;
    product->slices = terms ? weights->slices : 1;
    product->slice = terms ? weights->slice : layer->reduction;
    product->sums = terms ? weights->planes * weights->slices : 1;
    product->connection = connection_of(layer, own, product->slices);
    product->groups = product->connection == NG_GROUPED ? layer->groups : 1;
    product->panel_count = product->sums * NG_PARTS_MOST * product->groups;
    product->panels = calloc(product->panel_count, sizeof *product->panels);
    product->bias = malloc(layer->channels * sizeof *product->bias);
    if (product->panels == NULL || product->bias == NULL) {
        return false;
    }
    memcpy(product->bias, weights != NULL && weights->bias != NULL ? weights->bias : layer->bias,
           layer->channels * sizeof *product->bias);
    return true;
}

bool ng_product_init(ng_product *product, const ng_layer *layer, size_t index, const ng_recipe *recipe,
                     ng_error *error)
{
    const ng_layer_recipe own = layer_recipe(recipe, index);
    if (!(describe(product, layer, &own) ? prepare(product, own.scale, error) : no_memory(layer, error))) {
        ng_product_free(product);
        return false;
    }
    if (product->connection == NG_DEPTHWISE) {
        product->step *= layer->channels;
    }
    product->overlaps = may_overlap(product);
    product->gathers = may_gather(product);
    if (product->weights != NULL && product->weights->rank != 0 && !ng_low_rank_init(&product->low, product, error)) {
        ng_product_free(product);
        return false;
    }
    return true;
}

void ng_product_free(ng_product *product)
{
    for (size_t i = 0; product->panels != NULL && i < product->panel_count; i++) {
        ng_panels_free(&product->panels[i]);
    }
    free(product->panels);
    free(product->scales);
    free(product->weight_scales);
    free(product->bias);
    free(product->start);
    ng_low_rank_free(product->low);
    *product = (ng_product){0};
}

const char *ng_arithmetic_name(ng_arithmetic arithmetic)
{
    static const char names[][12] = {"fp32", "float24", "double53", "split", "block", "fake"};
    return names[arithmetic];
}
