#include "src/infer/plan.h"

#include <stdlib.h>
#include <string.h>

#include "src/infer/buffers.h"

enum { CACHE_FLOATS = 1 << 17, BATCH_MOST = 32, MAP_RANK = 4, NUMBERS_MOST = 1 << 29 };

/* Where a value is: its tensor and the shape as stored, plain [0] or channels last [1] or both. */
typedef struct {
    ng_argument place[2];
    bool known[2];
    bool channels_last; /* how it was made */
} location;

typedef struct {
    ng_network *network;
    ng_plan *plan;
    location *locations; /* of each value */
    unsigned *readers;   /* nodes that read a value */
    size_t argument_count;
    ng_error *error;
} builder;

static const unsigned to_last[NG_RANK_MAX] = {0, 2, 3, 1};
static const unsigned to_plain[NG_RANK_MAX] = {0, 3, 1, 2};

static const ng_value *value_of(const builder *b, int value)
{
    return &b->network->values[value];
}

static int add_tensor(builder *b, const ng_shape *shape)
{
    b->plan->tensors[b->plan->tensor_count] = (ng_tensor){.count = ng_shape_count(shape)};
    return (int)b->plan->tensor_count++;
}

/* A step with room for so many inputs, which the caller fills. */
static ng_step *add_step(builder *b, ng_operator operation, const ng_node *node, unsigned inputs, const ng_shape *out)
{
    ng_step *step = &b->plan->steps[b->plan->step_count++];
    *step = (ng_step){.operation = operation, .node = node, .layer = NG_NO_LAYER, .attention = NG_NO_ATTENTION, .inputs = inputs};
    step->in = b->plan->arguments + b->argument_count;
    b->argument_count += inputs;
    b->plan->inputs_most = inputs > b->plan->inputs_most ? inputs : b->plan->inputs_most;
    step->out = (ng_argument){add_tensor(b, out), NULL, *out};
    return step;
}

static ng_shape permuted(const ng_shape *shape, const unsigned *permutation)
{
    ng_shape out = {shape->rank, {0}};
    for (unsigned i = 0; i < shape->rank; i++) {
        out.size[i] = shape->size[permutation[i]];
    }
    return out;
}

/* True if the numbers of a feature map stand in the same order either way. */
static bool order_is_free(const ng_shape *shape)
{
    return shape->size[1] == 1 || shape->size[1] == ng_shape_count(shape);
}

/* The value in the layout asked for; emits the step that changes it where the numbers have to move. */
static ng_argument arrange(builder *b, const ng_node *node, int value, bool channels_last)
{
    location *where = &b->locations[value];
    if (where->known[channels_last]) {
        return where->place[channels_last];
    }
    const unsigned *permutation = channels_last ? to_last : to_plain;
    const ng_argument from = where->place[!channels_last];
    const ng_shape shape = permuted(&from.shape, permutation);
    ng_argument place = {from.tensor, NULL, shape};
    if (!order_is_free(&value_of(b, value)->shape)) {
        ng_step *step = add_step(b, NG_OP_Transpose, node, 1, &shape);
        memcpy(step->permutation, permutation, sizeof step->permutation);
        step->in[0] = from;
        place = step->out;
    }
    where->place[channels_last] = place;
    where->known[channels_last] = true;
    return place;
}

/* ---- which order a node works in ------------------------------------------------------------------------------- */

static bool is_map(const ng_shape *shape)
{
    return shape->rank == MAP_RANK && shape->size[0] == 1;
}

/* Sizes aligned at the last axis of a feature map. */
static ng_shape aligned(const ng_shape *shape)
{
    ng_shape map = {MAP_RANK, {1, 1, 1, 1}};
    memcpy(map.size + MAP_RANK - shape->rank, shape->size, shape->rank * sizeof *map.size);
    return map;
}

/* A constant whose numbers lie along one axis at most can be read in either order. */
static bool constant_is_free(const ng_shape *shape)
{
    unsigned axes = 0;
    for (unsigned i = 0; i < shape->rank; i++) {
        axes += shape->size[i] != 1;
    }
    return axes <= 1 && shape->rank <= MAP_RANK;
}

/* Whether every operand of an element-wise node on a feature map can be had channels last, and a large one is already. */
static bool binary_stays_last(const builder *b, const ng_node *node)
{
    const size_t count = ng_shape_count(&value_of(b, node->output)->shape);
    bool large = false;
    for (unsigned i = 0; i < node->inputs; i++) {
        const ng_value *value = value_of(b, node->input[i]);
        const bool last = value->batched && b->locations[node->input[i]].channels_last;
        const bool whole = ng_shape_count(&value->shape) == count;
        if (value->batched ? !is_map(&value->shape) || (!last && !whole && !order_is_free(&value->shape))
                           : !constant_is_free(&value->shape)) {
            return false;
        }
        large = large || (last && whole);
    }
    return large;
}

static bool all_last(const builder *b, const ng_node *node)
{
    for (unsigned i = 0; i < node->inputs; i++) {
        if (!value_of(b, node->input[i])->batched || !b->locations[node->input[i]].channels_last) {
            return false;
        }
    }
    return true;
}

static bool means_over_map(const ng_node *node)
{
    const bool *reduced = node->parameters.reduced;
    return !reduced[0] && !reduced[1] && reduced[2] && reduced[3];
}

/* How a node takes feature maps: plain as ONNX has them, or channels last, and what it makes. */
typedef struct {
    bool in_last;
    bool out_last;
} order;

static order order_of(const builder *b, const ng_node *node)
{
    const bool last = b->locations[node->input[0]].channels_last;
    const order plain = {false, false};
    const order stays = {last, last};
    switch (node->operation) {
    case NG_OP_Conv:
    case NG_OP_MaxPool:
    case NG_OP_AveragePool: return (order){true, true};
    case NG_OP_GlobalAveragePool: return (order){true, false};
    case NG_OP_ReduceMean: return (order){last && means_over_map(node), false};
    case NG_OP_BatchNormalization: return stays;
    case NG_OP_Concat: return is_map(&value_of(b, node->output)->shape) && all_last(b, node) ? stays : plain;
    default: break;
    }
    switch (ng_operator_kind_of(node->operation)) {
    case NG_KIND_UNARY: return stays;
    case NG_KIND_BINARY:
        return is_map(&value_of(b, node->output)->shape) && binary_stays_last(b, node) ? (order){true, true} : plain;
    case NG_KIND_SELECT: return is_map(&value_of(b, node->output)->shape) && last ? stays : plain;
    default: return plain;
    }
}

/* ---- nodes ----------------------------------------------------------------------------------------------------- */

static void set_location(builder *b, int value, ng_argument place, bool channels_last)
{
    location *where = &b->locations[value];
    *where = (location){.channels_last = channels_last};
    where->place[channels_last] = place;
    where->known[channels_last] = true;
}

static void add_alias(builder *b, const ng_node *node)
{
    const ng_shape *shape = &value_of(b, node->output)->shape;
    if (ng_shape_equal(shape, &value_of(b, node->input[0])->shape)) {
        b->locations[node->output] = b->locations[node->input[0]];
        return;
    }
    ng_argument place = arrange(b, node, node->input[0], false);
    place.shape = *shape;
    set_location(b, node->output, place, false);
}

/* A Transpose between the two orders of feature maps, which gives another name to the same numbers. */
static bool add_relabelled(builder *b, const ng_node *node)
{
    const location *in = &b->locations[node->input[0]];
    const ng_shape *shape = &value_of(b, node->output)->shape;
    const unsigned *wanted = in->channels_last ? to_last : to_plain;
    if (node->operation != NG_OP_Transpose || !is_map(shape) || !is_map(&value_of(b, node->input[0])->shape) ||
        memcmp(node->parameters.permutation, wanted, MAP_RANK * sizeof *wanted) != 0) {
        return false;
    }
    set_location(b, node->output, in->place[in->channels_last], !in->channels_last);
    return true;
}

static ng_argument constant_argument(const builder *b, int value, bool channels_last)
{
    const ng_value *constant = value_of(b, value);
    const ng_shape map = channels_last ? aligned(&constant->shape) : constant->shape;
    return (ng_argument){NG_NO_TENSOR, constant->floats, channels_last ? permuted(&map, to_last) : map};
}

/* What a step reads of an input that has been arranged: its tensor, its constant, or nothing. */
static ng_argument argument_of(builder *b, const ng_node *node, int input, order o)
{
    const bool mixed = ng_operator_kind_of(node->operation) == NG_KIND_BINARY;
    if (input == NG_NO_VALUE) {
        return (ng_argument){.tensor = NG_NO_TENSOR};
    }
    return value_of(b, input)->batched ? arrange(b, node, input, o.in_last) : constant_argument(b, input, o.in_last && mixed);
}

static ng_step *add_general(builder *b, const ng_node *node)
{
    const ng_shape *plain = &value_of(b, node->output)->shape;
    const order o = order_of(b, node);
    const ng_shape shape = o.out_last ? permuted(plain, to_last) : *plain;
    const unsigned inputs = ng_node_is_weighted(b->network, node) ? 1 : node->inputs;
    /* What is arranged makes steps of its own, which stand before this one. */
    for (unsigned i = 0; i < inputs; i++) {
        const int input = node->input[i];
        if (input != NG_NO_VALUE && value_of(b, input)->batched) {
            (void)arrange(b, node, input, o.in_last);
        }
    }
    ng_step *step = add_step(b, node->operation, node, inputs, &shape);
    for (unsigned i = 0; i < inputs; i++) {
        step->in[i] = argument_of(b, node, node->input[i], o);
    }
    step->channels_last = o.in_last;
    memcpy(step->permutation, node->parameters.permutation, sizeof step->permutation);
    set_location(b, node->output, step->out, o.out_last);
    return step;
}

static bool add_node(builder *b, const ng_node *node)
{
    if (ng_operator_kind_of(node->operation) == NG_KIND_ALIAS) {
        add_alias(b, node);
        return true;
    }
    if (add_relabelled(b, node)) {
        return true;
    }
    ng_step *step = add_general(b, node);
    if (!ng_node_is_weighted(b->network, node)) {
        return true;
    }
    const bool take = b->readers[node->input[1]] == 1;
    if (!ng_layer_init(&b->plan->layers[b->plan->layer_count], b->network, node, take, b->error)) {
        return false;
    }
    step->layer = (int)b->plan->layer_count++;
    return true;
}

/* ---- the whole network ----------------------------------------------------------------------------------------- */

static size_t choose_batch(const ng_plan *plan)
{
    size_t largest = 1;
    for (size_t i = 0; i < plan->tensor_count; i++) {
        largest = plan->tensors[i].count > largest ? plan->tensors[i].count : largest;
    }
    const size_t batch = CACHE_FLOATS / largest;
    return batch < 1 ? 1 : batch > BATCH_MOST ? BATCH_MOST : batch;
}

static bool allocate(builder *b)
{
    const ng_network *network = b->network;
    ng_plan *plan = b->plan;
    size_t inputs = 0;
    for (size_t i = 0; i < network->node_count; i++) {
        inputs += network->nodes[i].inputs;
    }
    /* Every node makes one step, and one change of layout per input at most; the last is for the output. */
    const size_t steps = network->node_count + inputs + 1;
    plan->layers = calloc(network->node_count + 1, sizeof *plan->layers);
    plan->steps = calloc(steps, sizeof *plan->steps);
    plan->arguments = calloc(2 * inputs + 1, sizeof *plan->arguments);
    plan->tensors = calloc(steps + 1, sizeof *plan->tensors);
    plan->slots = calloc(steps + 1, sizeof *plan->slots);
    b->locations = calloc(network->value_count, sizeof *b->locations);
    b->readers = calloc(network->value_count, sizeof *b->readers);
    return plan->layers != NULL && plan->steps != NULL && plan->arguments != NULL && plan->tensors != NULL &&
           plan->slots != NULL && b->locations != NULL && b->readers != NULL;
}

static void count_readers(builder *b)
{
    for (size_t i = 0; i < b->network->node_count; i++) {
        const ng_node *node = &b->network->nodes[i];
        for (unsigned k = 0; k < node->inputs; k++) {
            if (node->input[k] != NG_NO_VALUE) {
                b->readers[node->input[k]]++;
            }
        }
    }
}

/* Products of two activations: MatMul steps none of whose operands is constant. */
static void number_attention(ng_plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        ng_step *step = &plan->steps[i];
        const bool both = step->operation == NG_OP_MatMul && step->layer == NG_NO_LAYER && step->in[0].constant == NULL &&
                          step->in[1].constant == NULL;
        step->attention = both ? (int)plan->attention_count++ : NG_NO_ATTENTION;
    }
}

static bool build(builder *b)
{
    const ng_network *network = b->network;
    ng_plan *plan = b->plan;
    const ng_shape *input = &network->values[network->input].shape;
    plan->input = (ng_argument){add_tensor(b, input), NULL, *input};
    set_location(b, network->input, plan->input, false);
    count_readers(b);
    for (size_t i = 0; i < network->node_count; i++) {
        if (!add_node(b, &network->nodes[i])) {
            return false;
        }
    }
    if (plan->layer_count == 0) {
        return ng_fail(b->error, NG_EXIT_USAGE, "the network has no Conv, Gemm or MatMul with constant weights");
    }
    number_attention(plan);
    plan->output = arrange(b, &network->nodes[network->node_count - 1], network->output, false);
    plan->batch = choose_batch(plan);
    if (!ng_buffers_assign(plan)) {
        return ng_fail(b->error, NG_EXIT_MISSING, "no memory for the plan of the network");
    }
    size_t numbers = 0;
    for (size_t i = 0; i < plan->slot_count; i++) {
        numbers += plan->slots[i];
    }
    return numbers <= NUMBERS_MOST ||
           ng_fail(b->error, NG_EXIT_USAGE, "the activations of one image fill %zu numbers, more than %d", numbers, NUMBERS_MOST);
}

bool ng_plan_init(ng_plan *plan, ng_network *network, ng_error *error)
{
    builder b = {.network = network, .plan = plan, .error = error};
    *plan = (ng_plan){0};
    const bool fine = allocate(&b) ? build(&b) : ng_fail(error, NG_EXIT_MISSING, "no memory for the plan of the network");
    free(b.locations);
    free(b.readers);
    if (!fine) {
        ng_plan_free(plan);
    }
    return fine;
}

void ng_plan_free(ng_plan *plan)
{
    for (size_t i = 0; i < plan->layer_count; i++) {
        ng_layer_free(&plan->layers[i]);
    }
    for (size_t i = 0; i < plan->step_count; i++) {
        free(plan->steps[i].most);
    }
    free(plan->layers);
    free(plan->steps);
    free(plan->arguments);
    free(plan->tensors);
    free(plan->slots);
    *plan = (ng_plan){0};
}
