/* bases.h: weights as a sum of scaled binary vectors (ABC-Net, arXiv 1711.11294; alternating: arXiv 1802.00150).
 *
 *   w[k] ~ sum_i alpha[i] b[i][k],  b in {-1, +1}
 *   greedy       b[i] = sign of what is left (0: +), alpha[i] = the mean of its magnitudes, the least squares for that b
 *   alternating  alpha = least squares for the b as they are; then each weight takes the nearest of the 2^n sums; again, while the
 *                error falls, at most `rounds` times
 * An output is n exact dot products of +1 and -1 with the activations, additions and subtractions alone, each times its scale:
 * y = sum_i fp32(S_i) * fp32(s_a alpha[i]).
 *
 * Range: n 1..NG_BASES_MOST; w finite. Example: w = 3 1 -1 -3: alpha = 2 1, b = + + - - and + - + -; nothing is left over.
 */
#ifndef NG_BASES_H
#define NG_BASES_H

#include <stdbool.h>
#include <stddef.h>

enum { NG_BASES_MOST = 8 };

/* One channel: signs[i * pitch + k] = b[i][k] for k < count, alpha[i] >= 0. False without memory. */
bool ng_bases_fit(const float *w, size_t count, unsigned n, unsigned rounds, double *signs, size_t pitch, float *alpha);

#endif
