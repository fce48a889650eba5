#include "src/infer/product.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"
#include "src/quantize/block.h"

enum { ALIGNMENT = 64, SLACK_ROWS = NG_TILE_ROWS_MOST };

/* The parts of the scratch, in this order. */
typedef struct {
    uint8_t *occupied;   /* [part] whether the part of the operands has a number that is not 0 */
    uint8_t *operands;   /* [part][images * inputs], and slack for the last tile */
    size_t part_size;
    uint8_t *rows;       /* [NG_CHUNK_ROWS + slack][step] */
    uint8_t *sums;       /* [pair][NG_CHUNK_ROWS + slack][pitch] */
    size_t pair_size;
} view;

static size_t aligned(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static size_t element_of(const ng_product *product)
{
    return product->arithmetic == NG_DOUBLE53 || product->arithmetic == NG_SPLIT ? sizeof(double) : sizeof(float);
}

static size_t inputs_of(const ng_product *product)
{
    const ng_window *w = &product->layer->window;
    return w->height * w->width * w->channels;
}

/* Blocks lie within the channels of one pixel: the input can be rounded once, before its pixels are copied. */
static bool rounds_early(const ng_product *product)
{
    return product->arithmetic == NG_BLOCK && product->layer->window.channels % product->recipe.activation->block == 0;
}

/* The layer reads its input as it is, without operands of its own. */
static bool reads_input(const ng_product *product)
{
    return product->arithmetic == NG_FP32 || (product->arithmetic == NG_BLOCK && !rounds_early(product));
}

/* Sizes in bytes of the parts of the scratch. */
typedef struct {
    size_t part;     /* one part of the operands */
    size_t operands;
    size_t rows;
    size_t pair;     /* the sums of one pair of parts */
    size_t sums;
} layout;

static layout make_layout(const ng_product *product, size_t images)
{
    const size_t element = element_of(product);
    const size_t parts = product->operand_parts.count;
    layout l = {.part = aligned((images * inputs_of(product) + SLACK_ROWS * product->step) * element)};
    l.operands = reads_input(product) ? 0 : parts * l.part;
    l.rows = aligned((NG_CHUNK_ROWS + SLACK_ROWS) * product->step * element);
    l.pair = aligned((NG_CHUNK_ROWS + SLACK_ROWS) * product->panels[0].pitch * element);
    l.sums = parts * product->weight_parts.count * l.pair;
    return l;
}

static view make_view(const layout *l, uint8_t *scratch)
{
    uint8_t *operands = scratch + ALIGNMENT;
    uint8_t *rows = operands + l->operands;
    return (view){scratch, operands, l->part, rows, rows + l->rows, l->pair};
}

size_t ng_product_scratch(const ng_product *product, size_t images)
{
    const layout l = make_layout(product, images);
    return ALIGNMENT + l.operands + l.rows + l.sums;
}

bool ng_product_shares(const ng_product *product, const ng_product *before)
{
    return product->arithmetic == before->arithmetic && !reads_input(product) && product->arithmetic != NG_SPLIT &&
           product->step == before->step && inputs_of(product) == inputs_of(before) &&
           !(product->scale < before->scale) && !(product->scale > before->scale);
}

/* ---- operands -------------------------------------------------------------------------------------------------- */

static bool nan_input(const ng_product *product, ng_error *error)
{
    return ng_fail(error, NG_EXIT_CHECK, "node '%s': an input is NaN", product->layer->node->label);
}

static bool far_block(const ng_product *product, ng_error *error)
{
    return ng_fail(error, NG_EXIT_CHECK, "node '%s': a block of inputs is not finite or its scale is outside [2^%d, 2^%d]",
                   product->layer->node->label, NG_BLOCK_EXPONENT_LEAST, NG_BLOCK_EXPONENT_MOST);
}

static bool split_operands(const ng_product *product, const float *x, size_t count, const view *v)
{
    double *last = (double *)(void *)(v->operands + (product->operand_parts.count - 1) * v->part_size);
    const bool fine = ng_grid_round(&product->grid, product->factor, x, count, last);
    for (unsigned i = 0; i < product->operand_parts.count; i++) {
        double *part = (double *)(void *)(v->operands + i * v->part_size);
        v->occupied[i] = ng_split_part(&product->operand_parts.part[i], last, count, part);
    }
    return fine;
}

static bool make_operands(const ng_product *product, const float *x, size_t images, const view *v, ng_error *error)
{
    const size_t count = images * inputs_of(product);
    switch (product->arithmetic) {
    case NG_FP32: break;
    case NG_FLOAT24:
        return ng_grid_round_float(&product->grid, product->factor, x, count, (float *)(void *)v->operands) ||
               nan_input(product, error);
    case NG_DOUBLE53:
        return ng_grid_round(&product->grid, product->factor, x, count, (double *)(void *)v->operands) ||
               nan_input(product, error);
    case NG_SPLIT: return split_operands(product, x, count, v) || nan_input(product, error);
    case NG_BLOCK:
        if (rounds_early(product)) {
            const size_t channels = product->layer->window.channels;
            memcpy(v->operands, x, count * sizeof *x);
            return ng_block_round(product->recipe.activation, product->recipe.rule, (float *)(void *)v->operands,
                                  count / channels, channels) || far_block(product, error);
        }
        break;
    }
    return true;
}

/* Rows [first, first + rows) of the operands of one part: where they stand, or copied there. NULL if a block is out of
 * range. */
static const void *operand_rows(const ng_product *product, const float *x, const view *v, unsigned part, size_t first,
                                size_t rows)
{
    const ng_layer *layer = product->layer;
    const uint8_t *from = reads_input(product) ? (const uint8_t *)x : v->operands + part * v->part_size;
    const size_t element = element_of(product);
    const bool late = product->arithmetic == NG_BLOCK && !rounds_early(product);
    if (layer->direct && product->step == layer->reduction && !late) {
        return from + first * product->step * element;
    }
    ng_window_rows(&layer->window, from, element, first, rows, product->step, v->rows);
    if (late && !ng_block_round(product->recipe.activation, product->recipe.rule, (float *)(void *)v->rows, rows,
                                product->step)) {
        return NULL;
    }
    return v->rows;
}

/* ---- results --------------------------------------------------------------------------------------------------- */

NG_VECTORISED static void finish_plain(const float *sums, const float *bias, size_t channels, float *out)
{
    for (size_t i = 0; i < channels; i++) {
        out[i] = sums[i] + bias[i];
    }
}

NG_VECTORISED static void finish_float(const float *sums, float unit, const float *scales, const float *bias,
                                       size_t channels, float *out)
{
    for (size_t i = 0; i < channels; i++) {
        out[i] = (sums[i] * unit) * scales[i] + bias[i];
    }
}

NG_VECTORISED static void finish_double(const double *sums, double unit, const float *scales, const float *bias,
                                        size_t channels, float *out)
{
    for (size_t i = 0; i < channels; i++) {
        out[i] = (float)(sums[i] * unit) * scales[i] + bias[i];
    }
}

static void finish_split(const ng_product *product, const view *v, size_t row, float *out)
{
    const size_t channels = product->layer->channels;
    const unsigned weight_parts = product->weight_parts.count;
    ng_partial partials[NG_PAIRS_MOST];
    unsigned count = 0;
    for (unsigned j = 0; j < product->operand_parts.count; j++) {
        for (unsigned i = 0; v->occupied[j] && i < weight_parts; i++) {
            const double *sums = (const double *)(const void *)(v->sums + (j * weight_parts + i) * v->pair_size);
            partials[count++] = (ng_partial){sums + row * product->panels[i].pitch,
                                             product->operand_parts.part[j].shift + product->weight_parts.part[i].shift};
        }
    }
    ng_split_join(partials, count, product->lsb, channels, out);
    finish_float(out, 1, product->scales, product->layer->bias, channels, out);
}

static void finish_row(const ng_product *product, const view *v, size_t row, float *out)
{
    const ng_layer *layer = product->layer;
    const float *floats = (const float *)(const void *)v->sums + row * product->panels[0].pitch;
    const double *doubles = (const double *)(const void *)v->sums + row * product->panels[0].pitch;
    switch (product->arithmetic) {
    case NG_FP32:
    case NG_BLOCK: finish_plain(floats, layer->bias, layer->channels, out); break;
    case NG_FLOAT24:
        finish_float(floats, ldexpf(1, product->lsb), product->scales, layer->bias, layer->channels, out);
        break;
    case NG_DOUBLE53:
        finish_double(doubles, ldexp(1, product->lsb), product->scales, layer->bias, layer->channels, out);
        break;
    case NG_SPLIT: finish_split(product, v, row, out); break;
    }
}

static bool run_chunk(const ng_product *product, const float *x, const view *v, size_t first, size_t rows, float *out,
                      ng_error *error)
{
    const unsigned weight_parts = product->weight_parts.count;
    for (unsigned j = 0; j < product->operand_parts.count; j++) {
        if (product->arithmetic == NG_SPLIT && !v->occupied[j]) {
            continue;
        }
        const void *operands = operand_rows(product, x, v, j, first, rows);
        if (operands == NULL) {
            return far_block(product, error);
        }
        for (unsigned i = 0; i < weight_parts; i++) {
            ng_gemm(&product->panels[i], operands, product->step, rows, v->sums + (j * weight_parts + i) * v->pair_size);
        }
    }
    for (size_t row = 0; row < rows; row++) {
        finish_row(product, v, row, out + row * product->layer->channels);
    }
    return true;
}

bool ng_product_run(const ng_product *product, const float *x, size_t images, bool prepared, void *scratch,
                    float *out, ng_error *error)
{
    const ng_layer *layer = product->layer;
    const layout l = make_layout(product, images);
    const view v = make_view(&l, scratch);
    const size_t total = images * layer->positions;
    if (!prepared && !make_operands(product, x, images, &v, error)) {
        return false;
    }
    for (size_t first = 0; first < total; first += NG_CHUNK_ROWS) {
        const size_t rows = total - first < NG_CHUNK_ROWS ? total - first : NG_CHUNK_ROWS;
        if (!run_chunk(product, x, &v, first, rows, out + first * layer->channels, error)) {
            return false;
        }
    }
    return true;
}
