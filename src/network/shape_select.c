/* shape_select.c: operators that take, repeat or join parts of tensors. Each axis' map is checked here once to stay inside
 * its input, so that nothing has to be checked when elements are moved. */
#include <string.h>

#include "src/network/rules.h"

enum { STEP_MOST = 1 << 28, PAD_MOST = 1 << 16 };

/* The whole input; a rule then changes some axes. */
static void select_all(const ng_site *site)
{
    ng_parameters *p = &site->node->parameters;
    const ng_shape *in = &ng_operand(site, 0)->shape;
    size_t stride[NG_RANK_MAX];
    ng_shape_strides(in, stride);
    p->selected = *in;
    for (unsigned i = 0; i < in->rank; i++) {
        p->map[i] = ng_axis_all(in->size[i], stride[i]);
    }
}

/* ---- Slice ----------------------------------------------------------------------------------------------------- */

static int64_t clamped(int64_t x, int64_t least, int64_t most)
{
    return x < least ? least : x > most ? most : x;
}

static bool slice_axis(const ng_site *site, unsigned axis, int64_t start, int64_t end, int64_t step)
{
    ng_parameters *p = &site->node->parameters;
    const int64_t size = (int64_t)p->map[axis].size;
    if (step == 0 || step < -STEP_MOST || step > STEP_MOST) {
        return ng_site_fail(site, "step %lld", (long long)step);
    }
    start += start < 0 ? size : 0;
    end += end < 0 ? size : 0;
    if (size == 0) {
        start = 0;
    } else if (step > 0) {
        start = clamped(start, 0, size);
        end = clamped(end, 0, size);
        p->selected.size[axis] = end > start ? (size_t)((end - start + step - 1) / step) : 0;
    } else {
        start = clamped(start, 0, size - 1);
        end = clamped(end, -1, size - 1);
        p->selected.size[axis] = start > end ? (size_t)((start - end - step - 1) / -step) : 0;
    }
    p->map[axis].start = start;
    p->map[axis].step = step;
    return true;
}

/* The four lists of a Slice; axes and steps may be left out. */
typedef struct {
    const int64_t *starts, *ends, *axes, *steps;
    size_t start_count, end_count, axis_count, step_count;
} slice_lists;

static bool read_slice(const ng_site *site, slice_lists *s)
{
    static const char *const known[] = {"starts", "ends", "axes", NULL};
    return ng_attributes_only(site, known) &&
           ng_attribute_or_input(site, "starts", 1, 10, &s->starts, &s->start_count) &&
           ng_attribute_or_input(site, "ends", 2, 10, &s->ends, &s->end_count) &&
           ng_attribute_or_input(site, "axes", 3, 10, &s->axes, &s->axis_count) &&
           ng_attribute_or_input(site, "steps", 4, 10, &s->steps, &s->step_count);
}

bool ng_infer_Slice(const ng_site *site, ng_shape *shape)
{
    slice_lists s = {0};
    bool seen[NG_RANK_MAX] = {false};
    if (!read_slice(site, &s)) {
        return false;
    }
    const unsigned rank = ng_operand(site, 0)->shape.rank;
    if (s.starts == NULL || s.ends == NULL || s.start_count != s.end_count || s.start_count > rank ||
        (s.axes != NULL && s.axis_count != s.start_count) || (s.steps != NULL && s.step_count != s.start_count)) {
        return ng_site_fail(site, "%zu starts, %zu ends, %zu axes and %zu steps for rank %u", s.start_count, s.end_count,
                            s.axis_count, s.step_count, rank);
    }
    select_all(site);
    for (size_t i = 0; i < s.start_count; i++) {
        unsigned axis;
        if (!ng_axis(site, s.axes != NULL ? s.axes[i] : (int64_t)i, rank, &axis)) {
            return false;
        }
        if (seen[axis]) {
            return ng_site_fail(site, "axis %u stands twice among the axes", axis);
        }
        seen[axis] = true;
        if (!slice_axis(site, axis, s.starts[i], s.ends[i], s.steps != NULL ? s.steps[i] : 1)) {
            return false;
        }
    }
    ng_keep_inputs(site, 1);
    *shape = site->node->parameters.selected;
    return true;
}

/* ---- Split ----------------------------------------------------------------------------------------------------- */

/* Start and size of part `part` of a given list, whose sum must be the axis. */
static bool listed_part(const ng_site *site, const int64_t *list, size_t count, size_t size, size_t *start, size_t *length)
{
    size_t sum = 0;
    if (count != site->proto->n_output) {
        return ng_site_fail(site, "%zu sizes for %zu outputs", count, site->proto->n_output);
    }
    for (size_t i = 0; i < count; i++) {
        if (list[i] < 0 || (uint64_t)list[i] > size - sum) {
            return ng_site_fail(site, "the sizes are not those of an axis of %zu", size);
        }
        *start = i == site->part ? sum : *start;
        *length = i == site->part ? (size_t)list[i] : *length;
        sum += (size_t)list[i];
    }
    return sum == size || ng_site_fail(site, "the sizes add up to %zu, the axis has %zu", sum, size);
}

bool ng_infer_Split(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", "split", NULL};
    ng_parameters *p = &site->node->parameters;
    const int64_t *list;
    size_t count;
    unsigned axis;
    if (!ng_attributes_only(site, known) || !ng_attribute_or_input(site, "split", 1, 13, &list, &count) ||
        !ng_axis(site, ng_attribute_int(site, "axis", 0), ng_operand(site, 0)->shape.rank, &axis)) {
        return false;
    }
    select_all(site);
    const size_t size = p->map[axis].size;
    const size_t parts = site->proto->n_output;
    size_t start = size / parts * site->part;
    size_t length = size / parts;
    if (list != NULL ? !listed_part(site, list, count, size, &start, &length) : size % parts != 0) {
        return list != NULL ? false : ng_site_fail(site, "an axis of %zu in %zu equal parts", size, parts);
    }
    p->map[axis].start = (int64_t)start;
    p->selected.size[axis] = length;
    ng_keep_inputs(site, 1);
    *shape = p->selected;
    return true;
}

/* ---- Gather ---------------------------------------------------------------------------------------------------- */

/* Indices of any rank stand in the place of the axis. */
static bool gather_shape(const ng_site *site, const ng_shape *indices, unsigned axis, ng_shape *shape)
{
    const ng_shape *in = &ng_operand(site, 0)->shape;
    if (in->rank - 1 + indices->rank > NG_RANK_MOST) {
        return ng_site_fail(site, "a result of rank %u, more than %d", in->rank - 1 + indices->rank, NG_RANK_MOST);
    }
    *shape = (ng_shape){in->rank - 1 + indices->rank, {0}};
    memcpy(shape->size, in->size, axis * sizeof *shape->size);
    memcpy(shape->size + axis, indices->size, indices->rank * sizeof *shape->size);
    memcpy(shape->size + axis + indices->rank, in->size + axis + 1, (in->rank - axis - 1) * sizeof *shape->size);
    return true;
}

bool ng_infer_Gather(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", NULL};
    ng_parameters *p = &site->node->parameters;
    const ng_value *indices = ng_operand(site, 1);
    unsigned axis;
    if (!ng_attributes_only(site, known) ||
        !ng_axis(site, ng_attribute_int(site, "axis", 0), ng_operand(site, 0)->shape.rank, &axis)) {
        return false;
    }
    if (indices == NULL || indices->integers == NULL) {
        return ng_site_fail(site, "the indices must be integer constants");
    }
    select_all(site);
    const int64_t size = (int64_t)p->map[axis].size;
    const size_t count = ng_shape_count(&indices->shape);
    for (size_t i = 0; i < count; i++) {
        if (indices->integers[i] < -size || indices->integers[i] >= size) {
            return ng_site_fail(site, "index %lld on an axis of %lld", (long long)indices->integers[i], (long long)size);
        }
    }
    p->map[axis].table = indices->integers;
    p->selected.size[axis] = count;
    ng_keep_inputs(site, 1);
    return gather_shape(site, &indices->shape, axis, shape);
}

/* ---- Pad ------------------------------------------------------------------------------------------------------- */

static bool pad_border(const ng_site *site, ng_border *border)
{
    static const char *const names[] = {"constant", "edge", "reflect"};
    static const ng_border borders[] = {NG_BORDER_FILL, NG_BORDER_EDGE, NG_BORDER_REFLECT};
    for (unsigned i = 0; i < 3; i++) {
        if (ng_attribute_is(site, "mode", names[i], "constant")) {
            *border = borders[i];
            return true;
        }
    }
    return ng_site_fail(site, "mode is none of constant, edge and reflect");
}

/* Negative padding takes away. */
static bool pad_axis(const ng_site *site, unsigned axis, int64_t before, int64_t after, ng_border border)
{
    ng_parameters *p = &site->node->parameters;
    const int64_t size = (int64_t)p->map[axis].size;
    if (before < -size || after < -size || before > PAD_MOST || after > PAD_MOST || size + before + after < 0) {
        return ng_site_fail(site, "padding of %lld and %lld on an axis of %lld", (long long)before, (long long)after,
                            (long long)size);
    }
    if ((border == NG_BORDER_REFLECT && (before >= size || after >= size)) || (border != NG_BORDER_FILL && size == 0)) {
        return ng_site_fail(site, "padding of %lld and %lld has nothing to repeat on an axis of %lld", (long long)before,
                            (long long)after, (long long)size);
    }
    p->map[axis].start = -before;
    p->map[axis].border = border;
    p->selected.size[axis] = (size_t)(size + before + after);
    return true;
}

/* Amounts and filling are attributes before operator set 11. */
bool ng_infer_Pad(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"mode", "pads", "value", NULL};
    ng_parameters *p = &site->node->parameters;
    const int64_t *pads;
    size_t count;
    ng_border border = NG_BORDER_FILL;
    p->number[0] = ng_attribute_float(site, "value", 0);
    if (!ng_attributes_only(site, known) || !ng_attribute_or_input(site, "pads", 1, 11, &pads, &count) ||
        !pad_border(site, &border) || (site->opset >= 11 && !ng_number_input(site, 2, 0, &p->number[0]))) {
        return false;
    }
    select_all(site);
    const unsigned rank = p->selected.rank;
    if (pads == NULL || count != 2 * (size_t)rank) {
        return ng_site_fail(site, "%zu amounts of padding for rank %u", count, rank);
    }
    for (unsigned i = 0; i < rank; i++) {
        if (!pad_axis(site, i, pads[i], pads[rank + i], border)) {
            return false;
        }
    }
    ng_keep_inputs(site, 1);
    *shape = p->selected;
    return true;
}

/* ---- Expand ---------------------------------------------------------------------------------------------------- */

bool ng_infer_Expand(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    ng_parameters *p = &site->node->parameters;
    const ng_value *target = ng_operand(site, 1);
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (target == NULL || target->integers == NULL || target->shape.rank != 1 || target->shape.size[0] > NG_RANK_MOST) {
        return ng_site_fail(site, "the new shape must be a constant of up to %d integers", NG_RANK_MOST);
    }
    ng_shape wanted = {(unsigned)target->shape.size[0], {0}};
    for (unsigned i = 0; i < wanted.rank; i++) {
        if (target->integers[i] < 1 || target->integers[i] > STEP_MOST) {
            return ng_site_fail(site, "bad size %lld on axis %u", (long long)target->integers[i], i);
        }
        wanted.size[i] = (size_t)target->integers[i];
    }
    const ng_shape in = ng_operand(site, 0)->shape;
    size_t stride[NG_RANK_MAX];
    ng_shape_strides(&in, stride);
    if (!ng_shape_broadcast(&in, &wanted, shape)) {
        return ng_site_fail(site, "the new shape does not fit the input's");
    }
    const unsigned added = shape->rank - in.rank;
    for (unsigned i = 0; i < shape->rank; i++) {
        const size_t size = i < added ? 1 : in.size[i - added];
        p->map[i] = ng_axis_all(size, i < added ? ng_shape_count(&in) : stride[i - added]);
        p->map[i].step = size == 1 ? 0 : 1;
    }
    ng_keep_inputs(site, 1);
    p->selected = *shape;
    return true;
}

/* ---- Concat ---------------------------------------------------------------------------------------------------- */

bool ng_infer_Concat(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"axis", NULL};
    ng_parameters *p = &site->node->parameters;
    if (!ng_attributes_only(site, known) || !ng_need_one_type(site)) {
        return false;
    }
    if (ng_attribute(site, "axis") == NULL) {
        return ng_site_fail(site, "axis is missing");
    }
    for (unsigned i = 0; i < site->node->inputs; i++) {
        const ng_value *value = ng_operand(site, i);
        if (value == NULL || (i > 0 && value->shape.rank != shape->rank)) {
            return ng_site_fail(site, "input %u is left out or of another rank", i);
        }
        if (i == 0) {
            *shape = value->shape;
            if (!ng_axis(site, ng_attribute_int(site, "axis", 0), shape->rank, &p->axis)) {
                return false;
            }
            continue;
        }
        shape->size[p->axis] += value->shape.size[p->axis];
        for (unsigned k = 0; k < shape->rank; k++) {
            if (k != p->axis && value->shape.size[k] != shape->size[k]) {
                return ng_site_fail(site, "input %u has size %zu on axis %u, not %zu", i, value->shape.size[k], k,
                                    shape->size[k]);
            }
        }
    }
    return true;
}
