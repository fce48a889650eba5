/* lattice.h: the numbers that the weights of one layer may become, and those that were chosen.
 *
 *   weight[channel][column] = value * 2^lsb * scale[channel][column / group]
 *
 * value is one of a scalar format's values, or of a block format's elements, in units of the least significant bit, as in
 * grid.h. A scalar format has a group of its own length of columns (by default the whole channel) and scales by least squared
 * error; a block format has its blocks, the last one short where they do not divide the reduction, and the powers of two of
 * its scale rule. Elements of blocks are kept within +-largest, which makes ng_block_round() leave the chosen weights as they
 * are: a method that rounds otherwise than to nearest hands on weights, and the engine's own rounding changes none.
 */
#ifndef NG_LATTICE_H
#define NG_LATTICE_H

#include "src/quantize/task.h"

typedef struct {
    ng_grid grid;
    ng_scale_rule rule; /* of block formats */
    ng_scale_kind kind; /* which scales ng_lattice_fit() may choose; scalar formats */
    bool fixed;         /* scales are shared beyond the lattice: no method changes them */
    size_t channels;
    size_t reduction;
    size_t group;       /* columns under one scale */
    size_t groups;      /* of a channel */
    double unit;        /* 2^lsb */
    double largest;     /* value, and smallest: the range that is used */
    double smallest;
    double *allowed;    /* [allowed_count] values in rising order */
    size_t allowed_count;
    float *scales;      /* [channels][groups] */
    double *values;     /* [channels][reduction], chosen */
} ng_lattice;

/* Scales fitted to w[channels][reduction] and values nearest to it. group: columns under one scale of a scalar format, 0: all.
 * False without memory. Range: a scalar format of grid.h, or a block format of such elements with power-of-two scales; w finite.
 * Free with ng_lattice_free(). */
bool ng_lattice_init(ng_lattice *lattice, const ng_format *format, ng_scale_rule rule, size_t group, const float *w,
                     size_t channels, size_t reduction);

/* The same for a group of a layer: scales of a scalar format as they stand in weights (ng_task_scales()). */
bool ng_lattice_of_task(ng_lattice *lattice, const ng_layer_task *task, size_t group, const ng_weights *weights);

/* Hands the chosen values of the group on: values and scales, or the numbers of block formats. */
void ng_lattice_give(const ng_lattice *lattice, size_t group, ng_weights *weights);

void ng_lattice_free(ng_lattice *lattice);

/* Columns of group number `index`. */
size_t ng_lattice_columns(const ng_lattice *lattice, size_t index);

/* Fits the scale of one group of a channel to its weights, w[ng_lattice_columns()]. */
void ng_lattice_fit(ng_lattice *lattice, size_t channel, size_t index, const float *w);

/* What one unit of value is worth at a weight: 2^lsb * scale. */
double ng_lattice_step(const ng_lattice *lattice, size_t channel, size_t column);

/* The value nearest to a weight of w, ties as the format has them. */
double ng_lattice_nearest(const ng_lattice *lattice, size_t channel, size_t column, double w);

/* The nearest values on both sides of w; the same twice where w is a value or outside the range. */
void ng_lattice_around(const ng_lattice *lattice, size_t channel, size_t column, double w, double *below, double *above);

/* values[reduction] nearest to the weights w[reduction] of a channel. */
void ng_lattice_round_channel(const ng_lattice *lattice, size_t channel, const float *w, double *values);

/* Chooses the values nearest to w[channels][reduction] under the scales as they are. */
void ng_lattice_round(ng_lattice *lattice, const float *w);

/* The chosen weights as numbers, out[channels][reduction]. */
void ng_lattice_weights(const ng_lattice *lattice, float *out);

#endif
