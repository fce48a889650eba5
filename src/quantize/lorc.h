/* lorc.h: compensating a matrix of rounding errors by two thin ones (LoRC of ZeroQuant-V2, arXiv 2303.08302, section 4, and
 * ZeroQuant-FP, arXiv 2307.09782).
 *
 *   E = W - W' = U S V (singular value decomposition);   left = U_r S_r^(1/2),  right = S_r^(1/2) V_r;   W' + left * right
 *
 * U_r, S_r, V_r: the r largest singular values and their vectors, by LAPACK; of all matrices of rank r theirs is the nearest to E.
 * With `bits` the columns of left and the rows of right are integers from -(2^(bits-1) - 1) to 2^(bits-1) - 1 under a scale each,
 * largest magnitude / (2^(bits-1) - 1), rounded to nearest even.
 */
#ifndef NG_LORC_H
#define NG_LORC_H

#include <stdbool.h>
#include <stddef.h>

/* left[channels][rank], right[rank][reduction] for error[channels][reduction], which is used up. bits 2..16, or 0: fp32. Range:
 * rank <= min(channels, reduction). False without memory or where the decomposition does not converge. */
bool ng_lorc(double *error, size_t channels, size_t reduction, size_t rank, unsigned bits, float *left, float *right);

/* Storage of both, scales of 32 bits included. */
unsigned long long ng_lorc_bits(size_t channels, size_t reduction, size_t rank, unsigned bits);

#endif
