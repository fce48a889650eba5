/* codebook.h: weights as indices into a table of values that the datapath multiplies.
 *
 *   w[c][k] ~ s[c] * 2^lsb * e[index],  e integers: values of the element format, in units of its least significant bit
 * Scalar (size 1): one table for the tensor, or one a channel, the clusters of w / m[c] by ng_kmeans_line(), m[c] the root
 * mean square of the channel. Vectors (size v): an index stands for v output channels at one input, as in VPTQ (arXiv
 * 2409.17066), by ng_kmeans_vectors(); the last vector of a group is filled up with zeros. A second table takes what the
 * first leaves over (residual), and the two entries are added in front of the multiplier: the element is an integer then.
 *
 * Weights of the clusters: importance[g][k], the mean square of input k of group g (the diagonal of the layer's Hessian). The
 * centres are scaled as a whole and rounded to the element format; then, twice, each weight takes the entry that is nearest
 * at its channel's scale, and each scale becomes the one of least weighted error for its entries,
 *   s[c] = sum_k h[k] w[k] e[k] / sum_k h[k] e[k]^2
 *
 * Storage: index_bits for each vector, 2^bits * size elements a table, 32 bits of scale a channel.
 * Range: w finite; bits 1..NG_INDEX_BITS_MOST, residual 0 (none) or the same; size 1..NG_VECTOR_MOST; per_channel and residual
 * not together, per_channel with size 1 only; groups divides channels. The element format has no block.
 */
#ifndef NG_CODEBOOK_H
#define NG_CODEBOOK_H

#include "src/quantize/grid.h"

enum { NG_INDEX_BITS_MOST = 12, NG_VECTOR_MOST = 8 };

typedef struct {
    unsigned bits;     /* of an index */
    unsigned residual; /* of an index into the second table; 0: there is none */
    unsigned size;     /* weights an index stands for */
    bool per_channel;
    uint64_t seed;
} ng_table_shape;

/* The matrix whose weights are looked up. */
typedef struct {
    const float *weights;    /* [channels][reduction] */
    const float *importance; /* [groups][reduction], >= 0; NULL: all 1 */
    size_t channels;
    size_t reduction;
    size_t groups;
} ng_matrix;

/* Fills values[channels][reduction] and scales[channels]. False without memory. */
bool ng_codebook_fit(const ng_table_shape *shape, const ng_grid *element, const ng_matrix *matrix, double *values,
                     float *scales);

/* Storage in bits. */
unsigned long long ng_codebook_bits(const ng_table_shape *shape, const ng_format *element, const ng_matrix *matrix);

#endif
