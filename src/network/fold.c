#include "src/network/fold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/network/constants.h"

bool ng_fold_wanted(const ng_site *site)
{
    bool batched = false;
    for (unsigned i = 0; i < site->node->inputs; i++) {
        const ng_value *value = ng_operand(site, i);
        batched = batched || (value != NULL && value->batched);
    }
    return !batched || ng_operator_kind_of(site->node->operation) == NG_KIND_FOLD;
}

/* ---- moving ---------------------------------------------------------------------------------------------------- */

static const void *data_of(const ng_value *value)
{
    return value->floats != NULL ? (const void *)value->floats : (const void *)value->integers;
}

static size_t element_of(const ng_value *value)
{
    return value->floats != NULL ? sizeof(float) : sizeof(int64_t);
}

static void copy(const ng_value *from, ng_value *to)
{
    memcpy(to->floats != NULL ? (void *)to->floats : (void *)to->integers, data_of(from),
           ng_shape_count(&from->shape) * element_of(from));
}

static void move(const ng_site *site, const ng_axis_map *maps, const ng_shape *shape, ng_value *value)
{
    const ng_value *from = ng_operand(site, 0);
    const float number = site->node->parameters.number[0];
    const int64_t whole = 0;
    ng_select(data_of(from), element_of(from), maps, shape, from->floats != NULL ? (const void *)&number : &whole,
              value->floats != NULL ? (void *)value->floats : (void *)value->integers);
}

static void transpose(const ng_site *site, ng_value *value)
{
    const ng_shape *in = &ng_operand(site, 0)->shape;
    size_t stride[NG_RANK_MAX];
    ng_axis_map maps[NG_RANK_MAX];
    ng_shape_strides(in, stride);
    for (unsigned i = 0; i < in->rank; i++) {
        const unsigned axis = site->node->parameters.permutation[i];
        maps[i] = ng_axis_all(in->size[axis], stride[axis]);
    }
    move(site, maps, &value->shape, value);
}

/* Pieces of every input in turn: a piece is all that lies behind one place of the axes before the joined one. */
static void concat(const ng_site *site, ng_value *value)
{
    const unsigned axis = site->node->parameters.axis;
    uint8_t *to = value->floats != NULL ? (uint8_t *)value->floats : (uint8_t *)value->integers;
    size_t places = 1;
    for (unsigned i = 0; i < axis; i++) {
        places *= value->shape.size[i];
    }
    for (size_t place = 0; place < places; place++) {
        for (unsigned i = 0; i < site->node->inputs; i++) {
            const ng_value *from = ng_operand(site, i);
            const size_t size = ng_shape_count(&from->shape) / places * element_of(from);
            memcpy(to, (const uint8_t *)data_of(from) + place * size, size);
            to += size;
        }
    }
}

/* ---- computing ------------------------------------------------------------------------------------------------- */

/* Offset of element `at` of out in an operand that stretches over it. */
static size_t stretched(const ng_shape *operand, const ng_shape *out, size_t at)
{
    size_t offset = 0;
    size_t stride = 1;
    for (unsigned i = 0; i < out->rank; i++) {
        const size_t size = out->size[out->rank - 1 - i];
        const size_t own = i < operand->rank ? operand->size[operand->rank - 1 - i] : 1;
        offset += own == 1 ? 0 : at % size * stride;
        stride *= own;
        at /= size;
    }
    return offset;
}

static float combine_floats(ng_operator operation, float a, float b)
{
    switch (operation) {
    case NG_OP_Add: return a + b;
    case NG_OP_Sub: return a - b;
    case NG_OP_Mul: return a * b;
    case NG_OP_Div: return a / b;
    case NG_OP_Min: return a < b ? a : b;
    default: return a > b ? a : b;
    }
}

/* False on overflow and for a division by 0; quotients are truncated. */
static bool combine_integers(ng_operator operation, int64_t a, int64_t b, int64_t *result)
{
    switch (operation) {
    case NG_OP_Add: return !__builtin_add_overflow(a, b, result);
    case NG_OP_Sub: return !__builtin_sub_overflow(a, b, result);
    case NG_OP_Mul: return !__builtin_mul_overflow(a, b, result);
    case NG_OP_Div:
        if (b == 0 || (a == INT64_MIN && b == -1)) {
            return false;
        }
        *result = a / b;
        return true;
    case NG_OP_Min: *result = a < b ? a : b; return true;
    default: *result = a > b ? a : b; return true;
    }
}

static bool binary(const ng_site *site, ng_value *value)
{
    const ng_value *a = ng_operand(site, 0);
    const ng_value *b = ng_operand(site, 1);
    const ng_operator operation = site->node->operation;
    for (size_t i = 0; i < ng_shape_count(&value->shape); i++) {
        const size_t x = stretched(&a->shape, &value->shape, i);
        const size_t y = stretched(&b->shape, &value->shape, i);
        if (value->floats != NULL) {
            value->floats[i] = combine_floats(operation, a->floats[x], b->floats[y]);
        } else if (!combine_integers(operation, a->integers[x], b->integers[y], &value->integers[i])) {
            return ng_site_fail(site, "integers overflow, or a division by 0");
        }
    }
    return true;
}

static void equal(const ng_site *site, ng_value *value)
{
    const ng_value *a = ng_operand(site, 0);
    const ng_value *b = ng_operand(site, 1);
    for (size_t i = 0; i < ng_shape_count(&value->shape); i++) {
        const size_t x = stretched(&a->shape, &value->shape, i);
        const size_t y = stretched(&b->shape, &value->shape, i);
        value->integers[i] = a->floats != NULL ? a->floats[x] <= b->floats[y] && a->floats[x] >= b->floats[y]
                                               : a->integers[x] == b->integers[y];
    }
}

static void where(const ng_site *site, ng_value *value)
{
    const ng_value *condition = ng_operand(site, 0);
    for (size_t i = 0; i < ng_shape_count(&value->shape); i++) {
        const bool first = condition->integers[stretched(&condition->shape, &value->shape, i)] != 0;
        const ng_value *from = ng_operand(site, first ? 1 : 2);
        const size_t x = stretched(&from->shape, &value->shape, i);
        if (value->floats != NULL) {
            value->floats[i] = from->floats[x];
        } else {
            value->integers[i] = from->integers[x];
        }
    }
}

static void shape_of(const ng_site *site, ng_value *value)
{
    const ng_shape *in = &ng_operand(site, 0)->shape;
    for (unsigned i = 0; i < in->rank; i++) {
        value->integers[i] = (int64_t)in->size[i];
    }
}

/* The value that ConstantOfShape repeats, a float 0 by default. */
static bool constant_of_shape(const ng_site *site, ng_value *value)
{
    const Onnx__AttributeProto *attribute = ng_attribute(site, "value");
    ng_value one = {.label = "value"};
    float number = 0;
    if (attribute != NULL && attribute->t != NULL) {
        if (!ng_constant(attribute->t, site->path, value->label, &one, site->error)) {
            return false;
        }
        if (ng_shape_count(&one.shape) != 1 || (one.floats != NULL) != (value->floats != NULL)) {
            free(one.floats);
            free(one.integers);
            return ng_site_fail(site, "value must be one number");
        }
        number = one.floats != NULL ? one.floats[0] : 0;
    }
    for (size_t i = 0; i < ng_shape_count(&value->shape); i++) {
        if (value->floats != NULL) {
            value->floats[i] = number;
        } else {
            value->integers[i] = one.integers[0];
        }
    }
    free(one.floats);
    free(one.integers);
    return true;
}

static bool cast(const ng_site *site, ng_value *value)
{
    const ng_value *from = ng_operand(site, 0);
    const bool to_bool = ng_attribute_int(site, "to", 0) == NG_TYPE_BOOL;
    for (size_t i = 0; i < ng_shape_count(&value->shape); i++) {
        if (value->floats != NULL) {
            value->floats[i] = from->floats != NULL ? from->floats[i] : (float)from->integers[i];
        } else if (to_bool) {
            value->integers[i] = from->floats != NULL ? fabsf(from->floats[i]) > 0 : from->integers[i] != 0;
        } else if (from->floats == NULL) {
            value->integers[i] = from->integers[i];
        } else if (fabsf(from->floats[i]) < 0x1p62F) {
            value->integers[i] = (int64_t)from->floats[i];
        } else {
            return ng_site_fail(site, "%g does not fit an integer", (double)from->floats[i]);
        }
    }
    return true;
}

static bool unary(const ng_site *site, ng_value *value)
{
    const ng_value *from = ng_operand(site, 0);
    const ng_operator operation = site->node->operation;
    if (operation != NG_OP_Sqrt && operation != NG_OP_Neg) {
        return ng_site_fail(site, "input 0 must not be constant");
    }
    for (size_t i = 0; i < ng_shape_count(&value->shape); i++) {
        if (value->floats != NULL) {
            value->floats[i] = operation == NG_OP_Sqrt ? sqrtf(from->floats[i]) : -from->floats[i];
        } else if (operation == NG_OP_Sqrt || from->integers[i] == INT64_MIN) {
            return ng_site_fail(site, "not for integers");
        } else {
            value->integers[i] = -from->integers[i];
        }
    }
    return true;
}

/* ---- one node -------------------------------------------------------------------------------------------------- */

/* Whether the result holds floats. */
static bool makes_floats(const ng_site *site)
{
    const Onnx__AttributeProto *value = ng_attribute(site, "value");
    switch (site->node->operation) {
    case NG_OP_Shape:
    case NG_OP_Equal: return false;
    case NG_OP_Where: return ng_operand(site, 1)->floats != NULL;
    case NG_OP_Cast: return ng_type_is_float((int)ng_attribute_int(site, "to", 0));
    case NG_OP_ConstantOfShape: return value == NULL || value->t == NULL || ng_type_is_float(value->t->data_type);
    default: return ng_operand(site, 0)->floats != NULL;
    }
}

static bool compute(const ng_site *site, ng_value *value)
{
    const ng_parameters *p = &site->node->parameters;
    switch (site->node->operation) {
    case NG_OP_Shape: shape_of(site, value); return true;
    case NG_OP_Equal: equal(site, value); return true;
    case NG_OP_Where: where(site, value); return true;
    case NG_OP_ConstantOfShape: return constant_of_shape(site, value);
    case NG_OP_Cast: return cast(site, value);
    case NG_OP_Transpose: transpose(site, value); return true;
    case NG_OP_Concat: concat(site, value); return true;
    default: break;
    }
    switch (ng_operator_kind_of(site->node->operation)) {
    case NG_KIND_SELECT: move(site, p->map, &p->selected, value); return true;
    case NG_KIND_ALIAS: copy(ng_operand(site, 0), value); return true;
    case NG_KIND_BINARY: return binary(site, value);
    case NG_KIND_UNARY: return unary(site, value);
    default: return ng_site_fail(site, "its inputs are all constant");
    }
}

bool ng_fold(const ng_site *site, const ng_shape *shape, ng_value *value)
{
    return ng_constant_new(makes_floats(site), shape, site->path, value, site->error) && compute(site, value);
}
