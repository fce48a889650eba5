/* flexround.h: learning what each weight is divided by before it is rounded (FlexRound, arXiv 2306.00317).
 *
 *   v = s1 * round(w / (s1 * S2 * s3)),   s1, s3 of the channel, S2 of the weight, all positive and learned
 *   minimise sum (v - w) G (v - w)^T
 *
 * From s1 = the lattice's scale and S2 = s3 = 1, which is nearest, by Adam with the gradient of round() taken as 1 inside the
 * range and 0 outside. As dv/dS2 = -w / (S2^2 s3), large weights move further than small ones: a weight may come to rest several
 * steps from its nearest value, on any lattice. Block formats keep s1, which has to stay a power of two, and so do groups of
 * columns and scales that are not free. A channel keeps the best choice of all steps, nearest among them.
 */
#ifndef NG_FLEXROUND_H
#define NG_FLEXROUND_H

#include "src/quantize/gramian.h"
#include "src/quantize/lattice.h"

typedef struct {
    unsigned steps; /* 0: 500 */
    double rate;    /* of Adam; 0: 0.003 */
} ng_flexround_options;

/* Chooses lattice->values, and the scales of a scalar format without groups, for w[channels][reduction]. False without
 * memory. */
bool ng_flexround(const ng_flexround_options *options, const ng_gramian *gram, const float *w, ng_lattice *lattice);

#endif
