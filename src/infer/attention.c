#include "src/infer/attention.h"

#include <math.h>
#include <string.h>

#include "model/unit.h"
#include "src/infer/block_sum.h"
#include "src/infer/matrices.h"
#include "src/infer/matmul.h"
#include "src/infer/split.h"
#include "src/quantize/two_level.h"

enum { FLOAT_BITS = 24, DOUBLE_BITS = 53, PARTS_MOST = 12, BLOCK_MOST = NG_LANES_MAX, ALIGNMENT = 64 };

static unsigned depth_bits(const ng_matmul *shape)
{
    unsigned bits = 0;
    while (((size_t)1 << bits) < shape->size.depth) {
        bits++;
    }
    return bits;
}

/* Bits of the largest magnitude of a sum. */
static unsigned sum_bits(const ng_format *format, const ng_matmul *shape)
{
    ng_grid grid;
    ng_grid_init(&grid, format);
    return 2 * (unsigned)(ilogb(ng_grid_reach(&grid)) + 1) + depth_bits(shape);
}

unsigned ng_attention_bits(const ng_attention_recipe *recipe, const ng_step *step)
{
    const ng_matmul shape = ng_matmul_of(step);
    return recipe->format->block != 0 ? ng_sum_bits(recipe->format, recipe->format, recipe->format->block)
                                      : sum_bits(recipe->format, &shape) + 1;
}

ng_arithmetic ng_attention_arithmetic(const ng_attention_recipe *recipe, const ng_step *step)
{
    if (recipe->fake) {
        return NG_FAKE;
    }
    if (recipe->format->block != 0) {
        return NG_BLOCK;
    }
    const unsigned bits = ng_attention_bits(recipe, step) - 1;
    return bits <= FLOAT_BITS ? NG_FLOAT24 : bits <= DOUBLE_BITS ? NG_DOUBLE53 : NG_SPLIT;
}

/* ---- scratch: both operands as doubles with room for whole blocks, then the sums of one product ------------------- */

static size_t padded(size_t depth)
{
    return (depth + BLOCK_MOST - 1) / BLOCK_MOST * BLOCK_MOST;
}

typedef struct {
    size_t left; /* bytes */
    size_t right;
    size_t sums;
} layout;

static layout layout_of(const ng_matmul *shape, size_t images)
{
    const size_t depth = padded(shape->size.depth) * sizeof(double);
    return (layout){images * shape->lefts * shape->size.rows * depth, images * shape->rights * shape->size.columns * depth,
                    PARTS_MOST * shape->size.rows * shape->size.columns * sizeof(double)};
}

size_t ng_attention_scratch(const ng_step *step, size_t images)
{
    const ng_matmul shape = ng_matmul_of(step);
    const layout l = layout_of(&shape, images);
    return l.left + l.right + l.sums + ALIGNMENT;
}

/* ---- operands ---------------------------------------------------------------------------------------------------- */

typedef struct {
    const ng_attention_recipe *recipe;
    const ng_job *job;
    ng_matmul shape;
    ng_arithmetic arithmetic;
    void *operand[2];
    double *sums;
} work;

static bool bad_operand(const work *w, ng_error *error)
{
    return ng_fail(error, NG_EXIT_CHECK, "node '%s': an operand is NaN or out of the range of %s", w->job->step->node->label,
                   w->recipe->format->name);
}

/* Codes' values in units of the lsb, in the type of the arithmetic; for the emulation the numbers they stand for. */
static bool quantise(const work *w, unsigned side, size_t count)
{
    const float scale = w->recipe->scale[side];
    ng_grid grid;
    ng_grid_init(&grid, w->recipe->format);
    const double factor = ng_grid_factor(&grid, scale);
    if (w->arithmetic == NG_FLOAT24) {
        return ng_grid_round_float(&grid, factor, w->job->in[side], count, w->operand[side]);
    }
    if (w->arithmetic == NG_FAKE) {
        return ng_grid_numbers(&grid, scale, w->job->in[side], count, w->operand[side]);
    }
    return ng_grid_round(&grid, factor, w->job->in[side], count, w->operand[side]);
}

/* Rows of the left operand, zeros behind each up to whole blocks, rounded. */
static bool block_left(const work *w, size_t matrices, size_t length)
{
    const ng_matrix_size *size = &w->shape.size;
    float *out = w->operand[0];
    memset(out, 0, matrices * size->rows * length * sizeof *out);
    for (size_t row = 0; row < matrices * size->rows; row++) {
        memcpy(out + row * length, w->job->in[0] + row * size->depth, size->depth * sizeof *out);
    }
    return ng_block_round_under(w->recipe->format, w->recipe->scale[0], w->recipe->rule, out, matrices * size->rows, length);
}

/* Columns of the right operand likewise: kept as rows. */
static bool block_right(const work *w, size_t matrices, size_t length)
{
    const ng_matrix_size *size = &w->shape.size;
    float *out = w->operand[1];
    memset(out, 0, matrices * size->columns * length * sizeof *out);
    for (size_t i = 0; i < matrices; i++) {
        const float *from = w->job->in[1] + i * size->depth * size->columns;
        float *to = out + i * size->columns * length;
        for (size_t k = 0; k < size->depth; k++) {
            for (size_t j = 0; j < size->columns; j++) {
                to[j * length + k] = from[k * size->columns + j];
            }
        }
    }
    return ng_block_round_under(w->recipe->format, w->recipe->scale[1], w->recipe->rule, out, matrices * size->columns, length);
}

/* ---- products ---------------------------------------------------------------------------------------------------- */

static void multiply_float(const work *w, size_t left, size_t right, float *out)
{
    const ng_matrix_size *size = &w->shape.size;
    const float *a = (const float *)w->operand[0] + left * size->rows * size->depth;
    const float *b = (const float *)w->operand[1] + right * size->depth * size->columns;
    memset(out, 0, size->rows * size->columns * sizeof *out);
    ng_matrix_add(a, b, size, out);
}

/* The exact sums, in one part or several, joined and rounded. */
static void multiply_double(const work *w, size_t left, size_t right, float *out)
{
    const ng_matrix_size *size = &w->shape.size;
    const size_t count = size->rows * size->columns;
    const double *a = (const double *)w->operand[0] + left * size->rows * size->depth;
    const double *b = (const double *)w->operand[1] + right * size->depth * size->columns;
    const int lsb = 2 * ng_format_lsb(w->recipe->format);
    const unsigned step = DOUBLE_BITS - 1 - depth_bits(&w->shape);
    const unsigned bits = ng_attention_bits(w->recipe, w->job->step);
    const unsigned parts = w->arithmetic == NG_SPLIT ? (bits + step - 1) / step : 1;
    ng_partial partials[PARTS_MOST];
    if (parts == 1) {
        memset(w->sums, 0, count * sizeof *w->sums);
        ng_matrix_add_double(a, b, size, w->sums);
    } else {
        ng_matrix_parts(a, b, size, parts, step, w->sums);
    }
    for (unsigned p = 0; p < parts; p++) {
        partials[p] = (ng_partial){w->sums + p * count, p * step};
    }
    ng_split_join(partials, parts, lsb, count, out);
}

/* c + the exact sum of a block, with one rounding. */
static float add_block(ng_block_sum kind, float c, const float *a, const float *b, size_t block)
{
    ng_two_sum sum = {0, 0};
    double errors = 0;
    float narrow = 0;
    for (size_t k = 0; kind == NG_SUM_FLOAT && k < block; k++) {
        narrow += a[k] * b[k];
    }
    for (size_t k = 0; kind != NG_SUM_FLOAT && k < block; k++) {
        sum = ng_add_two(sum.sum, (double)a[k] * (double)b[k]);
        errors += sum.error;
    }
    return kind == NG_SUM_FLOAT ? c + narrow : ng_block_add_pair(c, sum.sum, errors);
}

/* Blocks in order. */
static void multiply_blocks(const work *w, size_t left, size_t right, size_t length, float *out)
{
    const ng_matrix_size *size = &w->shape.size;
    const ng_format *format = w->recipe->format;
    const size_t block = w->arithmetic == NG_FAKE ? length : format->block;
    const ng_block_sum kind = w->arithmetic == NG_FAKE ? NG_SUM_FLOAT : ng_block_sum_of(format, format);
    const float *a = (const float *)w->operand[0] + left * size->rows * length;
    const float *b = (const float *)w->operand[1] + right * size->columns * length;
    for (size_t i = 0; i < size->rows; i++) {
        for (size_t j = 0; j < size->columns; j++) {
            float total = 0;
            for (size_t at = 0; at < length; at += block) {
                total = add_block(kind, total, a + i * length + at, b + j * length + at, block);
            }
            out[i * size->columns + j] = total;
        }
    }
}

static void multiply(const work *w, size_t left, size_t right, float *out)
{
    const size_t count = w->shape.size.rows * w->shape.size.columns;
    const float scale = w->recipe->scale[0] * w->recipe->scale[1];
    if (w->recipe->format->block != 0) {
        const size_t block = w->recipe->format->block;
        multiply_blocks(w, left, right, (w->shape.size.depth + block - 1) / block * block, out);
        for (size_t i = 0; ng_is_two_level(w->recipe->format) && i < count; i++) {
            out[i] *= scale;
        }
        return;
    }
    if (w->arithmetic == NG_FAKE) {
        multiply_float(w, left, right, out);
        return;
    }
    if (w->arithmetic == NG_FLOAT24) {
        const float unit = ldexpf(1, 2 * ng_format_lsb(w->recipe->format));
        multiply_float(w, left, right, out);
        for (size_t i = 0; i < count; i++) {
            out[i] *= unit;
        }
    } else {
        multiply_double(w, left, right, out);
    }
    for (size_t i = 0; i < count; i++) {
        out[i] *= scale;
    }
}

static bool make_operands(const work *w)
{
    const ng_matrix_size *size = &w->shape.size;
    const size_t lefts = w->job->images * w->shape.lefts;
    const size_t rights = w->job->images * w->shape.rights;
    const size_t block = w->recipe->format->block;
    if (block != 0) {
        const size_t length = (size->depth + block - 1) / block * block;
        return block_left(w, lefts, length) && block_right(w, rights, length);
    }
    return quantise(w, 0, lefts * size->rows * size->depth) && quantise(w, 1, rights * size->depth * size->columns);
}

bool ng_attention_run(const ng_attention_recipe *recipe, const ng_job *job, void *scratch, ng_error *error)
{
    work w = {.recipe = recipe, .job = job, .shape = ng_matmul_of(job->step),
              .arithmetic = ng_attention_arithmetic(recipe, job->step)};
    const layout l = layout_of(&w.shape, job->images);
    const size_t count = w.shape.size.rows * w.shape.size.columns;
    w.operand[0] = scratch;
    w.operand[1] = (uint8_t *)scratch + l.left;
    w.sums = (double *)(void *)((uint8_t *)scratch + l.left + l.right);
    if (!make_operands(&w)) {
        return bad_operand(&w, error);
    }
    for (size_t i = 0; i < job->images * w.shape.results; i++) {
        multiply(&w, ng_matmul_left(job->step, i), ng_matmul_right(job->step, i), job->out + i * count);
    }
    return true;
}
