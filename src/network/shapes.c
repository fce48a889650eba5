#include "src/network/shapes.h"

#include "src/network/rules.h"

bool ng_need_batched(const ng_site *site, unsigned index, unsigned rank)
{
    const ng_value *value = ng_operand(site, index);
    if (value == NULL || !value->batched) {
        return ng_site_fail(site, "input %u must not be constant", index);
    }
    if (rank != 0 && value->shape.rank != rank) {
        return ng_site_fail(site, "input %u has rank %u, not %u", index, value->shape.rank, rank);
    }
    return true;
}

bool ng_need_floats(const ng_site *site, unsigned index, unsigned rank)
{
    const ng_value *value = ng_operand(site, index);
    if (value == NULL || value->floats == NULL || value->shape.rank != rank) {
        return ng_site_fail(site, "input %u must be a float constant of rank %u", index, rank);
    }
    return true;
}

bool ng_need_numbers(const ng_site *site, unsigned index, size_t count, bool one)
{
    const ng_value *value = ng_operand(site, index);
    if (value == NULL) {
        return true;
    }
    const unsigned rank = value->shape.rank;
    const size_t held = ng_shape_count(&value->shape);
    if (value->floats != NULL && one && held == 1) {
        return true;
    }
    if (value->floats == NULL || rank == 0 || value->shape.size[rank - 1] != count || held != count) {
        return ng_site_fail(site, "input %u must be a float constant with %zu numbers", index, count);
    }
    return true;
}

bool ng_number_input(const ng_site *site, unsigned index, float fallback, float *number)
{
    const ng_value *value = ng_operand(site, index);
    *number = fallback;
    if (value == NULL) {
        return true;
    }
    if (value->floats == NULL || ng_shape_count(&value->shape) != 1) {
        return ng_site_fail(site, "input %u must be one constant float", index);
    }
    *number = value->floats[0];
    return true;
}

bool ng_need_one_type(const ng_site *site)
{
    bool batched = false;
    bool floats = false;
    bool integers = false;
    for (unsigned i = 0; i < site->node->inputs; i++) {
        const ng_value *value = ng_operand(site, i);
        batched = batched || (value != NULL && value->batched);
        floats = floats || (value != NULL && value->floats != NULL);
        integers = integers || (value != NULL && value->integers != NULL);
    }
    return !(integers && (batched || floats)) || ng_site_fail(site, "its inputs mix floats and integers");
}

void ng_keep_inputs(const ng_site *site, unsigned count)
{
    site->node->inputs = site->node->inputs < count ? site->node->inputs : count;
}

static bool is_constant(const ng_site *site)
{
    for (unsigned i = 0; i < site->node->inputs; i++) {
        const ng_value *value = ng_operand(site, i);
        if (value != NULL && value->batched) {
            return false;
        }
    }
    return true;
}

bool ng_infer_shape(const ng_site *site, ng_shape *shape)
{
    static ng_shape_rule *const rules[] = {
#define OPERATOR(name, least, most, outputs, kind) ng_infer_##name,
#include "src/network/operators.def"
#undef OPERATOR
    };
    *shape = (ng_shape){0};
    if (!rules[site->node->operation](site, shape)) {
        return false;
    }
    size_t count = 1;
    for (unsigned i = 0; i < shape->rank; i++) {
        if (shape->size[i] != 0 && count > NG_COUNT_MOST / shape->size[i]) {
            return ng_site_fail(site, "its result has more than %d numbers", NG_COUNT_MOST);
        }
        count *= shape->size[i];
    }
    return count != 0 || is_constant(site) || ng_site_fail(site, "its result is empty");
}
