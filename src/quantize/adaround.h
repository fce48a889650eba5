/* adaround.h: learning for every weight whether it is rounded up or down (AdaRound, arXiv 2004.10568).
 *
 *   v = below + h(V) (above - below),   h(V) = clip(sigmoid(V) * 1.2 - 0.1, 0, 1)
 *   minimise over V:   sum (v - w) G (v - w)^T / N + strength * sum (1 - |2 h(V) - 1|^b)
 *
 * below, above: the two neighbours of w on the lattice, evenly spaced or not; a weight outside the range has one. G: gramian.h,
 * the layer's output error without its activation function. N: the error of rounding to nearest, per weight, channel by channel,
 * which makes `strength` independent of the layer. The first fifth of the steps has no second term; after it b falls from 20
 * to 2 as half a cosine. Adam, all rows at once, V starting where v = w: the result depends on no random number. In the end
 * h is cut at 1/2, and a channel for which nearest is better keeps that.
 */
#ifndef NG_ADAROUND_H
#define NG_ADAROUND_H

#include "src/quantize/gramian.h"
#include "src/quantize/lattice.h"

typedef struct {
    unsigned steps;  /* 0: 1000 */
    double rate;     /* of Adam; 0: 0.02 */
    double strength; /* 0: 10 */
} ng_adaround_options;

/* Chooses lattice->values for w[channels][reduction] under the lattice's scales. False without memory. */
bool ng_adaround(const ng_adaround_options *options, const ng_gramian *gram, const float *w, ng_lattice *lattice);

#endif
