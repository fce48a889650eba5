/* weights.h: the weights of a layer as the datapath sees them.
 *
 * Scalar formats, output of channel c, one rounding to nearest even per fp32() and operation, planes and slices in order:
 *   y[c] = (((fp32(S_0) * s_0[c]) + fp32(S_1) * s_1[c]) + ...) + bias[c]
 *   S_t  = sum_k W[plane][c][k] * A[k] over the k of term t = (plane, slice); exact
 * Slices are runs of `slice` terms along the reduction (groups); planes are whole sets of weights that are added up
 * (several bases). One plane and one slice: one scale per channel. W are integers in units of the format's least
 * significant bit; where the scale is one for the tensor, all its entries are equal.
 *
 * Where `numbers` is not NULL the weights are fp32 numbers: for block formats, which are rounded to their blocks by
 * ng_block_round() (numbers that are on the grid stay), and for a `plain` layer, which multiplies in fp32. With `order` both
 * operands of a block format are cut into blocks after their terms have been put into that order.
 *
 * Low rank (rank > 0; scalar formats, one group), after the bias, in fp32 (src/infer/low_rank.h):
 *   y[c] = y[c] + sum_r left[c][r] * (sum_k right[r][k] * x[k]),  x[k] = fp32(A[k] * 2^lsb * s_a), the input as quantised
 */
#ifndef NG_WEIGHTS_H
#define NG_WEIGHTS_H

#include "model/wide.h"
#include "src/quantize/grid.h"

enum { NG_PLANES_MOST = 16 };

typedef struct {
    size_t channels;
    size_t reduction;
    size_t planes;   /* 1..NG_PLANES_MOST */
    size_t slice;    /* terms of the reduction with one scale; the last slice may be shorter */
    size_t slices;
    double *values;  /* [planes][channels][reduction], integers; NULL where `numbers` is not */
    float *scales;   /* [planes][slices][channels]; NULL likewise */
    float *numbers;  /* [channels][reduction] */
    uint32_t *order; /* [reduction], block formats: the blocks lie along k = order[0], order[1], ..; NULL: 0, 1, .. */
    bool plain;      /* numbers, multiplied in fp32 by an input that is not quantised */
    float *bias;     /* [channels], instead of the layer's own; NULL: its own */
    size_t rank;
    float *left;     /* [channels][rank] */
    float *right;    /* [rank][reduction] */
    unsigned long long bits; /* storage; 0: codes of the format and one scale of 32 bits per plane, slice and channel */
} ng_weights;

/* Room for values and scales, all 0. Range: slice 1..reduction. False without memory. */
bool ng_weights_allocate(ng_weights *weights, size_t planes, size_t channels, size_t reduction, size_t slice);

/* Room for numbers instead. */
bool ng_weights_allocate_numbers(ng_weights *weights, size_t channels, size_t reduction);

/* The scale of a weight: of its plane, channel and slice. */
float *ng_weights_scale(const ng_weights *weights, size_t plane, size_t channel, size_t k);

/* Quantises w[channels][reduction], one scale per channel by least squared error (ng_scale_search()): weight code = code
 * nearest to w * fp32(1 / s_c). False without memory. Range: w finite. Free with ng_weights_free(). */
bool ng_weights_init(ng_weights *weights, const ng_grid *grid, const float *w, size_t channels, size_t reduction);

void ng_weights_free(ng_weights *weights);

/* What the weights stand for, in fp32 numbers: out[channels][reduction] = sum over planes of value * 2^lsb * scale, in
 * double, rounded once. The low-rank term is not in it. */
void ng_weights_numbers(const ng_weights *weights, const ng_format *format, float *out);

/* Largest |sum| any output can reach: max over channels of sum |value| * reach, exact. Range: reach = ng_grid_reach() of
 * the activations. */
ng_wide ng_weights_bound(const double *values, size_t channels, size_t reduction, double reach);

#endif
