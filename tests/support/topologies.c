#include "tests/support/topologies.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 224 };

typedef const char *value;

/* ---- parts of convolutional networks --------------------------------------------------------------------------- */

static value conv(onnx_draft *d, value x, int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t groups, bool bias)
{
    const double spread = sqrt(3.0 / (double)(in / groups * kernel * kernel));
    value w = onnx_random(d, 4, (int64_t[]){out, in / groups, kernel, kernel}, spread);
    value y = onnx_node(d, "Conv", "%s %s %s", x, w, bias ? onnx_random(d, 1, &out, 0.1) : "-");
    const int64_t pad = kernel / 2;
    onnx_ints(d, "dilations", 2, (int64_t[]){1, 1});
    onnx_int(d, "group", groups);
    onnx_ints(d, "kernel_shape", 2, (int64_t[]){kernel, kernel});
    onnx_ints(d, "pads", 4, (int64_t[]){pad, pad, pad, pad});
    onnx_ints(d, "strides", 2, (int64_t[]){stride, stride});
    return y;
}

static value norm(onnx_draft *d, value x, int64_t channels)
{
    float *variance = malloc((size_t)channels * sizeof *variance);
    for (int64_t i = 0; variance != NULL && i < channels; i++) {
        variance[i] = 0.5F + (float)(i % 5) / 4;
    }
    value scale = onnx_node(d, "Add", "%s %s", onnx_random(d, 1, &channels, 0.2), onnx_number(d, 1)); /* folded */
    value y = onnx_node(d, "BatchNormalization", "%s %s %s %s %s", x, scale, onnx_random(d, 1, &channels, 0.2),
                        onnx_random(d, 1, &channels, 0.2), onnx_floats(d, 1, &channels, variance));
    onnx_float(d, "epsilon", 1e-5F);
    onnx_float(d, "momentum", 0.9F);
    free(variance);
    return y;
}

static value conv_norm(onnx_draft *d, value x, int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t groups)
{
    return norm(d, conv(d, x, in, out, kernel, stride, groups, false), out);
}

static value relu6(onnx_draft *d, int opset, value x)
{
    if (opset >= 11) {
        return onnx_node(d, "Clip", "%s %s %s", x, onnx_number(d, 0), onnx_number(d, 6));
    }
    value y = onnx_node(d, "Clip", "%s", x);
    onnx_float(d, "min", 0);
    onnx_float(d, "max", 6);
    return y;
}

static void head(onnx_draft *d, value x, int64_t channels)
{
    value flat = onnx_node(d, "Flatten", "%s", onnx_node(d, "GlobalAveragePool", "%s", x));
    onnx_int(d, "axis", 1);
    const int64_t out = CLASSES;
    value w = onnx_random(d, 2, (int64_t[]){CLASSES, channels}, sqrt(3.0 / (double)channels));
    value y = onnx_node(d, "Gemm", "%s %s %s", flat, w, onnx_random(d, 1, &out, 0.1));
    onnx_float(d, "alpha", 1);
    onnx_float(d, "beta", 1);
    onnx_int(d, "transB", 1);
    onnx_finish(d, y);
}

/* ---- ResNet-18 ------------------------------------------------------------------------------------------------- */

static value basic_block(onnx_draft *d, value x, int64_t in, int64_t out, int64_t stride)
{
    value y = onnx_node(d, "Relu", "%s", conv_norm(d, x, in, out, 3, stride, 1));
    y = conv_norm(d, y, out, out, 3, 1, 1);
    value skip = stride != 1 || in != out ? conv_norm(d, x, in, out, 1, stride, 1) : x;
    return onnx_node(d, "Relu", "%s", onnx_node(d, "Add", "%s %s", y, skip));
}

onnx_draft *draft_resnet18(int opset, int64_t width)
{
    onnx_draft *d = onnx_new(opset, 4, (int64_t[]){0, 3, SIDE, SIDE});
    value x = onnx_node(d, "Relu", "%s", conv_norm(d, "image", 3, width, 7, 2, 1));
    x = onnx_node(d, "MaxPool", "%s", x);
    onnx_ints(d, "kernel_shape", 2, (int64_t[]){3, 3});
    onnx_ints(d, "pads", 4, (int64_t[]){1, 1, 1, 1});
    onnx_ints(d, "strides", 2, (int64_t[]){2, 2});
    int64_t in = width;
    for (int64_t stage = 0; stage < 4; stage++) {
        const int64_t out = width << stage;
        x = basic_block(d, x, in, out, stage > 0 ? 2 : 1);
        x = basic_block(d, x, out, out, 1);
        in = out;
    }
    head(d, x, in);
    return d;
}

/* ---- MobileNetV2 ----------------------------------------------------------------------------------------------- */

static value inverted(onnx_draft *d, int opset, value x, int64_t in, int64_t out, int64_t factor, int64_t stride)
{
    const int64_t wide = in * factor;
    value y = factor != 1 ? relu6(d, opset, conv_norm(d, x, in, wide, 1, 1, 1)) : x;
    y = relu6(d, opset, conv_norm(d, y, wide, wide, 3, stride, wide));
    y = conv_norm(d, y, wide, out, 1, 1, 1);
    return stride == 1 && in == out ? onnx_node(d, "Add", "%s %s", x, y) : y;
}

onnx_draft *draft_mobilenet_v2(int opset, int64_t percent)
{
    static const int64_t rows[][4] = {{1, 16, 1, 1},  {6, 24, 2, 2},  {6, 32, 3, 2}, {6, 64, 4, 2},
                                      {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}};
    const int64_t stem = 32 * percent / 400 * 4;
    const int64_t last = 1280 * percent / 400 * 4;
    onnx_draft *d = onnx_new(opset, 4, (int64_t[]){0, 3, SIDE, SIDE});
    value x = relu6(d, opset, conv_norm(d, "image", 3, stem, 3, 2, 1));
    int64_t in = stem;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int64_t out = rows[i][1] * percent / 400 * 4;
        for (int64_t k = 0; k < rows[i][2]; k++) {
            x = inverted(d, opset, x, in, out, rows[i][0], k == 0 ? rows[i][3] : 1);
            in = out;
        }
    }
    head(d, relu6(d, opset, conv_norm(d, x, in, last, 1, 1, 1)), last);
    return d;
}

/* ---- ViT ------------------------------------------------------------------------------------------------------- */

static value unsqueeze0(onnx_draft *d, int opset, value x)
{
    if (opset >= 13) {
        return onnx_node(d, "Unsqueeze", "%s %s", x, onnx_list(d, 1, (int64_t[]){0}));
    }
    value y = onnx_node(d, "Unsqueeze", "%s", x);
    onnx_ints(d, "axes", 1, (int64_t[]){0});
    return y;
}

/* Size `axis` of x as a list of one number, the way x.shape[axis] is written. */
static value size_of(onnx_draft *d, int opset, value x, int64_t axis)
{
    value shape = onnx_node(d, "Shape", "%s", x);
    value index = onnx_node(d, "Constant", "%s", "");
    onnx_value_integers(d, 0, NULL, &axis);
    value size = onnx_node(d, "Gather", "%s %s", shape, index);
    onnx_int(d, "axis", 0);
    return unsqueeze0(d, opset, size);
}

static value join(onnx_draft *d, value list, int64_t axis)
{
    value y = onnx_node(d, "Concat", "%s", list);
    onnx_int(d, "axis", axis);
    return y;
}

static value transposed(onnx_draft *d, value x, unsigned rank, const int64_t *perm)
{
    value y = onnx_node(d, "Transpose", "%s", x);
    onnx_ints(d, "perm", rank, perm);
    return y;
}

static value linear(onnx_draft *d, value x, int64_t in, int64_t out)
{
    value y = onnx_node(d, "MatMul", "%s %s", x, onnx_random(d, 2, (int64_t[]){in, out}, sqrt(3.0 / (double)in)));
    return onnx_node(d, "Add", "%s %s", onnx_random(d, 1, &out, 0.1), y);
}

/* A node from operator set 17 on, nine before. */
static value layer_norm(onnx_draft *d, int opset, value x, int64_t dim)
{
    value scale = onnx_random(d, 1, &dim, 1);
    value offset = onnx_random(d, 1, &dim, 0.2);
    if (opset >= 17) {
        value y = onnx_node(d, "LayerNormalization", "%s %s %s", x, scale, offset);
        onnx_int(d, "axis", -1);
        onnx_float(d, "epsilon", 1e-6F);
        return y;
    }
    value mean = onnx_node(d, "ReduceMean", "%s", x);
    onnx_ints(d, "axes", 1, (int64_t[]){-1});
    value centred = onnx_node(d, "Sub", "%s %s", x, mean);
    value variance = onnx_node(d, "ReduceMean", "%s", onnx_node(d, "Pow", "%s %s", centred, onnx_number(d, 2)));
    onnx_ints(d, "axes", 1, (int64_t[]){-1});
    value root = onnx_node(d, "Sqrt", "%s", onnx_node(d, "Add", "%s %s", variance, onnx_number(d, 1e-6F)));
    value y = onnx_node(d, "Mul", "%s %s", onnx_node(d, "Div", "%s %s", centred, root), scale);
    return onnx_node(d, "Add", "%s %s", y, offset);
}

static value gelu(onnx_draft *d, value x)
{
    value y = onnx_node(d, "Erf", "%s", onnx_node(d, "Div", "%s %s", x, onnx_number(d, 1.41421356F)));
    y = onnx_node(d, "Mul", "%s %s", x, onnx_node(d, "Add", "%s %s", y, onnx_number(d, 1)));
    return onnx_node(d, "Mul", "%s %s", y, onnx_number(d, 0.5F));
}

/* [3][batch][head][token][dim] in three. */
static void split_qkv(onnx_draft *d, int opset, value all, value *parts)
{
    if (opset < 13) {
        (void)onnx_node(d, "Split", "%s", all);
        onnx_int(d, "axis", 0);
        onnx_ints(d, "split", 3, (int64_t[]){1, 1, 1});
        for (unsigned i = 0; i < 3; i++) {
            parts[i] = onnx_output(d, i);
        }
        for (unsigned i = 0; i < 3; i++) {
            parts[i] = onnx_node(d, "Squeeze", "%s", parts[i]);
            onnx_ints(d, "axes", 1, (int64_t[]){0});
        }
        return;
    }
    for (unsigned i = 0; i < 3; i++) {
        parts[i] = onnx_node(d, "Gather", "%s %s", all, onnx_integers(d, 0, NULL, (int64_t[]){i}));
        onnx_int(d, "axis", 0);
    }
}

static value attention(onnx_draft *d, int opset, value x, int64_t dim, int64_t heads)
{
    value parts[3];
    char list[256];
    value batch = size_of(d, opset, x, 0);
    value tokens = size_of(d, opset, x, 1);
    value each = onnx_node(d, "Div", "%s %s", size_of(d, opset, x, 2), onnx_list(d, 1, &heads)); /* of whole numbers */
    (void)snprintf(list, sizeof list, "%s %s %s %s %s", batch, tokens, onnx_list(d, 1, (int64_t[]){3}),
                   onnx_list(d, 1, &heads), each);
    value all = onnx_node(d, "Reshape", "%s %s", linear(d, x, dim, 3 * dim), join(d, list, 0));
    split_qkv(d, opset, transposed(d, all, 5, (int64_t[]){2, 0, 3, 1, 4}), parts);
    value scores = onnx_node(d, "MatMul", "%s %s", parts[0], transposed(d, parts[1], 4, (int64_t[]){0, 1, 3, 2}));
    scores = onnx_node(d, "Mul", "%s %s", scores, onnx_number(d, 1 / sqrtf((float)(dim / heads))));
    scores = onnx_node(d, "Softmax", "%s", scores);
    onnx_int(d, "axis", opset < 13 ? 3 : -1);
    value y = transposed(d, onnx_node(d, "MatMul", "%s %s", scores, parts[2]), 4, (int64_t[]){0, 2, 1, 3});
    (void)snprintf(list, sizeof list, "%s %s %s", batch, tokens, onnx_list(d, 1, &dim));
    return linear(d, onnx_node(d, "Reshape", "%s %s", y, join(d, list, 0)), dim, dim);
}

static value class_token(onnx_draft *d, int opset, value x, int64_t dim)
{
    char list[256];
    value minus = onnx_list(d, 1, (int64_t[]){-1});
    (void)snprintf(list, sizeof list, "%s %s %s", size_of(d, opset, x, 0), minus, minus);
    value wanted = onnx_node(d, "Reshape", "%s %s", join(d, list, 0), minus);
    value ones = onnx_node(d, "ConstantOfShape", "%s", onnx_node(d, "Shape", "%s", wanted));
    onnx_value_integers(d, 1, (int64_t[]){1}, (int64_t[]){1});
    value open = onnx_node(d, "Equal", "%s %s", wanted,
                           onnx_node(d, "Mul", "%s %s", ones, onnx_integers(d, 0, NULL, (int64_t[]){-1})));
    value sizes = onnx_node(d, "Where", "%s %s %s", open, ones, wanted);
    return onnx_node(d, "Expand", "%s %s", onnx_random(d, 3, (int64_t[]){1, 1, dim}, 1), sizes);
}

onnx_draft *draft_vit(int opset, int64_t dim, int64_t heads, int64_t blocks)
{
    enum { PATCH = 16, TOKENS = (SIDE / PATCH) * (SIDE / PATCH) };
    char list[128];
    onnx_draft *d = onnx_new(opset, 4, (int64_t[]){0, 3, SIDE, SIDE});
    value w = onnx_random(d, 4, (int64_t[]){dim, 3, PATCH, PATCH}, 0.06);
    value x = onnx_node(d, "Conv", "image %s %s", w, onnx_random(d, 1, &dim, 0.1));
    onnx_ints(d, "strides", 2, (int64_t[]){PATCH, PATCH});
    (void)snprintf(list, sizeof list, "%s %s %s", size_of(d, opset, x, 0), onnx_list(d, 1, &dim),
                   onnx_list(d, 1, (int64_t[]){-1}));
    x = transposed(d, onnx_node(d, "Reshape", "%s %s", x, join(d, list, 0)), 3, (int64_t[]){0, 2, 1});
    (void)snprintf(list, sizeof list, "%s %s", class_token(d, opset, x, dim), x);
    x = onnx_node(d, "Add", "%s %s", join(d, list, 1), onnx_random(d, 3, (int64_t[]){1, TOKENS + 1, dim}, 0.5));
    for (int64_t i = 0; i < blocks; i++) {
        x = onnx_node(d, "Add", "%s %s", x, attention(d, opset, layer_norm(d, opset, x, dim), dim, heads));
        value y = gelu(d, linear(d, layer_norm(d, opset, x, dim), dim, 4 * dim));
        x = onnx_node(d, "Add", "%s %s", x, linear(d, y, 4 * dim, dim));
    }
    value first = onnx_node(d, "Gather", "%s %s", layer_norm(d, opset, x, dim), onnx_integers(d, 0, NULL, (int64_t[]){0}));
    onnx_int(d, "axis", 1);
    const int64_t out = CLASSES;
    value y = onnx_node(d, "Gemm", "%s %s %s", first, onnx_random(d, 2, (int64_t[]){CLASSES, dim}, sqrt(3.0 / (double)dim)),
                        onnx_random(d, 1, &out, 0.1));
    onnx_int(d, "transB", 1);
    onnx_finish(d, y);
    return d;
}

/* ---- as TensorFlow writes it ------------------------------------------------------------------------------------- */

static value same_conv(onnx_draft *d, value x, int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t groups)
{
    value w = onnx_random(d, 4, (int64_t[]){out, in / groups, kernel, kernel},
                          sqrt(3.0 / (double)(in / groups * kernel * kernel)));
    value y = onnx_node(d, "Conv", "%s %s", x, w);
    onnx_text(d, "auto_pad", "SAME_UPPER");
    onnx_int(d, "group", groups);
    onnx_ints(d, "strides", 2, (int64_t[]){stride, stride});
    y = norm(d, y, out);
    return onnx_node(d, "Min", "%s %s", onnx_node(d, "Max", "%s %s", y, onnx_number(d, 0)), onnx_number(d, 6));
}

onnx_draft *draft_tensorflow(int opset, int64_t width)
{
    onnx_draft *d = onnx_new(opset, 4, (int64_t[]){0, SIDE, SIDE, 3});
    value x = transposed(d, "image", 4, (int64_t[]){0, 3, 1, 2});
    x = same_conv(d, x, 3, width, 3, 2, 1);
    x = same_conv(d, same_conv(d, x, width, width, 3, 2, width), width, 2 * width, 1, 1, 1);
    value pads = onnx_list(d, 8, (int64_t[]){0, 0, 0, 0, 0, 0, 1, 1});
    value padded = opset >= 11 ? onnx_node(d, "Pad", "%s %s", x, pads) : onnx_node(d, "Pad", "%s", x);
    if (opset < 11) {
        onnx_ints(d, "pads", 8, (int64_t[]){0, 0, 0, 0, 0, 0, 1, 1});
    }
    x = onnx_node(d, "Conv", "%s %s", padded, onnx_random(d, 4, (int64_t[]){2 * width, 1, 3, 3}, 0.5));
    onnx_int(d, "group", 2 * width);
    onnx_ints(d, "strides", 2, (int64_t[]){2, 2});
    x = transposed(d, onnx_node(d, "LeakyRelu", "%s", x), 4, (int64_t[]){0, 2, 3, 1});
    x = onnx_node(d, "ReduceMean", "%s", x);
    onnx_ints(d, "axes", 2, (int64_t[]){1, 2});
    onnx_int(d, "keepdims", 0);
    value w = onnx_random(d, 2, (int64_t[]){2 * width, CLASSES}, 0.3);
    const int64_t out = CLASSES;
    x = onnx_node(d, "Add", "%s %s", onnx_node(d, "MatMul", "%s %s", x, w), onnx_random(d, 1, &out, 0.1));
    x = onnx_node(d, "Softmax", "%s", x);
    onnx_finish(d, x);
    return d;
}

/* ---- MobileNetV3 ------------------------------------------------------------------------------------------------- */

static value hard_sigmoid(onnx_draft *d, value x)
{
    value y = onnx_node(d, "HardSigmoid", "%s", x);
    onnx_float(d, "alpha", 1.0F / 6);
    return y;
}

static value hard_swish(onnx_draft *d, int opset, value x)
{
    return opset >= 14 ? onnx_node(d, "HardSwish", "%s", x) : onnx_node(d, "Mul", "%s %s", x, hard_sigmoid(d, x));
}

static value excite(onnx_draft *d, value x, int64_t channels)
{
    value y = onnx_node(d, "GlobalAveragePool", "%s", x);
    y = onnx_node(d, "Relu", "%s", conv(d, y, channels, channels / 2, 1, 1, 1, true));
    return onnx_node(d, "Mul", "%s %s", hard_sigmoid(d, conv(d, y, channels / 2, channels, 1, 1, 1, true)), x);
}

onnx_draft *draft_mobilenet_v3(int opset, int64_t width)
{
    onnx_draft *d = onnx_new(opset, 4, (int64_t[]){0, 3, SIDE, SIDE});
    value x = hard_swish(d, opset, conv_norm(d, "image", 3, width, 3, 2, 1));
    int64_t in = width;
    for (int64_t i = 0; i < 4; i++) {
        const int64_t out = 2 * in;
        value y = hard_swish(d, opset, conv_norm(d, x, in, 3 * in, 1, 1, 1));
        y = hard_swish(d, opset, conv_norm(d, y, 3 * in, 3 * in, 5, 2, 3 * in));
        x = conv_norm(d, excite(d, y, 3 * in), 3 * in, out, 1, 1, 1);
        in = out;
    }
    x = onnx_node(d, "Mul", "%s %s", x, onnx_node(d, "Sigmoid", "%s", x)); /* silu */
    head(d, onnx_node(d, "Dropout", "%s", x), in);
    return d;
}
