/* task.h: what methods that work on one layer share: scales by the task's granularity and kind, operand rows, Gram matrices. */
#ifndef NG_TASK_H
#define NG_TASK_H

#include "src/quantize/method.h"

enum { NG_DYADIC_BITS = 15 };

/* Scale of x[count] in the format of a grid, by least squared error among the scales of a kind; weight[count] may be NULL. POW2:
 * 2^j; DYADIC: ng_scale_dyadic() of the free one; M1: ng_scale_raised() of it; M2: it. */
float ng_scale_of_kind(const ng_grid *grid, ng_scale_kind kind, const float *x, const float *weight, size_t count);

/* The dyadic number nearest to scale: m / 2^e, m a 15-bit integer, 2^14 <= m < 2^15, as fp32 holds it exactly. */
float ng_scale_dyadic(float scale);

/* Allocates *weights for one plane and fills in the scales by the task's granularity and kind (M2: by ng_scales_share() of
 * them all); values stay 0. Scalar formats.
 * Errors: exit 3. */
bool ng_task_scales(const ng_layer_task *task, ng_weights *weights, ng_error *error);

/* The value nearest to w at a scale, and its number: value * 2^lsb * scale. */
double ng_task_value(const ng_layer_task *task, float scale, double w);
double ng_task_number(const ng_layer_task *task, float scale, double value);

/* M1 of ZeroQuant-FP: 2^ceil(log2(scale)). Range: scale > 0. */
float ng_scale_raised(float scale);

/* M2: replaces scales[i] by S / 2^ceil(log2(S / scales[i])), S the largest of them. Range: scales > 0. */
void ng_scales_share(float *scales, size_t count);

/* Sets every value of plane 0 to the nearest for the scales that stand there. */
void ng_task_nearest(const ng_layer_task *task, ng_weights *weights);

/* Operand rows to work with: min(most, task->samples, what fits 128 MiB), allocated. Errors: as the reader, exit 3. Free with
 * free(). */
bool ng_task_rows(const ng_layer_task *task, ng_prefix prefix, size_t group, size_t most, float **rows, size_t *count,
                  ng_error *error);

/* Replaces rows[count][reduction] by what the layer makes of them: value * 2^lsb * s_a, or the values of blocks. False for
 * numbers that are not finite or a block out of range. */
bool ng_task_quantise_rows(const ng_layer_task *task, float *rows, size_t count);

/* The same where the blocks lie along order[reduction] (weights.h); NULL: as the terms stand. */
bool ng_task_quantise_sorted_rows(const ng_layer_task *task, const uint32_t *order, float *rows, size_t count);

/* gram[reduction][reduction] = sum over rows of x[i] * x[j], in double, in the order of the rows. */
void ng_gram(const float *rows, size_t count, size_t reduction, double *gram);

/* What the layer multiplies its quantised input by, out[channels][reduction]: ng_weights_numbers(), for block formats as the blocks are
 * rounded, and with left * right of a low-rank term. Errors: exit 1 for a block out of range, exit 3. */
bool ng_task_numbers(const ng_layer_task *task, const ng_weights *weights, float *out, ng_error *error);

/* What the weights make of rows of a group, without bias: out[count][channels / groups], in double. numbers[channels][reduction]
 * as from ng_task_numbers(). */
void ng_task_outputs(const ng_layer_task *task, const float *numbers, size_t group, const float *rows, size_t count, double *out);

#endif
