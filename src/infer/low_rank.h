/* low_rank.h: the low-rank term of a layer's weights (src/quantize/weights.h), added to outputs that stand there. */
#ifndef NG_LOW_RANK_H
#define NG_LOW_RANK_H

#include "model/block_encode.h"
#include "src/infer/layer.h"
#include "src/quantize/weights.h"

typedef struct {
    size_t rank;                 /* 0: there is no such term */
    size_t step;                 /* the reduction, padded to whole blocks */
    float *left;                 /* [channels][rank] */
    float *right;                /* [reduction][rank] */
    const ng_format *activation; /* how the input is quantised */
    ng_scale_rule rule;
    ng_grid grid;
    double factor;
    float unit;                  /* 2^lsb * s_a */
} ng_low_rank;

/* The term of weights for a layer of one group, whose activations have this scale. False without memory. Free with
 * ng_low_rank_free(). */
bool ng_low_rank_init(ng_low_rank *term, const ng_layer *layer, const ng_weights *weights, const ng_format *activation,
                      ng_scale_rule rule, float scale);
void ng_low_rank_free(ng_low_rank *term);

/* Bytes of scratch that ng_low_rank_add() needs; 0 without a term. */
size_t ng_low_rank_scratch(const ng_low_rank *term);

/* Adds the term to out[images * positions][channels], for the inputs x as stored. False for a block out of range. */
bool ng_low_rank_add(const ng_low_rank *term, const ng_layer *layer, const float *x, size_t images, void *scratch, float *out);

#endif
