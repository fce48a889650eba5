#include "src/quantize/lattice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "src/quantize/scale.h"

static int rising(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Every value that the encoder can give, once; of a block's elements those within +-largest. */
static bool list_values(ng_lattice *lattice)
{
    const ng_format *format = lattice->grid.format;
    const uint32_t codes = ng_format_codes(format);
    lattice->allowed = malloc(codes * sizeof *lattice->allowed);
    if (lattice->allowed == NULL) {
        return false;
    }
    size_t count = 0;
    for (uint32_t code = 0; code < codes; code++) {
        const double value = ng_decode_double(format, code) / lattice->unit;
        if (value >= lattice->smallest && value <= lattice->largest) { /* neither a NaN */
            lattice->allowed[count++] = value + 0; /* -0 is 0 */
        }
    }
    qsort(lattice->allowed, count, sizeof *lattice->allowed, rising);
    lattice->allowed_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || lattice->allowed[i] > lattice->allowed[lattice->allowed_count - 1]) {
            lattice->allowed[lattice->allowed_count++] = lattice->allowed[i];
        }
    }
    return true;
}

static void describe(ng_lattice *lattice, const ng_format *format, size_t group)
{
    ng_grid_init(&lattice->grid, format);
    lattice->unit = ldexp(1, ng_format_lsb(format));
    lattice->largest = lattice->grid.largest;
    lattice->smallest = format->block != 0 ? fmax(lattice->grid.smallest, -lattice->largest) : lattice->grid.smallest;
    lattice->group = format->block != 0 ? format->block : group;
    if (lattice->group == 0 || lattice->group > lattice->reduction) {
        lattice->group = lattice->reduction;
    }
    lattice->groups = (lattice->reduction + lattice->group - 1) / lattice->group;
}

/* Everything but scales and values. */
static bool prepare(ng_lattice *lattice, const ng_format *format, size_t group)
{
    describe(lattice, format, group);
    lattice->scales = malloc(lattice->channels * lattice->groups * sizeof *lattice->scales);
    lattice->values = malloc(lattice->channels * lattice->reduction * sizeof *lattice->values);
    if (lattice->scales == NULL || lattice->values == NULL || !list_values(lattice)) {
        ng_lattice_free(lattice);
        return false;
    }
    return true;
}

static void fit_all(ng_lattice *lattice, const float *w)
{
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        for (size_t i = 0; i < lattice->groups; i++) {
            ng_lattice_fit(lattice, channel, i, w + channel * lattice->reduction + i * lattice->group);
        }
    }
}

bool ng_lattice_init(ng_lattice *lattice, const ng_format *format, ng_scale_rule rule, size_t group, const float *w,
                     size_t channels, size_t reduction)
{
    *lattice = (ng_lattice){.rule = rule, .channels = channels, .reduction = reduction};
    if (!prepare(lattice, format, group)) {
        return false;
    }
    fit_all(lattice, w);
    ng_lattice_round(lattice, w);
    return true;
}

bool ng_lattice_of_task(ng_lattice *lattice, const ng_layer_task *task, size_t group, const ng_weights *weights)
{
    const size_t channels = task->channels / task->groups;
    const float *w = task->weights + group * channels * task->reduction;
    const bool block = task->weight->block != 0;
    *lattice = (ng_lattice){.rule = task->rule, .kind = task->scales, .channels = channels, .reduction = task->reduction};
    lattice->fixed = !block && (task->scales == NG_SCALES_M2 ||
                               (task->granularity != NG_PER_CHANNEL && task->granularity != NG_PER_GROUP));
    if (!prepare(lattice, task->weight, block ? 0 : weights->slice)) {
        return false;
    }
    if (block) {
        fit_all(lattice, w);
    }
    for (size_t i = 0; !block && i < channels * lattice->groups; i++) {
        lattice->scales[i] = *ng_weights_scale(weights, 0, group * channels + i / lattice->groups, i % lattice->groups * lattice->group);
    }
    ng_lattice_round(lattice, w);
    return true;
}

void ng_lattice_give(const ng_lattice *lattice, size_t group, ng_weights *weights)
{
    const size_t first = group * lattice->channels;
    const size_t count = lattice->channels * lattice->reduction;
    if (weights->numbers != NULL) {
        ng_lattice_weights(lattice, weights->numbers + group * count);
        return;
    }
    memcpy(weights->values + group * count, lattice->values, count * sizeof *weights->values);
    for (size_t i = 0; i < lattice->channels * lattice->groups; i++) {
        *ng_weights_scale(weights, 0, first + i / lattice->groups, i % lattice->groups * lattice->group) = lattice->scales[i];
    }
}

void ng_lattice_free(ng_lattice *lattice)
{
    free(lattice->allowed);
    free(lattice->scales);
    free(lattice->values);
    *lattice = (ng_lattice){.channels = 0};
}

size_t ng_lattice_columns(const ng_lattice *lattice, size_t index)
{
    const size_t from = index * lattice->group;
    return lattice->reduction - from < lattice->group ? lattice->reduction - from : lattice->group;
}

void ng_lattice_fit(ng_lattice *lattice, size_t channel, size_t index, const float *w)
{
    const ng_format *format = lattice->grid.format;
    const size_t count = ng_lattice_columns(lattice, index);
    float scale = 1;
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fabsf(w[i]) > largest ? fabsf(w[i]) : largest;
    }
    if (format->block == 0) {
        scale = ng_scale_of_kind(&lattice->grid, lattice->kind, w, NULL, count);
    } else if (largest > 0) {
        scale = ldexpf(1, (int)ng_block_scale(format, (double)largest, lattice->rule) - NG_SCALE_BIAS);
    }
    lattice->scales[channel * lattice->groups + index] = scale;
}

static float scale_of(const ng_lattice *lattice, size_t channel, size_t column)
{
    return lattice->scales[channel * lattice->groups + column / lattice->group];
}

double ng_lattice_step(const ng_lattice *lattice, size_t channel, size_t column)
{
    return (double)scale_of(lattice, channel, column) * lattice->unit;
}

double ng_lattice_nearest(const ng_lattice *lattice, size_t channel, size_t column, double w)
{
    const float x = (float)w;
    double value;
    (void)ng_grid_round(&lattice->grid, ng_grid_factor(&lattice->grid, scale_of(lattice, channel, column)), &x, 1, &value);
    return value < lattice->smallest ? lattice->smallest : value;
}

void ng_lattice_around(const ng_lattice *lattice, size_t channel, size_t column, double w, double *below, double *above)
{
    const double value = w / ng_lattice_step(lattice, channel, column);
    size_t low = 0; /* allowed[low] <= value < allowed[high] as soon as value is within the range */
    size_t high = lattice->allowed_count - 1;
    if (value <= lattice->allowed[0] || value >= lattice->allowed[high]) {
        *below = *above = lattice->allowed[value <= lattice->allowed[0] ? 0 : high];
        return;
    }
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (lattice->allowed[middle] <= value) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *below = lattice->allowed[low];
    *above = lattice->allowed[low] < value ? lattice->allowed[high] : *below;
}

void ng_lattice_round_channel(const ng_lattice *lattice, size_t channel, const float *w, double *values)
{
    for (size_t i = 0; i < lattice->groups; i++) {
        const size_t from = i * lattice->group;
        const double factor = ng_grid_factor(&lattice->grid, lattice->scales[channel * lattice->groups + i]);
        (void)ng_grid_round(&lattice->grid, factor, w + from, ng_lattice_columns(lattice, i), values + from);
    }
    for (size_t i = 0; i < lattice->reduction; i++) {
        values[i] = values[i] < lattice->smallest ? lattice->smallest : values[i];
    }
}

void ng_lattice_round(ng_lattice *lattice, const float *w)
{
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        ng_lattice_round_channel(lattice, channel, w + channel * lattice->reduction,
                                 lattice->values + channel * lattice->reduction);
    }
}

void ng_lattice_weights(const ng_lattice *lattice, float *out)
{
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        for (size_t column = 0; column < lattice->reduction; column++) {
            const size_t at = channel * lattice->reduction + column;
            out[at] = (float)(lattice->values[at] * ng_lattice_step(lattice, channel, column));
        }
    }
}
