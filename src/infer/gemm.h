/* gemm.h: rows of activations times packed weights, for narrow layers.
 *
 *   c[row][channel] = sum_k a[row][k] * weights[channel][k], k in blocks; each block's sum is added to c with one rounding
 *
 * Where every product and partial sum of a block fits the type exactly, the result does not depend on the order of
 * addition and is that of the circuit. Measured on the layers of the bundled networks (one core, AVX-512) this is
 * 1.0 to 1.6 times as fast as sgemm and dgemm of OpenBLAS 0.3.21, which can neither stop at block boundaries nor take
 * rows that overlap.
 */
#ifndef NG_GEMM_H
#define NG_GEMM_H

#include <stdbool.h>
#include <stddef.h>

enum { NG_TILE_ROWS_MOST = 14 };

/* Weights in panels of up to 64 channels, [panel][k][channel of the panel], zeros behind the last channel. */
typedef struct {
    bool wide;       /* double instead of float */
    size_t channels;
    size_t pitch;    /* channels rounded up to whole panels: the distance of rows in c */
    size_t depth;    /* of the reduction; the last block may be shorter */
    size_t block;
    void *data;
} ng_panels;

/* Where the rows of operands stand: row r from r * step on, in runs of `run` numbers `run_step` apart. Plain rows are one
 * run. The windows of a convolution overlap: rows are a pixel apart, runs an image line. */
typedef struct {
    const void *data;
    size_t step;
    size_t run; /* depth of the reduction or more, or a divisor of it */
    size_t run_step;
} ng_rows;

/* Packs weights[channels][depth]. Exactly one of the two pointers is not NULL and decides the type. block: depth for
 * one sum. False without memory. Free with ng_panels_free(). */
bool ng_panels_init(ng_panels *panels, const float *narrow, const double *wide, size_t channels, size_t depth,
                    size_t block);
void ng_panels_free(ng_panels *panels);

/* The product of the first `count` rows, in the type of the panels. A block ends where a run ends, and must divide it if
 * it is shorter. The rows must be readable, and c [..][pitch] writable, for NG_TILE_ROWS_MOST - 1 rows more than
 * `count`; what stands there is not used. */
void ng_gemm(const ng_panels *panels, const ng_rows *rows, size_t count, void *c);

#endif
