/* codec.h: what methods share that store weights in another form than codes of the weight format. */
#ifndef NG_CODEC_H
#define NG_CODEC_H

#include "src/quantize/method.h"

enum { NG_CODEC_SCALE_BITS = 32 };

/* True if the values of all options are whole numbers, as counts and switches are; else exit 2. */
bool ng_codec_whole(const ng_method_choice *choice, ng_error *error);

/* True if the task is one of scalar formats with free scales of output channels, the only ones that method `name` fits; else
 * exit 2. */
bool ng_codec_fits(const ng_layer_task *task, const char *name, ng_error *error);

/* Exit 3, for the weights of the task's layer. */
bool ng_codec_no_memory(const ng_layer_task *task, ng_error *error);

/* importance[groups][reduction]: the mean square of each input over the operand rows of the fp32 network, the diagonal of the
 * Hessian of the layer's squared error; allocated, free with free(). Where an input is 0 in all rows it is 1e-6 of the largest,
 * so that every weight keeps a say. Errors: as the reader's, exit 3. */
bool ng_codec_importance(const ng_layer_task *task, float **importance, ng_error *error);

/* Weights that are fp32 numbers, multiplied in fp32, and take `bits` of storage: a copy of numbers[channels][reduction]. */
bool ng_codec_plain(const ng_layer_task *task, const float *numbers, unsigned long long bits, ng_weights *weights,
                    ng_error *error);

#endif
