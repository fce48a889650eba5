/* constants.h: ONNX tensors as constant values. */
#ifndef NG_CONSTANTS_H
#define NG_CONSTANTS_H

#include "onnx.pb-c.h"
#include "src/network/network.h"

/* Data types of ONNX that can be read. */
typedef enum {
    NG_TYPE_FLOAT = 1,
    NG_TYPE_INT32 = 6,
    NG_TYPE_INT64 = 7,
    NG_TYPE_BOOL = 9,
    NG_TYPE_HALF = 10,
    NG_TYPE_DOUBLE = 11
} ng_tensor_type;

/* True for float, half and double, which become fp32 (double rounded to nearest). */
bool ng_type_is_float(int type);

/* Moves shape and data of the tensor into *value; its raw data is taken out of it where the type allows, so that there is
 * one copy. int32 and bool become int64. `what` names it in messages. Errors: exit 2. */
bool ng_constant(Onnx__TensorProto *tensor, const char *path, const char *what, ng_value *value, ng_error *error);

/* An empty constant of a shape: floats or integers. Errors: exit 3 without memory. */
bool ng_constant_new(bool floats, const ng_shape *shape, const char *path, ng_value *value, ng_error *error);

#endif
