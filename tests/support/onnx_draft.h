/* onnx_draft.h: ONNX files made by tests, a node at a time. Names of values are made up and handed on:
 *
 *   onnx_draft *d = onnx_new(13, 4, (int64_t[]){0, 3, 8, 8});          an input "image" of 3 channels, batch free
 *   const char *w = onnx_random(d, 4, (int64_t[]){4, 3, 3, 3}, 0.5);
 *   const char *y = onnx_node(d, "Conv", "image %s", w);
 *   onnx_ints(d, "pads", 4, (int64_t[]){1, 1, 1, 1});                 an attribute of the last node
 *   onnx_finish(d, y);
 *
 * Every function aborts the test (Check) without memory.
 */
#ifndef SUPPORT_ONNX_DRAFT_H
#define SUPPORT_ONNX_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "onnx.pb-c.h"

typedef struct onnx_draft onnx_draft;

/* A dimension of 0 is symbolic. */
onnx_draft *onnx_new(int opset, unsigned rank, const int64_t *size);
void onnx_free(onnx_draft *draft);

/* Constants as initializers; the name is returned. onnx_random: numbers of random sign, uniform up to `spread`. */
const char *onnx_floats(onnx_draft *draft, unsigned rank, const int64_t *size, const float *numbers);
const char *onnx_random(onnx_draft *draft, unsigned rank, const int64_t *size, double spread);
const char *onnx_integers(onnx_draft *draft, unsigned rank, const int64_t *size, const int64_t *numbers);
const char *onnx_list(onnx_draft *draft, size_t count, const int64_t *numbers);
const char *onnx_number(onnx_draft *draft, float number);

/* A node with those inputs, names with blanks between them, "-" for one that is left out; the name of its output. */
__attribute__((format(printf, 3, 4))) const char *onnx_node(onnx_draft *draft, const char *operator_name,
                                                            const char *inputs, ...);

/* Output number `part` of the last node, added as far as needed. */
const char *onnx_output(onnx_draft *draft, unsigned part);

/* Attributes of the last node. */
void onnx_ints(onnx_draft *draft, const char *name, size_t count, const int64_t *numbers);
void onnx_int(onnx_draft *draft, const char *name, int64_t number);
void onnx_float(onnx_draft *draft, const char *name, float number);
void onnx_text(onnx_draft *draft, const char *name, const char *text);
/* "value" of Constant and ConstantOfShape: floats or integers. */
void onnx_value_floats(onnx_draft *draft, unsigned rank, const int64_t *size, const float *numbers);
void onnx_value_integers(onnx_draft *draft, unsigned rank, const int64_t *size, const int64_t *numbers);

/* Declares the shape of a value, true or not; 0 is symbolic. */
void onnx_declare(onnx_draft *draft, const char *name, unsigned rank, const int64_t *size);

/* Names the output. The model can be written then, and read by ref_onnx.h. */
void onnx_finish(onnx_draft *draft, const char *output);
const Onnx__ModelProto *onnx_model(const onnx_draft *draft);

/* Writes the file, or any bytes; not synced, unlike ng_write_file(). */
void onnx_write(const onnx_draft *draft, const char *path);
void onnx_write_bytes(const char *path, const void *data, size_t size);

#endif
