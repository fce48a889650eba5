#include "src/infer/layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/vectorise.h"

enum { TERMS_MOST = 1 << 20 }; /* of one sum; NG_TERMS_MAX of model/unit.h */

static void describe_conv(ng_layer *layer, const ng_shape *in, const ng_shape *out)
{
    const ng_parameters *p = &layer->node->parameters;
    layer->window = (ng_window){
        .height = in->size[2],
        .width = in->size[3],
        .channels = in->size[1],
        .kernel = {p->kernel[0], p->kernel[1]},
        .stride = {p->stride[0], p->stride[1]},
        .dilation = {p->dilation[0], p->dilation[1]},
        .before = {p->pad[0], p->pad[1]},
        .output = {out->size[2], out->size[3]},
    };
    layer->channels = out->size[1];
}

static void describe_matrix(ng_layer *layer, const ng_shape *in, const ng_shape *out)
{
    const size_t inputs = in->size[in->rank - 1];
    const size_t rows = ng_shape_count(in) / inputs;
    layer->window = (ng_window){
        .height = 1,
        .width = rows,
        .channels = inputs,
        .kernel = {1, 1},
        .stride = {1, 1},
        .dilation = {1, 1},
        .output = {1, rows},
    };
    layer->channels = out->size[out->rank - 1];
}

size_t ng_layer_groups(const ng_layer *layer)
{
    return layer->groups > 1 ? layer->groups : 1;
}

size_t ng_layer_group_channels(const ng_layer *layer)
{
    return layer->channels / ng_layer_groups(layer);
}

void ng_layer_rows(const ng_layer *layer, size_t group, const void *images, size_t element, size_t first, size_t rows,
                   size_t step, void *out)
{
    const size_t count = layer->window.channels / ng_layer_groups(layer);
    if (layer->groups > 1) {
        ng_window_slice(&layer->window, group * count, count, images, element, first, rows, step, out);
    } else {
        ng_window_rows(&layer->window, images, element, first, rows, step, out);
    }
}

/* ONNX keeps convolution weights as [out][in][row][column]. */
static void copy_conv(ng_layer *layer, const float *from)
{
    const size_t inputs = layer->window.channels / ng_layer_groups(layer);
    const size_t taps = layer->window.kernel[0] * layer->window.kernel[1];
    for (size_t channel = 0; channel < layer->channels; channel++) {
        for (size_t in = 0; in < inputs; in++) {
            for (size_t tap = 0; tap < taps; tap++) {
                layer->weights[(channel * taps + tap) * inputs + in] = from[(channel * inputs + in) * taps + tap];
            }
        }
    }
}

/* ONNX keeps them as [in][out], or transposed. */
static void copy_matrix(ng_layer *layer, const float *from, bool transposed)
{
    for (size_t channel = 0; channel < layer->channels; channel++) {
        for (size_t k = 0; k < layer->reduction; k++) {
            layer->weights[channel * layer->reduction + k] =
                from[transposed ? channel * layer->reduction + k : k * layer->channels + channel];
        }
    }
}

static bool all_finite(const float *x, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(x[i])) {
            return false;
        }
    }
    return true;
}

/* True if the network holds the weights in the order in which the layer wants them. */
static bool keeps_order(const ng_layer *layer)
{
    const ng_window *w = &layer->window;
    const bool conv = layer->node->operation == NG_OP_Conv;
    return conv ? w->kernel[0] * w->kernel[1] == 1 || w->channels == ng_layer_groups(layer)
                : layer->node->parameters.transpose_weights;
}

static bool read_weights(ng_layer *layer, ng_value *value, bool take)
{
    if (take && keeps_order(layer)) {
        layer->weights = value->floats;
        value->floats = NULL;
        return true;
    }
    layer->weights = malloc(layer->channels * layer->reduction * sizeof(float));
    if (layer->weights == NULL) {
        return false;
    }
    if (layer->node->operation == NG_OP_Conv) {
        copy_conv(layer, value->floats);
    } else {
        copy_matrix(layer, value->floats, layer->node->parameters.transpose_weights);
    }
    if (take) {
        free(value->floats);
        value->floats = NULL;
    }
    return true;
}

/* One number a channel, or one for all. */
static bool read_bias(ng_layer *layer, const ng_network *network)
{
    const ng_node *node = layer->node;
    const ng_value *value = node->inputs == 3 ? &network->values[node->input[2]] : NULL;
    layer->bias = calloc(layer->channels, sizeof(float));
    if (layer->bias == NULL || value == NULL) {
        return layer->bias != NULL;
    }
    const bool one = ng_shape_count(&value->shape) == 1;
    for (size_t i = 0; i < layer->channels; i++) {
        layer->bias[i] = value->floats[one ? 0 : i];
    }
    return true;
}

static void multiply(float *x, size_t count, float factor)
{
    for (size_t i = 0; i < count && (factor < 1 || factor > 1); i++) {
        x[i] *= factor;
    }
}

bool ng_layer_init(ng_layer *layer, ng_network *network, const ng_node *node, bool take, ng_error *error)
{
    const ng_shape *in = &network->values[node->input[0]].shape;
    const ng_shape *out = &network->values[node->output].shape;
    *layer = (ng_layer){.node = node, .groups = node->parameters.groups};
    if (node->operation == NG_OP_Conv) {
        describe_conv(layer, in, out);
    } else {
        describe_matrix(layer, in, out);
    }
    const ng_window *w = &layer->window;
    layer->positions = w->output[0] * w->output[1];
    layer->reduction = w->kernel[0] * w->kernel[1] * (w->channels / ng_layer_groups(layer));
    layer->direct = w->kernel[0] * w->kernel[1] * w->stride[0] * w->stride[1] == 1 && w->output[0] == w->height &&
                    w->output[1] == w->width;
    if (layer->reduction > TERMS_MOST) {
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': %zu terms, more than %d", node->label, layer->reduction, TERMS_MOST);
    }
    if (!read_weights(layer, &network->values[node->input[1]], take) || !read_bias(layer, network)) {
        ng_layer_free(layer);
        return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", node->label);
    }
    if (node->operation == NG_OP_Gemm) {
        multiply(layer->weights, layer->channels * layer->reduction, node->parameters.number[0]);
        multiply(layer->bias, layer->channels, node->parameters.number[1]);
    }
    if (!all_finite(layer->weights, layer->channels * layer->reduction) || !all_finite(layer->bias, layer->channels)) {
        const char *label = node->label;
        ng_layer_free(layer);
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': a weight is NaN or infinite", label);
    }
    return true;
}

void ng_layer_free(ng_layer *layer)
{
    free(layer->weights);
    free(layer->bias);
    free(layer->factor);
    free(layer->order);
    free(layer->rotation);
    *layer = (ng_layer){0};
}

/* ---- inputs that are changed ------------------------------------------------------------------------------------- */

/* The input channel that weight k of an output channel meets. */
static size_t input_of(const ng_layer *layer, size_t channel, size_t k)
{
    const size_t inputs = layer->window.channels / ng_layer_groups(layer);
    return channel / ng_layer_group_channels(layer) * inputs + k % inputs;
}

bool ng_layer_scale_input(ng_layer *layer, const float *factor)
{
    const size_t inputs = layer->window.channels;
    if (layer->factor == NULL) {
        layer->factor = malloc(inputs * sizeof *layer->factor);
        for (size_t i = 0; layer->factor != NULL && i < inputs; i++) {
            layer->factor[i] = 1;
        }
    }
    if (layer->factor == NULL) {
        return false;
    }
    for (size_t i = 0; i < inputs; i++) {
        layer->factor[i] *= factor[i];
    }
    for (size_t i = 0; i < layer->channels * layer->reduction; i++) {
        layer->weights[i] /= factor[input_of(layer, i / layer->reduction, i % layer->reduction)];
    }
    return true;
}

bool ng_layer_changes_input(const ng_layer *layer)
{
    return layer->factor != NULL || layer->order != NULL || layer->rotation != NULL;
}

NG_VECTORISED static void rotate(const ng_layer *layer, const float *x, float *out)
{
    for (size_t k = 0; k < layer->turn; k++) {
        const float *row = layer->rotation + k * layer->turn;
        const float factor = x[k];
        for (size_t i = 0; i < layer->turn; i++) {
            out[i] += row[i] * factor;
        }
    }
}

void ng_layer_change_input(const ng_layer *layer, const float *input, size_t pixels, float *out)
{
    const size_t channels = layer->window.channels;
    for (size_t pixel = 0; pixel < pixels; pixel++, input += channels, out += channels) {
        for (size_t i = 0; i < channels; i++) {
            const size_t from = layer->order != NULL ? layer->order[i] : i;
            out[i] = layer->factor != NULL ? input[from] * layer->factor[from] : input[from];
        }
        for (size_t i = 0; layer->rotation != NULL && i < channels; i += layer->turn) {
            float turned[NG_TURN_MOST] = {0};
            rotate(layer, out + i, turned);
            memcpy(out + i, turned, layer->turn * sizeof *turned);
        }
    }
}
