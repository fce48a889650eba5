#include "src/quantize/codebook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/quantize/kmeans.h"
#include "src/quantize/scale.h"

enum { REFINEMENTS = 2 };

/* What is being fitted. Vector j of a group holds the channels [j * size, (j + 1) * size) of it at input k. */
typedef struct {
    const ng_table_shape *shape;
    const ng_grid *element;
    const ng_matrix *matrix;
    size_t group_channels;
    size_t group_vectors; /* along the channels of a group */
    size_t vectors;       /* of all groups and inputs */
    float *x;             /* [vectors][size] normalised weights */
    float *h;             /* likewise, their importance */
    float *norm;          /* [channels] */
    float *table;         /* [2^bits][size], then [2^residual][size] */
    double *values;
    float *scales;
} fit;

static size_t entries(const ng_table_shape *shape)
{
    return (size_t)1 << shape->bits;
}

static size_t second_entries(const ng_table_shape *shape)
{
    return shape->residual != 0 ? (size_t)1 << shape->residual : 0;
}

static size_t vectors_of_group(const ng_table_shape *shape, const ng_matrix *matrix)
{
    return (matrix->channels / matrix->groups + shape->size - 1) / shape->size;
}

static double importance_of(const ng_matrix *matrix, size_t channel, size_t k)
{
    const size_t group = channel / (matrix->channels / matrix->groups);
    return matrix->importance != NULL ? (double)matrix->importance[group * matrix->reduction + k] : 1;
}

/* Channel of coordinate i of a vector; false for one that fills up the group's last. */
static bool channel_of(const fit *f, size_t vector, size_t i, size_t *channel)
{
    const size_t row = vector / f->matrix->reduction;
    const size_t inside = row % f->group_vectors * f->shape->size + i;
    *channel = row / f->group_vectors * f->group_channels + inside;
    return inside < f->group_channels;
}

static float root_mean_square(const float *row, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++) {
        sum += (double)row[k] * (double)row[k];
    }
    const float norm = (float)sqrt(sum / (double)count);
    return norm > 0 ? norm : 1;
}

static void gather(const fit *f)
{
    const ng_matrix *m = f->matrix;
    for (size_t channel = 0; channel < m->channels; channel++) {
        f->norm[channel] = root_mean_square(m->weights + channel * m->reduction, m->reduction);
    }
    for (size_t vector = 0; vector < f->vectors; vector++) {
        const size_t k = vector % m->reduction;
        for (size_t i = 0; i < f->shape->size; i++) {
            size_t channel;
            const bool real = channel_of(f, vector, i, &channel);
            f->x[vector * f->shape->size + i] = real ? m->weights[channel * m->reduction + k] / f->norm[channel] : 0;
            f->h[vector * f->shape->size + i] = real ? (float)importance_of(m, channel, k) : 0;
        }
    }
}

/* ---- the tables -------------------------------------------------------------------------------------------------- */

static float largest_magnitude(const float *x, size_t count)
{
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmaxf(largest, fabsf(x[i]));
    }
    return largest;
}

static bool cluster(const fit *f, const float *x, const float *h, size_t count, size_t clusters, float *centre)
{
    return f->shape->size == 1
               ? ng_kmeans_line(x, h, count, clusters, centre)
               : ng_kmeans_vectors(x, h, count, f->shape->size, clusters, f->shape->seed, centre);
}

/* The second table: the clusters of what the first leaves over. */
static bool cluster_rest(const fit *f)
{
    const size_t size = f->shape->size;
    float *rest = malloc(f->vectors * size * sizeof *rest);
    if (rest == NULL) {
        return false;
    }
    for (size_t vector = 0; vector < f->vectors; vector++) {
        const float *x = f->x + vector * size;
        const float *centre = f->table + size * ng_nearest_centre(x, f->h + vector * size, size, f->table, entries(f->shape));
        for (size_t i = 0; i < size; i++) {
            rest[vector * size + i] = x[i] - centre[i];
        }
    }
    const bool fine = cluster(f, rest, f->h, f->vectors, second_entries(f->shape), f->table + entries(f->shape) * size);
    free(rest);
    return fine;
}

/* Centres become values of the element format, integers as floats of at most 24 bits; returns the scale that takes them
 * back. With two tables any sum of two entries must be a value as well. */
static float round_table(const fit *f)
{
    const size_t first = entries(f->shape) * f->shape->size;
    const size_t second = second_entries(f->shape) * f->shape->size;
    const float largest = largest_magnitude(f->table, first);
    const float scale = second == 0 ? ng_scale_search(f->element, f->table, NULL, first, largest)
                                    : ng_scale_for(f->element, largest + largest_magnitude(f->table + first, second) +
                                                                   (largest + 1e-6F) / 64);
    (void)ng_grid_round_float(f->element, ng_grid_factor(f->element, scale), f->table, first + second, f->table);
    return scale;
}

/* ---- entries and scales ------------------------------------------------------------------------------------------ */

/* The entry, or sum of two, nearest to a vector of weights over their scales. */
static void choose_entry(const fit *f, const float *x, const float *h, float *chosen)
{
    const size_t size = f->shape->size;
    const float *first = f->table + size * ng_nearest_centre(x, h, size, f->table, entries(f->shape));
    memcpy(chosen, first, size * sizeof *chosen);
    if (f->shape->residual != 0) {
        const float *table = f->table + entries(f->shape) * size;
        float rest[NG_VECTOR_MOST];
        for (size_t i = 0; i < size; i++) {
            rest[i] = x[i] - chosen[i];
        }
        const float *second = table + size * ng_nearest_centre(rest, h, size, table, second_entries(f->shape));
        for (size_t i = 0; i < size; i++) {
            chosen[i] += second[i];
        }
    }
}

/* Coordinates count by their channel's scale squared: the error of the weights themselves. */
static void assign(const fit *f, size_t vector)
{
    const size_t size = f->shape->size;
    const size_t k = vector % f->matrix->reduction;
    const double unit = ldexp(1, ng_format_lsb(f->element->format));
    float x[NG_VECTOR_MOST];
    float h[NG_VECTOR_MOST];
    float chosen[NG_VECTOR_MOST];
    size_t channel;
    for (size_t i = 0; i < size; i++) {
        const bool real = channel_of(f, vector, i, &channel);
        const double scale = real ? (double)f->scales[channel] * unit : 1;
        x[i] = real ? (float)((double)f->matrix->weights[channel * f->matrix->reduction + k] / scale) : 0;
        h[i] = size == 1 ? 1 : f->h[vector * size + i] * (float)(scale * scale);
    }
    choose_entry(f, x, h, chosen);
    for (size_t i = 0; i < size; i++) {
        if (channel_of(f, vector, i, &channel)) {
            f->values[channel * f->matrix->reduction + k] = (double)chosen[i];
        }
    }
}

static void refit_scale(const fit *f, size_t channel)
{
    const ng_matrix *m = f->matrix;
    const float *w = m->weights + channel * m->reduction;
    const double *e = f->values + channel * m->reduction;
    double product = 0;
    double square = 0;
    for (size_t k = 0; k < m->reduction; k++) {
        const double h = importance_of(m, channel, k);
        product += h * (double)w[k] * e[k];
        square += h * e[k] * e[k];
    }
    const float scale = square > 0 ? (float)ldexp(product / square, -ng_format_lsb(f->element->format)) : 0;
    f->scales[channel] = isnormal(scale) && scale > 0 ? scale : f->scales[channel];
}

/* Entries for all vectors from `first` on, and the scales of their channels. */
static void settle(const fit *f, float scale, size_t first, size_t vectors, size_t channel, size_t channels)
{
    for (size_t c = channel; c < channel + channels; c++) {
        f->scales[c] = f->norm[c] * scale;
    }
    for (unsigned round = 0; round <= REFINEMENTS; round++) {
        for (size_t vector = first; vector < first + vectors; vector++) {
            assign(f, vector);
        }
        for (size_t c = channel; round < REFINEMENTS && c < channel + channels; c++) {
            refit_scale(f, c);
        }
    }
}

static bool fit_tensor(const fit *f)
{
    if (!cluster(f, f->x, f->h, f->vectors, entries(f->shape), f->table) || (f->shape->residual != 0 && !cluster_rest(f))) {
        return false;
    }
    settle(f, round_table(f), 0, f->vectors, 0, f->matrix->channels);
    return true;
}

static bool fit_channels(const fit *f)
{
    const size_t reduction = f->matrix->reduction;
    for (size_t channel = 0; channel < f->matrix->channels; channel++) {
        const size_t first = channel * reduction;
        if (!cluster(f, f->x + first, f->h + first, reduction, entries(f->shape), f->table)) {
            return false;
        }
        settle(f, round_table(f), first, reduction, channel, 1);
    }
    return true;
}

bool ng_codebook_fit(const ng_table_shape *shape, const ng_grid *element, const ng_matrix *matrix, double *values,
                     float *scales)
{
    fit f = {.shape = shape, .element = element, .matrix = matrix, .values = values, .scales = scales};
    f.group_channels = matrix->channels / matrix->groups;
    f.group_vectors = vectors_of_group(shape, matrix);
    f.vectors = f.group_vectors * matrix->groups * matrix->reduction;
    f.x = malloc(f.vectors * shape->size * sizeof *f.x);
    f.h = malloc(f.vectors * shape->size * sizeof *f.h);
    f.norm = malloc(matrix->channels * sizeof *f.norm);
    f.table = malloc((entries(shape) + second_entries(shape)) * shape->size * sizeof *f.table);
    bool fine = f.x != NULL && f.h != NULL && f.norm != NULL && f.table != NULL;
    if (fine) {
        gather(&f);
        fine = shape->per_channel ? fit_channels(&f) : fit_tensor(&f);
    }
    free(f.x);
    free(f.h);
    free(f.norm);
    free(f.table);
    return fine;
}

unsigned long long ng_codebook_bits(const ng_table_shape *shape, const ng_format *element, const ng_matrix *matrix)
{
    const unsigned long long vectors =
        (unsigned long long)vectors_of_group(shape, matrix) * matrix->groups * matrix->reduction;
    const unsigned long long table =
        (unsigned long long)(entries(shape) + second_entries(shape)) * shape->size * element->bits;
    return vectors * (shape->bits + shape->residual) + table * (shape->per_channel ? matrix->channels : 1) +
           matrix->channels * 32ULL;
}
