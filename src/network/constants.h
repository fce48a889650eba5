/* constants.h: ONNX tensors as constant values. */
#ifndef NG_CONSTANTS_H
#define NG_CONSTANTS_H

#include "onnx.pb-c.h"
#include "src/network/network.h"

/* Copies shape and data of the tensor, float or int64, into *value. `what` names it in messages. Errors: exit 2. */
bool ng_constant(const Onnx__TensorProto *tensor, const char *path, const char *what, ng_value *value,
                 ng_error *error);

#endif
