/* topologies.h: the networks of ImageNet, 224 x 224, as PyTorch, timm and TensorFlow export them, of any width and with random
 * weights. */
#ifndef SUPPORT_TOPOLOGIES_H
#define SUPPORT_TOPOLOGIES_H

#include "tests/support/onnx_draft.h"

enum { CLASSES = 1000 };

/* ResNet-18: `width` channels behind the stem (64 in the original); batch normalisations as nodes of their own. */
onnx_draft *draft_resnet18(int opset, int64_t width);

/* MobileNetV2: channels are `percent` % of the original, cut to multiples of 4; relu6 as Clip. Range: 25 or more. */
onnx_draft *draft_mobilenet_v2(int opset, int64_t percent);

/* ViT with patches of 16 x 16: `dim` numbers a token, heads, blocks; the class token expanded to the batch by a computed shape,
 * queries, keys and values from one matrix, their split a Split or, from operator set 13 on, a Gather each. */
onnx_draft *draft_vit(int opset, int64_t dim, int64_t heads, int64_t blocks);

/* A convolutional network as TensorFlow writes it: images [batch][224][224][3], a Transpose, "same" padding that is one more
 * at the end, batch normalisation, relu6 as Min and Max, a mean over the pixels, a dense layer of MatMul and Add. */
onnx_draft *draft_tensorflow(int opset, int64_t width);

/* The blocks of MobileNetV3 and their like: squeeze and excitation, hard swish (a node of its own from operator set 14 on). */
onnx_draft *draft_mobilenet_v3(int opset, int64_t width);

#endif
