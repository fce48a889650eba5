#include "src/network/constants.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOCATION_EXTERNAL = 1, COUNT_MOST = 1 << 28 };

bool ng_type_is_float(int type)
{
    return type == NG_TYPE_FLOAT || type == NG_TYPE_HALF || type == NG_TYPE_DOUBLE;
}

/* Bytes of a number in raw data, 0 for a type that is not read. */
static size_t raw_size(int type)
{
    switch (type) {
    case NG_TYPE_FLOAT:
    case NG_TYPE_INT32: return 4;
    case NG_TYPE_INT64:
    case NG_TYPE_DOUBLE: return 8;
    case NG_TYPE_BOOL: return 1;
    case NG_TYPE_HALF: return 2;
    default: return 0;
    }
}

static bool read_shape(const Onnx__TensorProto *tensor, ng_shape *shape)
{
    size_t count = 1;
    if (tensor->n_dims > NG_RANK_MOST) {
        return false;
    }
    shape->rank = (unsigned)tensor->n_dims;
    for (size_t i = 0; i < tensor->n_dims; i++) {
        const int64_t size = tensor->dims[i];
        if (size < 0 || size > COUNT_MOST || (size > 0 && count > (size_t)COUNT_MOST / (size_t)size)) {
            return false;
        }
        shape->size[i] = (size_t)size;
        count *= shape->size[i];
    }
    return true;
}

static uint64_t little_endian(const uint8_t *data, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value |= (uint64_t)data[i] << (8 * i);
    }
    return value;
}

/* IEEE binary16: every number is exact in fp32. */
static float half_value(uint32_t bits)
{
    const int exponent = (int)(bits >> 10 & 31);
    const float significand = (float)(bits & 1023);
    const float size = exponent == 31 ? ((bits & 1023) != 0 ? NAN : INFINITY)
                       : exponent == 0 ? ldexpf(significand, -24)
                                       : ldexpf(significand + 1024, exponent - 25);
    return bits >> 15 & 1 ? -size : size;
}

static float float_from_raw(int type, const uint8_t *data)
{
    const uint64_t bits = little_endian(data, raw_size(type));
    const uint32_t low = (uint32_t)bits;
    float single;
    double wide;
    if (type == NG_TYPE_HALF) {
        return half_value(low);
    }
    memcpy(&single, &low, sizeof single);
    memcpy(&wide, &bits, sizeof wide);
    return type == NG_TYPE_FLOAT ? single : (float)wide;
}

static int64_t integer_from_raw(int type, const uint8_t *data)
{
    const uint64_t bits = little_endian(data, raw_size(type));
    return type == NG_TYPE_INT32 ? (int64_t)(int32_t)(uint32_t)bits : (int64_t)bits;
}

/* Numbers in the list of the tensor's type; SIZE_MAX if they stand in its raw data. */
static size_t listed(const Onnx__TensorProto *tensor)
{
    if (tensor->has_raw_data) {
        return SIZE_MAX;
    }
    switch (tensor->data_type) {
    case NG_TYPE_FLOAT: return tensor->n_float_data;
    case NG_TYPE_DOUBLE: return tensor->n_double_data;
    case NG_TYPE_INT64: return tensor->n_int64_data;
    default: return tensor->n_int32_data;
    }
}

static void from_list(const Onnx__TensorProto *tensor, size_t count, ng_value *value)
{
    for (size_t i = 0; i < count; i++) {
        switch (tensor->data_type) {
        case NG_TYPE_FLOAT: value->floats[i] = tensor->float_data[i]; break;
        case NG_TYPE_DOUBLE: value->floats[i] = (float)tensor->double_data[i]; break;
        case NG_TYPE_HALF: value->floats[i] = half_value((uint32_t)tensor->int32_data[i]); break;
        case NG_TYPE_INT64: value->integers[i] = tensor->int64_data[i]; break;
        default: value->integers[i] = tensor->int32_data[i]; break;
        }
    }
}

static void from_raw(const Onnx__TensorProto *tensor, size_t count, ng_value *value)
{
    const size_t size = raw_size(tensor->data_type);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *place = tensor->raw_data.data + i * size;
        if (value->floats != NULL) {
            value->floats[i] = float_from_raw(tensor->data_type, place);
        } else {
            value->integers[i] = integer_from_raw(tensor->data_type, place);
        }
    }
}

/* The decoder's own memory, its numbers brought into the byte order of this machine. */
static void take_raw(Onnx__TensorProto *tensor, size_t count, ng_value *value)
{
    uint8_t *data = tensor->raw_data.data;
    if (tensor->data_type == NG_TYPE_FLOAT) {
        value->floats = (float *)(void *)data;
    } else {
        value->integers = (int64_t *)(void *)data;
    }
    from_raw(tensor, count, value);
    tensor->raw_data = (ProtobufCBinaryData){0, NULL};
}

bool ng_constant_new(bool floats, const ng_shape *shape, const char *path, ng_value *value, ng_error *error)
{
    const size_t count = ng_shape_count(shape);
    value->shape = *shape;
    value->floats = floats ? malloc(count * sizeof(float) + 1) : NULL;
    value->integers = floats ? NULL : malloc(count * sizeof(int64_t) + 1);
    return value->floats != NULL || value->integers != NULL ||
           ng_fail(error, NG_EXIT_MISSING, "%s: constant '%s': no memory", path, value->label);
}

bool ng_constant(Onnx__TensorProto *tensor, const char *path, const char *what, ng_value *value, ng_error *error)
{
    const int type = tensor->data_type;
    ng_shape shape = {0};
    if (tensor->has_data_location && tensor->data_location == LOCATION_EXTERNAL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': its data is in another file", path, what);
    }
    if (!read_shape(tensor, &shape)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': bad shape", path, what);
    }
    if (raw_size(type) == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': data type %d is none of float (1), int32 (6), int64 (7), "
                                             "bool (9), half (10) and double (11)", path, what, type);
    }
    /* No more memory than the file has numbers: the sizes are checked before a copy is made. */
    const size_t count = ng_shape_count(&shape);
    const size_t held = listed(tensor);
    if (held == SIZE_MAX ? tensor->raw_data.len != count * raw_size(type) : held != count) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: constant '%s': %zu numbers expected, the data has another size", path,
                       what, count);
    }
    value->shape = shape;
    if (held == SIZE_MAX && count != 0 && (type == NG_TYPE_FLOAT || type == NG_TYPE_INT64)) {
        take_raw(tensor, count, value);
        return true;
    }
    if (!ng_constant_new(ng_type_is_float(type), &shape, path, value, error)) {
        return false;
    }
    if (held == SIZE_MAX) {
        from_raw(tensor, count, value);
    } else {
        from_list(tensor, count, value);
    }
    return true;
}
