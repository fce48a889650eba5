/* logarithmic.h: rounding of weights to (sums of) powers of two as their papers do it.
 *
 * DeepShift (arXiv 1905.13298): the shift is the rounded logarithm, w ~ s * sign(w) * 2^round(log2(|w| / s)), where `nearest` takes
 * the value with the least |w - value|: they differ between 2^t * sqrt(2) and 2^t * 1.5. With a zero, what would round to
 * less than the smallest power is 0. With a scale s that is a power of two a whole weight is a shift.
 * DenseShift (arXiv 2208.09708): without a zero; sign and magnitude are kept apart: the sign bit is that of w alone (0: +), the
 * shift comes from |w| alone, clamped to the shifts there are.
 * For values that are no powers (APoT, arXiv 1909.13144) the rule is the same: two neighbours meet at their geometric mean.
 * A tie there goes away from zero; between powers of two there is none, as sqrt(2) is irrational.
 *
 * Example: dense3 has the magnitudes 1/8 1/4 1/2 1. |w| / s = 0.72: log2 = -0.47, rounded 0: 1. Nearest is 1/2.
 */
#ifndef NG_LOGARITHMIC_H
#define NG_LOGARITHMIC_H

#include "src/quantize/grid.h"

/* Moves the limits between the grid's values to where their logarithms meet. Range: a grid of SHIFT or APOT. */
void ng_grid_logarithmic(ng_grid *grid);

/* The scale of least squared error for the values that x[count] has at `scale`, s = sum x v / sum v^2, then for the values it
 * has at that one, and so on while the error falls, at most `rounds` times. Returns the best one met. */
float ng_scale_refit(const ng_grid *grid, const float *x, size_t count, float scale, unsigned rounds);

#endif
