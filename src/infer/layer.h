/* layer.h: the weighted nodes of a network in the form in which they are computed: rows of operands times weights.
 *
 *   output[row][channel] = sum_k operand[row][k] * weights[channel][k] + bias[channel]
 *
 * k runs over (kernel row, kernel column, input channel), channel innermost; feature maps are [height][width][channels].
 * Gemm and MatMul are the case of a 1x1 window over a line of rows.
 */
#ifndef NG_LAYER_H
#define NG_LAYER_H

#include "src/infer/window.h"
#include "src/network/network.h"

typedef struct {
    const ng_node *node;
    ng_window window;
    bool direct;        /* the rows of operands are the input as it is */
    size_t positions;   /* rows per image */
    size_t reduction;
    size_t channels;
    float *weights;     /* [channels][reduction] */
    float *bias;        /* [channels], zeros without one */
} ng_layer;

/* Range: a node for which ng_node_is_weighted(). Errors: exit 2 for
 * a NaN or infinite weight, exit 3 without memory. Free with ng_layer_free(). */
bool ng_layer_init(ng_layer *layer, const ng_network *network, const ng_node *node, ng_error *error);

void ng_layer_free(ng_layer *layer);

#endif
