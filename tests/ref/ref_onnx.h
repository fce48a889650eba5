/* ref_onnx.h: a second definition of ONNX operators, sets 9 to 17, straight from the decoded file and the operators'
 * specification: every shape found while running, numbers in double, an index computed for every element, nothing shared
 * with src/network or src/infer but the decoder that protoc-c makes. The oracle for both. */
#ifndef REF_ONNX_H
#define REF_ONNX_H

#include <stddef.h>

#include "onnx.pb-c.h"

enum { REF_RANK_MAX = 8 };

typedef struct {
    unsigned rank;
    size_t size[REF_RANK_MAX];
    double *numbers; /* integers too: those of shapes are small */
    int whole;       /* they are integers: quotients are cut */
} ref_tensor;

size_t ref_count(const ref_tensor *tensor);

/* The graph's output for an input of that shape (any batch). Range: a valid graph of the operators that operators.def lists;
 * aborts the test (Check) otherwise. Free the output's numbers. */
ref_tensor ref_onnx_run(const Onnx__ModelProto *model, const ref_tensor *input);

#endif
