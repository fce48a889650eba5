#include "src/quantize/task.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/block.h"
#include "src/quantize/scale.h"

enum { ROWS_BYTES_MOST = 128 << 20 };

static bool no_memory(const ng_layer_task *task, ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the weights of node '%s'", task->name);
}

/* ---- scales ------------------------------------------------------------------------------------------------------ */

static float largest_magnitude(const float *x, size_t count)
{
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fabsf(x[i]) > largest ? fabsf(x[i]) : largest;
    }
    return largest;
}

float ng_scale_dyadic(float scale)
{
    int exponent;
    const double fraction = frexp((double)scale, &exponent);
    return (float)ldexp(rint(ldexp(fraction, NG_DYADIC_BITS)), exponent - NG_DYADIC_BITS);
}

/* ceil(log2(x)) of a number > 0. */
static int raised_exponent(double x)
{
    int exponent;
    return frexp(x, &exponent) > 0.5 ? exponent : exponent - 1;
}

float ng_scale_raised(float scale)
{
    return ldexpf(1, raised_exponent((double)scale));
}

void ng_scales_share(float *scales, size_t count)
{
    const float largest = largest_magnitude(scales, count);
    for (size_t i = 0; i < count; i++) {
        scales[i] = ldexpf(largest, -raised_exponent((double)largest / (double)scales[i]));
    }
}

float ng_scale_of_kind(const ng_grid *grid, ng_scale_kind kind, const float *x, const float *weight, size_t count)
{
    const float largest = largest_magnitude(x, count);
    switch (kind) {
    case NG_SCALES_FREE:
    case NG_SCALES_M2: break;
    case NG_SCALES_M1: return ng_scale_raised(ng_scale_search(grid, x, weight, count, largest));
    case NG_SCALES_POW2: return ng_scale_search_powers(grid, x, weight, count, largest);
    case NG_SCALES_DYADIC: return ng_scale_dyadic(ng_scale_search(grid, x, weight, count, largest));
    }
    return ng_scale_search(grid, x, weight, count, largest);
}

/* Terms of the reduction that share a scale. */
static size_t slice_of(const ng_layer_task *task)
{
    const bool grouped = task->granularity == NG_PER_GROUP && task->group_size != 0 && task->group_size < task->reduction;
    return grouped ? task->group_size : task->reduction;
}

static void fill_scales(const ng_layer_task *task, ng_weights *weights)
{
    const float one = task->granularity == NG_PER_TENSOR
                          ? ng_scale_of_kind(&task->grid, task->scales, task->weights, NULL, task->channels * task->reduction)
                          : 1;
    for (size_t channel = 0; channel < task->channels; channel++) {
        for (size_t k = 0; k < task->reduction; k += weights->slice) {
            const size_t left = task->reduction - k;
            const bool own = task->granularity == NG_PER_CHANNEL || task->granularity == NG_PER_GROUP;
            *ng_weights_scale(weights, 0, channel, k) =
                own ? ng_scale_of_kind(&task->grid, task->scales, task->weights + channel * task->reduction + k, NULL,
                                       left < weights->slice ? left : weights->slice)
                    : one;
        }
    }
}

bool ng_task_scales(const ng_layer_task *task, ng_weights *weights, ng_error *error)
{
    if (!ng_weights_allocate(weights, 1, task->channels, task->reduction, slice_of(task))) {
        return no_memory(task, error);
    }
    fill_scales(task, weights);
    if (task->scales == NG_SCALES_M2) {
        ng_scales_share(weights->scales, weights->slices * task->channels);
    }
    return true;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

double ng_task_value(const ng_layer_task *task, float scale, double w)
{
    const float x = (float)w;
    double value;
    (void)ng_grid_round(&task->grid, ng_grid_factor(&task->grid, scale), &x, 1, &value);
    return value;
}

double ng_task_number(const ng_layer_task *task, float scale, double value)
{
    return ldexp(value, ng_format_lsb(task->weight)) * (double)scale;
}

void ng_task_nearest(const ng_layer_task *task, ng_weights *weights)
{
    for (size_t channel = 0; channel < task->channels; channel++) {
        for (size_t k = 0; k < task->reduction; k += weights->slice) {
            const size_t at = channel * task->reduction + k;
            const size_t left = task->reduction - k;
            (void)ng_grid_round(&task->grid, ng_grid_factor(&task->grid, *ng_weights_scale(weights, 0, channel, k)),
                                task->weights + at, left < weights->slice ? left : weights->slice, weights->values + at);
        }
    }
}

/* ---- operand rows ------------------------------------------------------------------------------------------------ */

bool ng_task_rows(const ng_layer_task *task, ng_prefix prefix, size_t group, size_t most, float **rows, size_t *count,
                  ng_error *error)
{
    const size_t fitting = ROWS_BYTES_MOST / (task->reduction * sizeof **rows) + 1;
    *count = most < task->samples ? most : task->samples;
    *count = *count < fitting ? *count : fitting;
    *rows = malloc(*count * task->reduction * sizeof **rows + 1);
    if (*rows == NULL) {
        return no_memory(task, error);
    }
    if (!task->read_rows(task->context, prefix, group, *count, *rows, error)) {
        free(*rows);
        *rows = NULL;
        return false;
    }
    return true;
}

/* A row of the reduction as its blocks in a format make it, along the order of the weights. */
static bool quantise_blocks(const ng_layer_task *task, const ng_format *format, const uint32_t *order, float *row)
{
    const size_t block = format->block;
    for (size_t k = 0; k < task->reduction; k += block) {
        float values[NG_BLOCK_MAX] = {0};
        const size_t used = task->reduction - k < block ? task->reduction - k : block;
        for (size_t i = 0; i < used; i++) {
            values[i] = row[order != NULL ? order[k + i] : k + i];
        }
        if (!ng_block_round(format, task->rule, values, 1, block)) {
            return false;
        }
        for (size_t i = 0; i < used; i++) {
            row[order != NULL ? order[k + i] : k + i] = values[i];
        }
    }
    return true;
}

bool ng_task_quantise_rows(const ng_layer_task *task, float *rows, size_t count)
{
    return ng_task_quantise_sorted_rows(task, NULL, rows, count);
}

bool ng_task_quantise_sorted_rows(const ng_layer_task *task, const uint32_t *order, float *rows, size_t count)
{
    const float unit = (float)ldexp((double)task->scale, ng_format_lsb(task->activation));
    bool fine = true;
    if (task->activation->block == 0) {
        fine = ng_grid_round_float(&task->activation_grid, ng_grid_factor(&task->activation_grid, task->scale), rows,
                                   count * task->reduction, rows);
        for (size_t i = 0; i < count * task->reduction; i++) {
            rows[i] *= unit;
        }
        return fine;
    }
    for (size_t row = 0; fine && row < count; row++) {
        fine = quantise_blocks(task, task->activation, order, rows + row * task->reduction);
    }
    return fine;
}

static void add_low_rank(const ng_weights *weights, float *out)
{
    for (size_t i = 0; i < weights->channels * weights->reduction; i++) {
        double sum = (double)out[i];
        for (size_t r = 0; r < weights->rank; r++) {
            sum += (double)weights->left[i / weights->reduction * weights->rank + r] *
                   (double)weights->right[r * weights->reduction + i % weights->reduction];
        }
        out[i] = (float)sum;
    }
}

bool ng_task_numbers(const ng_layer_task *task, const ng_weights *weights, float *out, ng_error *error)
{
    ng_weights_numbers(weights, task->weight, out);
    for (size_t channel = 0; task->weight->block != 0 && !weights->plain && channel < task->channels; channel++) {
        if (!quantise_blocks(task, task->weight, weights->order, out + channel * task->reduction)) {
            return ng_fail(error, NG_EXIT_CHECK, "node '%s': a block of weights is out of range", task->name);
        }
    }
    add_low_rank(weights, out);
    return true;
}

void ng_gram(const float *rows, size_t count, size_t reduction, double *gram)
{
    memset(gram, 0, reduction * reduction * sizeof *gram);
    for (size_t row = 0; row < count; row++) {
        const float *x = rows + row * reduction;
        for (size_t i = 0; i < reduction; i++) {
            const double factor = (double)x[i];
            for (size_t j = 0; factor != 0 && j <= i; j++) {
                gram[i * reduction + j] += factor * (double)x[j];
            }
        }
    }
    for (size_t i = 0; i < reduction; i++) {
        for (size_t j = 0; j < i; j++) {
            gram[j * reduction + i] = gram[i * reduction + j];
        }
    }
}

void ng_task_outputs(const ng_layer_task *task, const float *numbers, size_t group, const float *rows, size_t count, double *out)
{
    const size_t channels = task->channels / task->groups;
    for (size_t row = 0; row < count; row++) {
        for (size_t channel = 0; channel < channels; channel++) {
            const float *w = numbers + (group * channels + channel) * task->reduction;
            double sum = 0;
            for (size_t k = 0; k < task->reduction; k++) {
                sum += (double)w[k] * (double)rows[row * task->reduction + k];
            }
            out[row * channels + channel] = sum;
        }
    }
}
