#include "src/network/graph.h"

#include <stdlib.h>
#include <string.h>

#include "src/network/batchnorm.h"
#include "src/network/constants.h"
#include "src/network/fold.h"
#include "src/network/names.h"
#include "src/network/shapes.h"

enum {
    NODES_MOST = 1 << 16,
    LINKS_MOST = 1 << 18,  /* inputs, and outputs, of all nodes */
    LINKS_LEAST = 3,       /* places for inputs of every node */
    SIDE_MOST = 1 << 16,
    FOLDED_MOST = 1 << 30, /* bytes of computed constants */
    OPSET_LEAST = 9,
    OPSET_MOST = 17
};

typedef struct {
    const char *name;
    unsigned least;
    unsigned most;
    unsigned outputs;
} arity;

static const arity rows[] = {
#define OPERATOR(name, least, most, outputs, kind) {#name, least, most, outputs},
#include "src/network/operators.def"
#undef OPERATOR
};

typedef struct {
    const char *path;
    ng_network *network;
    ng_names names;
    size_t link_count;
    int opset;
    size_t folded; /* bytes of constants that were computed */
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

static bool add_constant(import *in, Onnx__TensorProto *tensor, const char *name)
{
    ng_value *value = add_value(in, name);
    return value != NULL && ng_constant(tensor, in->path, value->label, value, in->error);
}

static const Onnx__TypeProto__Tensor *tensor_of(const Onnx__ValueInfoProto *info)
{
    return info->type != NULL ? info->type->tensor_type : NULL;
}

/* One image's shape: the batch may be free or 1, everything else must be known. */
static bool input_shape(const Onnx__ValueInfoProto *info, ng_shape *shape)
{
    const Onnx__TypeProto__Tensor *tensor = tensor_of(info);
    if (tensor == NULL || tensor->elem_type != NG_TYPE_FLOAT || tensor->shape == NULL || tensor->shape->n_dim < 2 ||
        tensor->shape->n_dim > NG_RANK_MOST ||
        (tensor->shape->dim[0]->has_dim_value && tensor->shape->dim[0]->dim_value > 1)) {
        return false;
    }
    *shape = (ng_shape){(unsigned)tensor->shape->n_dim, {1}};
    size_t count = 1;
    for (unsigned i = 1; i < shape->rank; i++) {
        const int64_t size = tensor->shape->dim[i]->dim_value;
        if (size < 1 || size > SIDE_MOST || count > (size_t)NG_COUNT_MOST / (size_t)size) {
            return false;
        }
        shape->size[i] = (size_t)size;
        count *= shape->size[i];
    }
    return true;
}

/* What a file declares about a value must be what was found; sizes it leaves open are not compared. */
static bool check_declared(const import *in, const Onnx__ValueInfoProto *info)
{
    const Onnx__TypeProto__Tensor *tensor = tensor_of(info);
    const int index = info->name != NULL ? ng_names_find(&in->names, info->name) : NG_NO_VALUE;
    if (index < 0 || tensor == NULL || tensor->shape == NULL) {
        return true;
    }
    const ng_shape *shape = &in->network->values[index].shape;
    bool same = tensor->shape->n_dim == shape->rank;
    for (unsigned i = 0; same && i < shape->rank; i++) {
        const Onnx__TensorShapeProto__Dimension *dim = tensor->shape->dim[i];
        same = !dim->has_dim_value || dim->dim_value < 1 || (uint64_t)dim->dim_value == shape->size[i];
    }
    return same || refuse(in, "the file declares another shape than its nodes give: value", info->name);
}

static bool add_input(import *in, const Onnx__ValueInfoProto *info)
{
    if (info->name != NULL && ng_names_find(&in->names, info->name) >= 0) {
        return check_declared(in, info); /* older files list the constants among the inputs */
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
           refuse(in, "not a float tensor with a batch axis, free or 1, and fixed sizes: input", info->name);
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

/* Constant has one of five attributes, of which the last four are lists or single numbers. */
static bool constant_attribute(Onnx__AttributeProto *attribute, ng_value *value, const import *in)
{
    char name[NG_LABEL_SIZE];
    ng_label(name, attribute->name);
    const bool list = strcmp(name, "value_floats") == 0 || strcmp(name, "value_ints") == 0;
    const bool floats = strcmp(name, "value_floats") == 0 || strcmp(name, "value_float") == 0;
    if (strcmp(name, "value") == 0 && attribute->t != NULL) {
        return ng_constant(attribute->t, in->path, value->label, value, in->error);
    }
    if (!list && !floats && strcmp(name, "value_int") != 0) {
        return refuse(in, "a Constant node without a tensor or numbers: value", value->label);
    }
    const size_t count = !list ? 1 : floats ? attribute->n_floats : attribute->n_ints;
    if (!ng_constant_new(floats, &(ng_shape){list ? 1 : 0, {count}}, in->path, value, in->error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (floats) {
            value->floats[i] = list ? attribute->floats[i] : attribute->f;
        } else {
            value->integers[i] = list ? attribute->ints[i] : attribute->i;
        }
    }
    return true;
}

static bool add_constant_node(import *in, const Onnx__NodeProto *proto)
{
    if (proto->n_attribute != 1 || proto->n_output != 1) {
        return refuse(in, "one attribute and one output expected of Constant node", proto->name);
    }
    ng_value *value = add_value(in, proto->output[0]);
    return value != NULL && constant_attribute(proto->attribute[0], value, in);
}

/* Inputs that may be left out have an empty name. */
static bool connect_inputs(import *in, const ng_site *site)
{
    const arity *arity_of = &rows[site->node->operation];
    const size_t count = site->proto->n_input;
    if (count < arity_of->least || count > arity_of->most || site->proto->n_output < 1 ||
        site->proto->n_output > arity_of->outputs) {
        return ng_site_fail(site, "%zu inputs and %zu outputs; %u to %u and up to %u are supported", count,
                            site->proto->n_output, arity_of->least, arity_of->most, arity_of->outputs);
    }
    site->node->inputs = (unsigned)count;
    site->node->input = in->network->links + in->link_count;
    in->link_count += count > LINKS_LEAST ? count : LINKS_LEAST;
    for (size_t i = 0; i < count; i++) {
        const char *name = site->proto->input[i];
        const bool left_out = name[0] == 0 && i >= arity_of->least;
        site->node->input[i] = left_out ? NG_NO_VALUE : ng_names_find(&in->names, name);
        if (site->node->input[i] < 0 && !left_out) {
            char label[NG_LABEL_SIZE];
            ng_label(label, name);
            return ng_site_fail(site, "its input '%s' is not defined before it", label);
        }
    }
    while (site->node->inputs > 0 && site->node->input[site->node->inputs - 1] == NG_NO_VALUE) {
        site->node->inputs--;
    }
    return true;
}

/* A node of constants becomes a constant. */
static bool fold_node(import *in, const ng_site *site, const ng_shape *shape, const char *name)
{
    const size_t bytes = ng_shape_count(shape) * sizeof(int64_t);
    if (bytes > FOLDED_MOST - in->folded) {
        return ng_site_fail(site, "the constants computed so far fill %zu bytes", in->folded);
    }
    in->folded += bytes;
    ng_value *value = add_value(in, name);
    return value != NULL && ng_fold(site, shape, value);
}

/* A constant under a second name is not copied. */
static bool is_renamed(const ng_site *site)
{
    return site->node->operation == NG_OP_Identity && !ng_operand(site, 0)->batched;
}

/* One output of a node, whose place in the list of nodes is taken if it has to run. */
static bool add_output(import *in, ng_site *site, unsigned part)
{
    ng_network *network = in->network;
    ng_shape shape;
    site->part = part;
    if (!connect_inputs(in, site) || !ng_infer_shape(site, &shape)) {
        return false;
    }
    const char *name = site->proto->output[part];
    if (is_renamed(site)) {
        return (name[0] != 0 && ng_names_add(&in->names, name, site->node->input[0])) ||
               refuse(in, "a value without a name, or defined twice:", name);
    }
    if (ng_fold_wanted(site)) {
        return fold_node(in, site, &shape, name);
    }
    ng_value *value = add_value(in, name);
    if (value == NULL) {
        return false;
    }
    value->shape = shape;
    value->batched = true;
    site->node->output = (int)network->value_count - 1;
    network->node_count++;
    return true;
}

static bool add_node(import *in, const Onnx__NodeProto *proto)
{
    const bool standard = proto->domain == NULL || proto->domain[0] == 0 || strcmp(proto->domain, "ai.onnx") == 0;
    if (standard && proto->op_type != NULL && strcmp(proto->op_type, "Constant") == 0) {
        return add_constant_node(in, proto);
    }
    bool fine = true;
    for (unsigned part = 0; fine && (part == 0 || part < proto->n_output); part++) {
        ng_node *node = &in->network->nodes[in->network->node_count];
        ng_site site = {.path = in->path, .proto = proto, .network = in->network, .node = node, .opset = in->opset,
                        .error = in->error};
        *node = (ng_node){0};
        ng_label(node->label, proto->name);
        if (!standard || !find_operator(proto->op_type, &node->operation)) {
            char label[NG_LABEL_SIZE];
            ng_label(label, proto->op_type);
            return ng_fail(in->error, NG_EXIT_USAGE, "%s: node '%s': operator '%s' is not supported", in->path,
                           node->label, label);
        }
        fine = (part > 0 && node->operation != NG_OP_Split) || add_output(in, &site, part);
    }
    return fine;
}

/* ---- the whole graph ------------------------------------------------------------------------------------------- */

static bool check_opset(import *in, const Onnx__ModelProto *model)
{
    for (size_t i = 0; i < model->n_opset_import; i++) {
        const Onnx__OperatorSetIdProto *set = model->opset_import[i];
        if (set->domain == NULL || set->domain[0] == 0 || strcmp(set->domain, "ai.onnx") == 0) {
            in->opset = (int)set->version;
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
    size_t outputs = 1;
    size_t links = 1;
    for (size_t i = 0; i < graph->n_node; i++) {
        outputs += graph->node[i]->n_output + 1;
        links += (graph->node[i]->n_input + LINKS_LEAST) * (graph->node[i]->n_output + 1);
    }
    if (outputs > LINKS_MOST || links > LINKS_MOST) {
        return ng_fail(in->error, NG_EXIT_USAGE, "%s: more than %d inputs and outputs of nodes", in->path, LINKS_MOST);
    }
    network->values = calloc(outputs * (1 + NG_BATCHNORM_VALUES) + graph->n_initializer + graph->n_input,
                             sizeof *network->values);
    network->nodes = calloc(outputs, sizeof *network->nodes);
    network->links = calloc(links, sizeof *network->links);
    return (network->values != NULL && network->nodes != NULL && network->links != NULL) ||
           ng_fail(in->error, NG_EXIT_MISSING, "%s: no memory for the network", in->path);
}

/* Frees the floats that no node reads, what they were made into is read instead, and counts those that are. */
static void drop_unread(ng_network *network, bool *read)
{
    for (size_t i = 0; i < network->node_count; i++) {
        for (unsigned k = 0; k < network->nodes[i].inputs; k++) {
            if (network->nodes[i].input[k] != NG_NO_VALUE) {
                read[network->nodes[i].input[k]] = true;
            }
        }
    }
    for (size_t i = 0; i < network->value_count; i++) {
        ng_value *value = &network->values[i];
        if (!read[i]) {
            free(value->floats);
            value->floats = NULL;
        }
        network->parameters += value->floats != NULL && value->shape.rank > 0 ? ng_shape_count(&value->shape) : 0;
    }
}

static bool finish(const import *in)
{
    if (!ng_batchnorm_fold(in->network, in->error)) {
        return false;
    }
    bool *read = calloc(in->network->value_count, sizeof *read);
    if (read == NULL) {
        return ng_fail(in->error, NG_EXIT_MISSING, "%s: no memory for the network", in->path);
    }
    drop_unread(in->network, read);
    free(read);
    return true;
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
    return check_declared(in, graph->output[0]);
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
    for (size_t i = 0; fine && i < graph->n_value_info; i++) {
        fine = check_declared(in, graph->value_info[i]);
    }
    return fine && find_output(in, graph) && finish(in);
}

bool ng_graph_read(const char *path, Onnx__ModelProto *model, ng_network *network, ng_error *error)
{
    import in = {.path = path, .network = network, .error = error};
    const bool fine = model->graph == NULL ? ng_fail(error, NG_EXIT_USAGE, "%s: no graph in the file", path)
                                           : check_opset(&in, model) && read_graph(&in, model->graph);
    ng_names_free(&in.names);
    return fine;
}
