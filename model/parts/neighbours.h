/* neighbours.h: the finite values of a format next to a number. */
#ifndef NG_NEIGHBOURS_H
#define NG_NEIGHBOURS_H

#include "model/parts/exact.h"

typedef struct {
    bool below; /* there is a value <= x; lo is its code, the lowest of equal ones, +0 for a zero */
    bool above; /* there is a value >= x; hi likewise */
    bool equal; /* lo and hi have the value x */
    uint32_t lo;
    uint32_t hi;
} ng_neighbours;

/* Subnormals count as values even where they are flushed. */
ng_neighbours ng_neighbours_find(const ng_format *format, const ng_exact *x);

#endif
