/* matrices.h: products of many small matrices, [rows][depth] times [depth][columns]. */
#ifndef NG_MATRICES_H
#define NG_MATRICES_H

#include <stddef.h>

typedef struct {
    size_t rows;
    size_t depth;
    size_t columns;
} ng_matrix_size;

/* Where the matrices of a MatMul stand: how many there are on each side and of results. */
typedef struct {
    ng_matrix_size size;
    size_t lefts;  /* of an image */
    size_t rights;
    size_t results;
} ng_matmul;

/* out[i][j] += sum_k a[i][k] * b[k][j], in the order of k. */
void ng_matrix_add(const float *a, const float *b, const ng_matrix_size *size, float *out);
void ng_matrix_add_double(const double *a, const double *b, const ng_matrix_size *size, double *out);

/* parts[p][i][j] = sum_k part p of a[i][k] * b[k][j], whose part p is the multiple of 2^(p step) that is left of it, cut toward
 * zero, over 2^(p step): their sum is the exact product where a[i][k] * b[k][j] are integers that a double holds.
 * Range: below 2^(parts * step). */
void ng_matrix_parts(const double *a, const double *b, const ng_matrix_size *size, unsigned parts, unsigned step, double *out);

#endif
