/* select.h: elements of a tensor moved into another: Slice, Split, Gather, Pad, Expand and, for constants, Transpose.
 *
 *   out[i_0][i_1].. = x[f_0(i_0)][f_1(i_1)]..   or the filling number where an f lies outside x
 *
 * f is start + step * i, or table[i]; a border says what becomes of an f outside [0, size).
 */
#ifndef NG_SELECT_H
#define NG_SELECT_H

#include <stddef.h>
#include <stdint.h>

#include "src/network/shape.h"

typedef enum {
    NG_BORDER_NONE = 0,     /* never outside */
    NG_BORDER_FILL = 1,
    NG_BORDER_EDGE = 2,     /* the nearest element */
    NG_BORDER_REFLECT = 3   /* mirrored at the first and the last element */
} ng_border;

typedef struct {
    int64_t start;
    int64_t step;
    const int64_t *table; /* NULL, or the indices themselves; negative ones count from the end */
    size_t size;          /* of x along the axis */
    size_t stride;        /* elements of x from one index to the next */
    ng_border border;
} ng_axis_map;

/* The map of a whole axis. */
ng_axis_map ng_axis_all(size_t size, size_t stride);

/* Index into x for index i of out, or -1 for the filling number. Range: i < the size of out's axis; for
 * NG_BORDER_NONE the result must lie in [0, size). */
int64_t ng_axis_index(const ng_axis_map *map, size_t i);

/* Writes the elements, of 4 or 8 bytes, of out[shape], one map an axis. */
void ng_select(const void *x, size_t element, const ng_axis_map *maps, const ng_shape *shape, const void *fill, void *out);

#endif
