#include "src/simulate/layer.h"

#include <stdio.h>
#include <string.h>

#include "src/accuracy/trace.h"

/* A stream on its way to the sink. */
typedef struct {
    const ng_datapath *path;
    const ng_trace *trace;
    uint64_t left; /* vectors still wanted */
    ng_vector_sink *sink;
    void *context;
} layer_stream;

/* Where a sum starts anew: products that share no scale cannot share an accumulator. */
static bool starts(const ng_datapath *path, size_t column)
{
    const unsigned block = path->weight->block;
    return path->unit->kind != NG_UNIT_MAC || (block != 0 ? column % block == 0 : column == 0);
}

static void stream_dot_product(layer_stream *stream, size_t row, size_t channel)
{
    const ng_trace *trace = stream->trace;
    const unsigned lanes = stream->path->lanes;
    for (size_t column = 0; column < trace->weights.columns && stream->left > 0; column += lanes) {
        uint64_t weights[NG_OPERAND_LIMBS] = {0};
        uint64_t activations[NG_OPERAND_LIMBS] = {0};
        ng_trace_word(&trace->weights, channel, column, lanes, weights);
        ng_trace_word(&trace->activations, row, column, lanes, activations);
        stream->sink(stream->context, starts(stream->path, column), weights, activations);
        stream->left--;
    }
}

static void stream_layer(layer_stream *stream)
{
    for (size_t row = 0; row < stream->trace->activations.rows && stream->left > 0; row++) {
        for (size_t channel = 0; channel < stream->trace->weights.rows && stream->left > 0; channel++) {
            if (ng_trace_pairs(stream->trace, row, channel)) {
                stream_dot_product(stream, row, channel);
            }
        }
    }
}

static bool check_room(const ng_simulate_request *request, const ng_trace *trace, ng_error *error)
{
    const ng_datapath *path = request->path;
    const bool scalar_mac = path->unit->kind == NG_UNIT_MAC && path->weight->block == 0;
    return !scalar_mac || trace->reduction <= path->terms ||
           ng_fail(error, NG_EXIT_USAGE, "layer %u adds %zu products, the unit has room for %u", request->layer,
                   trace->reduction, path->terms);
}

/* "resnet8 layer 1: NAME" from "networks/resnet8.onnx". */
static void name_source(const ng_simulate_request *request, const ng_trace *trace, char source[NG_SOURCE_TEXT_SIZE])
{
    const char *slash = strrchr(request->network, '/');
    const char *name = slash != NULL ? slash + 1 : request->network;
    const char *dot = strrchr(name, '.');
    const int length = dot != NULL ? (int)(dot - name) : (int)strlen(name);
    (void)snprintf(source, NG_SOURCE_TEXT_SIZE, "%.*s layer %u: %s", length < 64 ? length : 64, name, request->layer,
                   trace->name);
}

bool ng_layer_vectors(const ng_simulate_request *request, ng_vector_sink *sink, void *context,
                      char source[NG_SOURCE_TEXT_SIZE], ng_error *error)
{
    const ng_accuracy_request wanted = {
        .network = request->network,
        .data = request->data,
        .dataset = request->dataset,
        .weight = request->path->weight,
        .activation = request->path->activation,
        .images = NG_LAYER_IMAGES,
        .seed = (unsigned)request->seed,
    };
    ng_trace trace;
    if (request->path->unit->kind == NG_UNIT_CONVERT) {
        return ng_fail(error, NG_EXIT_USAGE, "a convert unit has no operands in a network");
    }
    if (!ng_trace_layer(&wanted, request->layer, &trace, error)) {
        return false;
    }
    const bool fits = check_room(request, &trace, error);
    if (fits) {
        layer_stream stream = {request->path, &trace, request->vectors, sink, context};
        stream_layer(&stream);
        name_source(request, &trace, source);
    }
    ng_trace_free(&trace);
    return fits;
}
