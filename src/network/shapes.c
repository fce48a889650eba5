#include "src/network/shapes.h"

#include <string.h>

enum { COUNT_MOST = 1 << 28 };

static const ng_value *input(const ng_site *site, unsigned index)
{
    return &site->network->values[site->node->input[index]];
}

static bool need_batched(const ng_site *site, unsigned index, unsigned rank)
{
    const ng_value *value = input(site, index);
    if (!value->batched) {
        return ng_site_fail(site, "input %u must not be constant", index);
    }
    if (rank != 0 && value->shape.rank != rank) {
        return ng_site_fail(site, "input %u has rank %u, not %u", index, value->shape.rank, rank);
    }
    return true;
}

static bool need_weights(const ng_site *site, unsigned index, unsigned rank)
{
    const ng_value *value = input(site, index);
    if (value->floats == NULL || value->shape.rank != rank) {
        return ng_site_fail(site, "input %u must be a float constant of rank %u", index, rank);
    }
    return true;
}

/* A bias must be one number per output channel, with leading axes of size 1 at most. */
static bool need_bias(const ng_site *site, unsigned index, size_t channels)
{
    if (site->node->inputs <= index) {
        return true;
    }
    const ng_value *value = input(site, index);
    const unsigned rank = value->shape.rank;
    if (value->floats == NULL || rank == 0 || value->shape.size[rank - 1] != channels ||
        ng_shape_count(&value->shape) != channels) {
        return ng_site_fail(site, "input %u must be a float constant with %zu numbers", index, channels);
    }
    return true;
}

static bool conv_extent(const ng_site *site, size_t size, unsigned axis, size_t *extent)
{
    const ng_parameters *p = &site->node->parameters;
    const size_t span = p->dilation[axis] * (p->kernel[axis] - 1) + 1;
    const size_t padded = size + p->pad[axis] + p->pad[axis + 2];
    if (padded < span) {
        return ng_site_fail(site, "a kernel of %zu does not fit into %zu", span, padded);
    }
    *extent = (padded - span) / p->stride[axis] + 1;
    return true;
}

static bool infer_Conv(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"dilations", "group", "kernel_shape", "pads", "strides", NULL};
    ng_parameters *p = &site->node->parameters;
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 4) || !need_weights(site, 1, 4)) {
        return false;
    }
    const ng_shape *in = &input(site, 0)->shape;
    const ng_shape *weights = &input(site, 1)->shape;
    if (!ng_attribute_sizes(site, "strides", 2, 1, 1, p->stride) ||
        !ng_attribute_sizes(site, "dilations", 2, 1, 1, p->dilation) ||
        !ng_attribute_sizes(site, "pads", 4, 0, 0, p->pad) ||
        !ng_attribute_sizes(site, "kernel_shape", 2, 1, 0, p->kernel)) {
        return false;
    }
    for (unsigned i = 0; i < 2; i++) {
        p->kernel[i] = p->kernel[i] == 0 ? weights->size[i + 2] : p->kernel[i];
        if (p->kernel[i] != weights->size[i + 2]) {
            return ng_site_fail(site, "kernel_shape differs from the weights");
        }
    }
    if (ng_attribute_int(site, "group", 1) != 1 || weights->size[1] != in->size[1]) {
        return ng_site_fail(site, "weights for %zu channels on %zu, group %lld; only group 1 is supported",
                            weights->size[1], in->size[1], (long long)ng_attribute_int(site, "group", 1));
    }
    *shape = (ng_shape){4, {1, weights->size[0]}};
    return conv_extent(site, in->size[2], 0, &shape->size[2]) && conv_extent(site, in->size[3], 1, &shape->size[3]) &&
           need_bias(site, 2, weights->size[0]);
}

static bool need_one(const ng_site *site, const char *name)
{
    const Onnx__AttributeProto *attribute = ng_attribute(site, name);
    if (attribute != NULL && attribute->has_f && !(attribute->f >= 1 && attribute->f <= 1)) {
        return ng_site_fail(site, "%s must be 1", name);
    }
    return true;
}

static bool infer_Gemm(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"alpha", "beta", "transA", "transB", NULL};
    if (!ng_attributes_only(site, known) || !need_one(site, "alpha") || !need_one(site, "beta") ||
        !need_batched(site, 0, 2) || !need_weights(site, 1, 2)) {
        return false;
    }
    const bool transposed = ng_attribute_int(site, "transB", 0) != 0;
    const ng_shape *weights = &input(site, 1)->shape;
    const size_t in = weights->size[transposed ? 1 : 0];
    const size_t out = weights->size[transposed ? 0 : 1];
    if (ng_attribute_int(site, "transA", 0) != 0 || in != input(site, 0)->shape.size[1]) {
        return ng_site_fail(site, "weights for %zu inputs on %zu, or transA", in, input(site, 0)->shape.size[1]);
    }
    site->node->parameters.transpose_weights = transposed;
    *shape = (ng_shape){2, {1, out}};
    return need_bias(site, 2, out);
}

static bool infer_MatMul(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    const ng_value *left = input(site, 0);
    const ng_value *right = input(site, 1);
    const unsigned rank = left->shape.rank;
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 0)) {
        return false;
    }
    const unsigned other = right->shape.rank;
    if (rank < 2 || (right->batched ? other != rank || rank < 3 : other != 2 || right->floats == NULL)) {
        return ng_site_fail(site, "ranks %u and %u: the second input must be a float matrix constant, or both "
                                  "batched and of one rank from 3 up", rank, other);
    }
    bool fits = left->shape.size[rank - 1] == right->shape.size[other - 2];
    for (unsigned i = 0; right->batched && i + 2 < rank; i++) {
        fits = fits && left->shape.size[i] == right->shape.size[i];
    }
    if (!fits) {
        return ng_site_fail(site, "the shapes of the inputs do not fit each other");
    }
    *shape = left->shape;
    shape->size[rank - 1] = right->shape.size[other - 1];
    return true;
}

/* Sizes aligned at the last axis; equal, or one of them 1. */
static bool infer_broadcast(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    const ng_value *a = input(site, 0);
    const ng_value *b = input(site, 1);
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (a->integers != NULL || b->integers != NULL || (!a->batched && !b->batched) ||
        (a->batched && b->batched && a->shape.rank != b->shape.rank) ||
        (a->batched && b->shape.rank > a->shape.rank) || (b->batched && a->shape.rank > b->shape.rank)) {
        return ng_site_fail(site, "inputs of ranks %u and %u cannot be combined per image", a->shape.rank,
                            b->shape.rank);
    }
    *shape = a->shape.rank >= b->shape.rank ? a->shape : b->shape;
    for (unsigned i = 0; i < shape->rank; i++) {
        const size_t x = i < a->shape.rank ? a->shape.size[a->shape.rank - 1 - i] : 1;
        const size_t y = i < b->shape.rank ? b->shape.size[b->shape.rank - 1 - i] : 1;
        if (x != y && x != 1 && y != 1) {
            return ng_site_fail(site, "sizes %zu and %zu do not fit each other", x, y);
        }
        shape->size[shape->rank - 1 - i] = x == 1 ? y : x;
    }
    if (shape->size[0] != 1) {
        return ng_site_fail(site, "a constant reaches over the batch axis");
    }
    return true;
}

static bool infer_Add(const ng_site *site, ng_shape *shape)
{
    return infer_broadcast(site, shape);
}

static bool infer_Sub(const ng_site *site, ng_shape *shape)
{
    return infer_broadcast(site, shape);
}

static bool infer_Mul(const ng_site *site, ng_shape *shape)
{
    return infer_broadcast(site, shape);
}

static bool infer_Div(const ng_site *site, ng_shape *shape)
{
    return infer_broadcast(site, shape);
}

static bool infer_Pow(const ng_site *site, ng_shape *shape)
{
    const ng_value *power = input(site, 1);
    if (!infer_broadcast(site, shape) || !need_batched(site, 0, 0)) {
        return false;
    }
    if (power->floats == NULL || ng_shape_count(&power->shape) != 1 || !(power->floats[0] >= 2 && power->floats[0] <= 2)) {
        return ng_site_fail(site, "only the constant exponent 2 is supported");
    }
    return true;
}

static bool infer_same(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    *shape = input(site, 0)->shape;
    return ng_attributes_only(site, known) && need_batched(site, 0, 0);
}

static bool infer_Relu(const ng_site *site, ng_shape *shape)
{
    return infer_same(site, shape);
}

static bool infer_Sqrt(const ng_site *site, ng_shape *shape)
{
    return infer_same(site, shape);
}

static bool infer_Erf(const ng_site *site, ng_shape *shape)
{
    return infer_same(site, shape);
}

static bool infer_Identity(const ng_site *site, ng_shape *shape)
{
    return infer_same(site, shape);
}

static bool infer_Softmax(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", NULL};
    unsigned axis;
    *shape = input(site, 0)->shape;
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 0) ||
        !ng_axis(site, ng_attribute_int(site, "axis", -1), shape->rank, &axis)) {
        return false;
    }
    if (axis == 0 || axis != shape->rank - 1) {
        return ng_site_fail(site, "only the last axis is supported, not %u of %u", axis, shape->rank);
    }
    return true;
}

static bool infer_ReduceMean(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axes", "keepdims", NULL};
    const Onnx__AttributeProto *axes = ng_attribute(site, "axes");
    const ng_shape *in = &input(site, 0)->shape;
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 0)) {
        return false;
    }
    if (axes == NULL || axes->n_ints == 0) {
        return ng_site_fail(site, "axes must be given: the batch axis is not reduced");
    }
    bool *reduced = site->node->parameters.reduced;
    for (size_t i = 0; i < axes->n_ints; i++) {
        unsigned axis;
        if (!ng_axis(site, axes->ints[i], in->rank, &axis)) {
            return false;
        }
        if (axis == 0) {
            return ng_site_fail(site, "the batch axis is not reduced");
        }
        reduced[axis] = true;
    }
    unsigned runs = 0;
    for (unsigned i = 1; i < in->rank; i++) {
        runs += reduced[i] && !reduced[i - 1];
    }
    if (runs != 1) {
        return ng_site_fail(site, "the axes must be neighbours");
    }
    const bool keep = ng_attribute_int(site, "keepdims", 1) != 0;
    shape->rank = 0;
    for (unsigned i = 0; i < in->rank; i++) {
        if (!reduced[i] || keep) {
            shape->size[shape->rank++] = reduced[i] ? 1 : in->size[i];
        }
    }
    return true;
}

static bool infer_GlobalAveragePool(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 4)) {
        return false;
    }
    *shape = (ng_shape){4, {1, input(site, 0)->shape.size[1], 1, 1}};
    return true;
}

static bool infer_Flatten(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", NULL};
    unsigned axis;
    const ng_shape *in = &input(site, 0)->shape;
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 0) ||
        !ng_axis(site, ng_attribute_int(site, "axis", 1), in->rank, &axis)) {
        return false;
    }
    if (axis != 1) {
        return ng_site_fail(site, "only axis 1 is supported, not %u", axis);
    }
    *shape = (ng_shape){2, {1, ng_shape_count(in)}};
    return true;
}

/* Sizes of the target after the batch: positive, 0 (as the input's) or one -1 (what is left). */
static bool reshape_rest(const ng_site *site, const int64_t *target, ng_shape *shape)
{
    const ng_shape *in = &input(site, 0)->shape;
    const size_t count = ng_shape_count(in);
    size_t known = 1;
    unsigned open = 0;
    for (unsigned i = 1; i < shape->rank; i++) {
        if (target[i] == -1 && open == 0 && target[0] != -1) {
            open = i;
            continue;
        }
        if (target[i] < 0 || target[i] > COUNT_MOST || (target[i] == 0 && i >= in->rank)) {
            return ng_site_fail(site, "bad size %lld on axis %u", (long long)target[i], i);
        }
        shape->size[i] = target[i] == 0 ? in->size[i] : (size_t)target[i];
        known *= shape->size[i];
        if (known > COUNT_MOST) {
            return ng_site_fail(site, "the new shape is too large");
        }
    }
    if (open != 0 && known != 0 && count % known == 0) {
        shape->size[open] = count / known;
        known = count;
    }
    if (known != count) {
        return ng_site_fail(site, "%zu numbers per image do not fill a shape of %zu", count, known);
    }
    return true;
}

static bool infer_Reshape(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"allowzero", NULL};
    const ng_value *target = input(site, 1);
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 0)) {
        return false;
    }
    if (ng_attribute_int(site, "allowzero", 0) != 0 || target->integers == NULL || target->shape.rank != 1 ||
        target->shape.size[0] < 1 || target->shape.size[0] > NG_RANK_MAX) {
        return ng_site_fail(site, "the new shape must be a constant of 1 to %d int64 numbers", NG_RANK_MAX);
    }
    if (target->integers[0] < -1 || target->integers[0] > 1) {
        return ng_site_fail(site, "the first axis must stay the batch");
    }
    *shape = (ng_shape){(unsigned)target->shape.size[0], {1}};
    return reshape_rest(site, target->integers, shape);
}

static bool infer_Transpose(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"perm", NULL};
    const Onnx__AttributeProto *perm = ng_attribute(site, "perm");
    const ng_shape *in = &input(site, 0)->shape;
    bool seen[NG_RANK_MAX] = {false};
    if (!ng_attributes_only(site, known) || !need_batched(site, 0, 0)) {
        return false;
    }
    if (perm == NULL || perm->n_ints != in->rank || perm->ints[0] != 0) {
        return ng_site_fail(site, "perm must have %u axes and keep the batch first", in->rank);
    }
    shape->rank = in->rank;
    for (unsigned i = 0; i < in->rank; i++) {
        const int64_t axis = perm->ints[i];
        if (axis < 0 || axis >= (int64_t)in->rank || seen[axis]) {
            return ng_site_fail(site, "perm is not a permutation");
        }
        seen[axis] = true;
        site->node->parameters.permutation[i] = (unsigned)axis;
        shape->size[i] = in->size[axis];
    }
    return true;
}

bool ng_infer_shape(const ng_site *site, ng_shape *shape)
{
    static bool (*const infer[])(const ng_site *, ng_shape *) = {
#define OPERATOR(name, least, most) infer_##name,
#include "src/network/operators.def"
#undef OPERATOR
    };
    *shape = (ng_shape){0};
    if (!infer[site->node->operation](site, shape)) {
        return false;
    }
    size_t count = 1;
    for (unsigned i = 0; i < shape->rank; i++) {
        count = shape->size[i] == 0 || count > COUNT_MOST / shape->size[i] ? 0 : count * shape->size[i];
    }
    return count != 0 || ng_site_fail(site, "its result is empty or too large");
}
