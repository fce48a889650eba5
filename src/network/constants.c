#include "src/network/constants.h"

#include <stdlib.h>
#include <string.h>

enum { TYPE_FLOAT = 1, TYPE_INT64 = 7, LOCATION_EXTERNAL = 1, COUNT_MOST = 1 << 28 };

static bool read_shape(const Onnx__TensorProto *tensor, ng_shape *shape)
{
    size_t count = 1;
    if (tensor->n_dims > NG_RANK_MAX) {
        return false;
    }
    shape->rank = (unsigned)tensor->n_dims;
    for (size_t i = 0; i < tensor->n_dims; i++) {
        if (tensor->dims[i] < 1 || tensor->dims[i] > COUNT_MOST / (int64_t)count) {
            return false;
        }
        shape->size[i] = (size_t)tensor->dims[i];
        count *= shape->size[i];
    }
    return true;
}

static uint64_t little_endian(const uint8_t *data, unsigned bytes)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; i++) {
        value |= (uint64_t)data[i] << (8 * i);
    }
    return value;
}

static bool read_floats(const Onnx__TensorProto *tensor, size_t count, float *floats)
{
    if (tensor->n_float_data == count) {
        memcpy(floats, tensor->float_data, count * sizeof *floats);
        return true;
    }
    if (!tensor->has_raw_data || tensor->raw_data.len != count * sizeof *floats) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t bits = (uint32_t)little_endian(tensor->raw_data.data + 4 * i, 4);
        memcpy(&floats[i], &bits, sizeof bits);
    }
    return true;
}

static bool read_integers(const Onnx__TensorProto *tensor, size_t count, int64_t *integers)
{
    if (tensor->n_int64_data == count) {
        memcpy(integers, tensor->int64_data, count * sizeof *integers);
        return true;
    }
    if (!tensor->has_raw_data || tensor->raw_data.len != count * sizeof *integers) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        integers[i] = (int64_t)little_endian(tensor->raw_data.data + 8 * i, 8);
    }
    return true;
}

bool ng_constant(const Onnx__TensorProto *tensor, const char *path, const char *what, ng_value *value,
                 ng_error *error)
{
    ng_shape shape = {0};
    if (tensor->has_data_location && tensor->data_location == LOCATION_EXTERNAL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': its data is in another file", path, what);
    }
    if (!read_shape(tensor, &shape)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': bad shape", path, what);
    }
    const size_t count = ng_shape_count(&shape);
    const bool real = tensor->data_type == TYPE_FLOAT;
    if (!real && tensor->data_type != TYPE_INT64) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': data type %d is neither float (1) nor int64 (7)",
                       path, what, tensor->data_type);
    }
    /* No more memory than the file has numbers: the sizes are checked before the copy is made. */
    const size_t held = real ? tensor->n_float_data : tensor->n_int64_data;
    if (held != count && tensor->raw_data.len != count * (real ? sizeof(float) : sizeof(int64_t))) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': %zu numbers expected, the data has another size", path,
                       what, count);
    }
    value->shape = shape;
    value->floats = real ? malloc(count * sizeof(float)) : NULL;
    value->integers = real ? NULL : malloc(count * sizeof(int64_t));
    if (value->floats == NULL && value->integers == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: constant '%s': no memory", path, what);
    }
    const bool fine = real ? read_floats(tensor, count, value->floats) : read_integers(tensor, count, value->integers);
    return fine || ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': no data", path, what);
}
