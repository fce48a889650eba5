/* plan.h: a network as a list of steps over a few reused buffers.
 *
 * Feature maps that a convolution makes are kept [height][width][channels]; they are put into ONNX's order only for an
 * operator that needs it. Reshape, Flatten, Squeeze and their like are no steps: they only give a tensor another shape.
 */
#ifndef NG_INFER_PLAN_H
#define NG_INFER_PLAN_H

#include "src/infer/layer.h"

enum { NG_NO_TENSOR = -1, NG_NO_LAYER = -1, NG_NO_ATTENTION = -1 };

/* What a step reads or writes: a tensor, or a constant. Shapes are of one image, as stored. */
typedef struct {
    int tensor;
    const float *constant;
    ng_shape shape;
} ng_argument;

typedef struct {
    ng_operator operation;
    const ng_node *node;
    int layer;                         /* index into layers for weighted nodes, else NG_NO_LAYER */
    int attention;                     /* number of a product of two activations, else NG_NO_ATTENTION */
    bool channels_last;                /* the stored order of its feature maps is [1][rows][columns][channels] */
    unsigned permutation[NG_RANK_MAX]; /* Transpose */
    float *most;                       /* Clip, channels last: an upper limit of each channel instead of the node's; else NULL */
    unsigned inputs;
    ng_argument *in;
    ng_argument out;
} ng_step;

typedef struct {
    size_t count; /* fp32 numbers per image */
    size_t last;  /* the last step that reads it */
    size_t slot;  /* the buffer it lives in */
} ng_tensor;

typedef struct ng_plan {
    ng_layer *layers;
    size_t layer_count;
    size_t attention_count; /* products of two activations (MatMul) */
    ng_step *steps;
    size_t step_count;
    ng_argument *arguments; /* the inputs of all steps */
    unsigned inputs_most;   /* of a step */
    ng_tensor *tensors;
    size_t tensor_count;
    size_t *slots;     /* fp32 numbers per image of each buffer */
    size_t slot_count;
    ng_argument input; /* one image in ONNX's order */
    ng_argument output;
    size_t batch;      /* images at a time that suit the cache */
} ng_plan;

/* The weights leave the network, which must outlive the plan. Errors: exit 2 for a network without weighted nodes or with
 * bad weights, and for activations of more than 2 GiB an image; exit 3 without memory. Free with ng_plan_free(). */
bool ng_plan_init(ng_plan *plan, ng_network *network, ng_error *error);

void ng_plan_free(ng_plan *plan);

#endif
