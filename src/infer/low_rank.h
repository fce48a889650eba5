/* low_rank.h: the second branch of a layer whose weights have a low-rank term, in fp32 beside the exact sums.
 *
 *   out[c] = out[c] + sum_r left[c][r] * (sum_k right[r][k] * x[k]),  x = fp32(value * fp32(2^lsb * s_a)) of the quantised input
 * with fp32 sums in the order of an fp32 layer.
 */
#ifndef NG_LOW_RANK_H
#define NG_LOW_RANK_H

#include "src/infer/product.h"

typedef struct ng_low_rank {
    ng_layer right_layer;
    ng_layer left_layer;
    ng_product right;
    ng_product left;
    float *zeros;        /* biases of both */
} ng_low_rank;

/* Range: product->weights->rank > 0. Errors: exit 2 for block formats and grouped layers; exit 3. Free with ng_low_rank_free(),
 * which takes NULL, too. */
bool ng_low_rank_init(ng_low_rank **low, const ng_product *product, ng_error *error);
void ng_low_rank_free(ng_low_rank *low);

/* Bytes of scratch for `images` images. */
size_t ng_low_rank_scratch(const ng_low_rank *low, size_t images);

/* Adds the branch to out[images * positions][channels]; x as for ng_product_run(). */
bool ng_low_rank_add(const ng_low_rank *low, const ng_product *product, const float *x, size_t images, void *scratch, float *out,
                     ng_error *error);

#endif
