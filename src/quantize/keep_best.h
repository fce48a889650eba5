/* keep_best.h: the best choice of values that a learning method came across, channel by channel.
 *
 * Channels do not share an output, so the errors of a layer's channels add up and each may take the choice that suits it.
 */
#ifndef NG_KEEP_BEST_H
#define NG_KEEP_BEST_H

#include "src/quantize/gramian.h"
#include "src/quantize/lattice.h"

typedef struct {
    const ng_gramian *gram;
    const float *w;
    ng_lattice *lattice;
    double *errors;  /* [channels] of the best so far */
    double *values;  /* [channels][reduction] */
    float *scales;   /* [channels][groups] */
    double *offered; /* [channels] */
    double *numbers; /* [channels][reduction] */
} ng_best;

/* Starts with the values and scales that the lattice has. False without memory; ng_best_end() even then. */
bool ng_best_init(ng_best *best, const ng_gramian *gram, const float *w, ng_lattice *lattice);

/* Takes over the channels for which the lattice's present values and scales are better. False without memory. */
bool ng_best_offer(ng_best *best);

/* The same with the errors [channels] of the present values, where they are known. */
void ng_best_take(ng_best *best, const double *errors);

/* Gives the lattice the best values and scales there were, and frees the memory. */
void ng_best_end(ng_best *best);

#endif
