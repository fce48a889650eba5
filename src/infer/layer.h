/* layer.h: the weighted nodes of a network in the form in which they are computed: rows of operands times weights.
 *
 *   output[row][channel] = sum_k operand[row][k] * weights[channel][k] + bias[channel]
 *
 * k runs over (kernel row, kernel column, input channel), channel innermost; feature maps are [height][width][channels].
 * A grouped convolution's channel sees the input channels of its group alone: the row of operands is the group's.
 * Gemm and MatMul are the case of a 1x1 window over a line of rows.
 */
#ifndef NG_LAYER_H
#define NG_LAYER_H

#include "src/infer/window.h"
#include "src/network/network.h"

enum { NG_TURN_MOST = 1024 };

typedef struct {
    const ng_node *node;
    ng_window window;
    bool direct;        /* the rows of operands are the input as it is */
    size_t groups;      /* 0 and 1: one */
    size_t positions;   /* rows per image */
    size_t reduction;
    size_t channels;
    float *weights;     /* [channels][reduction] */
    float *bias;        /* [channels], zeros without one */
    float *factor;      /* [window.channels], or NULL: what the input's channels are multiplied by before they are operands */
    size_t *order;      /* [window.channels], or NULL: then, channel c of the operands is channel order[c] */
    float *rotation;    /* [turn][turn], or NULL: then, of each run of `turn` channels x, out[i] = sum_k rotation[k][i] * x[k] */
    size_t turn;        /* a divisor of window.channels, at most NG_TURN_MOST */
} ng_layer;

/* Number of groups, 1 or more, and the output channels of one. */
size_t ng_layer_groups(const ng_layer *layer);
size_t ng_layer_group_channels(const ng_layer *layer);

/* Rows [first, first + rows) of the operands of a group, from the stored inputs, `step` elements of `element` bytes apart
 * (window.h). Range: step >= reduction. */
void ng_layer_rows(const ng_layer *layer, size_t group, const void *images, size_t element, size_t first, size_t rows,
                   size_t step, void *out);

/* Range: a node for which ng_node_is_weighted(). take: nobody else reads the weights, which leave the network: there is one
 * copy. Errors: exit 2 for a NaN or infinite weight and for more than 2^20 terms, exit 3 without memory. Free with ng_layer_free(). */
bool ng_layer_init(ng_layer *layer, ng_network *network, const ng_node *node, bool take, ng_error *error);

void ng_layer_free(ng_layer *layer);

/* Multiplies the input's channels by factor[window.channels] from now on and divides the weights by it, one rounding each: the
 * same layer but for rounding. Range: factors > 0. False without memory. */
bool ng_layer_scale_input(ng_layer *layer, const float *factor);

/* True if the input is changed before it becomes operands. */
bool ng_layer_changes_input(const ng_layer *layer);

/* out[pixels][window.channels] = the input as it becomes operands. A rotation's sums run in the order of the channels. */
void ng_layer_change_input(const ng_layer *layer, const float *input, size_t pixels, float *out);

#endif
