#include "src/infer/low_rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/vectorise.h"
#include "src/quantize/block.h"

enum { ROWS = 32 };

static bool copy_factors(ng_low_rank *term, const ng_layer *layer, const ng_weights *weights)
{
    term->left = malloc(layer->channels * weights->rank * sizeof *term->left);
    term->right = malloc(layer->reduction * weights->rank * sizeof *term->right);
    if (term->left == NULL || term->right == NULL) {
        return false;
    }
    memcpy(term->left, weights->left, layer->channels * weights->rank * sizeof *term->left);
    for (size_t k = 0; k < layer->reduction; k++) {
        for (size_t r = 0; r < weights->rank; r++) {
            term->right[k * weights->rank + r] = weights->right[r * layer->reduction + k];
        }
    }
    return true;
}

bool ng_low_rank_init(ng_low_rank *term, const ng_layer *layer, const ng_weights *weights, const ng_format *activation,
                      ng_scale_rule rule, float scale)
{
    const size_t block = activation->block != 0 ? activation->block : 1;
    *term = (ng_low_rank){.rank = weights->rank, .activation = activation, .rule = rule};
    term->step = (layer->reduction + block - 1) / block * block;
    if (activation->block == 0) {
        ng_grid_init(&term->grid, activation);
        term->factor = ng_grid_factor(&term->grid, scale);
        term->unit = (float)ldexp((double)scale, ng_format_lsb(activation));
    }
    if (!copy_factors(term, layer, weights)) {
        ng_low_rank_free(term);
        return false;
    }
    return true;
}

void ng_low_rank_free(ng_low_rank *term)
{
    free(term->left);
    free(term->right);
    *term = (ng_low_rank){.rank = 0};
}

size_t ng_low_rank_scratch(const ng_low_rank *term)
{
    return term->rank == 0 ? 0 : ROWS * (term->step + term->rank) * sizeof(float);
}

/* Rows as the layer multiplies them, in numbers. */
static bool quantise(const ng_low_rank *term, size_t count, float *rows)
{
    if (term->activation->block != 0) {
        return ng_block_round(term->activation, term->rule, rows, count, term->step);
    }
    (void)ng_grid_round_float(&term->grid, term->factor, rows, count * term->step, rows);
    for (size_t i = 0; i < count * term->step; i++) {
        rows[i] *= term->unit;
    }
    return true;
}

/* inner[r] = sum over k, in order, of right[k][r] * x[k]. */
NG_VECTORISED static void project(const float *right, size_t reduction, size_t rank, const float *x, float *inner)
{
    for (size_t r = 0; r < rank; r++) {
        inner[r] = 0;
    }
    for (size_t k = 0; k < reduction; k++) {
        for (size_t r = 0; r < rank; r++) {
            inner[r] += right[k * rank + r] * x[k];
        }
    }
}

static void add_row(const ng_low_rank *term, const ng_layer *layer, const float *inner, float *out)
{
    for (size_t channel = 0; channel < layer->channels; channel++) {
        float sum = 0;
        for (size_t r = 0; r < term->rank; r++) {
            sum += term->left[channel * term->rank + r] * inner[r];
        }
        out[channel] += sum;
    }
}

bool ng_low_rank_add(const ng_low_rank *term, const ng_layer *layer, const float *x, size_t images, void *scratch, float *out)
{
    const size_t total = images * layer->positions;
    float *rows = scratch;
    float *inner = rows + ROWS * term->step;
    for (size_t first = 0; term->rank != 0 && first < total; first += ROWS) {
        const size_t count = total - first < ROWS ? total - first : ROWS;
        ng_layer_rows(layer, 0, x, sizeof *x, first, count, term->step, rows);
        if (!quantise(term, count, rows)) {
            return false;
        }
        for (size_t row = 0; row < count; row++) {
            project(term->right, layer->reduction, term->rank, rows + row * term->step, inner);
            add_row(term, layer, inner, out + (first + row) * layer->channels);
        }
    }
    return true;
}
