/* onnx_check.h: the fp32 engine against ref_onnx.h. */
#ifndef SUPPORT_ONNX_CHECK_H
#define SUPPORT_ONNX_CHECK_H

#include "src/infer/engine.h"
#include "tests/support/onnx_draft.h"

enum { ONNX_PATH_SIZE = 64 };

/* Writes the draft to a new scratch file, whose path is filled in. */
void onnx_scratch(const onnx_draft *draft, char path[ONNX_PATH_SIZE]);

/* Loads, plans and runs the file in fp32 on `images` random images at a time, and compares every number of the output with the
 * oracle's for that very batch: the difference must stay below `tolerance` times the largest number. The test fails
 * otherwise, naming `what`. */
void onnx_check_file(const char *path, const Onnx__ModelProto *model, size_t images, double tolerance, const char *what);

/* The same for a draft, by way of a scratch file. */
void onnx_check(const onnx_draft *draft, size_t images, double tolerance, const char *what);

/* The draft must be refused with exit code 2 and a message that names the file and has `text` in it. */
void onnx_check_refused(const onnx_draft *draft, const char *text);

#endif
