/* weights.h: the weights of a layer in a scalar format, one scale per output channel.
 *
 * weight code = code nearest to w * fp32(1 / s_c); s_c by least squared error over the channel (ng_scale_search()).
 */
#ifndef NG_WEIGHTS_H
#define NG_WEIGHTS_H

#include "model/wide.h"
#include "src/quantize/grid.h"

typedef struct {
    double *values; /* [channels][reduction], integers in units of the format's least significant bit */
    float *scales;  /* [channels] */
} ng_weights;

/* Quantises w[channels][reduction]. False without memory. Range: w finite. Free with ng_weights_free(). */
bool ng_weights_init(ng_weights *weights, const ng_grid *grid, const float *w, size_t channels, size_t reduction);

void ng_weights_free(ng_weights *weights);

/* Largest |sum| any output can reach: max over channels of sum |value| * reach, exact. Range: reach = ng_grid_reach() of
 * the activations. */
ng_wide ng_weights_bound(const double *values, size_t channels, size_t reduction, double reach);

#endif
