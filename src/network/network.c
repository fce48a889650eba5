#include "src/network/network.h"

#include <stdlib.h>

#include "src/base/file.h"
#include "src/network/graph.h"
#include "src/network/wire.h"

enum { FILE_MOST = 1 << 30 };

/* Decoded messages are larger than their bytes in the file, empty ones many times. */
static const size_t memory_most = (size_t)3 << 30;

const char *ng_operator_name(ng_operator operation)
{
    static const char *const names[] = {
#define OPERATOR(name, least, most, outputs, kind) #name,
#include "src/network/operators.def"
#undef OPERATOR
    };
    return operation < NG_OPERATOR_COUNT ? names[operation] : "unknown";
}

ng_operator_kind ng_operator_kind_of(ng_operator operation)
{
    static const ng_operator_kind kinds[] = {
#define OPERATOR(name, least, most, outputs, kind) NG_KIND_##kind,
#include "src/network/operators.def"
#undef OPERATOR
    };
    return kinds[operation];
}

bool ng_node_is_weighted(const ng_network *network, const ng_node *node)
{
    return node->operation == NG_OP_Conv || node->operation == NG_OP_Gemm ||
           (node->operation == NG_OP_MatMul && !network->values[node->input[1]].batched);
}

void ng_network_free(ng_network *network)
{
    for (size_t i = 0; i < network->value_count; i++) {
        free(network->values[i].floats);
        free(network->values[i].integers);
    }
    free(network->values);
    free(network->nodes);
    free(network->links);
    *network = (ng_network){0};
}

/* ---- decoding within a budget of memory ------------------------------------------------------------------------ */

typedef struct {
    size_t left;
} budget;

static void *take(void *context, size_t size)
{
    budget *memory = context;
    if (size > memory->left) {
        return NULL;
    }
    memory->left -= size;
    return malloc(size);
}

static void release(void *context, void *pointer)
{
    (void)context;
    free(pointer);
}

/* The messages of a file, which is freed: they hold a copy of everything. NULL if it is malformed. */
static Onnx__ModelProto *decode(const char *path, ng_buffer *file, ProtobufCAllocator *allocator, ng_error *error)
{
    size_t offset;
    const char *reason;
    Onnx__ModelProto *model = NULL;
    if (!ng_wire_check(&onnx__model_proto__descriptor, file->data, file->size, &offset, &reason)) {
        (void)ng_fail(error, NG_EXIT_USAGE, "%s: not an ONNX file: byte %zu: %s", path, offset, reason);
    } else {
        model = onnx__model_proto__unpack(allocator, file->size, file->data);
        if (model == NULL) {
            (void)ng_fail(error, NG_EXIT_USAGE, "%s: not an ONNX file: the decoder refuses its %zu bytes", path, file->size);
        }
    }
    ng_buffer_free(file);
    return model;
}

bool ng_network_load(const char *path, ng_network *network, ng_error *error)
{
    ng_buffer file;
    budget memory = {memory_most};
    ProtobufCAllocator allocator = {take, release, &memory};
    *network = (ng_network){.input = NG_NO_VALUE, .output = NG_NO_VALUE};
    if (!ng_read_file(path, FILE_MOST, &file, error)) {
        return false;
    }
    Onnx__ModelProto *model = decode(path, &file, &allocator, error);
    if (model == NULL) {
        return false;
    }
    const bool fine = ng_graph_read(path, model, network, error);
    onnx__model_proto__free_unpacked(model, &allocator);
    if (!fine) {
        ng_network_free(network);
    }
    return fine;
}
