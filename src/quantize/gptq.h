/* gptq.h: rounding column by column, the error of each spread over those still to come (GPTQ, arXiv 2210.17323).
 *
 *   H = 2 X^T X / n + damping * mean(diag H) * I,   H^-1 = U^T U, U upper triangular (Cholesky)
 *   for each column j in order:   q_j = round(w_j);   e = (w_j - q_j) / U[j][j];   w_k -= e * U[j][k] for k > j
 *
 * round() is to nearest on any lattice: integers, minifloats, powers of two, elements of blocks. With groups of columns a group's
 * scale is fitted to the weights as they are when its first column's turn comes; with act_order, which visits columns by
 * falling diagonal of H and so no group as a whole, to the weights as they were. Groups of the whole channel: always the latter.
 * Columns whose inputs are all 0 are rounded to nearest.
 *
 * Guarantees: one column: nearest. H diagonal: nearest. The last column's choice is the best one given the others.
 */
#ifndef NG_GPTQ_H
#define NG_GPTQ_H

#include "src/quantize/gramian.h"
#include "src/quantize/lattice.h"

typedef struct {
    double damping; /* 0: 0.01, the authors' */
    bool act_order;
} ng_gptq_options;

/* Chooses lattice->values, and fits its scales as above, for w[channels][reduction]. False without memory or if H stays
 * singular with ten thousand times the damping. */
bool ng_gptq(const ng_gptq_options *options, const ng_gramian *gram, const float *w, ng_lattice *lattice);

#endif
