/* toy_task.h: a layer for quantisation methods, given as arrays instead of a network. */
#ifndef SUPPORT_TOY_TASK_H
#define SUPPORT_TOY_TASK_H

#include "src/quantize/task.h"

typedef struct {
    ng_layer_task task;
    const float *rows[2]; /* [count][reduction], by ng_prefix; the same for every group */
    size_t count;
    float *zeros;         /* a bias of zeros */
} toy_task;

/* One group, one scale a channel, free scales, no bias. rows: operand rows of both prefixes, [count][reduction]. Fields may be changed
 * afterwards. The arrays must outlive the task. Free with toy_task_free(). */
void toy_task_make(toy_task *toy, const char *weight, const char *activation, float scale, const float *weights, size_t channels,
                   size_t reduction, const float *rows, size_t count);
void toy_task_free(toy_task *toy);

/* A recipe's only method but `nearest`, with its options. */
void toy_choice(const char *recipe, ng_method_choice *choice);

#endif
