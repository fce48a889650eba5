/* dot.h: the dot product of two vectors of codes into any accumulator.
 *
 *   s = start; for i = 0 .. terms - 1: s = s + w[i] * a[i], as the path's accumulator adds (model/accumulator.h)
 *
 * Terms are taken in the order of the index; EXACT and WINDOW do not depend on it. With a window the whole vector, or
 * the group, is looked at first for its largest alignment exponent: two passes, or a tree of maxima in front of the
 * aligners. A multiply is a dot product of one term; a MAC is ng_mac(), one step of it.
 *
 * Range: products 0 up to those of the path, a whole number of blocks in a block format. Examples: int8 {2, 3} . {5,
 * -7}, EXACT: fixed = -11 at exponent 0; e4m3 {1} . {1} in FLOAT fp32: running = 1.
 */
#ifndef NG_DOT_H
#define NG_DOT_H

#include "model/block_term.h"
#include "model/sum.h"

#ifdef __cplusplus
extern "C" {
#endif

void ng_dot(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t products,
            ng_sum *sum);

/* The same with the words that STOCHASTIC draws: random[i] those of term i (a block is one term); NULL: zeros, which
 * round toward zero. */
void ng_dot_drawn(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t products,
                  const ng_random *random, ng_sum *sum);

/* Term number `index`: a product, or a block. */
ng_term ng_dot_term(const ng_dot_path *path, const ng_vector *weights, const ng_vector *activations, size_t index);

/* One step: s = s + w * a, rounded with the words in sum->random. Range: scalar formats; windows after ng_sum_align(). */
void ng_mac(const ng_dot_path *path, ng_sum *sum, uint32_t w, uint32_t a);

#ifdef __cplusplus
}
#endif

#endif
