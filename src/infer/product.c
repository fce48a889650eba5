#include "src/infer/product.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"
#include "src/infer/block_columns.h"
#include "src/infer/block_wide.h"
#include "src/infer/depthwise.h"
#include "src/infer/depthwise_block.h"
#include "src/infer/ending.h"
#include "src/infer/low_rank.h"
#include "src/quantize/two_level.h"

enum { ALIGNMENT = 64, SLACK_ROWS = 16 };

/* The parts of the scratch, in this order. */
typedef struct {
    uint8_t *occupied; /* [part] whether the part of the operands has a number that is not 0 */
    uint8_t *operands; /* [part][images * inputs], and slack for the last tile */
    size_t part_size;
    uint8_t *windows;  /* NG_GROUPED: [part][NG_CHUNK_ROWS][of all channels] */
    size_t window_size;
    uint8_t *rows;     /* [NG_CHUNK_ROWS + slack][step] */
    uint8_t *sums;     /* [pair][NG_CHUNK_ROWS + slack][pitch] */
    size_t pair_size;
    uint8_t *joined;   /* SPLIT with several sums: [NG_CHUNK_ROWS][channels of a group] of one of them */
} view;

/* Sizes in bytes of the parts of the scratch. */
typedef struct {
    size_t part; /* one part of the operands */
    size_t operands;
    size_t window; /* one part of the windows of all channels */
    size_t windows;
    size_t rows;
    size_t pair; /* the sums of one pair of parts */
    size_t sums;
    size_t joined;
} layout;

static size_t aligned(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static size_t element_of(const ng_product *product)
{
    return product->arithmetic == NG_DOUBLE53 || product->arithmetic == NG_SPLIT ? sizeof(double) : sizeof(float);
}

/* Pixels of a line [1] or lines [0] of an image as the operands are kept: with their borders where windows look into them. */
static size_t kept(const ng_product *product, unsigned axis)
{
    const ng_window *w = &product->layer->window;
    const size_t size = axis == 0 ? w->height : w->width;
    const size_t seen = (w->output[axis] - 1) * w->stride[axis] + (w->kernel[axis] - 1) * w->dilation[axis] + 1;
    const size_t bordered = w->before[axis] + size;
    return !product->overlaps && !product->gathers ? size : seen > bordered ? seen : bordered;
}

/* Numbers of one image of operands. */
static size_t kept_count(const ng_product *product)
{
    return kept(product, 1) * kept(product, 0) * product->layer->window.channels;
}

static bool is_block(const ng_product *product)
{
    return product->arithmetic != NG_FP32 && product->recipe.activation->block != 0;
}

/* The order of the terms in blocks; NULL: as they stand. */
static const uint32_t *order_of(const ng_product *product)
{
    return is_block(product) && product->weights != NULL ? product->weights->order : NULL;
}

/* Where blocks lie within the channels of one pixel the input can be rounded once, before its pixels are copied. */
static bool rounds_late(const ng_product *product)
{
    const size_t channels = product->layer->window.channels / product->groups;
    return is_block(product) && (product->connection == NG_DEPTHWISE || channels % product->recipe.activation->block != 0 ||
                                 order_of(product) != NULL);
}

/* Blocks of depthwise layers are rounded where they are multiplied. */
static bool rounds_last(const ng_product *product)
{
    return is_block(product) && product->connection == NG_DEPTHWISE;
}

/* Operands are numbers as they are stored, in their place. */
static bool keeps_numbers(const ng_product *product)
{
    return product->gathers || rounds_last(product);
}

/* The layer reads its input as it is, without operands of its own. */
static bool reads_input(const ng_product *product)
{
    return !product->overlaps && !product->gathers && (product->arithmetic == NG_FP32 || rounds_late(product));
}

/* Numbers of a window of all channels, of which a group's row is a part. */
static size_t windows_step(const ng_product *product)
{
    return product->layer->reduction * product->groups;
}

static layout make_layout(const ng_product *product, size_t images)
{
    const size_t element = element_of(product);
    const size_t parts = product->operand_parts.count;
    layout l = {.part = aligned((images * kept_count(product) + SLACK_ROWS * product->step) * element)};
    l.operands = reads_input(product) ? 0 : parts * l.part;
    l.window = product->connection == NG_GROUPED ? aligned(NG_CHUNK_ROWS * windows_step(product) * element) : 0;
    l.windows = parts * l.window;
    l.rows = aligned((NG_CHUNK_ROWS + SLACK_ROWS) * product->step * element);
    l.pair = aligned((NG_CHUNK_ROWS + SLACK_ROWS) * product->panels[0].pitch * element);
    l.sums = parts * product->weight_parts.count * l.pair;
    l.joined = product->arithmetic == NG_SPLIT && product->sums > 1
                   ? aligned(NG_CHUNK_ROWS * product->panels[0].channels * sizeof(float)) : 0;
    return l;
}

static view make_view(const layout *l, uint8_t *scratch)
{
    uint8_t *operands = scratch + ALIGNMENT;
    uint8_t *windows = operands + l->operands;
    uint8_t *rows = windows + l->windows;
    uint8_t *sums = rows + l->rows;
    return (view){scratch, operands, l->part, windows, l->window, rows, sums, l->pair, sums + l->sums};
}

/* What the product itself needs, without its low-rank term. */
static size_t own_scratch(const layout *l)
{
    return ALIGNMENT + l->operands + l->windows + l->rows + l->sums + l->joined;
}

size_t ng_product_scratch(const ng_product *product, size_t images)
{
    const layout l = make_layout(product, images);
    return own_scratch(&l) + (product->low != NULL ? ng_low_rank_scratch(product->low, images) : 0);
}

bool ng_product_shares(const ng_product *product, const ng_product *before)
{
    return product->arithmetic == before->arithmetic && product->arithmetic != NG_SPLIT && !reads_input(product) &&
           !reads_input(before) && !product->overlaps && !before->overlaps && !product->gathers && !before->gathers &&
           product->recipe.activation == before->recipe.activation && kept_count(product) == kept_count(before) &&
           !(product->scale < before->scale) && !(product->scale > before->scale);
}

/* ---- operands -------------------------------------------------------------------------------------------------- */

static bool convert(const ng_product *product, const float *x, size_t count, void *out)
{
    if (product->arithmetic == NG_FAKE && !is_block(product)) {
        return ng_grid_numbers(&product->grid, product->scale, x, count, out);
    }
    switch (product->arithmetic) {
    case NG_FP32: memcpy(out, x, count * sizeof *x); return true;
    case NG_FLOAT24: return ng_grid_round_float(&product->grid, product->factor, x, count, out);
    case NG_DOUBLE53:
    case NG_SPLIT: return ng_grid_round(&product->grid, product->factor, x, count, out);
    case NG_BLOCK:
    case NG_FAKE:
        memcpy(out, x, count * sizeof *x);
        return keeps_numbers(product) || ng_block_round_under(product->recipe.activation, product->scale, product->recipe.rule, out, 1, count);
    }
    return false;
}

/* Image by image and line by line into the middle of zeros. */
static bool convert_bordered(const ng_product *product, const float *x, size_t images, uint8_t *out)
{
    const ng_window *w = &product->layer->window;
    const size_t pixel = w->channels * element_of(product);
    const size_t width = kept(product, 1);
    bool fine = true;
    memset(out, 0, images * kept_count(product) * element_of(product));
    for (size_t line = 0; line < images * w->height; line++) {
        const size_t y = line / w->height * kept(product, 0) + line % w->height + w->before[0];
        fine = convert(product, x + line * w->width * w->channels, w->width * w->channels,
                       out + (y * width + w->before[1]) * pixel) && fine;
    }
    return fine;
}

static void split_operands(const ng_product *product, size_t count, const view *v, const double *all)
{
    for (unsigned i = 0; i < product->operand_parts.count; i++) {
        double *part = (double *)(void *)(v->operands + i * v->part_size);
        v->occupied[i] = ng_split_part(&product->operand_parts.part[i], all, count, part);
    }
}

static bool bad_input(const ng_product *product, ng_error *error)
{
    const char *label = product->layer->node->label;
    return !is_block(product)
               ? ng_fail(error, NG_EXIT_CHECK, "node '%s': an input is NaN", label)
               : ng_fail(error, NG_EXIT_CHECK, "node '%s': a block of inputs is not finite or its scale is outside "
                                               "[2^%d, 2^%d]", label, NG_BLOCK_EXPONENT_LEAST, NG_BLOCK_EXPONENT_MOST);
}

/* All operands are made in the place of the last part, which is then the last to be cut out of them. */
static bool make_operands(const ng_product *product, const float *x, size_t images, const view *v, ng_error *error)
{
    const size_t count = images * kept_count(product);
    uint8_t *all = v->operands + (product->operand_parts.count - 1) * v->part_size;
    if (reads_input(product)) {
        return true;
    }
    if (!(product->overlaps || product->gathers ? convert_bordered(product, x, images, all) : convert(product, x, count, all))) {
        return bad_input(product, error);
    }
    if (product->arithmetic == NG_SPLIT) {
        split_operands(product, count, v, (const double *)(void *)all);
    }
    return true;
}

/* ---- results --------------------------------------------------------------------------------------------------- */

/* The sums of row `row` of every pair of parts, joined in place of the result, which is then finished like others. */
static void join_row(const ng_product *product, const view *v, size_t from, size_t row, float *out)
{
    const unsigned weight_parts = product->weight_parts.count;
    ng_partial partials[NG_PARTIALS_MOST];
    unsigned count = 0;
    for (unsigned i = 0; product->start != NULL && i < NG_START_PARTS; i++) {
        partials[count++] = (ng_partial){product->start + i * product->layer->channels + from, i * NG_START_SHIFT};
    }
    for (unsigned j = 0; j < product->operand_parts.count; j++) {
        for (unsigned i = 0; v->occupied[j] && i < weight_parts; i++) {
            const double *sums = (const double *)(const void *)(v->sums + (j * weight_parts + i) * v->pair_size);
            partials[count++] = (ng_partial){sums + row * product->panels[0].pitch,
                                             product->operand_parts.part[j].shift + product->weight_parts.part[i].shift};
        }
    }
    ng_split_join(partials, count, product->lsb, product->panels[0].channels, out);
}

/* The rows' sums of the channels of one group, joined: one of several terms is added to the result. */
static void finish_split(const ng_product *product, const view *v, const ng_ending *e, size_t from, size_t first, float *out)
{
    float *joined = product->sums == 1 ? out : (float *)(void *)v->joined;
    const ng_ending each = {.scales = e->scales, .bias = e->bias, .channels = e->channels, .rows = e->rows, .step = e->step,
                            .pitch = product->sums == 1 ? e->step : e->channels};
    for (size_t row = 0; row < e->rows; row++) {
        join_row(product, v, from, first + row, joined + row * each.pitch);
    }
    if (product->sums > 1) {
        ng_end_add_float(&each, joined, 1, out);
    } else if (product->start != NULL) {
        ng_end_scale(&each, out);
    } else {
        ng_end_float(&each, joined, 1, out);
    }
}

/* Sums of numbers, in blocks of two levels under the scales of both tensors. */
static void finish_numbers(const ng_product *product, const ng_ending *e, const float *sums, float *out)
{
    if (is_block(product) && e->scales != NULL) {
        ng_end_float(e, sums, 1, out);
    } else {
        ng_end_plain(e, sums, out);
    }
}

/* The same for sums in float and in double. */
static void finish_float(const ng_product *product, const ng_ending *e, const float *sums, float *out)
{
    const float unit = ldexpf(1, product->lsb);
    if (product->sums > 1) {
        ng_end_add_float(e, sums, unit, out);
    } else if (product->start != NULL) {
        ng_end_started_float(e, sums, unit, out);
    } else {
        ng_end_float(e, sums, unit, out);
    }
}

static void finish_double(const ng_product *product, const ng_ending *e, const double *sums, float *out)
{
    const double unit = ldexp(1, product->lsb);
    if (product->sums > 1) {
        ng_end_add_double(e, sums, unit, out);
    } else if (product->start != NULL) {
        ng_end_started_double(e, sums, unit, out);
    } else {
        ng_end_double(e, sums, unit, out);
    }
}

/* The rows' sums of the channels of one group; out is where its first channel stands. */
static void finish(const ng_product *product, const view *v, size_t sum, size_t group, size_t first, size_t rows, float *out)
{
    const ng_layer *layer = product->layer;
    const size_t channels = product->panels[0].channels;
    const size_t pitch = product->panels[0].pitch;
    const size_t from = group * channels;
    const float *scales = product->scales != NULL ? product->scales + sum * layer->channels + from : NULL;
    const double *start = product->start != NULL ? product->start + from : NULL;
    const ng_ending e = {.scales = scales, .bias = product->bias + from, .start = start, .channels = channels, .rows = rows,
                         .pitch = pitch, .step = layer->channels};
    if (product->sums > 1 && sum == 0) {
        ng_end_clear(&e, out);
    }
    switch (product->arithmetic) {
    case NG_FP32:
    case NG_FAKE:
    case NG_BLOCK: finish_numbers(product, &e, (const float *)(const void *)v->sums + first * pitch, out); break;
    case NG_FLOAT24: finish_float(product, &e, (const float *)(const void *)v->sums + first * pitch, out); break;
    case NG_DOUBLE53: finish_double(product, &e, (const double *)(const void *)v->sums + first * pitch, out); break;
    case NG_SPLIT: finish_split(product, v, &e, from, first, out); break;
    }
    if (product->sums > 1 && sum + 1 == product->sums) {
        ng_end_bias(&e, out);
    }
}

/* ---- rows of operands, a chunk at a time ----------------------------------------------------------------------- */

/* The group's channels of each pixel of each window, zeros behind the last; in units of 4 bytes. */
NG_VECTORISED static void take_group(const uint32_t *windows, size_t rows, size_t pixel, size_t taken, size_t taps, size_t step,
                                     uint32_t *out)
{
    for (size_t row = 0; row < rows; row++, windows += taps * pixel, out += step) {
        for (size_t tap = 0; tap < taps; tap++) {
            for (size_t i = 0; i < taken; i++) {
                out[tap * taken + i] = windows[tap * pixel + i];
            }
        }
        for (size_t i = taps * taken; i < step; i++) {
            out[i] = 0;
        }
    }
}

static void grouped_rows(const ng_product *product, const view *v, size_t group, unsigned part, size_t count)
{
    const ng_window *w = &product->layer->window;
    const size_t unit = element_of(product) / sizeof(uint32_t);
    const size_t taken = w->channels / product->groups * unit;
    const uint32_t *windows = (const uint32_t *)(const void *)(v->windows + part * v->window_size);
    take_group(windows + group * taken, count, w->channels * unit, taken, w->kernel[0] * w->kernel[1], product->step * unit,
               (uint32_t *)(void *)v->rows);
}

/* Puts the terms of each row into order; the slack behind the chunk takes a copy. */
static void sort_rows(const ng_product *product, float *rows, size_t count)
{
    const uint32_t *order = order_of(product);
    float *copy = rows + NG_CHUNK_ROWS * product->step;
    for (size_t row = 0; order != NULL && row < count; row++) {
        float *x = rows + row * product->step;
        memcpy(copy, x, product->layer->reduction * sizeof *copy);
        for (size_t k = 0; k < product->layer->reduction; k++) {
            x[k] = copy[order[k]];
        }
    }
}

/* Rows [first, first + count) of the operands of one part and group: where they stand, or copied. False if a block is out of
 * range. */
static bool copied_rows(const ng_product *product, const float *x, const view *v, size_t group, unsigned part,
                        size_t first, size_t count, ng_rows *rows)
{
    const ng_layer *layer = product->layer;
    const uint8_t *from = reads_input(product) ? (const uint8_t *)x : v->operands + part * v->part_size;
    const size_t element = element_of(product);
    *rows = (ng_rows){from + first * product->step * element, product->step, product->step, 0};
    if (product->gathers) {
        const ng_bordered images = {(const float *)(const void *)from, kept(product, 0), kept(product, 1)};
        rows->data = v->rows;
        return layer->window.channels % NG_BLOCK_LANES == 0
                   ? ng_block_rows(&product->shape, &layer->window, &images, first, count, (float *)(void *)v->rows)
                   : ng_block_columns(&product->shape, &layer->window, &images, first, count, product->step, (float *)(void *)v->rows);
    }
    if (layer->direct && product->connection == NG_DENSE && product->step == layer->reduction && !rounds_late(product)) {
        return true;
    }
    if (product->connection == NG_GROUPED) {
        if (group == 0) {
            ng_window_rows(&layer->window, from, element, first, count, windows_step(product),
                           v->windows + part * v->window_size);
        }
        grouped_rows(product, v, group, part, count);
    } else {
        ng_window_rows(&layer->window, from, element, first, count, product->step, v->rows);
    }
    rows->data = v->rows;
    sort_rows(product, (float *)(void *)v->rows, count);
    return !rounds_late(product) || rounds_last(product) ||
           ng_block_round_under(product->recipe.activation, product->scale, product->recipe.rule, (float *)(void *)v->rows, count, product->step);
}

/* Windows from position `first` of a bordered image on, counted over its lines with their borders. */
static ng_rows overlapping_rows(const ng_product *product, const view *v, unsigned part, size_t image, size_t first)
{
    const ng_window *w = &product->layer->window;
    const size_t at = image * kept_count(product) + first * w->channels;
    return (ng_rows){v->operands + part * v->part_size + at * element_of(product), w->channels,
                     w->kernel[1] * w->channels, kept(product, 1) * w->channels};
}

/* The part of the rows that one of several slices of the reduction sees. */
static ng_rows slice_rows(const ng_product *product, size_t sum, const ng_rows *rows)
{
    ng_rows sliced = *rows;
    if (product->slices > 1) {
        const size_t from = sum % product->slices * product->slice;
        sliced.data = (const uint8_t *)rows->data + from * element_of(product);
        sliced.run = product->layer->reduction - from < product->slice ? product->layer->reduction - from : product->slice;
    }
    return sliced;
}

/* False if a block is out of range. */
static bool multiply(const ng_product *product, const view *v, size_t sum, size_t group, unsigned part, const ng_rows *all,
                     size_t count)
{
    const ng_rows sliced = slice_rows(product, sum, all);
    const ng_rows *rows = &sliced;
    bool fine = true;
    for (unsigned i = 0; i < product->weight_parts.count; i++) {
        const ng_panels *panels = &product->panels[(sum * NG_PARTS_MOST + i) * product->groups + group];
        uint8_t *sums = v->sums + (part * product->weight_parts.count + i) * v->pair_size;
        if (product->block_sum != NG_SUM_FLOAT) {
            ng_block_wide(panels, product->block_sum == NG_SUM_PAIR, rows, count, (float *)(void *)sums);
        } else if (rounds_last(product)) {
            fine = ng_depthwise_blocks(&product->shape, panels, rows, count, (float *)(void *)sums);
        } else if (product->connection == NG_DEPTHWISE) {
            ng_depthwise(panels, rows, count, sums);
        } else {
            ng_gemm(panels, rows, count, sums);
        }
    }
    return fine;
}

static bool is_empty(const ng_product *product, const view *v, unsigned part)
{
    return product->arithmetic == NG_SPLIT && !v->occupied[part];
}

static size_t chunk_of(size_t left)
{
    return left < NG_CHUNK_ROWS ? left : NG_CHUNK_ROWS;
}

/* All parts of one sum of `count` rows of a group, from `first` on. False if a block is out of range. */
static bool multiply_chunk(const ng_product *product, const float *x, const view *v, size_t sum, size_t group, size_t first,
                           size_t count)
{
    for (unsigned part = 0; part < product->operand_parts.count; part++) {
        ng_rows rows;
        if (is_empty(product, v, part)) {
            continue;
        }
        if (!copied_rows(product, x, v, group, part, first, count, &rows) ||
            !multiply(product, v, sum, group, part, &rows, count)) {
            return false;
        }
    }
    return true;
}

static bool run_copied(const ng_product *product, const float *x, size_t images, const view *v, float *out,
                       ng_error *error)
{
    const size_t total = images * product->layer->positions;
    for (size_t first = 0; first < total; first += NG_CHUNK_ROWS) {
        const size_t count = chunk_of(total - first);
        for (size_t i = 0; i < product->groups * product->sums; i++) {
            const size_t group = i / product->sums;
            const size_t sum = i % product->sums;
            if (!multiply_chunk(product, x, v, sum, group, first, count)) {
                return bad_input(product, error);
            }
            finish(product, v, sum, group, 0, count,
                   out + first * product->layer->channels + group * product->panels[0].channels);
        }
    }
    return true;
}

/* How many positions from *at on, before `end`, stand in one line and not on the border, which *at leaves first. */
static size_t inside(const ng_product *product, size_t *at, size_t end)
{
    const size_t width = kept(product, 1);
    const size_t used = product->layer->window.output[1];
    if (*at % width >= used) {
        *at += width - *at % width;
    }
    const size_t line = used - *at % width;
    return *at >= end ? 0 : line < end - *at ? line : end - *at;
}

/* Of `count` sums from position `first` on, those that are not on the border. */
static void finish_inside(const ng_product *product, const view *v, size_t sum, size_t first, size_t count, float *out)
{
    const size_t width = kept(product, 1);
    size_t rows;
    for (size_t at = first; (rows = inside(product, &at, first + count)) != 0; at += rows) {
        const size_t position = at / width * product->layer->window.output[1] + at % width;
        finish(product, v, sum, 0, at - first, rows, out + position * product->layer->channels);
    }
}

/* The same for products that may find a block out of range, of which there is none on the border. */
static bool multiply_inside(const ng_product *product, const view *v, size_t image, size_t first, size_t count)
{
    float *sums = (float *)(void *)v->sums;
    bool fine = true;
    size_t rows;
    for (size_t at = first; (rows = inside(product, &at, first + count)) != 0; at += rows) {
        const ng_rows operands = overlapping_rows(product, v, 0, image, at);
        fine = ng_depthwise_blocks(&product->shape, product->panels, &operands, rows,
                                   sums + (at - first) * product->panels[0].pitch) && fine;
    }
    return fine;
}

/* One sum of `count` positions of an image from `first` on. */
static bool multiply_overlapping(const ng_product *product, const view *v, size_t sum, size_t image, size_t first, size_t count)
{
    if (rounds_last(product)) {
        return multiply_inside(product, v, image, first, count);
    }
    for (unsigned part = 0; part < product->operand_parts.count; part++) {
        if (!is_empty(product, v, part)) {
            const ng_rows rows = overlapping_rows(product, v, part, image, first);
            (void)multiply(product, v, sum, 0, part, &rows, count);
        }
    }
    return true;
}

static bool run_overlapping(const ng_product *product, size_t images, const view *v, float *out, ng_error *error)
{
    const ng_window *w = &product->layer->window;
    const size_t total = (w->output[0] - 1) * kept(product, 1) + w->output[1];
    const size_t numbers = product->layer->positions * product->layer->channels;
    for (size_t image = 0; image < images; image++) {
        for (size_t first = 0; first < total; first += NG_CHUNK_ROWS) {
            const size_t count = chunk_of(total - first);
            for (size_t sum = 0; sum < product->sums; sum++) {
                if (!multiply_overlapping(product, v, sum, image, first, count)) {
                    return bad_input(product, error);
                }
                finish_inside(product, v, sum, first, count, out + image * numbers);
            }
        }
    }
    return true;
}

bool ng_product_run(const ng_product *product, const float *x, size_t images, bool prepared, void *scratch,
                    float *out, ng_error *error)
{
    const layout l = make_layout(product, images);
    const view v = make_view(&l, scratch);
    if (!prepared && !make_operands(product, x, images, &v, error)) {
        return false;
    }
    if (!(product->overlaps ? run_overlapping(product, images, &v, out, error) : run_copied(product, x, images, &v, out, error))) {
        return false;
    }
    return product->low == NULL ||
           ng_low_rank_add(product->low, product, x, images, (uint8_t *)scratch + own_scratch(&l), out, error);
}
