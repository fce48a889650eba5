/* ref_onnx_map.c: the operators with sums: windows, products, normalisations. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/ref/ref_onnx_node.h"

/* ---- windows --------------------------------------------------------------------------------------------------- */

typedef struct {
    long kernel[2], stride[2], dilation[2], before[2], after[2];
    long in[2], out[2];
} frame;

static void pair(const ref_node *node, const char *name, long fallback, long *values)
{
    long list[16];
    const size_t count = ref_list(node, name, 0, 99, list);
    values[0] = count != 0 ? list[0] : fallback;
    values[1] = count != 0 ? list[1] : fallback;
}

/* ceil_mode as PyTorch and, from set 19 on, ONNX word it: no window starts in the padding at the end. */
static frame read_frame(const ref_node *node, long kernel_y, long kernel_x)
{
    frame f;
    long pads[16];
    const bool same = ref_is(node, "auto_pad", "SAME_UPPER") || ref_is(node, "auto_pad", "SAME_LOWER");
    const size_t given = ref_list(node, "pads", 0, 99, pads);
    pair(node, "strides", 1, f.stride);
    pair(node, "dilations", 1, f.dilation);
    f.kernel[0] = kernel_y;
    f.kernel[1] = kernel_x;
    for (int i = 0; i < 2; i++) {
        f.in[i] = (long)node->in[0]->size[2 + i];
        f.before[i] = given != 0 ? pads[i] : 0;
        f.after[i] = given != 0 ? pads[i + 2] : 0;
        const long reach = (f.kernel[i] - 1) * f.dilation[i] + 1;
        if (same) {
            f.out[i] = (f.in[i] + f.stride[i] - 1) / f.stride[i];
            long total = (f.out[i] - 1) * f.stride[i] + reach - f.in[i];
            total = total > 0 ? total : 0;
            f.before[i] = ref_is(node, "auto_pad", "SAME_UPPER") ? total / 2 : (total + 1) / 2;
            f.after[i] = total - f.before[i];
        }
        const double steps = (double)(f.in[i] + f.before[i] + f.after[i] - reach) / (double)f.stride[i];
        const bool up = ref_int(node, "ceil_mode", 0) != 0;
        f.out[i] = 1 + (long)(up ? ceil(steps) : floor(steps));
        if (up && (f.out[i] - 1) * f.stride[i] >= f.in[i] + f.before[i]) {
            f.out[i]--;
        }
    }
    return f;
}

static bool inside(const frame *f, long y, long x)
{
    return y >= 0 && x >= 0 && y < f->in[0] && x < f->in[1];
}

ref_tensor ref_conv(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const ref_tensor *w = node->in[1];
    const frame f = read_frame(node, (long)w->size[2], (long)w->size[3]);
    const size_t groups = (size_t)ref_int(node, "group", 1);
    const size_t per_group = w->size[0] / groups;
    ref_tensor y = ref_new(4, (size_t[]){x->size[0], w->size[0], (size_t)f.out[0], (size_t)f.out[1]});
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t at[4];
        ref_split(&y, i, at);
        double sum = node->inputs > 2 && node->in[2] != NULL ? node->in[2]->numbers[at[1]] : 0;
        for (size_t c = 0; c < w->size[1]; c++) {
            const size_t channel = at[1] / per_group * w->size[1] + c;
            const double *map = x->numbers + (at[0] * x->size[1] + channel) * x->size[2] * x->size[3];
            const double *taps = w->numbers + (at[1] * w->size[1] + c) * w->size[2] * w->size[3];
            for (long p = 0; p < f.kernel[0]; p++) {
                for (long q = 0; q < f.kernel[1]; q++) {
                    const long row = (long)at[2] * f.stride[0] + p * f.dilation[0] - f.before[0];
                    const long column = (long)at[3] * f.stride[1] + q * f.dilation[1] - f.before[1];
                    sum += inside(&f, row, column) ? map[row * f.in[1] + column] * taps[p * f.kernel[1] + q] : 0;
                }
            }
        }
        y.numbers[i] = sum;
    }
    return y;
}

static frame pool_frame(const ref_node *node)
{
    long kernel[16];
    ck_assert_uint_eq(ref_list(node, "kernel_shape", 0, 99, kernel), 2);
    return read_frame(node, kernel[0], kernel[1]);
}

ref_tensor ref_max_pool(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const frame f = pool_frame(node);
    ref_tensor y = ref_new(4, (size_t[]){x->size[0], x->size[1], (size_t)f.out[0], (size_t)f.out[1]});
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t at[4];
        double most = -INFINITY;
        ref_split(&y, i, at);
        for (long k = 0; k < f.kernel[0] * f.kernel[1]; k++) {
            const long row = (long)at[2] * f.stride[0] + k / f.kernel[1] * f.dilation[0] - f.before[0];
            const long column = (long)at[3] * f.stride[1] + k % f.kernel[1] * f.dilation[1] - f.before[1];
            if (inside(&f, row, column)) {
                most = fmax(most, x->numbers[ref_offset(x, (size_t[]){at[0], at[1], (size_t)row, (size_t)column})]);
            }
        }
        y.numbers[i] = most;
    }
    return y;
}

ref_tensor ref_average_pool(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const frame f = pool_frame(node);
    const bool padding_counts = ref_int(node, "count_include_pad", 0) != 0;
    ref_tensor y = ref_new(4, (size_t[]){x->size[0], x->size[1], (size_t)f.out[0], (size_t)f.out[1]});
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t at[4];
        double sum = 0;
        double count = 0;
        ref_split(&y, i, at);
        for (long k = 0; k < f.kernel[0] * f.kernel[1]; k++) {
            const long row = (long)at[2] * f.stride[0] + k / f.kernel[1] - f.before[0];
            const long column = (long)at[3] * f.stride[1] + k % f.kernel[1] - f.before[1];
            const bool padded = row < f.in[0] + f.after[0] && column < f.in[1] + f.after[1];
            const bool real = inside(&f, row, column);
            sum += real ? x->numbers[ref_offset(x, (size_t[]){at[0], at[1], (size_t)row, (size_t)column})] : 0;
            count += padding_counts ? padded : real;
        }
        y.numbers[i] = sum / count;
    }
    return y;
}

ref_tensor ref_global_average_pool(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const size_t pixels = x->size[2] * x->size[3];
    ref_tensor y = ref_new(4, (size_t[]){x->size[0], x->size[1], 1, 1});
    for (size_t i = 0; i < ref_count(x); i++) {
        y.numbers[i / pixels] += x->numbers[i] / (double)pixels;
    }
    return y;
}

/* ---- products -------------------------------------------------------------------------------------------------- */

ref_tensor ref_gemm(const ref_node *node)
{
    const ref_tensor *a = node->in[0];
    const ref_tensor *b = node->in[1];
    const ref_tensor *c = node->inputs > 2 ? node->in[2] : NULL;
    const bool transposed = ref_int(node, "transB", 0) != 0;
    ref_tensor y = ref_new(2, (size_t[]){a->size[0], b->size[transposed ? 0 : 1]});
    for (size_t i = 0; i < y.size[0]; i++) {
        for (size_t j = 0; j < y.size[1]; j++) {
            double sum = 0;
            for (size_t k = 0; k < a->size[1]; k++) {
                sum += a->numbers[i * a->size[1] + k] * b->numbers[transposed ? j * b->size[1] + k : k * b->size[1] + j];
            }
            const double bias = c == NULL ? 0 : c->numbers[ref_count(c) == 1 ? 0 : j];
            y.numbers[i * y.size[1] + j] = ref_float(node, "alpha", 1) * sum + ref_float(node, "beta", 1) * bias;
        }
    }
    return y;
}

/* Size of an operand along axis i of a result of that rank, 1 where it has none. */
static size_t aligned_size(const ref_tensor *t, unsigned rank, unsigned i)
{
    return i + t->rank < rank ? 1 : t->size[i + t->rank - rank];
}

static size_t stretched(const ref_tensor *t, unsigned rank, const size_t *index)
{
    size_t own[REF_RANK_MAX];
    for (unsigned i = 0; i < t->rank; i++) {
        own[i] = t->size[i] == 1 ? 0 : index[i + rank - t->rank];
    }
    return ref_offset(t, own);
}

ref_tensor ref_matmul(const ref_node *node)
{
    const ref_tensor *a = node->in[0];
    const ref_tensor *b = node->in[1];
    const unsigned rank = a->rank > b->rank ? a->rank : b->rank;
    size_t size[REF_RANK_MAX];
    for (unsigned i = 0; i < rank; i++) {
        const size_t x = aligned_size(a, rank, i);
        const size_t y = aligned_size(b, rank, i);
        size[i] = i == rank - 2 ? x : i == rank - 1 ? y : x > y ? x : y;
    }
    ref_tensor y = ref_new(rank, size);
    const size_t depth = a->size[a->rank - 1];
    for (size_t i = 0; i < ref_count(&y); i++) {
        size_t left[REF_RANK_MAX];
        size_t right[REF_RANK_MAX];
        ref_split(&y, i, left);
        memcpy(right, left, sizeof right);
        left[rank - 1] = 0;
        right[rank - 2] = 0;
        const double *p = a->numbers + stretched(a, rank, left);
        const double *q = b->numbers + stretched(b, rank, right);
        for (size_t k = 0; k < depth; k++) {
            y.numbers[i] += p[k] * q[k * b->size[b->rank - 1]];
        }
    }
    return y;
}

/* ---- sums over axes -------------------------------------------------------------------------------------------- */

static unsigned axis_of(const ref_node *node, long fallback)
{
    const long axis = ref_int(node, "axis", fallback);
    return (unsigned)(axis < 0 ? axis + (long)node->in[0]->rank : axis);
}

/* Product of the sizes [from, to). */
static size_t product(const ref_tensor *t, unsigned from, unsigned to)
{
    size_t count = 1;
    for (unsigned i = from; i < to; i++) {
        count *= t->size[i];
    }
    return count;
}

ref_tensor ref_softmax(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const unsigned axis = axis_of(node, node->opset < 13 ? 1 : -1);
    const size_t size = node->opset < 13 ? product(x, axis, x->rank) : x->size[axis];
    const size_t inner = node->opset < 13 ? 1 : product(x, axis + 1, x->rank);
    ref_tensor y = ref_new(x->rank, x->size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        const size_t start = i / (size * inner) * size * inner + i % inner;
        double sum = 0;
        for (size_t k = 0; k < size; k++) {
            sum += exp(x->numbers[start + k * inner] - x->numbers[i]);
        }
        y.numbers[i] = 1 / sum;
    }
    return y;
}

ref_tensor ref_batch_normalization(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const size_t inner = product(x, 2, x->rank);
    ref_tensor y = ref_new(x->rank, x->size);
    for (size_t i = 0; i < ref_count(&y); i++) {
        const size_t c = i / inner % x->size[1];
        const double root = sqrt(node->in[4]->numbers[c] + ref_float(node, "epsilon", 1e-5));
        y.numbers[i] = (x->numbers[i] - node->in[3]->numbers[c]) / root * node->in[1]->numbers[c] + node->in[2]->numbers[c];
    }
    return y;
}

ref_tensor ref_layer_normalization(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    const unsigned axis = axis_of(node, -1);
    const size_t size = product(x, axis, x->rank);
    ref_tensor y = ref_new(x->rank, x->size);
    for (size_t row = 0; row < ref_count(&y) / size; row++) {
        const double *from = x->numbers + row * size;
        double mean = 0;
        double variance = 0;
        for (size_t i = 0; i < size; i++) {
            mean += from[i] / (double)size;
        }
        for (size_t i = 0; i < size; i++) {
            variance += (from[i] - mean) * (from[i] - mean) / (double)size;
        }
        for (size_t i = 0; i < size; i++) {
            const double offset = node->inputs > 2 && node->in[2] != NULL ? node->in[2]->numbers[i] : 0;
            y.numbers[row * size + i] =
                (from[i] - mean) / sqrt(variance + ref_float(node, "epsilon", 1e-5)) * node->in[1]->numbers[i] + offset;
        }
    }
    return y;
}

ref_tensor ref_reduce_mean(const ref_node *node)
{
    const ref_tensor *x = node->in[0];
    long axes[16];
    bool gone[REF_RANK_MAX] = {false};
    const size_t count = ref_list(node, "axes", 1, 18, axes);
    const bool keep = ref_int(node, "keepdims", 1) != 0;
    size_t kept[REF_RANK_MAX];
    size_t size[REF_RANK_MAX];
    unsigned rank = 0;
    double share = 1;
    for (unsigned i = 0; i < x->rank; i++) {
        gone[i] = count == 0;
        for (size_t k = 0; k < count; k++) {
            gone[i] = gone[i] || axes[k] == (long)i || axes[k] + (long)x->rank == (long)i;
        }
        kept[i] = gone[i] ? 1 : x->size[i];
        share *= gone[i] ? (double)x->size[i] : 1;
        if (!gone[i] || keep) {
            size[rank++] = kept[i];
        }
    }
    ref_tensor y = ref_new(x->rank, kept);
    for (size_t i = 0; i < ref_count(x); i++) {
        size_t index[REF_RANK_MAX];
        ref_split(x, i, index);
        for (unsigned k = 0; k < x->rank; k++) {
            index[k] = gone[k] ? 0 : index[k];
        }
        y.numbers[ref_offset(&y, index)] += x->numbers[i] / share;
    }
    y.rank = rank;
    memcpy(y.size, size, sizeof size);
    return y;
}
