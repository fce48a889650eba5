/* blas.h: BLAS whose results do not depend on the number of threads. */
#ifndef NG_BLAS_H
#define NG_BLAS_H

/* BLAS and LAPACK calls from here on use the calling thread alone: the order of their sums, and so their last bits, is then
 * that of the machine's kernels only. */
void ng_blas_single(void);

#endif
