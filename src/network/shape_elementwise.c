/* shape_elementwise.c: functions of one or two numbers, element by element. */
#include <float.h>
#include <math.h>

#include "src/network/rules.h"

/* ---- two operands ---------------------------------------------------------------------------------------------- */

static bool binary(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    const ng_value *a = ng_operand(site, 0);
    const ng_value *b = ng_operand(site, 1);
    if (!ng_attributes_only(site, known) || !ng_need_one_type(site)) {
        return false;
    }
    return ng_shape_broadcast(&a->shape, &b->shape, shape) ||
           ng_site_fail(site, "the shapes of the inputs do not fit each other");
}

bool ng_infer_Add(const ng_site *site, ng_shape *shape)
{
    return binary(site, shape);
}

bool ng_infer_Sub(const ng_site *site, ng_shape *shape)
{
    return binary(site, shape);
}

bool ng_infer_Mul(const ng_site *site, ng_shape *shape)
{
    return binary(site, shape);
}

bool ng_infer_Div(const ng_site *site, ng_shape *shape)
{
    return binary(site, shape);
}

bool ng_infer_Min(const ng_site *site, ng_shape *shape)
{
    return binary(site, shape);
}

bool ng_infer_Max(const ng_site *site, ng_shape *shape)
{
    return binary(site, shape);
}

/* ---- one operand ----------------------------------------------------------------------------------------------- */

/* The output has the shape of the first input; its other inputs have become parameters. */
static bool same_shape(const ng_site *site, ng_shape *shape, const char *const known[])
{
    if (!ng_attributes_only(site, known) || ng_operand(site, 0) == NULL) {
        return false;
    }
    ng_keep_inputs(site, 1);
    *shape = ng_operand(site, 0)->shape;
    return true;
}

static bool plain(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    return same_shape(site, shape, known);
}

bool ng_infer_Relu(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_Sqrt(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_Erf(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_Exp(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_Tanh(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_Sigmoid(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_Neg(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_Reciprocal(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_HardSwish(const ng_site *site, ng_shape *shape)
{
    return plain(site, shape);
}

bool ng_infer_LeakyRelu(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"alpha", NULL};
    site->node->parameters.number[0] = ng_attribute_float(site, "alpha", 0.01F);
    return same_shape(site, shape, known);
}

bool ng_infer_HardSigmoid(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"alpha", "beta", NULL};
    site->node->parameters.number[0] = ng_attribute_float(site, "alpha", 0.2F);
    site->node->parameters.number[1] = ng_attribute_float(site, "beta", 0.5F);
    return same_shape(site, shape, known);
}

/* Bounds are attributes before operator set 11, then inputs that may be left out. */
bool ng_infer_Clip(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"min", "max", NULL};
    static const char *const none[] = {NULL};
    float *bounds = site->node->parameters.number;
    bounds[0] = ng_attribute_float(site, "min", -FLT_MAX);
    bounds[1] = ng_attribute_float(site, "max", FLT_MAX);
    if (site->opset >= 11 && (!ng_number_input(site, 1, -FLT_MAX, &bounds[0]) || !ng_number_input(site, 2, FLT_MAX, &bounds[1]))) {
        return false;
    }
    return same_shape(site, shape, site->opset >= 11 ? none : known);
}

/* Powers that a few multiplications, a root and a division make. */
bool ng_infer_Pow(const ng_site *site, ng_shape *shape)
{
    enum { POWER_MOST = 8 };
    static const char *const known[] = {NULL};
    const ng_value *power = ng_operand(site, 1);
    const ng_value *base = ng_operand(site, 0);
    if (power == NULL || power->floats == NULL || ng_shape_count(&power->shape) != 1 || base == NULL ||
        power->shape.rank > base->shape.rank) {
        return ng_site_fail(site, "the exponent must be one constant float");
    }
    const float twice = 2 * power->floats[0];
    if (!(fabsf(twice) <= 2 * POWER_MOST) || truncf(twice) < twice || truncf(twice) > twice ||
        (fabsf(twice) > 1 && fmodf(twice, 2) != 0)) {
        return ng_site_fail(site, "exponent %g: whole numbers from -%d to %d, 0.5 and -0.5 are supported",
                            (double)power->floats[0], POWER_MOST, POWER_MOST);
    }
    site->node->parameters.number[0] = power->floats[0];
    return same_shape(site, shape, known);
}
