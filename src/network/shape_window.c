/* shape_window.c: operators that slide a window over a feature map: convolution and pools. */
#include "src/network/rules.h"

/* "auto_pad": the padding that makes the output as large as the input divided by the stride, rounded up; the odd one is
 * at the end (UPPER) or the start (LOWER). */
static void pad_same(ng_parameters *p, const size_t *size, bool lower)
{
    for (unsigned i = 0; i < 2; i++) {
        const size_t out = (size[i] + p->stride[i] - 1) / p->stride[i];
        const size_t span = p->dilation[i] * (p->kernel[i] - 1) + 1;
        const size_t needed = (out - 1) * p->stride[i] + span;
        const size_t total = needed > size[i] ? needed - size[i] : 0;
        p->pad[i] = lower ? total - total / 2 : total / 2;
        p->pad[i + 2] = total - p->pad[i];
    }
}

/* Reads what all windows have; kernel is set before where the weights say it. */
static bool read_window(const ng_site *site, const ng_shape *in)
{
    ng_parameters *p = &site->node->parameters;
    if (!ng_attribute_sizes(site, "strides", 2, 1, 1, p->stride) ||
        !ng_attribute_sizes(site, "dilations", 2, 1, 1, p->dilation) ||
        !ng_attribute_sizes(site, "pads", 4, 0, 0, p->pad)) {
        return false;
    }
    if (ng_attribute_is(site, "auto_pad", "NOTSET", "NOTSET")) {
        return true;
    }
    const bool upper = ng_attribute_is(site, "auto_pad", "SAME_UPPER", "NOTSET");
    const bool lower = ng_attribute_is(site, "auto_pad", "SAME_LOWER", "NOTSET");
    if (!upper && !lower && !ng_attribute_is(site, "auto_pad", "VALID", "NOTSET")) {
        return ng_site_fail(site, "auto_pad is none of NOTSET, VALID, SAME_UPPER and SAME_LOWER");
    }
    if (ng_attribute(site, "pads") != NULL) {
        return ng_site_fail(site, "both pads and auto_pad are given");
    }
    if (upper || lower) {
        pad_same(p, in->size + 2, lower);
    }
    return true;
}

/* Positions of the window along an axis. Rounded up (ceil_mode), a last window must still start before the padding at
 * the end. */
static bool window_extent(const ng_site *site, size_t size, unsigned axis, bool up, size_t *extent)
{
    const ng_parameters *p = &site->node->parameters;
    const size_t span = p->dilation[axis] * (p->kernel[axis] - 1) + 1;
    const size_t padded = size + p->pad[axis] + p->pad[axis + 2];
    if (padded < span) {
        return ng_site_fail(site, "a kernel of %zu does not fit into %zu", span, padded);
    }
    const size_t over = (padded - span) % p->stride[axis];
    *extent = (padded - span) / p->stride[axis] + 1;
    if (up && over != 0 && *extent * p->stride[axis] < size + p->pad[axis]) {
        *extent += 1;
    }
    return true;
}

static bool window_shape(const ng_site *site, size_t channels, bool up, ng_shape *shape)
{
    const ng_shape *in = &ng_operand(site, 0)->shape;
    *shape = (ng_shape){4, {in->size[0], channels}};
    return window_extent(site, in->size[2], 0, up, &shape->size[2]) &&
           window_extent(site, in->size[3], 1, up, &shape->size[3]);
}

static bool read_groups(const ng_site *site, size_t channels, const ng_shape *weights)
{
    const int64_t groups = ng_attribute_int(site, "group", 1);
    if (groups < 1 || channels % (size_t)groups != 0 || weights->size[0] % (size_t)groups != 0 ||
        weights->size[1] != channels / (size_t)groups) {
        return ng_site_fail(site, "weights of %zu channels for %zu on %zu, group %lld", weights->size[1],
                            weights->size[0], channels, (long long)groups);
    }
    site->node->parameters.groups = (size_t)groups;
    return true;
}

bool ng_infer_Conv(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"auto_pad", "dilations", "group", "kernel_shape", "pads", "strides", NULL};
    ng_parameters *p = &site->node->parameters;
    if (!ng_attributes_only(site, known) || !ng_need_batched(site, 0, 4) || !ng_need_floats(site, 1, 4) ||
        !ng_attribute_sizes(site, "kernel_shape", 2, 1, 0, p->kernel)) {
        return false;
    }
    const ng_shape *in = &ng_operand(site, 0)->shape;
    const ng_shape *weights = &ng_operand(site, 1)->shape;
    for (unsigned i = 0; i < 2; i++) {
        p->kernel[i] = p->kernel[i] == 0 ? weights->size[i + 2] : p->kernel[i];
        if (p->kernel[i] != weights->size[i + 2]) {
            return ng_site_fail(site, "kernel_shape differs from the weights");
        }
    }
    if (ng_shape_count(weights) == 0 || in->size[0] != 1) {
        return ng_site_fail(site, "empty weights, or %zu feature maps an image", in->size[0]);
    }
    return read_groups(site, in->size[1], weights) && read_window(site, in) &&
           window_shape(site, weights->size[0], false, shape) && ng_need_numbers(site, 2, weights->size[0], false);
}

/* A pool's window lies at least in part on the image. */
static bool pool_shape(const ng_site *site, ng_shape *shape)
{
    ng_parameters *p = &site->node->parameters;
    if (!ng_need_batched(site, 0, 4)) {
        return false;
    }
    const ng_shape *in = &ng_operand(site, 0)->shape;
    if (in->size[0] != 1) {
        return ng_site_fail(site, "%zu feature maps an image", in->size[0]);
    }
    if (ng_attribute(site, "kernel_shape") == NULL || !ng_attribute_sizes(site, "kernel_shape", 2, 1, 1, p->kernel)) {
        return ng_attribute(site, "kernel_shape") == NULL ? ng_site_fail(site, "kernel_shape is missing") : false;
    }
    if (!read_window(site, in) || !window_shape(site, in->size[1], ng_attribute_int(site, "ceil_mode", 0) != 0, shape)) {
        return false;
    }
    for (unsigned i = 0; i < 4; i++) {
        const size_t span = p->dilation[i % 2] * (p->kernel[i % 2] - 1) + 1;
        if (p->pad[i] >= span) {
            return ng_site_fail(site, "padding of %zu for a kernel of %zu", p->pad[i], span);
        }
    }
    return true;
}

bool ng_infer_MaxPool(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"auto_pad", "ceil_mode", "dilations", "kernel_shape",
                                        "pads",     "strides",   "storage_order", NULL};
    if (!ng_attributes_only(site, known)) {
        return false;
    }
    if (site->proto->n_output > 1 && site->proto->output[1][0] != 0) {
        return ng_site_fail(site, "its second output, the indices, is not supported");
    }
    return pool_shape(site, shape);
}

bool ng_infer_AveragePool(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {"auto_pad", "ceil_mode", "count_include_pad", "kernel_shape",
                                        "pads",     "strides",   NULL};
    site->node->parameters.count_padding = ng_attribute_int(site, "count_include_pad", 0) != 0;
    return ng_attributes_only(site, known) && pool_shape(site, shape);
}

bool ng_infer_GlobalAveragePool(const ng_site *site, ng_shape *shape)
{
    static const char *const known[] = {NULL};
    if (!ng_attributes_only(site, known) || !ng_need_batched(site, 0, 4)) {
        return false;
    }
    const ng_shape *in = &ng_operand(site, 0)->shape;
    *shape = (ng_shape){4, {in->size[0], in->size[1], 1, 1}};
    return in->size[0] == 1 || ng_site_fail(site, "%zu feature maps an image", in->size[0]);
}
