#include "tests/ref/ref_onnx.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/ref/ref_onnx_node.h"

/* ---- tensors and attributes ------------------------------------------------------------------------------------ */

size_t ref_count(const ref_tensor *tensor)
{
    size_t count = 1;
    for (unsigned i = 0; i < tensor->rank; i++) {
        count *= tensor->size[i];
    }
    return count;
}

ref_tensor ref_new(unsigned rank, const size_t *size)
{
    ref_tensor t = {.rank = rank};
    for (unsigned i = 0; i < rank; i++) {
        t.size[i] = size[i];
    }
    t.numbers = calloc(ref_count(&t) + 1, sizeof *t.numbers);
    ck_assert_ptr_nonnull(t.numbers);
    return t;
}

void ref_split(const ref_tensor *tensor, size_t offset, size_t *index)
{
    for (unsigned i = tensor->rank; i-- > 0;) {
        index[i] = offset % tensor->size[i];
        offset /= tensor->size[i];
    }
}

size_t ref_offset(const ref_tensor *tensor, const size_t *index)
{
    size_t offset = 0;
    for (unsigned i = 0; i < tensor->rank; i++) {
        offset = offset * tensor->size[i] + index[i];
    }
    return offset;
}

const Onnx__AttributeProto *ref_attribute(const ref_node *node, const char *name)
{
    for (size_t i = 0; i < node->proto->n_attribute; i++) {
        if (strcmp(node->proto->attribute[i]->name, name) == 0) {
            return node->proto->attribute[i];
        }
    }
    return NULL;
}

long ref_int(const ref_node *node, const char *name, long fallback)
{
    const Onnx__AttributeProto *a = ref_attribute(node, name);
    return a != NULL ? (long)a->i : fallback;
}

double ref_float(const ref_node *node, const char *name, double fallback)
{
    const Onnx__AttributeProto *a = ref_attribute(node, name);
    return a != NULL ? (double)a->f : fallback;
}

bool ref_is(const ref_node *node, const char *name, const char *word)
{
    const Onnx__AttributeProto *a = ref_attribute(node, name);
    return a != NULL && a->s.len == strlen(word) && memcmp(a->s.data, word, a->s.len) == 0;
}

size_t ref_list(const ref_node *node, const char *name, size_t index, int since, long *list)
{
    if (node->opset >= since) {
        const ref_tensor *t = index < node->inputs ? node->in[index] : NULL;
        for (size_t i = 0; t != NULL && i < ref_count(t) && i < 16; i++) {
            list[i] = (long)fmin(fmax(t->numbers[i], -0x1p62), 0x1p62); /* "to the end" is INT64_MAX */
        }
        return t != NULL ? ref_count(t) : 0;
    }
    const Onnx__AttributeProto *a = ref_attribute(node, name);
    for (size_t i = 0; a != NULL && i < a->n_ints && i < 16; i++) {
        list[i] = (long)a->ints[i];
    }
    return a != NULL ? a->n_ints : 0;
}

static long positive(long axis, unsigned rank)
{
    return axis < 0 ? axis + (long)rank : axis;
}

/* Element of `t` for an index of a result of that rank, stretching axes of size 1. */
static double element(const ref_tensor *t, unsigned rank, const size_t *index)
{
    size_t own[REF_RANK_MAX];
    for (unsigned i = 0; i < t->rank; i++) {
        own[i] = t->size[i] == 1 ? 0 : index[rank - t->rank + i];
    }
    return t->numbers[ref_offset(t, own)];
}

/* A zero tensor of the common shape of the first `count` inputs. */
static ref_tensor common(const ref_node *node, size_t count)
{
    size_t size[REF_RANK_MAX];
    unsigned rank = 0;
    for (size_t k = 0; k < count; k++) {
        rank = node->in[k]->rank > rank ? node->in[k]->rank : rank;
    }
    for (unsigned i = 0; i < rank; i++) {
        size[i] = 1;
        for (size_t k = 0; k < count; k++) {
            const ref_tensor *t = node->in[k];
            const size_t own = i + t->rank < rank ? 1 : t->size[i + t->rank - rank];
            size[i] = own != 1 ? own : size[i];
        }
    }
    return ref_new(rank, size);
}

/* ---- element by element ---------------------------------------------------------------------------------------- */

static double two(const char *name, double a, double b)
{
    return strcmp(name, "Add") == 0   ? a + b
           : strcmp(name, "Sub") == 0 ? a - b
           : strcmp(name, "Mul") == 0 ? a * b
           : strcmp(name, "Div") == 0 ? a / b
           : strcmp(name, "Min") == 0 ? fmin(a, b)
           : strcmp(name, "Max") == 0 ? fmax(a, b)
           : strcmp(name, "Pow") == 0 ? pow(a, b)
                                      : (double)!(a < b || a > b);
}

static ref_tensor binary(const ref_node *node)
{
    ref_tensor y = common(node, 2);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        ref_split(&y, i, index);
        y.numbers[i] = two(node->proto->op_type, element(node->in[0], y.rank, index), element(node->in[1], y.rank, index));
        y.numbers[i] = node->in[0]->whole ? trunc(y.numbers[i]) : y.numbers[i];
    }
    return y;
}

static ref_tensor where(const ref_node *node)
{
    ref_tensor y = common(node, 3);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        ref_split(&y, i, index);
        y.numbers[i] = element(node->in[element(node->in[0], y.rank, index) > 0 ? 1 : 2], y.rank, index);
    }
    return y;
}

static double bounded(double x, double least, double most)
{
    return fmin(fmax(x, least), most);
}

static double one(const ref_node *node, double x)
{
    const char *name = node->proto->op_type;
    return strcmp(name, "Relu") == 0          ? fmax(x, 0)
           : strcmp(name, "Sqrt") == 0        ? sqrt(x)
           : strcmp(name, "Erf") == 0         ? erf(x)
           : strcmp(name, "Exp") == 0         ? exp(x)
           : strcmp(name, "Tanh") == 0        ? tanh(x)
           : strcmp(name, "Sigmoid") == 0     ? 1 / (1 + exp(-x))
           : strcmp(name, "Neg") == 0         ? -x
           : strcmp(name, "Reciprocal") == 0  ? 1 / x
           : strcmp(name, "LeakyRelu") == 0   ? (x < 0 ? x * ref_float(node, "alpha", 0.01) : x)
           : strcmp(name, "HardSigmoid") == 0 ? bounded(ref_float(node, "alpha", 0.2) * x + ref_float(node, "beta", 0.5), 0, 1)
           : strcmp(name, "HardSwish") == 0   ? x * bounded(x / 6 + 0.5, 0, 1)
                                              : x;
}

static ref_tensor unary(const ref_node *node)
{
    ref_tensor y = ref_new(node->in[0]->rank, node->in[0]->size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        y.numbers[i] = one(node, node->in[0]->numbers[i]);
    }
    return y;
}

static ref_tensor clip(const ref_node *node)
{
    ref_tensor y = ref_new(node->in[0]->rank, node->in[0]->size);
    const ref_tensor *low = node->inputs > 1 ? node->in[1] : NULL;
    const ref_tensor *high = node->inputs > 2 ? node->in[2] : NULL;
    for (size_t i = 0; i < ref_count(&y); i++) {
        y.numbers[i] = bounded(node->in[0]->numbers[i], low != NULL ? low->numbers[0] : ref_float(node, "min", -FLT_MAX),
                               high != NULL ? high->numbers[0] : ref_float(node, "max", FLT_MAX));
    }
    return y;
}

static ref_tensor cast(const ref_node *node)
{
    ref_tensor y = unary(node);
    const long to = ref_int(node, "to", 0);
    for (size_t i = 0; i < ref_count(&y); i++) {
        y.numbers[i] = to == 1 ? y.numbers[i] : to == 9 ? (double)(fabs(y.numbers[i]) > 0) : trunc(y.numbers[i]);
    }
    return y;
}

/* ---- shapes ---------------------------------------------------------------------------------------------------- */

/* The input's numbers in another shape. */
static ref_tensor shaped(const ref_node *node, unsigned rank, const size_t *size)
{
    ref_tensor y = ref_new(rank, size);
    ck_assert_uint_eq(ref_count(&y), ref_count(node->in[0]));
    memcpy(y.numbers, node->in[0]->numbers, ref_count(&y) * sizeof *y.numbers);
    return y;
}

static ref_tensor reshape(const ref_node *node)
{
    const ref_tensor *target = node->in[1];
    size_t size[REF_RANK_MAX];
    size_t known = 1;
    for (size_t i = 0; i < ref_count(target); i++) {
        const double wanted = target->numbers[i];
        size[i] = wanted < 0 ? 0 : wanted < 1 ? node->in[0]->size[i] : (size_t)wanted;
        known *= wanted < 0 ? 1 : size[i];
    }
    for (size_t i = 0; i < ref_count(target); i++) {
        size[i] = target->numbers[i] < 0 ? ref_count(node->in[0]) / known : size[i];
    }
    return shaped(node, (unsigned)ref_count(target), size);
}

static ref_tensor flatten(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    size_t size[2] = {1, 1};
    for (unsigned i = 0; i < x->rank; i++) {
        size[(long)i >= positive(ref_int(node, "axis", 1), x->rank)] *= x->size[i];
    }
    return shaped(node, 2, size);
}

static ref_tensor squeeze(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    long axes[16];
    size_t size[REF_RANK_MAX];
    unsigned rank = 0;
    const size_t count = ref_list(node, "axes", 1, 13, axes);
    for (unsigned i = 0; i < x->rank; i++) {
        bool gone = count == 0 && x->size[i] == 1;
        for (size_t k = 0; k < count; k++) {
            gone = gone || positive(axes[k], x->rank) == (long)i;
        }
        if (!gone) {
            size[rank++] = x->size[i];
        }
    }
    return shaped(node, rank, size);
}

static ref_tensor unsqueeze(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    long axes[16];
    size_t size[REF_RANK_MAX];
    const size_t count = ref_list(node, "axes", 1, 13, axes);
    unsigned from = 0;
    for (unsigned i = 0; i < x->rank + count; i++) {
        bool added = false;
        for (size_t k = 0; k < count; k++) {
            added = added || positive(axes[k], x->rank + (unsigned)count) == (long)i;
        }
        size[i] = added ? 1 : x->size[from++];
    }
    return shaped(node, x->rank + (unsigned)count, size);
}

static ref_tensor same(const ref_node *node)
{
    return shaped(node, node->in[0]->rank, node->in[0]->size);
}

static ref_tensor shape(const ref_node *node)
{
    ref_tensor y = ref_new(1, (size_t[]){node->in[0]->rank});
    for (unsigned i = 0; i < node->in[0]->rank; i++) {
        y.numbers[i] = (double)node->in[0]->size[i];
    }
    return y;
}

static ref_tensor transpose(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const Onnx__AttributeProto *perm = ref_attribute(node, "perm");
    size_t size[REF_RANK_MAX];
    size_t axis[REF_RANK_MAX];
    for (unsigned i = 0; i < x->rank; i++) {
        axis[i] = perm != NULL ? (size_t)perm->ints[i] : x->rank - 1 - i;
        size[i] = x->size[axis[i]];
    }
    ref_tensor y = ref_new(x->rank, size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        size_t from[REF_RANK_MAX];
        ref_split(&y, i, index);
        for (unsigned k = 0; k < x->rank; k++) {
            from[axis[k]] = index[k];
        }
        y.numbers[i] = x->numbers[ref_offset(x, from)];
    }
    return y;
}

/* ---- parts ----------------------------------------------------------------------------------------------------- */

/* out[i] = x[start + i * step] on every axis. */
static ref_tensor strided(const ref_tensor *x, const long *start, const long *step, const size_t *size)
{
    ref_tensor y = ref_new(x->rank, size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        ref_split(&y, i, index);
        for (unsigned k = 0; k < x->rank; k++) {
            index[k] = (size_t)(start[k] + (long)index[k] * step[k]);
        }
        y.numbers[i] = x->numbers[ref_offset(x, index)];
    }
    return y;
}

static long within(double x, long least, long most)
{
    return x < (double)least ? least : x > (double)most ? most : (long)x;
}

static ref_tensor slice(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    long starts[16];
    long ends[16];
    long axes[16];
    long steps[16];
    long from[REF_RANK_MAX] = {0};
    long by[REF_RANK_MAX];
    size_t size[REF_RANK_MAX];
    const size_t count = ref_list(node, "starts", 1, 10, starts);
    (void)ref_list(node, "ends", 2, 10, ends);
    const bool has_axes = ref_list(node, "axes", 3, 10, axes) != 0;
    const bool has_steps = ref_list(node, "steps", 4, 10, steps) != 0;
    for (unsigned i = 0; i < x->rank; i++) {
        by[i] = 1;
        size[i] = x->size[i];
    }
    for (size_t k = 0; k < count; k++) {
        const long axis = positive(has_axes ? axes[k] : (long)k, x->rank);
        const long n = (long)x->size[axis];
        by[axis] = has_steps ? steps[k] : 1;
        /* Far ends are clamped to what Python would take. */
        const double start = starts[k] < 0 ? (double)starts[k] + (double)n : (double)starts[k];
        const double end = ends[k] < 0 ? (double)ends[k] + (double)n : (double)ends[k];
        from[axis] = by[axis] > 0 ? within(start, 0, n) : within(start, 0, n - 1);
        const long to = by[axis] > 0 ? within(end, 0, n) : within(end, -1, n - 1);
        const double steps_there = ceil((double)(to - from[axis]) / (double)by[axis]);
        size[axis] = steps_there > 0 ? (size_t)steps_there : 0;
    }
    return strided(x, from, by, size);
}

static ref_tensor split(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    long sizes[16];
    long from[REF_RANK_MAX] = {0};
    long by[REF_RANK_MAX];
    size_t size[REF_RANK_MAX];
    const long axis = positive(ref_int(node, "axis", 0), x->rank);
    const size_t given = ref_list(node, "split", 1, 13, sizes);
    for (unsigned i = 0; i < x->rank; i++) {
        by[i] = 1;
        size[i] = x->size[i];
    }
    const size_t equal = x->size[axis] / node->proto->n_output;
    for (size_t i = 0; i < node->part; i++) {
        from[axis] += given != 0 ? sizes[i] : (long)equal;
    }
    size[axis] = given != 0 ? (size_t)sizes[node->part] : equal;
    return strided(x, from, by, size);
}

static ref_tensor gather(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const ref_tensor *indices = node->in[1];
    const unsigned axis = (unsigned)positive(ref_int(node, "axis", 0), x->rank);
    size_t size[2 * REF_RANK_MAX];
    unsigned rank = 0;
    for (unsigned i = 0; i < x->rank; i++) {
        if (i != axis) {
            size[rank++] = x->size[i];
            continue;
        }
        for (unsigned k = 0; k < indices->rank; k++) {
            size[rank++] = indices->size[k];
        }
    }
    ref_tensor y = ref_new(rank, size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        size_t from[REF_RANK_MAX];
        ref_split(&y, i, index);
        const long wanted = (long)indices->numbers[ref_offset(indices, index + axis)];
        for (unsigned k = 0; k < x->rank; k++) {
            from[k] = k < axis ? index[k] : k == axis ? (size_t)positive(wanted, (unsigned)x->size[axis])
                                                      : index[k - 1 + indices->rank];
        }
        y.numbers[i] = x->numbers[ref_offset(x, from)];
    }
    return y;
}

static ref_tensor pad(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    long pads[16];
    size_t size[REF_RANK_MAX];
    (void)ref_list(node, "pads", 1, 11, pads);
    const ref_tensor *given = node->opset >= 11 && node->inputs > 2 ? node->in[2] : NULL;
    const double filling = given != NULL ? given->numbers[0] : node->opset < 11 ? ref_float(node, "value", 0) : 0;
    for (unsigned i = 0; i < x->rank; i++) {
        size[i] = (size_t)((long)x->size[i] + pads[i] + pads[i + x->rank]);
    }
    ref_tensor y = ref_new(x->rank, size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        bool inside = true;
        ref_split(&y, i, index);
        for (unsigned k = 0; k < x->rank; k++) {
            long at = (long)index[k] - pads[k];
            const long last = (long)x->size[k] - 1;
            if (ref_is(node, "mode", "edge")) {
                at = at < 0 ? 0 : at > last ? last : at;
            } else if (ref_is(node, "mode", "reflect")) {
                at = at < 0 ? -at : at > last ? 2 * last - at : at;
            }
            inside = inside && at >= 0 && at <= last;
            index[k] = inside ? (size_t)at : 0;
        }
        y.numbers[i] = inside ? x->numbers[ref_offset(x, index)] : filling;
    }
    return y;
}

static ref_tensor expand(const ref_node *node)
{
    size_t size[REF_RANK_MAX];
    for (size_t i = 0; i < ref_count(node->in[1]); i++) {
        size[i] = (size_t)node->in[1]->numbers[i];
    }
    ref_tensor target = ref_new((unsigned)ref_count(node->in[1]), size);
    ref_node both = *node;
    both.in[1] = &target;
    ref_tensor y = common(&both, 2);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        ref_split(&y, i, index);
        y.numbers[i] = element(node->in[0], y.rank, index);
    }
    free(target.numbers);
    return y;
}

static ref_tensor concat(const ref_node *node)
{
    const unsigned axis = (unsigned)positive(ref_int(node, "axis", 0), node->in[0]->rank);
    ref_tensor all = *node->in[0];
    all.size[axis] = 0;
    for (size_t k = 0; k < node->inputs; k++) {
        all.size[axis] += node->in[k]->size[axis];
    }
    ref_tensor y = ref_new(all.rank, all.size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t index[REF_RANK_MAX];
        size_t k = 0;
        ref_split(&y, i, index);
        while (index[axis] >= node->in[k]->size[axis]) {
            index[axis] -= node->in[k++]->size[axis];
        }
        y.numbers[i] = node->in[k]->numbers[ref_offset(node->in[k], index)];
    }
    return y;
}

/* ---- constants ------------------------------------------------------------------------------------------------- */

static double raw_number(const Onnx__TensorProto *t, size_t i)
{
    float single;
    double wide;
    int64_t whole;
    int32_t small;
    switch (t->data_type) {
    case 1: memcpy(&single, t->raw_data.data + 4 * i, 4); return (double)single;
    case 6: memcpy(&small, t->raw_data.data + 4 * i, 4); return small;
    case 7: memcpy(&whole, t->raw_data.data + 8 * i, 8); return (double)whole;
    case 9: return t->raw_data.data[i];
    case 11: memcpy(&wide, t->raw_data.data + 8 * i, 8); return wide;
    default: ck_abort_msg("no such type");
    }
    return 0;
}

static ref_tensor constant(const Onnx__TensorProto *t)
{
    size_t size[REF_RANK_MAX];
    for (size_t i = 0; i < t->n_dims; i++) {
        size[i] = (size_t)t->dims[i];
    }
    ref_tensor y = ref_new((unsigned)t->n_dims, size);
    y.whole = t->data_type != 1 && t->data_type != 11;
    for (size_t i = 0; i < ref_count(&y); i++) {
        y.numbers[i] = t->has_raw_data           ? raw_number(t, i)
                       : t->data_type == 1       ? (double)t->float_data[i]
                       : t->data_type == 11      ? t->double_data[i]
                       : t->data_type == 7       ? (double)t->int64_data[i]
                                                 : t->int32_data[i];
    }
    return y;
}

static ref_tensor constant_node(const ref_node *node)
{
    const Onnx__AttributeProto *a = node->proto->attribute[0];
    if (strcmp(a->name, "value") == 0) {
        return constant(a->t);
    }
    const bool list = a->n_ints + a->n_floats != 0;
    ref_tensor y = ref_new(list ? 1 : 0, (size_t[]){a->n_ints + a->n_floats});
    y.whole = strncmp(a->name, "value_int", 9) == 0;
    for (size_t i = 0; i < ref_count(&y); i++) {
        y.numbers[i] = a->n_ints != 0 ? (double)a->ints[i] : a->n_floats != 0 ? (double)a->floats[i]
                       : strcmp(a->name, "value_int") == 0 ? (double)a->i : (double)a->f;
    }
    return y;
}

static ref_tensor constant_of_shape(const ref_node *node)
{
    size_t size[REF_RANK_MAX];
    for (size_t i = 0; i < ref_count(node->in[0]); i++) {
        size[i] = (size_t)node->in[0]->numbers[i];
    }
    ref_tensor y = ref_new((unsigned)ref_count(node->in[0]), size);
    const Onnx__AttributeProto *a = ref_attribute(node, "value");
    ref_tensor value = a != NULL ? constant(a->t) : ref_new(0, NULL);
    y.whole = value.whole;
    for (size_t i = 0; i < ref_count(&y); i++) {
        y.numbers[i] = value.numbers[0];
    }
    free(value.numbers);
    return y;
}

/* ---- the graph ------------------------------------------------------------------------------------------------- */

static const struct {
    char name[24];
    ref_operator *run;
} operators[] = {
    {"Conv", ref_conv}, {"Gemm", ref_gemm}, {"MatMul", ref_matmul}, {"Softmax", ref_softmax},
    {"BatchNormalization", ref_batch_normalization}, {"LayerNormalization", ref_layer_normalization},
    {"ReduceMean", ref_reduce_mean}, {"GlobalAveragePool", ref_global_average_pool}, {"AveragePool", ref_average_pool},
    {"MaxPool", ref_max_pool}, {"Add", binary}, {"Sub", binary}, {"Mul", binary}, {"Div", binary}, {"Min", binary},
    {"Max", binary}, {"Pow", binary}, {"Equal", binary}, {"Where", where}, {"Clip", clip}, {"Cast", cast}, {"Relu", unary},
    {"LeakyRelu", unary}, {"HardSigmoid", unary}, {"HardSwish", unary}, {"Sigmoid", unary}, {"Tanh", unary}, {"Exp", unary},
    {"Erf", unary}, {"Sqrt", unary}, {"Neg", unary}, {"Reciprocal", unary}, {"Reshape", reshape}, {"Flatten", flatten},
    {"Squeeze", squeeze}, {"Unsqueeze", unsqueeze}, {"Identity", same}, {"Dropout", same}, {"Shape", shape},
    {"Transpose", transpose}, {"Slice", slice}, {"Split", split}, {"Gather", gather}, {"Pad", pad}, {"Expand", expand},
    {"Concat", concat}, {"Constant", constant_node}, {"ConstantOfShape", constant_of_shape}};

typedef struct {
    const char *name;
    ref_tensor tensor;
} named;

typedef struct {
    named *all;
    size_t count;
} names;

static const ref_tensor *find(const names *n, const char *name)
{
    for (size_t i = n->count; i-- > 0;) {
        if (strcmp(n->all[i].name, name) == 0) {
            return &n->all[i].tensor;
        }
    }
    return NULL;
}

/* Whether a result holds integers, as its first operand does but for a few operators. */
static int is_whole(const ref_node *node, const ref_tensor *made)
{
    const char *name = node->proto->op_type;
    if (strncmp(name, "Constant", 8) == 0) {
        return made->whole;
    }
    if (strcmp(name, "Cast") == 0) {
        return ref_int(node, "to", 0) != 1 && ref_int(node, "to", 0) != 11;
    }
    return strcmp(name, "Shape") == 0 || strcmp(name, "Equal") == 0 || node->in[strcmp(name, "Where") == 0 ? 1 : 0]->whole;
}

static void run_node(names *n, const Onnx__NodeProto *proto, int opset)
{
    ref_node node = {.proto = proto, .opset = opset, .inputs = proto->n_input};
    for (size_t i = 0; i < proto->n_input; i++) {
        node.in[i] = proto->input[i][0] != 0 ? find(n, proto->input[i]) : NULL;
    }
    for (size_t k = 0; k < sizeof operators / sizeof operators[0]; k++) {
        if (strcmp(operators[k].name, proto->op_type) == 0) {
            const size_t parts = strcmp(proto->op_type, "Split") == 0 ? proto->n_output : 1;
            for (node.part = 0; node.part < parts; node.part++) {
                ref_tensor made = operators[k].run(&node);
                made.whole = is_whole(&node, &made);
                n->all[n->count++] = (named){proto->output[node.part], made};
            }
            return;
        }
    }
    ck_abort_msg("no operator %s", proto->op_type);
}

ref_tensor ref_onnx_run(const Onnx__ModelProto *model, const ref_tensor *input)
{
    const Onnx__GraphProto *graph = model->graph;
    size_t room = graph->n_initializer + 1;
    for (size_t i = 0; i < graph->n_node; i++) {
        room += graph->node[i]->n_output;
    }
    names n = {calloc(room, sizeof(named)), 0};
    ck_assert_ptr_nonnull(n.all);
    for (size_t i = 0; i < graph->n_initializer; i++) {
        n.all[n.count++] = (named){graph->initializer[i]->name, constant(graph->initializer[i])};
    }
    for (size_t i = 0; i < graph->n_input; i++) {
        if (find(&n, graph->input[i]->name) == NULL) {
            ref_tensor copy = ref_new(input->rank, input->size);
            memcpy(copy.numbers, input->numbers, ref_count(input) * sizeof *copy.numbers);
            n.all[n.count++] = (named){graph->input[i]->name, copy};
        }
    }
    for (size_t i = 0; i < graph->n_node; i++) {
        run_node(&n, graph->node[i], (int)model->opset_import[0]->version);
    }
    const ref_tensor *output = find(&n, graph->output[0]->name);
    ck_assert_ptr_nonnull(output);
    const ref_tensor result = *output;
    for (size_t i = 0; i < n.count; i++) {
        if (n.all[i].tensor.numbers != result.numbers) {
            free(n.all[i].tensor.numbers);
        }
    }
    free(n.all);
    return result;
}
