#include "src/quantize/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/scale.h"

static float largest_magnitude(const float *x, size_t count)
{
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fabsf(x[i]) > largest ? fabsf(x[i]) : largest;
    }
    return largest;
}

bool ng_weights_allocate(ng_weights *weights, size_t planes, size_t channels, size_t reduction, size_t slice)
{
    const size_t slices = (reduction + slice - 1) / slice;
    *weights = (ng_weights){.channels = channels, .reduction = reduction, .planes = planes, .slice = slice, .slices = slices};
    weights->values = calloc(planes * channels * reduction, sizeof *weights->values);
    weights->scales = calloc(planes * slices * channels, sizeof *weights->scales);
    if (weights->values == NULL || weights->scales == NULL) {
        ng_weights_free(weights);
        return false;
    }
    return true;
}

bool ng_weights_allocate_numbers(ng_weights *weights, size_t channels, size_t reduction)
{
    *weights = (ng_weights){.channels = channels, .reduction = reduction, .planes = 1, .slice = reduction, .slices = 1};
    weights->numbers = calloc(channels * reduction, sizeof *weights->numbers);
    return weights->numbers != NULL;
}

float *ng_weights_scale(const ng_weights *weights, size_t plane, size_t channel, size_t k)
{
    return &weights->scales[(plane * weights->slices + k / weights->slice) * weights->channels + channel];
}

bool ng_weights_init(ng_weights *weights, const ng_grid *grid, const float *w, size_t channels, size_t reduction)
{
    if (!ng_weights_allocate(weights, 1, channels, reduction, reduction)) {
        return false;
    }
    for (size_t channel = 0; channel < channels; channel++) {
        const float *row = w + channel * reduction;
        const float scale = ng_scale_search(grid, row, NULL, reduction, largest_magnitude(row, reduction));
        weights->scales[channel] = scale;
        (void)ng_grid_round(grid, ng_grid_factor(grid, scale), row, reduction, weights->values + channel * reduction);
    }
    return true;
}

void ng_weights_free(ng_weights *weights)
{
    free(weights->values);
    free(weights->scales);
    free(weights->numbers);
    free(weights->order);
    free(weights->bias);
    free(weights->left);
    free(weights->right);
    *weights = (ng_weights){0};
}

void ng_weights_numbers(const ng_weights *weights, const ng_format *format, float *out)
{
    const size_t count = weights->channels * weights->reduction;
    if (weights->numbers != NULL) {
        memcpy(out, weights->numbers, count * sizeof *out);
        return;
    }
    const double unit = ldexp(1, ng_format_lsb(format));
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (size_t plane = 0; plane < weights->planes; plane++) {
            const float scale = *ng_weights_scale(weights, plane, i / weights->reduction, i % weights->reduction);
            sum += weights->values[plane * count + i] * unit * (double)scale;
        }
        out[i] = (float)sum;
    }
}

/* An integer of at most 64 bits that a double holds. */
static ng_wide from_double(double value)
{
    return (ng_wide){{(uint64_t)value, 0, 0, 0}};
}

/* a * b by the set bits of b, of which a reach has few. */
static ng_wide multiply(const ng_wide *a, uint64_t b)
{
    ng_wide product = ng_wide_from_int(0);
    for (unsigned bit = 0; bit < 64; bit++) {
        if ((b >> bit & 1) != 0) {
            product = ng_wide_add(product, ng_wide_shift_left(*a, bit));
        }
    }
    return product;
}

static bool less(ng_wide a, ng_wide b)
{
    const ng_wide difference = ng_wide_add(a, ng_wide_negate(b));
    return ng_wide_is_negative(&difference);
}

ng_wide ng_weights_bound(const double *values, size_t channels, size_t reduction, double reach)
{
    ng_wide most = ng_wide_from_int(0);
    for (size_t channel = 0; channel < channels; channel++) {
        ng_wide sum = ng_wide_from_int(0);
        for (size_t k = 0; k < reduction; k++) {
            sum = ng_wide_add(sum, from_double(fabs(values[channel * reduction + k])));
        }
        most = less(most, sum) ? sum : most;
    }
    return multiply(&most, (uint64_t)reach);
}
