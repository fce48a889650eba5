#include "src/network/network.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"
#include "src/network/constants.h"
#include "src/network/names.h"
#include "src/network/shapes.h"
#include "src/network/wire.h"

enum {
    FILE_MOST = 1 << 28,
    MEMORY_MOST = 1 << 30,
    NODES_MOST = 1 << 16,
    SIDE_MOST = 1 << 16,
    TYPE_FLOAT = 1,
    OPSET_LEAST = 13,
    OPSET_MOST = 17
};

typedef struct {
    const char *name;
    unsigned least;
    unsigned most;
} arity;

static const arity rows[] = {
#define OPERATOR(name, least, most) {#name, least, most},
#include "src/network/operators.def"
#undef OPERATOR
};

const char *ng_operator_name(ng_operator operation)
{
    return operation < NG_OPERATOR_COUNT ? rows[operation].name : "unknown";
}

size_t ng_shape_count(const ng_shape *shape)
{
    size_t count = 1;
    for (unsigned i = 0; i < shape->rank; i++) {
        count *= shape->size[i];
    }
    return count;
}

bool ng_node_is_weighted(const ng_network *network, const ng_node *node)
{
    return node->operation == NG_OP_Conv || node->operation == NG_OP_Gemm ||
           (node->operation == NG_OP_MatMul && !network->values[node->input[1]].batched);
}

void ng_network_free(ng_network *network)
{
    for (size_t i = 0; i < network->value_count; i++) {
        free(network->values[i].floats);
        free(network->values[i].integers);
    }
    free(network->values);
    free(network->nodes);
    *network = (ng_network){0};
}

/* ---- decoding within a budget of memory ------------------------------------------------------------------------ */

typedef struct {
    size_t left;
} budget;

static void *take(void *context, size_t size)
{
    budget *memory = context;
    if (size > memory->left) {
        return NULL;
    }
    memory->left -= size;
    return malloc(size);
}

static void release(void *context, void *pointer)
{
    (void)context;
    free(pointer);
}

typedef struct {
    const char *path;
    ng_network *network;
    ng_names names;
    ng_error *error;
} import;

static bool refuse(const import *in, const char *what, const char *name)
{
    char label[NG_LABEL_SIZE];
    ng_label(label, name);
    return ng_fail(in->error, NG_EXIT_USAGE, "%s: %s '%s'", in->path, what, label);
}

/* ---- values ---------------------------------------------------------------------------------------------------- */

static ng_value *add_value(import *in, const char *name)
{
    ng_network *network = in->network;
    if (name == NULL || name[0] == 0 || !ng_names_add(&in->names, name, (int)network->value_count)) {
        (void)refuse(in, "a value without a name, or defined twice:", name);
        return NULL;
    }
    ng_value *value = &network->values[network->value_count++];
    ng_label(value->label, name);
    return value;
}

static bool add_constant(import *in, const Onnx__TensorProto *tensor, const char *name)
{
    ng_value *value = add_value(in, name);
    return value != NULL && ng_constant(tensor, in->path, value->label, value, in->error);
}

static bool input_shape(const Onnx__ValueInfoProto *info, ng_shape *shape)
{
    const Onnx__TypeProto__Tensor *tensor = info->type != NULL ? info->type->tensor_type : NULL;
    if (tensor == NULL || tensor->elem_type != TYPE_FLOAT || tensor->shape == NULL || tensor->shape->n_dim < 2 ||
        tensor->shape->n_dim > 4) {
        return false;
    }
    *shape = (ng_shape){(unsigned)tensor->shape->n_dim, {1}};
    for (unsigned i = 1; i < shape->rank; i++) {
        const int64_t size = tensor->shape->dim[i]->dim_value;
        if (size < 1 || size > SIDE_MOST || ng_shape_count(shape) > (size_t)FILE_MOST / (size_t)size) {
            return false;
        }
        shape->size[i] = (size_t)size;
    }
    return true;
}

static bool add_input(import *in, const Onnx__ValueInfoProto *info)
{
    if (info->name != NULL && ng_names_find(&in->names, info->name) >= 0) {
        return true; /* older files list the constants among the inputs */
    }
    if (in->network->input != NG_NO_VALUE) {
        return refuse(in, "a second input", info->name);
    }
    in->network->input = (int)in->network->value_count;
    ng_value *value = add_value(in, info->name);
    if (value == NULL) {
        return false;
    }
    value->batched = true;
    return input_shape(info, &value->shape) ||
           refuse(in, "not a float tensor with a batch axis and fixed sizes: input", info->name);
}

/* ---- nodes ----------------------------------------------------------------------------------------------------- */

static bool find_operator(const char *name, ng_operator *operation)
{
    for (unsigned i = 0; name != NULL && i < NG_OPERATOR_COUNT; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            *operation = (ng_operator)i;
            return true;
        }
    }
    return false;
}

static bool add_constant_node(import *in, const Onnx__NodeProto *proto)
{
    const Onnx__AttributeProto *only = proto->n_attribute == 1 ? proto->attribute[0] : NULL;
    if (only == NULL || only->name == NULL || strcmp(only->name, "value") != 0 || only->t == NULL ||
        proto->n_output != 1) {
        return refuse(in, "only a tensor 'value' is supported in Constant node", proto->name);
    }
    return add_constant(in, only->t, proto->output[0]);
}

static bool connect_inputs(const import *in, const ng_site *site)
{
    const arity *arity_of = &rows[site->node->operation];
    const size_t count = site->proto->n_input;
    if (count < arity_of->least || count > arity_of->most || site->proto->n_output != 1) {
        return ng_site_fail(site, "%zu inputs and %zu outputs; %u to %u and 1 are supported", count,
                            site->proto->n_output, arity_of->least, arity_of->most);
    }
    site->node->inputs = (unsigned)count;
    for (size_t i = 0; i < count; i++) {
        site->node->input[i] = ng_names_find(&in->names, site->proto->input[i]);
        if (site->node->input[i] < 0) {
            char label[NG_LABEL_SIZE];
            ng_label(label, site->proto->input[i]);
            return ng_site_fail(site, "its input '%s' is not defined before it", label);
        }
    }
    return true;
}

static bool add_node(import *in, const Onnx__NodeProto *proto)
{
    ng_network *network = in->network;
    const bool standard = proto->domain == NULL || proto->domain[0] == 0 || strcmp(proto->domain, "ai.onnx") == 0;
    if (standard && proto->op_type != NULL && strcmp(proto->op_type, "Constant") == 0) {
        return add_constant_node(in, proto);
    }
    ng_node *node = &network->nodes[network->node_count];
    const ng_site site = {in->path, proto, network, node, in->error};
    ng_label(node->label, proto->name);
    if (!standard || !find_operator(proto->op_type, &node->operation)) {
        char label[NG_LABEL_SIZE];
        ng_label(label, proto->op_type);
        return ng_fail(in->error, NG_EXIT_USAGE, "%s: node '%s': operator '%s' is not supported", in->path, node->label,
                       label);
    }
    ng_shape shape;
    if (!connect_inputs(in, &site) || !ng_infer_shape(&site, &shape)) {
        return false;
    }
    ng_value *value = add_value(in, proto->output[0]);
    if (value == NULL) {
        return false;
    }
    value->shape = shape;
    value->batched = true;
    node->output = (int)network->value_count - 1;
    network->node_count++;
    return true;
}

/* ---- the whole graph ------------------------------------------------------------------------------------------- */

static bool check_opset(const import *in, const Onnx__ModelProto *model)
{
    for (size_t i = 0; i < model->n_opset_import; i++) {
        const Onnx__OperatorSetIdProto *set = model->opset_import[i];
        if (set->domain == NULL || set->domain[0] == 0 || strcmp(set->domain, "ai.onnx") == 0) {
            return (set->version >= OPSET_LEAST && set->version <= OPSET_MOST) ||
                   ng_fail(in->error, NG_EXIT_USAGE, "%s: operator set %lld; %d to %d are supported", in->path,
                           (long long)set->version, OPSET_LEAST, OPSET_MOST);
        }
    }
    return ng_fail(in->error, NG_EXIT_USAGE, "%s: no operator set is named", in->path);
}

static bool reserve(import *in, const Onnx__GraphProto *graph)
{
    ng_network *network = in->network;
    if (graph->n_node > NODES_MOST || graph->n_initializer > NODES_MOST || graph->n_input > NODES_MOST) {
        return ng_fail(in->error, NG_EXIT_USAGE, "%s: more than %d nodes, constants or inputs", in->path, NODES_MOST);
    }
    network->values = calloc(graph->n_node + graph->n_initializer + graph->n_input + 1, sizeof *network->values);
    network->nodes = calloc(graph->n_node + 1, sizeof *network->nodes);
    return (network->values != NULL && network->nodes != NULL) ||
           ng_fail(in->error, NG_EXIT_MISSING, "%s: no memory for the network", in->path);
}

static bool find_output(import *in, const Onnx__GraphProto *graph)
{
    ng_network *network = in->network;
    if (graph->n_output != 1 || network->input == NG_NO_VALUE) {
        return ng_fail(in->error, NG_EXIT_USAGE, "%s: one input and one output expected", in->path);
    }
    const char *name = graph->output[0]->name;
    network->output = name != NULL ? ng_names_find(&in->names, name) : NG_NO_VALUE;
    if (network->output < 0 || !network->values[network->output].batched) {
        return refuse(in, "nothing computes the output", name);
    }
    return true;
}

static bool read_graph(import *in, const Onnx__GraphProto *graph)
{
    bool fine = reserve(in, graph);
    for (size_t i = 0; fine && i < graph->n_initializer; i++) {
        fine = add_constant(in, graph->initializer[i], graph->initializer[i]->name);
    }
    for (size_t i = 0; fine && i < graph->n_input; i++) {
        fine = add_input(in, graph->input[i]);
    }
    for (size_t i = 0; fine && i < graph->n_node; i++) {
        fine = add_node(in, graph->node[i]);
    }
    return fine && find_output(in, graph);
}

static bool read_model(const char *path, const ng_buffer *file, ng_network *network, ng_error *error)
{
    import in = {path, network, {NULL}, error};
    budget memory = {MEMORY_MOST};
    ProtobufCAllocator allocator = {take, release, &memory};
    size_t offset;
    const char *reason;
    if (!ng_wire_check(&onnx__model_proto__descriptor, file->data, file->size, &offset, &reason)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: not an ONNX file: byte %zu: %s", path, offset, reason);
    }
    Onnx__ModelProto *model = onnx__model_proto__unpack(&allocator, file->size, file->data);
    if (model == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: not an ONNX file: the decoder refuses its %zu bytes", path, file->size);
    }
    const bool fine = model->graph == NULL ? ng_fail(error, NG_EXIT_USAGE, "%s: no graph in the file", path)
                                           : check_opset(&in, model) && read_graph(&in, model->graph);
    ng_names_free(&in.names);
    onnx__model_proto__free_unpacked(model, &allocator);
    return fine;
}

bool ng_network_load(const char *path, ng_network *network, ng_error *error)
{
    ng_buffer file;
    *network = (ng_network){.input = NG_NO_VALUE, .output = NG_NO_VALUE};
    if (!ng_read_file(path, FILE_MOST, &file, error)) {
        return false;
    }
    const bool fine = read_model(path, &file, network, error);
    ng_buffer_free(&file);
    if (!fine) {
        ng_network_free(network);
    }
    return fine;
}
