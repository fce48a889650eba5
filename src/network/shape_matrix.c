/* shape_matrix.c: matrix products. */
#include "src/network/rules.h"

bool ng_infer_Gemm(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"alpha", "beta", "transA", "transB", NULL};
    ng_parameters *p = &site->node->parameters;
    if (!ng_attributes_only(site, known) || !ng_need_batched(site, 0, 2) || !ng_need_floats(site, 1, 2)) {
        return false;
    }
    const ng_shape *left = &ng_operand(site, 0)->shape;
    const ng_shape *weights = &ng_operand(site, 1)->shape;
    p->transpose_weights = ng_attribute_int(site, "transB", 0) != 0;
    p->number[0] = ng_attribute_float(site, "alpha", 1);
    p->number[1] = ng_attribute_float(site, "beta", 1);
    const size_t in = weights->size[p->transpose_weights ? 1 : 0];
    const size_t out = weights->size[p->transpose_weights ? 0 : 1];
    if (ng_attribute_int(site, "transA", 0) != 0 || in != left->size[1]) {
        return ng_site_fail(site, "weights for %zu inputs on %zu, or transA", in, left->size[1]);
    }
    *shape = (ng_shape){2, {left->size[0], out}};
    return ng_need_numbers(site, 2, out, true);
}

static size_t leading_count(const ng_shape *shape)
{
    return ng_shape_count(&(ng_shape){shape->rank - 2, {shape->size[0], shape->size[1], shape->size[2], shape->size[3]}});
}

/* Constants must be the second operand and one matrix: those are the weighted nodes. */
static bool matrix_operands(const ng_site *site)
{
    const ng_value *right = ng_operand(site, 1);
    if (!ng_need_batched(site, 0, 0)) {
        return false;
    }
    if (ng_operand(site, 0)->shape.rank < 2 || right->shape.rank < 2) {
        return ng_site_fail(site, "ranks %u and %u: only matrices are multiplied", ng_operand(site, 0)->shape.rank,
                            right->shape.rank);
    }
    if (!right->batched && (right->floats == NULL || leading_count(&right->shape) != 1)) {
        return ng_site_fail(site, "a constant second input must be one float matrix");
    }
    return true;
}

bool ng_infer_MatMul(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    if (!ng_attributes_only(site, known) || !matrix_operands(site)) {
        return false;
    }
    ng_shape left = ng_operand(site, 0)->shape;
    ng_shape right = ng_operand(site, 1)->shape;
    const size_t rows = left.size[left.rank - 2];
    const size_t depth = left.size[left.rank - 1];
    const size_t columns = right.size[right.rank - 1];
    if (right.size[right.rank - 2] != depth) {
        return ng_site_fail(site, "rows of %zu numbers on columns of %zu", depth, right.size[right.rank - 2]);
    }
    left.rank -= 2;
    right.rank -= 2;
    if (!ng_shape_broadcast(&left, &right, shape)) {
        return ng_site_fail(site, "the leading axes of the inputs do not fit each other");
    }
    shape->size[shape->rank] = rows;
    shape->size[shape->rank + 1] = columns;
    shape->rank += 2;
    return true;
}
