/* shape_fold.c: operators that exist only while a file is loaded: they compute shapes from shapes. */
#include "src/network/rules.h"

bool ng_infer_Shape(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    *shape = (ng_shape){1, {ng_operand(site, 0)->shape.rank}};
    return ng_attributes_only(site, known);
}

bool ng_infer_ConstantOfShape(const ng_site *site, ng_shape *shape)
{
    enum { SIZE_MOST = 1 << 26 };
    static const char *const known[] = {"value", NULL};
    const ng_value *sizes = ng_operand(site, 0);
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (sizes->integers == NULL || sizes->shape.rank != 1 || sizes->shape.size[0] > NG_RANK_MOST) {
        return ng_site_fail(site, "the shape must be a constant of up to %d integers", NG_RANK_MOST);
    }
    shape->rank = (unsigned)sizes->shape.size[0];
    for (unsigned i = 0; i < shape->rank; i++) {
        if (sizes->integers[i] < 0 || sizes->integers[i] > SIZE_MOST) {
            return ng_site_fail(site, "bad size %lld on axis %u", (long long)sizes->integers[i], i);
        }
        shape->size[i] = (size_t)sizes->integers[i];
    }
    return true;
}

static bool need_constants(const ng_site *site)
{
    for (unsigned i = 0; i < site->node->inputs; i++) {
        const ng_value *value = ng_operand(site, i);
        if (value == NULL || value->batched) {
            return ng_site_fail(site, "input %u must be a constant", i);
        }
    }
    return true;
}

bool ng_infer_Equal(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    return ng_attributes_only(site, known) && need_constants(site) && ng_need_one_type(site) &&
           (ng_shape_broadcast(&ng_operand(site, 0)->shape, &ng_operand(site, 1)->shape, shape) ||
            ng_site_fail(site, "the shapes of the inputs do not fit each other"));
}

bool ng_infer_Where(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    if (!ng_attributes_only(site, known) || !need_constants(site)) {
        return false;
    }
    const ng_value *condition = ng_operand(site, 0);
    const ng_value *a = ng_operand(site, 1);
    const ng_value *b = ng_operand(site, 2);
    ng_shape both;
    if (condition->integers == NULL || (a->integers == NULL) != (b->integers == NULL)) {
        return ng_site_fail(site, "a condition of floats, or floats and integers to choose from");
    }
    return (ng_shape_broadcast(&a->shape, &b->shape, &both) && ng_shape_broadcast(&condition->shape, &both, shape)) ||
           ng_site_fail(site, "the shapes of the inputs do not fit each other");
}
