/* shape_layout.c: operators that keep the numbers and change the shape or the order of axes. */
#include "src/network/rules.h"

#include <string.h>

enum { SIZE_MOST = 1 << 28, TYPE_FLOAT = 1 };

/* Sizes of the target: positive, 0 (as the input's) or one -1 (what is left). */
static bool read_target(const ng_site *site, const int64_t *target, bool zeros, ng_shape *shape)
{
    const ng_shape *in = &ng_operand(site, 0)->shape;
    const size_t count = ng_shape_count(in);
    size_t known = 1;
    unsigned open = NG_RANK_MAX;
    for (unsigned i = 0; i < shape->rank; i++) {
        if (target[i] == -1 && open == NG_RANK_MAX) {
            open = i;
            continue;
        }
        if (target[i] < 0 || target[i] > SIZE_MOST || (target[i] == 0 && !zeros && i >= in->rank)) {
            return ng_site_fail(site, "bad size %lld on axis %u", (long long)target[i], i);
        }
        shape->size[i] = target[i] == 0 && !zeros ? in->size[i] : (size_t)target[i];
        if (shape->size[i] != 0 && known > SIZE_MOST / shape->size[i]) {
            return ng_site_fail(site, "the new shape is too large");
        }
        known *= shape->size[i];
    }
    if (open != NG_RANK_MAX && known != 0 && count % known == 0) {
        shape->size[open] = count / known;
        known = count;
    }
    return known == count || ng_site_fail(site, "%zu numbers do not fill a shape of %zu", count, known);
}

bool ng_infer_Reshape(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"allowzero", NULL};
    const ng_value *target = ng_operand(site, 1);
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (target == NULL || target->integers == NULL || target->shape.rank != 1 || target->shape.size[0] > NG_RANK_MOST) {
        return ng_site_fail(site, "the new shape must be a constant of up to %d integers", NG_RANK_MOST);
    }
    ng_keep_inputs(site, 1);
    *shape = (ng_shape){(unsigned)target->shape.size[0], {0}};
    return read_target(site, target->integers, ng_attribute_int(site, "allowzero", 0) != 0, shape);
}

bool ng_infer_Flatten(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", NULL};
    const ng_shape *in = &ng_operand(site, 0)->shape;
    const int64_t axis = ng_attribute_int(site, "axis", 1);
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (axis < -(int64_t)in->rank || axis > (int64_t)in->rank) {
        return ng_site_fail(site, "axis %lld of a tensor of rank %u", (long long)axis, in->rank);
    }
    const unsigned split = (unsigned)(axis < 0 ? axis + in->rank : axis);
    *shape = (ng_shape){2, {1, 1}};
    for (unsigned i = 0; i < in->rank; i++) {
        shape->size[i < split ? 0 : 1] *= in->size[i];
    }
    return true;
}

/* Marks the axes of the list, of a tensor of that rank; each may stand there once. */
static bool mark_axes(const ng_site *site, const int64_t *axes, size_t count, unsigned rank, bool *marked)
{
    for (size_t i = 0; i < count; i++) {
        unsigned axis;
        if (!ng_axis(site, axes[i], rank, &axis)) {
            return false;
        }
        if (marked[axis]) {
            return ng_site_fail(site, "axis %u stands twice among the axes", axis);
        }
        marked[axis] = true;
    }
    return true;
}

bool ng_infer_Squeeze(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axes", NULL};
    const ng_shape *in = &ng_operand(site, 0)->shape;
    const int64_t *axes;
    size_t count;
    bool marked[NG_RANK_MAX] = {false};
    if (!ng_attributes_only(site, known) || !ng_attribute_or_input(site, "axes", 1, 13, &axes, &count) ||
        !mark_axes(site, axes, count, in->rank, marked)) {
        return false;
    }
    if (count == 0 && ng_operand(site, 0)->batched) {
        return ng_site_fail(site, "axes must be given: the batch axis would vanish");
    }
    ng_keep_inputs(site, 1);
    for (unsigned i = 0; i < in->rank; i++) {
        if (marked[i] && in->size[i] != 1) {
            return ng_site_fail(site, "axis %u has size %zu, not 1", i, in->size[i]);
        }
        if (!(marked[i] || (count == 0 && in->size[i] == 1))) {
            shape->size[shape->rank++] = in->size[i];
        }
    }
    return true;
}

bool ng_infer_Unsqueeze(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axes", NULL};
    const ng_shape *in = &ng_operand(site, 0)->shape;
    const int64_t *axes;
    size_t count;
    bool marked[NG_RANK_MAX] = {false};
    if (!ng_attributes_only(site, known) || !ng_attribute_or_input(site, "axes", 1, 13, &axes, &count)) {
        return false;
    }
    if (count == 0 || count > NG_RANK_MOST - in->rank) {
        return ng_site_fail(site, "%zu new axes for rank %u; up to rank %d is supported", count, in->rank, NG_RANK_MOST);
    }
    shape->rank = in->rank + (unsigned)count;
    if (!mark_axes(site, axes, count, shape->rank, marked)) {
        return false;
    }
    ng_keep_inputs(site, 1);
    unsigned from = 0;
    for (unsigned i = 0; i < shape->rank; i++) {
        shape->size[i] = marked[i] ? 1 : in->size[from++];
    }
    return true;
}

bool ng_infer_Identity(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    *shape = ng_operand(site, 0)->shape;
    return ng_attributes_only(site, known);
}

/* The identity: dropping happens in training only. */
bool ng_infer_Dropout(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"ratio", "seed", NULL};
    const ng_value *training = ng_operand(site, 2);
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (training != NULL && (training->integers == NULL || ng_shape_count(&training->shape) != 1 || training->integers[0] != 0)) {
        return ng_site_fail(site, "training mode");
    }
    ng_keep_inputs(site, 1);
    *shape = ng_operand(site, 0)->shape;
    return true;
}

/* Activations are fp32 and stay it; constants change their type (fold.h). */
bool ng_infer_Cast(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"to", NULL};
    const int64_t type = ng_attribute_int(site, "to", 0);
    *shape = ng_operand(site, 0)->shape;
    if (ng_operand(site, 0)->batched && type != TYPE_FLOAT) {
        return ng_site_fail(site, "to type %lld; an activation stays float (1)", (long long)type);
    }
    return ng_attributes_only(site, known);
}

bool ng_infer_Transpose(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"perm", NULL};
    const Onnx__AttributeProto *perm = ng_attribute(site, "perm");
    const ng_shape *in = &ng_operand(site, 0)->shape;
    bool seen[NG_RANK_MAX] = {false};
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (perm != NULL && perm->n_ints != in->rank) {
        return ng_site_fail(site, "perm has %zu axes, the input %u", perm->n_ints, in->rank);
    }
    shape->rank = in->rank;
    for (unsigned i = 0; i < in->rank; i++) {
        const int64_t axis = perm != NULL ? perm->ints[i] : (int64_t)(in->rank - 1 - i);
        if (axis < 0 || axis >= (int64_t)in->rank || seen[axis]) {
            return ng_site_fail(site, "perm is not a permutation");
        }
        seen[axis] = true;
        site->node->parameters.permutation[i] = (unsigned)axis;
        shape->size[i] = in->size[axis];
    }
    return true;
}
