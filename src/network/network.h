/* network.h: a feed-forward network read from an ONNX file, every shape known and checked.
 *
 * The network means what ONNX says for a batch of one image: shapes are those of one image, the batch is an axis of size 1
 * wherever the network moves it. A value is either a constant or batched, which is one such tensor per image. What
 * depends on constants and shapes alone is computed while loading. Nodes stand in an order in which each one's inputs
 * are ready. Layouts are those of ONNX (feature maps NCHW).
 */
#ifndef NG_NETWORK_H
#define NG_NETWORK_H

#include <stdint.h>

#include "src/base/error.h"
#include "src/network/select.h"
#include "src/network/shape.h"

enum { NG_LABEL_SIZE = 64, NG_NO_VALUE = -1 };

typedef enum {
#define OPERATOR(name, least, most, outputs, kind) NG_OP_##name,
#include "src/network/operators.def"
#undef OPERATOR
    NG_OPERATOR_COUNT
} ng_operator;

/* How an operator is executed (operators.def). */
typedef enum {
    NG_KIND_LAYER = 0,
    NG_KIND_STEP = 1,
    NG_KIND_UNARY = 2,
    NG_KIND_BINARY = 3,
    NG_KIND_SELECT = 4,
    NG_KIND_ALIAS = 5,
    NG_KIND_FOLD = 6
} ng_operator_kind;

typedef struct {
    char label[NG_LABEL_SIZE]; /* its name, cut to fit, anything but printable ASCII replaced by '?' */
    ng_shape shape;
    bool batched;
    float *floats;      /* a float constant's data; NULL once a plan has taken it over */
    int64_t *integers;  /* an integer constant's data */
} ng_value;

/* What the attributes and constant inputs of a node say; fields of other operators are 0. */
typedef struct {
    size_t kernel[2];     /* Conv and pools: rows, columns */
    size_t stride[2];
    size_t dilation[2];
    size_t pad[4];        /* top, left, bottom, right */
    size_t groups;        /* Conv */
    bool count_padding;   /* AveragePool: padding counts as zeros */
    bool transpose_weights; /* Gemm: weights [out][in] instead of [in][out] */
    unsigned axis;        /* Concat; Softmax and LayerNormalization: the first axis */
    unsigned axes;        /* Softmax: how many axes from there on share one sum */
    float number[2];      /* Gemm: alpha, beta; Clip: least, most; LeakyRelu: slope; HardSigmoid: slope, offset;
                           * Pow: exponent; Pad: filling; normalisations: epsilon */
    unsigned permutation[NG_RANK_MAX]; /* Transpose */
    bool reduced[NG_RANK_MAX];         /* ReduceMean: axes of the input that vanish or become 1 */
    ng_shape selected;                 /* SELECT: the output before Gather gives it another shape */
    ng_axis_map map[NG_RANK_MAX];      /* SELECT: of each axis of `selected` */
} ng_parameters;

typedef struct {
    ng_operator operation;
    char label[NG_LABEL_SIZE];
    unsigned inputs;
    int *input; /* indices into values; what became a parameter is no longer among them */
    int output;
    ng_parameters parameters;
} ng_node;

typedef struct {
    ng_value *values;
    size_t value_count;
    ng_node *nodes;     /* batched ones only */
    size_t node_count;
    int *links;         /* the inputs of all nodes */
    int input;          /* the one batched input, float */
    int output;         /* the one output, batched */
    size_t parameters;  /* trained numbers: the float constants of the nodes but for scalars, which are settings */
} ng_network;

/* Reads an ONNX file of at most 1 GiB, operator set 9 to 17. Errors (exit 2, with file and byte offset or node):
 * malformed, an operator, attribute or form that is not supported, shapes that do not fit each other or differ from
 * those the file declares, a fixed batch of more than one image, data in other files. Free with ng_network_free(). */
bool ng_network_load(const char *path, ng_network *network, ng_error *error);

void ng_network_free(ng_network *network);

/* "Conv", ... as ONNX spells it. */
const char *ng_operator_name(ng_operator operation);

ng_operator_kind ng_operator_kind_of(ng_operator operation);

/* True for the nodes that are quantised: a product of an activation and constant weights. */
bool ng_node_is_weighted(const ng_network *network, const ng_node *node);

#endif
