#include "src/infer/plan.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_FLOATS = 1 << 17, BATCH_MOST = 32 };

/* Where a value is: its tensor, the shape as stored, and whether that is channels last. */
typedef struct {
    ng_argument place;
    bool channels_last;
} location;

typedef struct {
    const ng_network *network;
    ng_plan *plan;
    location *locations; /* of each value */
    ng_error *error;
} builder;

static const unsigned to_last[NG_RANK_MAX] = {0, 2, 3, 1};
static const unsigned to_plain[NG_RANK_MAX] = {0, 3, 1, 2};

static int add_tensor(builder *b, const ng_shape *shape)
{
    b->plan->tensors[b->plan->tensor_count] = (ng_tensor){.count = ng_shape_count(shape)};
    return (int)b->plan->tensor_count++;
}

static ng_step *add_step(builder *b, ng_operator operation, const ng_node *node, const ng_shape *out)
{
    ng_step *step = &b->plan->steps[b->plan->step_count++];
    *step = (ng_step){.operation = operation, .node = node, .layer = NG_NO_LAYER};
    step->in[1].tensor = NG_NO_TENSOR;
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

/* The value in the layout asked for; emits the step that changes it where the numbers have to move. */
static ng_argument arrange(builder *b, const ng_node *node, int value, bool channels_last)
{
    const location *where = &b->locations[value];
    if (where->channels_last == channels_last) {
        return where->place;
    }
    const unsigned *permutation = channels_last ? to_last : to_plain;
    const ng_shape shape = permuted(&where->place.shape, permutation);
    const size_t channels = b->network->values[value].shape.size[1];
    if (channels == 1 || channels == ng_shape_count(&shape)) {
        return (ng_argument){where->place.tensor, NULL, shape};
    }
    ng_step *step = add_step(b, NG_OP_Transpose, node, &shape);
    memcpy(step->permutation, permutation, sizeof step->permutation);
    step->in[0] = where->place;
    return step->out;
}

static bool is_alias(ng_operator operation)
{
    return operation == NG_OP_Reshape || operation == NG_OP_Flatten || operation == NG_OP_Identity;
}

static bool is_binary(ng_operator operation)
{
    return operation == NG_OP_Add || operation == NG_OP_Sub || operation == NG_OP_Mul || operation == NG_OP_Div;
}

static bool is_unary(ng_operator operation)
{
    return operation == NG_OP_Relu || operation == NG_OP_Sqrt || operation == NG_OP_Erf || operation == NG_OP_Pow;
}

/* True if an element-wise node may work on the stored order: all operands channels last and of the output's shape, or
 * single numbers. */
static bool keeps_last(const builder *b, const ng_node *node)
{
    const ng_shape *out = &b->network->values[node->output].shape;
    bool any = false;
    for (unsigned i = 0; i < node->inputs; i++) {
        const ng_value *value = &b->network->values[node->input[i]];
        const size_t count = ng_shape_count(&value->shape);
        if (!value->batched && count == 1) {
            continue;
        }
        if (!value->batched || !b->locations[node->input[i]].channels_last || count != ng_shape_count(out)) {
            return false;
        }
        any = true;
    }
    return any && (is_binary(node->operation) || is_unary(node->operation));
}

static void set_location(builder *b, int value, ng_argument place, bool channels_last)
{
    b->locations[value] = (location){place, channels_last};
}

static void add_alias(builder *b, const ng_node *node)
{
    if (node->operation == NG_OP_Identity) {
        b->locations[node->output] = b->locations[node->input[0]];
        return;
    }
    ng_argument place = arrange(b, node, node->input[0], false);
    place.shape = b->network->values[node->output].shape;
    set_location(b, node->output, place, false);
}

static void add_general(builder *b, const ng_node *node)
{
    const ng_shape *plain = &b->network->values[node->output].shape;
    const bool conv = node->operation == NG_OP_Conv;
    const bool keep = keeps_last(b, node);
    const bool last = conv || keep || node->operation == NG_OP_GlobalAveragePool;
    const ng_shape shape = conv || keep ? permuted(plain, to_last) : *plain;
    const bool weighted = ng_node_is_weighted(b->network, node);
    const unsigned inputs = weighted || is_unary(node->operation) ? 1 : node->inputs;
    ng_argument in[2] = {{.tensor = NG_NO_TENSOR}, {.tensor = NG_NO_TENSOR}};
    for (unsigned i = 0; i < inputs; i++) {
        const ng_value *value = &b->network->values[node->input[i]];
        in[i] = value->batched ? arrange(b, node, node->input[i], last)
                               : (ng_argument){NG_NO_TENSOR, value->floats, value->shape};
    }
    ng_step *step = add_step(b, node->operation, node, &shape);
    memcpy(step->in, in, sizeof in);
    memcpy(step->permutation, node->parameters.permutation, sizeof step->permutation);
    step->layer = weighted ? (int)b->plan->layer_count : NG_NO_LAYER;
    set_location(b, node->output, step->out, conv || keep);
}

static bool add_node(builder *b, const ng_node *node)
{
    if (is_alias(node->operation)) {
        add_alias(b, node);
        return true;
    }
    add_general(b, node);
    if (!ng_node_is_weighted(b->network, node)) {
        return true;
    }
    if (!ng_layer_init(&b->plan->layers[b->plan->layer_count], b->network, node, b->error)) {
        return false;
    }
    b->plan->layer_count++;
    return true;
}

/* ---- buffers --------------------------------------------------------------------------------------------------- */

static void find_last_uses(ng_plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        for (unsigned k = 0; k < 2; k++) {
            if (plan->steps[i].in[k].tensor >= 0) {
                plan->tensors[plan->steps[i].in[k].tensor].last = i;
            }
        }
        plan->tensors[plan->steps[i].out.tensor].last = i;
    }
    plan->tensors[plan->output.tensor].last = plan->step_count;
}

/* Element-wise steps may write over an operand of the output's size that nobody reads any more. */
static bool take_over(ng_plan *plan, size_t index)
{
    const ng_step *step = &plan->steps[index];
    ng_tensor *out = &plan->tensors[step->out.tensor];
    if (!is_unary(step->operation) && !is_binary(step->operation)) {
        return false;
    }
    for (unsigned k = 0; k < 2; k++) {
        const int operand = step->in[k].tensor;
        if (operand >= 0 && plan->tensors[operand].last == index && plan->tensors[operand].count == out->count) {
            out->slot = plan->tensors[operand].slot;
            return true;
        }
    }
    return false;
}

/* The smallest free buffer that is large enough, else the largest free one enlarged, else a new one. */
static void place_tensor(ng_plan *plan, bool *used, ng_tensor *tensor)
{
    size_t best = plan->slot_count;
    for (size_t i = 0; i < plan->slot_count; i++) {
        if (used[i]) {
            continue;
        }
        const bool fits = plan->slots[i] >= tensor->count;
        const bool best_fits = best < plan->slot_count && plan->slots[best] >= tensor->count;
        if (best == plan->slot_count || (fits && (!best_fits || plan->slots[i] < plan->slots[best])) ||
            (!fits && !best_fits && plan->slots[i] > plan->slots[best])) {
            best = i;
        }
    }
    if (best == plan->slot_count) {
        plan->slots[plan->slot_count++] = 0;
    }
    plan->slots[best] = plan->slots[best] > tensor->count ? plan->slots[best] : tensor->count;
    tensor->slot = best;
}

static void assign_slots(ng_plan *plan, bool *used)
{
    place_tensor(plan, used, &plan->tensors[plan->input.tensor]);
    used[plan->tensors[plan->input.tensor].slot] = true;
    for (size_t i = 0; i < plan->step_count; i++) {
        const ng_step *step = &plan->steps[i];
        ng_tensor *out = &plan->tensors[step->out.tensor];
        if (!take_over(plan, i)) {
            place_tensor(plan, used, out);
        }
        for (unsigned k = 0; k < 2; k++) {
            if (step->in[k].tensor >= 0 && plan->tensors[step->in[k].tensor].last == i) {
                used[plan->tensors[step->in[k].tensor].slot] = false;
            }
        }
        used[out->slot] = out->last > i;
    }
}

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
    /* Every node makes one step, and one change of layout per input at most. */
    const size_t steps = 3 * network->node_count + 1;
    plan->layers = calloc(network->node_count + 1, sizeof *plan->layers);
    plan->steps = calloc(steps, sizeof *plan->steps);
    plan->tensors = calloc(steps + 1, sizeof *plan->tensors);
    plan->slots = calloc(steps + 1, sizeof *plan->slots);
    b->locations = calloc(network->value_count, sizeof *b->locations);
    return plan->layers != NULL && plan->steps != NULL && plan->tensors != NULL && plan->slots != NULL &&
           b->locations != NULL;
}

static bool build(builder *b)
{
    const ng_network *network = b->network;
    ng_plan *plan = b->plan;
    const ng_shape *input = &network->values[network->input].shape;
    plan->input = (ng_argument){add_tensor(b, input), NULL, *input};
    set_location(b, network->input, plan->input, false);
    for (size_t i = 0; i < network->node_count; i++) {
        if (!add_node(b, &network->nodes[i])) {
            return false;
        }
    }
    if (plan->layer_count == 0) {
        return ng_fail(b->error, NG_EXIT_USAGE, "the network has no Conv, Gemm or MatMul with constant weights");
    }
    plan->output = arrange(b, &network->nodes[network->node_count - 1], network->output, false);
    bool *used = calloc(plan->tensor_count + 1, sizeof *used);
    if (used == NULL) {
        return ng_fail(b->error, NG_EXIT_MISSING, "no memory for the plan of the network");
    }
    find_last_uses(plan);
    assign_slots(plan, used);
    free(used);
    plan->batch = choose_batch(plan);
    return true;
}

bool ng_plan_init(ng_plan *plan, const ng_network *network, ng_error *error)
{
    builder b = {network, plan, NULL, error};
    *plan = (ng_plan){0};
    const bool fine = allocate(&b) ? build(&b) : ng_fail(error, NG_EXIT_MISSING, "no memory for the plan of the network");
    free(b.locations);
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
    free(plan->layers);
    free(plan->steps);
    free(plan->tensors);
    free(plan->slots);
    *plan = (ng_plan){0};
}
