/* shape_norm.c: operators with sums over axes: Softmax, means and normalisations. */
#include "src/network/rules.h"

/* Before operator set 13 the sum runs over all axes from `axis` (default 1) on, then over that axis (default -1) alone. */
bool ng_infer_Softmax(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", NULL};
    ng_parameters *p = &site->node->parameters;
    const bool old = site->opset < 13;
    if (!ng_attributes_only(site, known) || !ng_need_batched(site, 0, 0)) {
        return false;
    }
    *shape = ng_operand(site, 0)->shape;
    if (shape->rank == 0 || !ng_axis(site, ng_attribute_int(site, "axis", old ? 1 : -1), shape->rank, &p->axis)) {
        return shape->rank == 0 ? ng_site_fail(site, "a single number") : false;
    }
    p->axes = old ? shape->rank - p->axis : 1;
    return true;
}

bool ng_infer_ReduceMean(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axes", "keepdims", NULL};
    const Onnx__AttributeProto *axes = ng_attribute(site, "axes");
    bool *reduced = site->node->parameters.reduced;
    if (!ng_attributes_only(site, known) || !ng_need_batched(site, 0, 0)) {
        return false;
    }
    const ng_shape *in = &ng_operand(site, 0)->shape;
    for (size_t i = 0; axes != NULL && i < axes->n_ints; i++) {
        unsigned axis;
        if (!ng_axis(site, axes->ints[i], in->rank, &axis)) {
            return false;
        }
        reduced[axis] = true;
    }
    const bool all = axes == NULL || axes->n_ints == 0;
    const bool keep = ng_attribute_int(site, "keepdims", 1) != 0;
    for (unsigned i = 0; i < in->rank; i++) {
        reduced[i] = reduced[i] || all;
        if (!reduced[i] || keep) {
            shape->size[shape->rank++] = reduced[i] ? 1 : in->size[i];
        }
    }
    return true;
}

/* Scale, offset, mean and variance of each channel become a factor and an offset, or part of a convolution
 * (batchnorm.h). */
bool ng_infer_BatchNormalization(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"epsilon", "momentum", "training_mode", "spatial", NULL};
    if (!ng_attributes_only(site, known) || !ng_need_batched(site, 0, 0)) {
        return false;
    }
    *shape = ng_operand(site, 0)->shape;
    if (shape->rank < 2 || shape->size[0] != 1) {
        return ng_site_fail(site, "rank %u with %zu first: an axis of size 1 and one of channels are expected", shape->rank,
                            shape->size[0]);
    }
    if (ng_attribute_int(site, "training_mode", 0) != 0 || ng_attribute_int(site, "spatial", 1) != 1) {
        return ng_site_fail(site, "training mode, or not spatial");
    }
    site->node->parameters.number[0] = ng_attribute_float(site, "epsilon", 1e-5F);
    for (unsigned i = 1; i < 5; i++) {
        if (!ng_need_floats(site, i, 1) || !ng_need_numbers(site, i, shape->size[1], false)) {
            return false;
        }
    }
    const float *variance = ng_operand(site, 4)->floats;
    for (size_t i = 0; i < shape->size[1]; i++) {
        if (!(variance[i] + site->node->parameters.number[0] > 0)) {
            return ng_site_fail(site, "the variance of channel %zu is not positive", i);
        }
    }
    return true;
}

bool ng_infer_LayerNormalization(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", "epsilon", "stash_type", NULL};
    ng_parameters *p = &site->node->parameters;
    if (!ng_attributes_only(site, known) || !ng_need_batched(site, 0, 0)) {
        return false;
    }
    *shape = ng_operand(site, 0)->shape;
    if (shape->rank == 0 || !ng_axis(site, ng_attribute_int(site, "axis", -1), shape->rank, &p->axis)) {
        return shape->rank == 0 ? ng_site_fail(site, "a single number") : false;
    }
    p->number[0] = ng_attribute_float(site, "epsilon", 1e-5F);
    size_t count = 1;
    for (unsigned i = p->axis; i < shape->rank; i++) {
        count *= shape->size[i];
    }
    for (unsigned i = 1; i < site->node->inputs; i++) {
        const ng_value *value = ng_operand(site, i);
        if (value != NULL && (value->floats == NULL || ng_shape_count(&value->shape) != count)) {
            return ng_site_fail(site, "input %u must be a float constant with %zu numbers", i, count);
        }
    }
    return true;
}
