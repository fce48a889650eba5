/* codec_task.h: a layer for the methods that store weights in another form: random weights, and operand rows drawn by index. */
#ifndef SUPPORT_CODEC_TASK_H
#define SUPPORT_CODEC_TASK_H

#include "src/quantize/method.h"

enum { CODEC_SAMPLES = 64 };

typedef struct {
    ng_layer_task task;
    float *weights;
    float *bias;
} codec_task;

/* A layer of random weights in formats by name; channels a multiple of groups. Free with codec_task_free(). */
void codec_task_init(codec_task *made, uint64_t seed, const char *weight, const char *activation, size_t channels,
                     size_t reduction, size_t groups);
void codec_task_free(codec_task *made);

/* Number k of operand row `row` of a group: what the task's reader gives for either prefix. */
float codec_task_input(const codec_task *made, size_t group, size_t row, size_t k);

/* Runs method `text`, such as "codebook:bits=3"; fails the test if it is not one method. */
bool codec_task_run(const codec_task *made, const char *text, ng_weights *weights, ng_error *error);

/* sum (w - number)^2 over the layer, numbers as ng_weights_numbers() gives them. */
double codec_task_error(const codec_task *made, const ng_weights *weights);

#endif
