/* ref_onnx_node.h: what the operators of ref_onnx.c and ref_onnx_map.c get. */
#ifndef REF_ONNX_NODE_H
#define REF_ONNX_NODE_H

#include <stdbool.h>

#include "tests/ref/ref_onnx.h"

typedef struct {
    const Onnx__NodeProto *proto;
    int opset;
    size_t inputs;
    const ref_tensor *in[128]; /* NULL: left out */
    size_t part;               /* the output wanted */
} ref_node;

typedef ref_tensor ref_operator(const ref_node *node);

/* Windows over feature maps, and sums over axes. */
ref_operator ref_conv, ref_max_pool, ref_average_pool, ref_global_average_pool, ref_gemm, ref_matmul, ref_softmax,
    ref_batch_normalization, ref_layer_normalization, ref_reduce_mean;

ref_tensor ref_new(unsigned rank, const size_t *size);
void ref_split(const ref_tensor *tensor, size_t offset, size_t *index);
size_t ref_offset(const ref_tensor *tensor, const size_t *index);

const Onnx__AttributeProto *ref_attribute(const ref_node *node, const char *name);
long ref_int(const ref_node *node, const char *name, long fallback);
double ref_float(const ref_node *node, const char *name, double fallback);
bool ref_is(const ref_node *node, const char *name, const char *word);

/* A list of integers, from the attribute, or from input `index` if the operator set is `since` or later. Returns the count, 0 for
 * none; list has room for 16. */
size_t ref_list(const ref_node *node, const char *name, size_t index, int since, long *list);

#endif
