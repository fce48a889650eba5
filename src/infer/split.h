/* split.h: operands of wide formats as a few parts, by magnitude, and their exact sums put together again.
 *
 * A value belongs to the part in whose range [from, to) its magnitude lies; the part holds value / 2^shift, an integer,
 * since a minifloat has few significant bits. The other parts hold 0 in its place.
 */
#ifndef NG_SPLIT_H
#define NG_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "src/quantize/grid.h"

enum { NG_PARTS_MOST = 4, NG_PAIRS_MOST = NG_PARTS_MOST * NG_PARTS_MOST, NG_PARTIALS_MOST = NG_PAIRS_MOST + 3 };

typedef struct {
    double from;
    double to;
    unsigned shift;
} ng_part;

typedef struct {
    unsigned count;
    ng_part part[NG_PARTS_MOST];
} ng_parts;

/* Fewest pairs of parts such that the sum of every pair stays below 2^53 for weights[channels][reduction] and any
 * activations. False if NG_PARTS_MOST of each are too few, or without memory. */
bool ng_split_choose(const ng_grid *weight, const ng_grid *activation, const double *weights, size_t channels,
                     size_t reduction, ng_parts *weight_parts, ng_parts *activation_parts);

/* out[i] = the part's share of x[i]; returns whether any is not 0. */
bool ng_split_part(const ng_part *part, const double *x, size_t count, double *out);

/* The exact sums of one pair of parts, in units of 2^shift. */
typedef struct {
    const double *sums;
    unsigned shift;
} ng_partial;

/* out[i] = fp32(2^lsb * sum over the partials of sums[i] * 2^shift), rounded once. Range: partials 0..NG_PARTIALS_MOST;
 * |sums| < 2^53; shift below 128; the result within fp32's normal range or 0. */
void ng_split_join(const ng_partial *partials, unsigned partial_count, int lsb, size_t count, float *out);

#endif
