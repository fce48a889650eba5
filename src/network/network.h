/* network.h: a feed-forward network read from an ONNX file, every shape known and checked.
 *
 * A value is either a constant or batched: one tensor per image, whose first axis is the batch and has size 1 here.
 * Nodes stand in an order in which each one's inputs are ready. Layouts are those of ONNX (feature maps NCHW).
 */
#ifndef NG_NETWORK_H
#define NG_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum { NG_RANK_MAX = 6, NG_INPUTS_MAX = 3, NG_LABEL_SIZE = 64, NG_NO_VALUE = -1 };

typedef struct {
    unsigned rank;
    size_t size[NG_RANK_MAX];
} ng_shape;

/* Elements of a tensor of that shape: the product of its sizes. 1 for rank 0. */
size_t ng_shape_count(const ng_shape *shape);

typedef enum {
#define OPERATOR(name, least, most) NG_OP_##name,
#include "src/network/operators.def"
#undef OPERATOR
    NG_OPERATOR_COUNT
} ng_operator;

typedef struct {
    char label[NG_LABEL_SIZE]; /* its name, cut to fit, anything but printable ASCII replaced by '?' */
    ng_shape shape;
    bool batched;
    float *floats;      /* a float constant's data */
    int64_t *integers;  /* an int64 constant's data */
} ng_value;

/* What the attributes of a node say; fields of other operators are 0. */
typedef struct {
    size_t kernel[2];     /* Conv: rows, columns */
    size_t stride[2];
    size_t dilation[2];
    size_t pad[4];        /* top, left, bottom, right */
    unsigned permutation[NG_RANK_MAX]; /* Transpose */
    bool reduced[NG_RANK_MAX];         /* ReduceMean: axes of the input that vanish or become 1 */
    bool transpose_weights;            /* Gemm: weights [out][in] instead of [in][out] */
} ng_parameters;

typedef struct {
    ng_operator operation;
    char label[NG_LABEL_SIZE];
    unsigned inputs;
    int input[NG_INPUTS_MAX]; /* indices into values */
    int output;
    ng_parameters parameters;
} ng_node;

typedef struct {
    ng_value *values;
    size_t value_count;
    ng_node *nodes;     /* without Constant: those are values */
    size_t node_count;
    int input;          /* the one batched input, float */
    int output;         /* the one output, batched */
} ng_network;

/* Reads an ONNX file of at most 256 MiB, operator set 13 to 17. Errors (exit 2, with file and byte offset or node):
 * malformed, an operator or attribute that operators.def does not know, shapes that do not fit, constants that are
 * neither float nor int64, data in other files. Free with ng_network_free(). */
bool ng_network_load(const char *path, ng_network *network, ng_error *error);

void ng_network_free(ng_network *network);

/* "Conv", ... as ONNX spells it. */
const char *ng_operator_name(ng_operator operation);

/* True for the nodes that are quantised: a product of an activation and constant weights. */
bool ng_node_is_weighted(const ng_network *network, const ng_node *node);

#endif
