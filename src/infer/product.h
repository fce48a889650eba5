/* product.h: one weighted layer prepared for a pair of formats, or for fp32.
 *
 * Scalar formats: operands and weights are integers in units of their formats' least significant bits.
 *   FLOAT24   every sum stays below 2^24: products and sums in fp32 are exact
 *   DOUBLE53  below 2^53: the same in double
 *   SPLIT     operands and weights are cut by magnitude into parts whose pairwise sums stay below 2^53; the parts' exact
 *             sums are put together as integers of 128 bits, or of 256
 *   y = fp32(sum * 2^lsb) * fp32(s_a * s_w[channel]) + bias[channel]
 * Weights of several terms (planes and slices, src/quantize/weights.h), with a sum and a scale for each:
 *   y = ((0 + fp32(sum_0 * 2^lsb) * fp32(s_a * s_w0[channel])) + fp32(sum_1 * 2^lsb) * ...) + bias[channel]
 * With the bias in the accumulator (sums_bias), B[channel] the integer nearest to bias / (fp32(s_a * s_w) * 2^lsb), ties to
 * even, within what the accumulator has left beside the largest sum:
 *   y = fp32((B[channel] + sum) * 2^lsb) * fp32(s_a * s_w[channel])
 * FAKE is none of the circuit's: weights and operands are the fp32 numbers their codes stand for, multiplied and added in fp32
 * in the order of the matrix product, as training frameworks emulate quantisation:
 *   y = fp32 sum of fp32(A * 2^lsb_a * s_a) * fp32(W * 2^lsb_w * s_w[channel]) + bias[channel]
 * Block formats (BLOCK): operands and weights are the fp32 values their codes stand for; within a block everything is
 * exact, in fp32 or in double, and the blocks' sums are added in order: the bits of ng_block_accumulate(). Where
 * the tensors have scales as well (NVFP4) these multiply the whole sum: y = sum * fp32(s_a * s_w) + bias[channel].
 */
#ifndef NG_INFER_PRODUCT_H
#define NG_INFER_PRODUCT_H

#include "model/block_encode.h"
#include "src/infer/gemm.h"
#include "src/infer/layer.h"
#include "src/infer/split.h"
#include "src/quantize/block_shape.h"
#include "src/quantize/weights.h"

/* How the rows of operands meet the weights. */
typedef enum {
    NG_DENSE = 0,     /* every channel sees the whole row */
    NG_GROUPED = 1,   /* a row for each group of channels */
    NG_DEPTHWISE = 2  /* channel c sees channel c of each pixel of the row (depthwise.h) */
} ng_connection;

typedef enum { NG_FP32 = 0, NG_FLOAT24 = 1, NG_DOUBLE53 = 2, NG_SPLIT = 3, NG_BLOCK = 4, NG_FAKE = 5 } ng_arithmetic;

enum { NG_CHUNK_ROWS = 84, NG_START_SHIFT = 46, NG_START_PARTS = 3 };

/* What holds the exact sum of a block: fp32, a double, or two (block_sum.h). */
typedef enum { NG_SUM_FLOAT = 0, NG_SUM_DOUBLE = 1, NG_SUM_PAIR = 2 } ng_block_sum;

/* What one layer computes with, where layers differ. */
typedef struct {
    const ng_format *weight;     /* NULL: fp32 */
    const ng_format *activation;
    ng_scale_rule rule;          /* block formats */
    float scale;                 /* of the activations; of their whole tensor in blocks of two levels; 0 in others */
    const ng_weights *weights;   /* NULL: every weight to the nearest code, a scale for each channel */
    bool sums_bias;              /* scalar formats, weights of one term: the bias is a number of the accumulator */
    bool fake;                   /* FAKE instead of the circuit's arithmetic */
} ng_layer_recipe;

/* What the layers compute with. */
typedef struct {
    const ng_format *weight;     /* NULL: fp32 */
    const ng_format *activation;
    ng_scale_rule rule;          /* block formats */
    const float *scales;         /* of the activations of each layer, as in ng_layer_recipe */
    bool fake;                   /* as in ng_layer_recipe */
    const struct ng_attention_recipe *attention; /* of each product of two activations (attention.h); NULL: fp32 */
    const ng_layer_recipe *layers; /* of each layer, instead of all of the above; NULL: as above */
} ng_recipe;

typedef struct {
    const ng_layer *layer;
    ng_arithmetic arithmetic;
    ng_connection connection;
    size_t groups;           /* of panels: 1 but for NG_GROUPED */
    size_t step;             /* of a row of operands: the reduction, for blocks padded to whole vectors; NG_DEPTHWISE: of all channels */
    bool overlaps;           /* operands are kept as images with their borders, rows are windows into them */
    bool gathers;            /* the same, rows are copied out of them and rounded (block_rows.h) */
    unsigned accumulator_bits;
    size_t terms;            /* of one exact sum */
    unsigned long long weight_bits;
    ng_recipe recipe;
    ng_grid grid;            /* scalar formats: of the activations */
    ng_block_shape shape;    /* block formats: of the activations */
    double factor;
    float scale;             /* s_a */
    int lsb;
    size_t sums;             /* exact sums behind an output: planes * slices of the weights */
    size_t slices;
    size_t slice;            /* terms of the reduction in one */
    float *scales;           /* [sums][channels] fp32(s_a * s_w); NULL where there are none */
    float *weight_scales;    /* [sums][channels] */
    float *bias;             /* [channels] */
    double *start;           /* [NG_START_PARTS][channels] bias in the accumulator, NULL without: SPLIT cut into parts, part i in
                              * units of 2^(i * NG_START_SHIFT); else the first alone */
    ng_parts weight_parts;   /* SPLIT; one part of no interest otherwise */
    ng_parts operand_parts;
    const ng_weights *weights; /* the recipe's; NULL: every weight to the nearest code */
    bool sums_bias;
    bool fake;
    size_t panel_count;
    struct ng_low_rank *low; /* the low-rank term of the weights; NULL without */
    ng_panels *panels;       /* [sum][NG_PARTS_MOST parts of the weights][group] */
    ng_block_sum block_sum;  /* block formats */
} ng_product;

/* What holds the sum of a block of the pair, and whether any does. */
ng_block_sum ng_block_sum_of(const ng_format *weight, const ng_format *activation);
bool ng_block_sum_fits(const ng_format *weight, const ng_format *activation);

/* "float24", "double53", "split", "block", "fp32", "fake". */
const char *ng_arithmetic_name(ng_arithmetic arithmetic);

/* Prepares layer number `index`. Errors: exit 1 if a sum could leave accumulator_bits, exit 2 for formats that no
 * datapath multiplies or more than 2^20 terms, exit 3 without memory. Free with ng_product_free(). */
bool ng_product_init(ng_product *product, const ng_layer *layer, size_t index, const ng_recipe *recipe,
                     ng_error *error);

void ng_product_free(ng_product *product);

/* Bytes of scratch that ng_product_run() needs for `images` images. */
size_t ng_product_scratch(const ng_product *product, size_t images);

/* x: `images` inputs of the layer, as stored, and readable for NG_TILE_ROWS_MOST - 1 rows of operands more. out:
 * [images * positions][channels]. prepared: scratch still holds this input's operands from a product for which
 * ng_product_shares() holds. Errors: exit 1 if an input is NaN, or for blocks infinite or out of the range of
 * src/quantize/block.h. */
bool ng_product_run(const ng_product *product, const float *x, size_t images, bool prepared, void *scratch,
                    float *out, ng_error *error);

/* True if both quantise an input to the same operands in the same place of their scratch. */
bool ng_product_shares(const ng_product *product, const ng_product *before);

#endif
