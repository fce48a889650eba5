/* Every ONNX operator of operators.def in files made here, of random shapes and attributes and of operator sets 9 to 17,
 * against the second definition (tests/ref/ref_onnx.h), both where feature maps are stored channels last and where they
 * are plain, two images at a time. Forms that are not supported are refused, naming the node. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/file.h"
#include "tests/support/onnx_check.h"
#include "tests/support/random.h"

enum { TRIALS = 24, IMAGES = 2 };
#define TOLERANCE 1e-5

/* A draft with a feature map [batch][c][h][w] in x, made by a convolution (stored channels last) or a matrix product. */
typedef struct {
    onnx_draft *d;
    const char *x;
    int64_t c, h, w;
    int opset;
    uint64_t seed;
    uint64_t draws;
} trial;

static int64_t pick(trial *t, int64_t least, int64_t most)
{
    return least + random_below(t->seed, t->draws++, (uint32_t)(most - least + 1));
}

static trial start(uint64_t seed, int opset)
{
    trial t = {.opset = opset, .seed = seed};
    const bool last = pick(&t, 0, 1) == 1;
    t.c = pick(&t, 1, 6);
    t.h = pick(&t, 1, 7);
    t.w = pick(&t, 1, 7);
    const int64_t inputs = last ? pick(&t, 1, 3) : t.c;
    t.d = onnx_new(opset, 4, (int64_t[]){0, inputs, t.h, t.w});
    if (last) {
        t.x = onnx_node(t.d, "Conv", "image %s", onnx_random(t.d, 4, (int64_t[]){t.c, inputs, 1, 1}, 1));
    } else {
        t.x = onnx_node(t.d, "MatMul", "image %s", onnx_random(t.d, 2, (int64_t[]){t.w, t.w}, 1));
    }
    return t;
}

/* ---- windows --------------------------------------------------------------------------------------------------- */

/* Random strides and padding, either given or "auto". Pools pad less than their kernel. */
static void add_window(trial *t, const int64_t *kernel, const int64_t *dilation, bool pool)
{
    static const char *const words[] = {"NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"};
    const int64_t word = pick(t, 0, 7);
    const int64_t sides[2] = {t->h, t->w};
    int64_t pads[4];
    bool fits = true;
    for (int i = 0; i < 4; i++) {
        pads[i] = pick(t, 0, pool ? kernel[i % 2] - 1 : 3);
    }
    for (int i = 0; i < 2; i++) {
        const int64_t reach = (kernel[i] - 1) * dilation[i] + 1;
        fits = fits && sides[i] >= reach;
        pads[i] = sides[i] + pads[i] + pads[i + 2] < reach ? reach - 1 : pads[i];
    }
    onnx_ints(t->d, "strides", 2, (int64_t[]){pick(t, 1, 3), pick(t, 1, 3)});
    if (word == 2 || word == 3 || (word == 1 && fits)) {
        onnx_text(t->d, "auto_pad", words[word]);
    } else {
        onnx_ints(t->d, "pads", 4, pads);
    }
}

static const char *make_conv(trial *t)
{
    int64_t groups = pick(t, 1, t->c);
    while (t->c % groups != 0) {
        groups--;
    }
    const int64_t channels = groups * pick(t, 1, 3);
    const int64_t kernel[2] = {pick(t, 1, 3), pick(t, 1, 3)};
    const int64_t dilation[2] = {pick(t, 1, 2), pick(t, 1, 2)};
    const char *w = onnx_random(t->d, 4, (int64_t[]){channels, t->c / groups, kernel[0], kernel[1]}, 1);
    const char *b = pick(t, 0, 1) ? onnx_random(t->d, 1, &channels, 1) : "-";
    const char *y = onnx_node(t->d, "Conv", "%s %s %s", t->x, w, b);
    add_window(t, kernel, dilation, false);
    onnx_int(t->d, "group", groups);
    onnx_ints(t->d, "dilations", 2, dilation);
    return y;
}

static const char *make_pool(trial *t)
{
    const bool most = pick(t, 0, 1) == 1;
    const int64_t kernel[2] = {pick(t, 1, 3), pick(t, 1, 3)};
    const int64_t dilation[2] = {1, 1};
    const char *y = onnx_node(t->d, most ? "MaxPool" : "AveragePool", "%s", t->x);
    add_window(t, kernel, dilation, true);
    onnx_ints(t->d, "kernel_shape", 2, kernel);
    if (t->opset >= 10) {
        onnx_int(t->d, "ceil_mode", pick(t, 0, 1));
    }
    if (!most) {
        onnx_int(t->d, "count_include_pad", pick(t, 0, 1));
    }
    return y;
}

static const char *make_global_pool(trial *t)
{
    return onnx_node(t->d, "GlobalAveragePool", "%s", t->x);
}

/* ---- products -------------------------------------------------------------------------------------------------- */

static const char *make_gemm(trial *t)
{
    const int64_t in = t->c * t->h * t->w;
    const int64_t out = pick(t, 1, 20);
    const bool transposed = pick(t, 0, 1) == 1;
    const char *flat = onnx_node(t->d, "Flatten", "%s", t->x);
    const char *w = onnx_random(t->d, 2, transposed ? (int64_t[]){out, in} : (int64_t[]){in, out}, 0.3);
    const int64_t form = pick(t, 0, 3);
    const char *b = form == 0   ? "-"
                    : form == 1 ? onnx_random(t->d, 1, &out, 1)
                    : form == 2 ? onnx_random(t->d, 2, (int64_t[]){1, out}, 1)
                                : onnx_number(t->d, 0.75F);
    const char *y = onnx_node(t->d, "Gemm", "%s %s %s", flat, w, b);
    onnx_int(t->d, "transB", transposed);
    onnx_float(t->d, "alpha", pick(t, 0, 1) ? 1 : 0.5F);
    onnx_float(t->d, "beta", pick(t, 0, 1) ? 1 : -2);
    return y;
}

static const char *make_weights(trial *t)
{
    const int64_t out = pick(t, 1, 5);
    const bool wide = pick(t, 0, 1) == 1;
    return onnx_node(t->d, "MatMul", "%s %s", t->x,
                     onnx_random(t->d, wide ? 3 : 2, wide ? (int64_t[]){1, t->w, out} : (int64_t[]){t->w, out}, 1));
}

/* Two activations, of the same or of stretched leading axes. */
static const char *make_products(trial *t)
{
    const char *turned = onnx_node(t->d, "Transpose", "%s", t->x);
    onnx_ints(t->d, "perm", 4, (int64_t[]){0, 1, 3, 2});
    const int64_t form = pick(t, 0, 2);
    if (form == 1) {
        turned = onnx_node(t->d, "ReduceMean", "%s", turned);
        onnx_ints(t->d, "axes", 1, (int64_t[]){1});
    }
    return onnx_node(t->d, "MatMul", form == 2 ? "%2$s %1$s" : "%s %s", t->x, turned);
}

/* ---- element by element ---------------------------------------------------------------------------------------- */

static const char *constant_operand(trial *t)
{
    switch (pick(t, 0, 6)) {
    case 0: return onnx_number(t->d, 1.5F);
    case 1: return onnx_random(t->d, 3, (int64_t[]){t->c, 1, 1}, 2);
    case 2: return onnx_random(t->d, 4, (int64_t[]){1, t->c, t->h, t->w}, 2);
    case 3: return onnx_random(t->d, 1, (int64_t[]){t->w}, 2);
    case 4: return onnx_random(t->d, 2, (int64_t[]){t->h, 1}, 2);
    case 5: return onnx_random(t->d, 4, (int64_t[]){1, t->c, 1, t->w}, 2);
    default: return onnx_random(t->d, 1, (int64_t[]){1}, 2);
    }
}

static const char *batched_operand(trial *t)
{
    const char *y;
    switch (pick(t, 0, 3)) {
    case 0: return onnx_node(t->d, "GlobalAveragePool", "%s", t->x);
    case 1:
        y = onnx_node(t->d, "ReduceMean", "%s", t->x);
        onnx_ints(t->d, "axes", 1, (int64_t[]){pick(t, 1, 3)});
        return y;
    case 2: return onnx_node(t->d, "Conv", "%s %s", t->x, onnx_random(t->d, 4, (int64_t[]){t->c, t->c, 1, 1}, 1));
    default: return onnx_node(t->d, "MatMul", "%s %s", t->x, onnx_random(t->d, 2, (int64_t[]){t->w, t->w}, 1));
    }
}

static const char *make_binary(trial *t)
{
    static const char *const names[] = {"Add", "Sub", "Mul", "Min", "Max", "Div"};
    const char *name = names[pick(t, 0, 5)];
    const char *other = pick(t, 0, 1) ? constant_operand(t) : batched_operand(t);
    if (strcmp(name, "Div") == 0) { /* kept away from 0 */
        other = onnx_node(t->d, "Add", "%s %s", onnx_node(t->d, "Mul", "%s %s", other, other), onnx_number(t->d, 0.5F));
        return onnx_node(t->d, name, "%s %s", t->x, other);
    }
    return onnx_node(t->d, name, pick(t, 0, 1) ? "%s %s" : "%2$s %1$s", t->x, other);
}

static const char *above_zero(trial *t)
{
    return onnx_node(t->d, "Add", "%s %s", onnx_node(t->d, "Mul", "%s %s", t->x, t->x), onnx_number(t->d, 0.25F));
}

static const char *make_unary(trial *t)
{
    static const char *const names[] = {"Relu", "LeakyRelu", "HardSigmoid", "HardSwish", "Sigmoid", "Tanh",
                                        "Exp",  "Erf",       "Neg",         "Sqrt",      "Reciprocal"};
    const int64_t drawn = pick(t, 0, 10);
    const int64_t which = drawn == 3 && t->opset < 14 ? 4 : drawn; /* HardSwish is new in 14 */
    const char *y = onnx_node(t->d, names[which], "%s", which >= 9 ? above_zero(t) : t->x);
    if ((which == 1 || which == 2) && pick(t, 0, 1)) {
        onnx_float(t->d, "alpha", 0.3F);
    }
    if (which == 2 && pick(t, 0, 1)) {
        onnx_float(t->d, "beta", 0.25F);
    }
    return y;
}

static const char *make_clip(trial *t)
{
    const int64_t form = pick(t, 0, 3);
    if (t->opset >= 11) {
        return onnx_node(t->d, "Clip", "%s %s %s", t->x, form & 1 ? onnx_number(t->d, -0.3F) : "-",
                         form & 2 ? onnx_number(t->d, 0.4F) : "-");
    }
    const char *y = onnx_node(t->d, "Clip", "%s", t->x);
    if (form & 1) {
        onnx_float(t->d, "min", -0.3F);
    }
    if (form & 2) {
        onnx_float(t->d, "max", 0.4F);
    }
    return y;
}

static const char *make_pow(trial *t)
{
    static const float powers[] = {2, 3, 0.5F, -0.5F, -1, 0, 1, 5, -2};
    return onnx_node(t->d, "Pow", "%s %s", above_zero(t), onnx_number(t->d, powers[pick(t, 0, 8)]));
}

/* ---- sums over axes -------------------------------------------------------------------------------------------- */

static const char *make_softmax(trial *t)
{
    const char *y = onnx_node(t->d, "Softmax", "%s", t->x);
    if (pick(t, 0, 3)) {
        const int64_t axis = pick(t, 1, 3);
        onnx_int(t->d, "axis", pick(t, 0, 1) ? axis : axis - 4);
    }
    return y;
}

static const char *make_mean(trial *t)
{
    int64_t axes[3];
    size_t count = 0;
    const int64_t set = pick(t, 1, 7);
    for (int64_t i = 0; i < 3; i++) {
        if (set >> i & 1) {
            axes[count++] = pick(t, 0, 1) ? i + 1 : i - 3;
        }
    }
    const char *y = onnx_node(t->d, "ReduceMean", "%s", t->x);
    onnx_ints(t->d, "axes", count, axes);
    onnx_int(t->d, "keepdims", pick(t, 0, 1));
    return y;
}

static const char *normalised(trial *t, const char *x)
{
    const char *scale = onnx_random(t->d, 1, &t->c, 1);
    const char *offset = onnx_random(t->d, 1, &t->c, 1);
    const char *mean = onnx_random(t->d, 1, &t->c, 1);
    float variance[8];
    for (int64_t i = 0; i < t->c; i++) {
        variance[i] = (float)pick(t, 1, 9) / 4;
    }
    const char *y = onnx_node(t->d, "BatchNormalization", "%s %s %s %s %s", x, scale, offset, mean,
                              onnx_floats(t->d, 1, &t->c, variance));
    onnx_float(t->d, "epsilon", 1e-3F);
    onnx_float(t->d, "momentum", 0.9F);
    if (t->opset >= 14) {
        onnx_int(t->d, "training_mode", 0);
    }
    return y;
}

/* Behind a convolution (with a bias, without, twice, read by another node too), behind something else, on a vector. */
static const char *make_batchnorm(trial *t)
{
    const int64_t form = pick(t, 0, 5);
    const char *w = onnx_random(t->d, 4, (int64_t[]){t->c, t->c, 1, 1}, 1);
    const char *b = form == 1 ? onnx_random(t->d, 1, &t->c, 1) : "-";
    const char *conv = onnx_node(t->d, "Conv", "%s %s %s", t->x, w, b);
    if (form == 2) {
        return normalised(t, normalised(t, conv));
    }
    if (form == 3) {
        return onnx_node(t->d, "Add", "%s %s", normalised(t, conv), conv);
    }
    if (form == 4) {
        return normalised(t, onnx_node(t->d, "Relu", "%s", conv));
    }
    if (form == 5) {
        return normalised(t, onnx_node(t->d, "Flatten", "%s", onnx_node(t->d, "GlobalAveragePool", "%s", conv)));
    }
    /* The weights are those of a second convolution too, and must not change there. */
    return onnx_node(t->d, "Add", "%s %s", normalised(t, conv), onnx_node(t->d, "Conv", "%s %s", t->x, w));
}

static const char *make_layernorm(trial *t)
{
    const int64_t size[3] = {t->c, t->h, t->w};
    const int64_t from = pick(t, 0, 2);
    const char *scale = onnx_random(t->d, (unsigned)(3 - from), size + from, 1);
    const char *offset = pick(t, 0, 1) ? onnx_random(t->d, (unsigned)(3 - from), size + from, 1) : "-";
    const char *y = onnx_node(t->d, "LayerNormalization", "%s %s %s", t->x, scale, offset);
    onnx_int(t->d, "axis", pick(t, 0, 1) ? from + 1 : from - 3);
    onnx_float(t->d, "epsilon", 1e-3F);
    return y;
}

/* ---- parts of tensors ------------------------------------------------------------------------------------------ */

static int64_t size_of(const trial *t, int64_t axis)
{
    return axis == 1 ? t->c : axis == 2 ? t->h : t->w;
}

static const char *make_concat(trial *t)
{
    const int64_t axis = pick(t, 1, 3);
    const char *relu = onnx_node(t->d, "Relu", "%s", t->x);
    const char *y = onnx_node(t->d, "Concat", "%s %s %s", t->x, relu, t->x);
    onnx_int(t->d, "axis", pick(t, 0, 1) ? axis : axis - 4);
    return y;
}

/* The parts joined again in another order. */
static const char *make_split(trial *t)
{
    const int64_t axis = pick(t, 1, 3);
    const int64_t size = size_of(t, axis);
    const int64_t first = pick(t, 1, size);
    const bool equal = size % 2 == 0 && pick(t, 0, 1);
    const bool two = equal || first < size;
    const int64_t sizes[2] = {first, size - first};
    const char *list = !equal && t->opset >= 13 ? onnx_list(t->d, two ? 2 : 1, sizes) : "-";
    const char *a = onnx_node(t->d, "Split", "%s %s", t->x, list);
    onnx_int(t->d, "axis", axis);
    if (!equal && t->opset < 13) {
        onnx_ints(t->d, "split", two ? 2 : 1, sizes);
    }
    const char *b = two ? onnx_output(t->d, 1) : a;
    const char *y = onnx_node(t->d, "Concat", "%s %s", b, a);
    onnx_int(t->d, "axis", axis);
    return y;
}

static const char *make_slice(trial *t)
{
    int64_t starts[3];
    int64_t ends[3];
    int64_t axes[3];
    int64_t steps[3];
    const size_t count = (size_t)pick(t, 1, 3);
    for (size_t i = 0; i < count; i++) {
        const int64_t size = size_of(t, (int64_t)i + 1);
        const int64_t at = pick(t, 0, size - 1);
        const bool back = t->opset >= 10 && pick(t, 0, 1);
        axes[i] = pick(t, 0, 1) ? (int64_t)i + 1 : (int64_t)i - 3;
        starts[i] = pick(t, 0, 1) ? at : at - size;
        steps[i] = back ? -pick(t, 1, 2) : t->opset >= 10 ? pick(t, 1, 3) : 1;
        ends[i] = back ? (pick(t, 0, 1) ? INT64_MIN : -size - 1) : (pick(t, 0, 1) ? INT64_MAX : at + pick(t, 1, 9));
    }
    if (t->opset >= 10) {
        const char *s = onnx_list(t->d, count, steps);
        return onnx_node(t->d, "Slice", "%s %s %s %s %s", t->x, onnx_list(t->d, count, starts),
                         onnx_list(t->d, count, ends), onnx_list(t->d, count, axes), s);
    }
    const char *y = onnx_node(t->d, "Slice", "%s", t->x);
    onnx_ints(t->d, "starts", count, starts);
    onnx_ints(t->d, "ends", count, ends);
    onnx_ints(t->d, "axes", count, axes);
    return y;
}

static const char *make_gather(trial *t)
{
    const int64_t axis = pick(t, 1, 3);
    const int64_t size = size_of(t, axis);
    int64_t indices[4];
    for (int i = 0; i < 4; i++) {
        indices[i] = pick(t, t->opset >= 11 ? -size : 0, size - 1);
    }
    const int64_t rank = pick(t, 0, 2);
    const char *list = onnx_integers(t->d, (unsigned)rank, rank == 1 ? (int64_t[]){4} : (int64_t[]){2, 2}, indices);
    const char *y = onnx_node(t->d, "Gather", "%s %s", t->x, list);
    onnx_int(t->d, "axis", axis);
    return y;
}

static const char *make_pad(trial *t)
{
    static const char *const modes[] = {"constant", "edge", "reflect"};
    const int64_t mode = pick(t, 0, 2);
    int64_t pads[8] = {0};
    for (int64_t i = 1; i < 4; i++) {
        const int64_t most = mode == 2 ? size_of(t, i) - 1 : 3;
        pads[i] = pick(t, 0, most < 3 ? most : 3);
        pads[i + 4] = pick(t, 0, most < 3 ? most : 3);
    }
    if (mode == 0 && t->h > 2) {
        pads[2] = -1;
    }
    const bool filled = mode == 0 && pick(t, 0, 1);
    const char *list = t->opset >= 11 ? onnx_list(t->d, 8, pads) : "-";
    const char *value = t->opset >= 11 && filled ? onnx_number(t->d, 0.7F) : "-";
    const char *y = onnx_node(t->d, "Pad", "%s %s %s", t->x, list, value);
    onnx_text(t->d, "mode", modes[mode]);
    if (t->opset < 11) {
        onnx_ints(t->d, "pads", 8, pads);
        if (filled) {
            onnx_float(t->d, "value", 0.7F);
        }
    }
    return y;
}

/* ---- layout ---------------------------------------------------------------------------------------------------- */

static void axes_of(trial *t, const char *name, size_t count, const int64_t *axes)
{
    if (t->opset < 13) {
        onnx_ints(t->d, name, count, axes);
    }
}

static const char *axes_input(trial *t, size_t count, const int64_t *axes)
{
    return t->opset < 13 ? "-" : onnx_list(t->d, count, axes);
}

/* Any order of axes, the batch too, and back. */
static const char *make_transpose(trial *t)
{
    int64_t perm[4] = {0, 1, 2, 3};
    int64_t back[4];
    for (int i = 3; i > 0; i--) {
        const int64_t k = pick(t, 0, i);
        const int64_t kept = perm[i];
        perm[i] = perm[k];
        perm[k] = kept;
    }
    for (int64_t i = 0; i < 4; i++) {
        back[perm[i]] = i;
    }
    const char *y = onnx_node(t->d, "Transpose", "%s", t->x);
    onnx_ints(t->d, "perm", 4, perm);
    y = onnx_node(t->d, "Relu", "%s", y);
    y = onnx_node(t->d, "Transpose", "%s", y);
    onnx_ints(t->d, "perm", 4, back);
    return pick(t, 0, 1) ? y : onnx_node(t->d, "Add", "%s %s", y, t->x);
}

static const char *make_reshape(trial *t)
{
    const int64_t n = t->c * t->h * t->w;
    const int64_t forms[4][4] = {{-1, t->c, t->h * t->w, 1}, {0, t->w, -1, t->h}, {0, 0, -1, 1}, {-1, 1, n, 1}};
    const char *y = onnx_node(t->d, "Reshape", "%s %s", t->x, onnx_list(t->d, 4, forms[pick(t, 0, 3)]));
    return onnx_node(t->d, "Tanh", "%s", y);
}

static const char *make_squeezes(trial *t)
{
    const int64_t axes[2] = {pick(t, 0, 1) ? 1 : -5, 3};
    const char *y = onnx_node(t->d, "Unsqueeze", "%s %s", t->x, axes_input(t, 2, axes));
    axes_of(t, "axes", 2, axes);
    y = onnx_node(t->d, "Neg", "%s", y);
    const int64_t one[1] = {axes[0] == 1 ? 1 : -5};
    y = onnx_node(t->d, "Squeeze", "%s %s", y, axes_input(t, 1, one));
    axes_of(t, "axes", 1, one);
    return y;
}

static const char *make_flatten(trial *t)
{
    const char *y = onnx_node(t->d, "Flatten", "%s", t->x);
    if (pick(t, 0, 1)) {
        onnx_int(t->d, "axis", t->opset >= 11 ? -3 : 1);
    }
    return y;
}

static const char *make_renamed(trial *t)
{
    const char *y = onnx_node(t->d, "Identity", "%s", t->x);
    y = t->opset >= 12 ? onnx_node(t->d, "Dropout", "%s %s", y, onnx_number(t->d, 0.5F)) : onnx_node(t->d, "Dropout", "%s", y);
    (void)onnx_output(t->d, 1);
    y = onnx_node(t->d, "Cast", "%s", y);
    onnx_int(t->d, "to", 1);
    return onnx_node(t->d, "Relu", "%s", y);
}

/* ---- constants and shapes -------------------------------------------------------------------------------------- */

/* x.view(x.size(0), -1): as PyTorch writes it. */
static const char *make_view(trial *t)
{
    const char *shape = onnx_node(t->d, "Shape", "%s", t->x);
    const char *zero = onnx_node(t->d, "Constant", "%s", "");
    onnx_value_integers(t->d, 0, NULL, (int64_t[]){0});
    const char *batch = onnx_node(t->d, "Gather", "%s %s", shape, zero);
    onnx_int(t->d, "axis", 0);
    const int64_t axis[1] = {0};
    const char *a = onnx_node(t->d, "Unsqueeze", "%s %s", batch, axes_input(t, 1, axis));
    axes_of(t, "axes", 1, axis);
    const char *b = onnx_node(t->d, "Constant", "%s", "");
    onnx_value_integers(t->d, 1, (int64_t[]){1}, (int64_t[]){-1});
    const char *target = onnx_node(t->d, "Concat", "%s %s", a, b);
    onnx_int(t->d, "axis", 0);
    return onnx_node(t->d, "Reshape", "%s %s", t->x, target);
}

/* A learnt row joined to each image: expand(batch, -1, -1, -1) with the shape computed. */
static const char *make_token(trial *t)
{
    const char *token = onnx_random(t->d, 4, (int64_t[]){1, 1, t->h, t->w}, 1);
    const char *shape = onnx_node(t->d, "Shape", "%s", t->x);
    const char *batch = onnx_node(t->d, "Gather", "%s %s", shape, onnx_integers(t->d, 0, NULL, (int64_t[]){0}));
    const int64_t axis[1] = {0};
    const char *first = onnx_node(t->d, "Unsqueeze", "%s %s", batch, axes_input(t, 1, axis));
    axes_of(t, "axes", 1, axis);
    const char *wanted = onnx_node(t->d, "Concat", "%s %s", first, onnx_list(t->d, 3, (int64_t[]){-1, -1, -1}));
    onnx_int(t->d, "axis", 0);
    const char *ones = onnx_node(t->d, "ConstantOfShape", "%s", onnx_list(t->d, 1, (int64_t[]){4}));
    onnx_value_integers(t->d, 1, (int64_t[]){1}, (int64_t[]){1});
    const char *minus = onnx_node(t->d, "Mul", "%s %s", ones, onnx_integers(t->d, 0, NULL, (int64_t[]){-1}));
    const char *open = onnx_node(t->d, "Equal", "%s %s", wanted, minus);
    const char *sizes = onnx_node(t->d, "Where", "%s %s %s", open, ones, wanted);
    const char *y = onnx_node(t->d, "Concat", "%s %s", onnx_node(t->d, "Expand", "%s %s", token, sizes), t->x);
    onnx_int(t->d, "axis", 1);
    return y;
}

/* q * sqrt(1 / sqrt(size)), the size read from the shape. */
static const char *make_scale(trial *t)
{
    const char *shape = onnx_node(t->d, "Shape", "%s", t->x);
    const char *last = t->opset >= 10
                           ? onnx_node(t->d, "Slice", "%s %s %s", shape, onnx_list(t->d, 1, (int64_t[]){-1}),
                                       onnx_list(t->d, 1, (int64_t[]){INT64_MAX}))
                           : onnx_node(t->d, "Slice", "%s", shape);
    if (t->opset < 10) {
        onnx_ints(t->d, "starts", 1, (int64_t[]){-1});
        onnx_ints(t->d, "ends", 1, (int64_t[]){INT64_MAX});
    }
    const char *size = onnx_node(t->d, "Cast", "%s", last);
    onnx_int(t->d, "to", 1);
    const char *root = onnx_node(t->d, "Sqrt", "%s", size);
    const char *scale = onnx_node(t->d, "Sqrt", "%s", onnx_node(t->d, "Div", "%s %s", onnx_number(t->d, 1), root));
    return onnx_node(t->d, "Mul", "%s %s", t->x, scale);
}

/* Weights that are computed: transposed, sliced, gathered, joined, padded, squeezed, renamed. */
static const char *make_weights_of_constants(trial *t)
{
    const char *w = onnx_random(t->d, 2, (int64_t[]){3, t->w}, 1);
    const char *more = onnx_random(t->d, 3, (int64_t[]){1, 2, t->w}, 1);
    const int64_t axis[1] = {0};
    more = onnx_node(t->d, "Squeeze", "%s %s", more, axes_input(t, 1, axis));
    axes_of(t, "axes", 1, axis);
    w = onnx_node(t->d, "Concat", "%s %s", w, onnx_node(t->d, "Identity", "%s", more));
    onnx_int(t->d, "axis", 0);
    w = onnx_node(t->d, "Gather", "%s %s", w, onnx_list(t->d, 4, (int64_t[]){4, 0, 2, 2}));
    w = onnx_node(t->d, "Transpose", "%s", w);
    w = onnx_node(t->d, "Neg", "%s", onnx_node(t->d, "Reshape", "%s %s", w, onnx_list(t->d, 2, (int64_t[]){-1, 4})));
    return onnx_node(t->d, "MatMul", "%s %s", t->x, w);
}

static const char *make_expand(trial *t)
{
    const char *pooled = onnx_node(t->d, "GlobalAveragePool", "%s", t->x);
    return onnx_node(t->d, "Expand", "%s %s", pooled, onnx_list(t->d, 3, (int64_t[]){t->c, 2, 3}));
}

/* ---- the trials ------------------------------------------------------------------------------------------------ */

static const struct {
    char name[20];
    const char *(*make)(trial *t);
    int least; /* operator set */
} rows[] = {
    {"Conv", make_conv, 9},           {"pools", make_pool, 9},         {"GlobalAveragePool", make_global_pool, 9},
    {"Gemm", make_gemm, 11},          {"MatMul weights", make_weights, 9}, {"MatMul", make_products, 9},
    {"binary", make_binary, 9},       {"unary", make_unary, 9},        {"Clip", make_clip, 9},
    {"Pow", make_pow, 9},             {"Softmax", make_softmax, 9},    {"ReduceMean", make_mean, 9},
    {"BatchNormalization", make_batchnorm, 9}, {"LayerNormalization", make_layernorm, 17}, {"Concat", make_concat, 9},
    {"Split", make_split, 9},         {"Slice", make_slice, 9},        {"Gather", make_gather, 9},
    {"Pad", make_pad, 9},             {"Transpose", make_transpose, 9}, {"Reshape", make_reshape, 9},
    {"Squeeze", make_squeezes, 9},    {"Flatten", make_flatten, 9},    {"renamed", make_renamed, 9},
    {"view", make_view, 9},           {"token", make_token, 9},        {"scale", make_scale, 9},
    {"constant weights", make_weights_of_constants, 9}, {"Expand", make_expand, 9}};
enum { ROWS = sizeof rows / sizeof rows[0] };

START_TEST(every_operator)
{
    for (uint64_t i = 0; i < TRIALS; i++) {
        static const int opsets[] = {9, 10, 11, 12, 13, 14, 15, 17};
        const int opset = opsets[i % 8] > rows[_i].least ? opsets[i % 8] : rows[_i].least;
        char what[64];
        trial t = start((uint64_t)_i * 1000 + i, opset);
        (void)snprintf(what, sizeof what, "%s, trial %d, operator set %d", rows[_i].name, (int)i, opset);
        onnx_finish(t.d, rows[_i].make(&t));
        onnx_check(t.d, IMAGES, TOLERANCE, what);
        onnx_free(t.d);
    }
}
END_TEST

/* ---- hostile files --------------------------------------------------------------------------------------------- */

/* Runs what still loads, unless it has become large. */
static void try_run(const char *path)
{
    enum { NUMBERS_MOST = 1 << 20 };
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    ng_network network;
    ng_plan plan;
    ng_engine engine;
    ng_workspace workspace;
    ng_error error;
    if (!ng_network_load(path, &network, &error)) {
        ck_assert_msg(error.exit_code == NG_EXIT_USAGE, "exit code %d: %s", error.exit_code, error.text);
        ck_assert_msg(strncmp(error.text, path, strlen(path)) == 0, "no file name: %s", error.text);
        return;
    }
    if (ng_plan_init(&plan, &network, &error)) {
        size_t numbers = 0;
        for (size_t i = 0; i < plan.tensor_count; i++) {
            numbers += plan.tensors[i].count;
        }
        if (numbers < NUMBERS_MOST && ng_engine_init(&engine, &plan, &recipe, &error)) {
            ck_assert(ng_workspace_init(&workspace, &engine, 1, &error));
            float *input = calloc(ng_shape_count(&plan.input.shape), sizeof *input);
            ck_assert_ptr_nonnull(input);
            (void)ng_engine_run(&engine, &workspace, input, 1, NULL, NULL, &error);
            free(input);
            ng_workspace_free(&workspace, &engine);
            ng_engine_free(&engine);
        }
        ng_plan_free(&plan);
    }
    ng_network_free(&network);
}

/* Bytes of the file changed: whatever happens, no memory error and a message with the file's name. */
START_TEST(altered_files)
{
    enum { FILES = 8, CHANGES = 60 };
    for (uint64_t i = 0; i < FILES; i++) {
        char path[ONNX_PATH_SIZE];
        ng_buffer file;
        ng_error error;
        trial t = start((uint64_t)_i * 2000 + i, rows[_i].least > 11 || i % 2 ? 17 : 11);
        onnx_finish(t.d, rows[_i].make(&t));
        onnx_scratch(t.d, path);
        onnx_free(t.d);
        ck_assert_msg(ng_read_file(path, 1 << 24, &file, &error), "%s", error.text);
        for (uint64_t k = 0; k < CHANGES; k++) {
            const size_t at = random_below(30 + i, 2 * k, (uint32_t)file.size);
            const uint8_t kept = file.data[at];
            file.data[at] = (uint8_t)(k % 3 == 0 ? kept ^ 1U << k % 8 : k % 3 == 1 ? kept + 1U : random_below(31 + i, k, 256));
            onnx_write_bytes(path, file.data, file.size);
            try_run(path);
            file.data[at] = kept;
        }
        ng_buffer_free(&file);
        ck_assert_int_eq(unlink(path), 0);
    }
}
END_TEST

/* ---- what is refused ------------------------------------------------------------------------------------------- */

/* A 3 x 8 x 8 image behind a 1x1 convolution. */
static onnx_draft *map_draft(int opset, const char **x)
{
    onnx_draft *d = onnx_new(opset, 4, (int64_t[]){0, 3, 8, 8});
    *x = onnx_node(d, "Conv", "image %s", onnx_random(d, 4, (int64_t[]){3, 3, 1, 1}, 1));
    return d;
}

static void check_node_refused(onnx_draft *d, const char *y, const char *text)
{
    onnx_finish(d, y);
    onnx_check_refused(d, text);
    onnx_free(d);
}

START_TEST(refused_operators)
{
    const char *x;
    onnx_draft *d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Resize", "%s", x), "operator 'Resize' is not supported");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Pow", "%s %s", x, onnx_number(d, 1.7F)), "exponent 1.7");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Squeeze", "%s", x), "axes must be given");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Relu", "%s", onnx_number(d, 1)), "input 0 must not be constant");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "MatMul", "%s %s", onnx_random(d, 2, (int64_t[]){8, 8}, 1), x),
                       "input 0 must not be constant");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "MatMul", "%s %s", x, onnx_random(d, 3, (int64_t[]){3, 8, 8}, 1)),
                       "must be one float matrix");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Gather", "%s %s", x, x), "must be integer constants");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Add", "%s %s", x, onnx_list(d, 1, (int64_t[]){1})), "mix floats and integers");
    d = map_draft(8, &x);
    check_node_refused(d, x, "operator set 8; 9 to 17 are supported");
    d = map_draft(18, &x);
    check_node_refused(d, x, "operator set 18");
    d = onnx_new(13, 4, (int64_t[]){4, 3, 8, 8});
    check_node_refused(d, onnx_node(d, "Relu", "image"), "free or 1");
    d = onnx_new(13, 4, (int64_t[]){0, 3, 0, 8});
    check_node_refused(d, onnx_node(d, "Relu", "image"), "fixed sizes");
}
END_TEST

START_TEST(refused_attributes)
{
    const char *x;
    onnx_draft *d = map_draft(13, &x);
    const char *y = onnx_node(d, "Cast", "%s", x);
    onnx_int(d, "to", 7);
    check_node_refused(d, y, "an activation stays float");
    d = map_draft(13, &x);
    y = onnx_node(d, "Conv", "%s %s", x, onnx_random(d, 4, (int64_t[]){4, 1, 3, 3}, 1));
    onnx_int(d, "group", 3);
    check_node_refused(d, y, "weights of 1 channels for 4 on 3, group 3");
    d = map_draft(13, &x);
    y = onnx_node(d, "Conv", "%s %s", x, onnx_random(d, 4, (int64_t[]){4, 3, 9, 9}, 1));
    check_node_refused(d, y, "a kernel of 9 does not fit into 8");
    d = map_draft(13, &x);
    y = onnx_node(d, "Conv", "%s %s", x, onnx_random(d, 4, (int64_t[]){4, 3, 3, 3}, 1));
    onnx_ints(d, "pads", 4, (int64_t[]){65536, 65536, 65536, 65536});
    check_node_refused(d, y, "more than");
    d = map_draft(13, &x);
    y = onnx_node(d, "Conv", "%s %s", x, onnx_random(d, 4, (int64_t[]){4, 3, 3, 3}, 1));
    onnx_ints(d, "strides", 2, (int64_t[]){0, 1});
    check_node_refused(d, y, "strides: 0 is outside");
    d = map_draft(13, &x);
    y = onnx_node(d, "MaxPool", "%s", x);
    onnx_ints(d, "kernel_shape", 2, (int64_t[]){2, 2});
    onnx_ints(d, "pads", 4, (int64_t[]){2, 0, 0, 0});
    check_node_refused(d, y, "padding of 2 for a kernel of 2");
    d = map_draft(13, &x);
    y = onnx_node(d, "MaxPool", "%s", x);
    onnx_ints(d, "kernel_shape", 2, (int64_t[]){2, 2});
    (void)onnx_output(d, 1);
    check_node_refused(d, y, "its second output");
    d = map_draft(13, &x);
    y = onnx_node(d, "Dropout", "%s - %s", x, onnx_integers(d, 0, NULL, (int64_t[]){1}));
    check_node_refused(d, y, "training mode");
    d = map_draft(13, &x);
    y = onnx_node(d, "Softmax", "%s", x);
    onnx_int(d, "axis", 4);
    check_node_refused(d, y, "axis 4 of a tensor of rank 4");
    d = map_draft(13, &x);
    y = onnx_node(d, "Gather", "%s %s", x, onnx_list(d, 1, (int64_t[]){3}));
    onnx_int(d, "axis", 1);
    check_node_refused(d, y, "index 3 on an axis of 3");
    d = map_draft(13, &x);
    y = onnx_node(d, "Pad", "%s %s", x, onnx_list(d, 8, (int64_t[]){0, 0, 8, 0, 0, 0, 0, 0}));
    onnx_text(d, "mode", "reflect");
    check_node_refused(d, y, "nothing to repeat");
    d = map_draft(13, &x);
    y = onnx_node(d, "Pad", "%s %s", x, onnx_list(d, 8, (int64_t[]){0, 0, INT64_MAX, 0, 0, 0, INT64_MAX, 0}));
    check_node_refused(d, y, "padding of");
}
END_TEST

/* A file that lies about its shapes. */
START_TEST(refused_shapes)
{
    const char *x;
    onnx_draft *d = map_draft(13, &x);
    onnx_declare(d, x, 4, (int64_t[]){0, 3, 8, 9});
    check_node_refused(d, onnx_node(d, "Relu", "%s", x), "declares another shape");
    d = map_draft(13, &x);
    onnx_declare(d, x, 3, (int64_t[]){0, 3, 8});
    check_node_refused(d, onnx_node(d, "Relu", "%s", x), "declares another shape");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Reshape", "%s %s", x, onnx_list(d, 2, (int64_t[]){1, 193})), "do not fill");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Reshape", "%s %s", x, onnx_list(d, 2, (int64_t[]){-1, 7})), "do not fill");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Reshape", "%s %s", x, onnx_list(d, 2, (int64_t[]){-2, 7})), "bad size -2");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Expand", "%s %s", x, onnx_list(d, 4, (int64_t[]){1 << 20, 3, 8, 8})), "more than");
    d = map_draft(13, &x);
    check_node_refused(d, onnx_node(d, "Add", "%s %s", x, onnx_random(d, 1, (int64_t[]){7}, 1)), "do not fit each other");
    d = map_draft(13, &x);
    const char *sizes = onnx_node(d, "Mul", "%s %s", onnx_node(d, "Shape", "%s", x), onnx_list(d, 1, (int64_t[]){INT64_MAX}));
    check_node_refused(d, onnx_node(d, "Reshape", "%s %s", x, sizes), "integers overflow");
    d = map_draft(13, &x);
    onnx_declare(d, x, 4, (int64_t[]){0, 3, 8, 8});
    onnx_finish(d, x);
    onnx_check(d, IMAGES, TOLERANCE, "a true declaration");
    onnx_free(d);
}
END_TEST

/* Nine tensors of 2^26 numbers that are all needed at once: the file loads, but is not run. */
START_TEST(more_activations_than_memory)
{
    enum { TENSORS = 9 };
    const char *x;
    const char *large[TENSORS];
    char path[ONNX_PATH_SIZE];
    ng_network network;
    ng_plan plan;
    ng_error error;
    onnx_draft *d = map_draft(13, &x);
    const char *one = onnx_node(d, "ReduceMean", "%s", x);
    for (unsigned i = 0; i < TENSORS; i++) {
        large[i] = onnx_node(d, "Expand", "%s %s", one, onnx_list(d, 4, (int64_t[]){1, 1, 1 << 13, 1 << 13}));
    }
    const char *sum = large[TENSORS - 1];
    for (unsigned i = TENSORS - 1; i-- > 0;) {
        sum = onnx_node(d, "Add", "%s %s", sum, large[i]);
    }
    onnx_finish(d, sum);
    onnx_scratch(d, path);
    onnx_free(d);
    ck_assert_msg(ng_network_load(path, &network, &error), "%s", error.text);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert(!ng_plan_init(&plan, &network, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_msg(strstr(error.text, "the activations of one image") != NULL, "%s", error.text);
    ng_network_free(&network);
}
END_TEST

Suite *ng_suite_operators(void);

Suite *ng_suite_operators(void)
{
    Suite *suite = suite_create("operators");
    TCase *tcase = tcase_create("operators");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, every_operator, 0, ROWS);
    tcase_add_loop_test(tcase, altered_files, 0, ROWS);
    tcase_add_test(tcase, refused_operators);
    tcase_add_test(tcase, refused_attributes);
    tcase_add_test(tcase, refused_shapes);
    tcase_add_test(tcase, more_activations_than_memory);
    suite_add_tcase(suite, tcase);
    return suite;
}
