#include "src/infer/layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* ONNX keeps convolution weights as [out][in][row][column]. */
static void copy_conv(ng_layer *layer, const float *from)
{
    const size_t inputs = layer->window.channels;
    const size_t taps = layer->window.kernel[0] * layer->window.kernel[1];
    for (size_t channel = 0; channel < layer->channels; channel++) {
        for (size_t in = 0; in < inputs; in++) {
            for (size_t tap = 0; tap < taps; tap++) {
                layer->weights[(channel * taps + tap) * inputs + in] = from[(channel * inputs + in) * taps + tap];
            }
        }
    }
}

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

bool ng_layer_init(ng_layer *layer, const ng_network *network, const ng_node *node, ng_error *error)
{
    const ng_shape *in = &network->values[node->input[0]].shape;
    const ng_shape *out = &network->values[node->output].shape;
    const bool conv = node->operation == NG_OP_Conv;
    *layer = (ng_layer){.node = node};
    if (conv) {
        describe_conv(layer, in, out);
    } else {
        describe_matrix(layer, in, out);
    }
    const ng_window *w = &layer->window;
    layer->positions = w->output[0] * w->output[1];
    layer->reduction = w->kernel[0] * w->kernel[1] * w->channels;
    layer->direct = w->kernel[0] * w->kernel[1] * w->stride[0] * w->stride[1] == 1 && w->output[0] == w->height &&
                    w->output[1] == w->width;
    layer->weights = malloc(layer->channels * layer->reduction * sizeof(float));
    layer->bias = calloc(layer->channels, sizeof(float));
    if (layer->weights == NULL || layer->bias == NULL) {
        ng_layer_free(layer);
        return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", node->label);
    }
    const float *weights = network->values[node->input[1]].floats;
    if (conv) {
        copy_conv(layer, weights);
    } else {
        copy_matrix(layer, weights, node->parameters.transpose_weights);
    }
    if (node->inputs == 3) {
        memcpy(layer->bias, network->values[node->input[2]].floats, layer->channels * sizeof(float));
    }
    if (!all_finite(layer->weights, layer->channels * layer->reduction) || !all_finite(layer->bias, layer->channels)) {
        ng_layer_free(layer);
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': a weight is NaN or infinite", node->label);
    }
    return true;
}

void ng_layer_free(ng_layer *layer)
{
    free(layer->weights);
    free(layer->bias);
    *layer = (ng_layer){0};
}
