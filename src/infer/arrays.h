/* arrays.h: element-wise arithmetic of two arrays of different shapes, and the reordering of axes. */
#ifndef NG_ARRAYS_H
#define NG_ARRAYS_H

#include "src/network/network.h"

typedef enum {
    NG_ADD = 0,
    NG_SUBTRACT = 1,
    NG_MULTIPLY = 2,
    NG_DIVIDE = 3,
    NG_LEAST = 4,
    NG_MOST = 5
} ng_arithmetic_operation;

/* out = a (operation) b, each fp32 operation rounded once; LEAST and MOST are the smaller and the
 * larger, NaN if one is. Sizes are aligned at the last axis; a size of 1 stretches,
 * a missing axis too. `shape` is that of out. out may be a or b if that has the shape of out. */
void ng_combine(ng_arithmetic_operation operation, const float *a, const ng_shape *a_shape, const float *b,
                const ng_shape *b_shape, float *out, const ng_shape *shape);

/* out[i_perm[0]][i_perm[1]].. = x[i_0][i_1]..: axis k of out is axis permutation[k] of x. */
void ng_permute(const float *x, const ng_shape *shape, const unsigned *permutation, float *out);

#endif
