/* batchnorm.h: batch normalisation with constant statistics.
 *
 *   y = (x - mean) / sqrt(variance + epsilon) * scale + offset,  channel by channel
 *
 * Behind a convolution whose result nothing else reads it becomes part of that:
 *   factor = scale / sqrt(variance + epsilon);  weights *= factor;  bias = (bias - mean) * factor + offset
 * Elsewhere the node keeps three inputs: x, the factors and the offsets offset - mean * factor; y = x * factor + offset.
 * Factors, products and sums are computed in double and rounded once to fp32.
 */
#ifndef NG_BATCHNORM_H
#define NG_BATCHNORM_H

#include "src/network/network.h"

enum { NG_BATCHNORM_VALUES = 2 }; /* how many values a node may add to the network */

/* Changes every BatchNormalization of the network; there must be room for NG_BATCHNORM_VALUES values more for each.
 * Errors: exit 3 without memory. */
bool ng_batchnorm_fold(ng_network *network, ng_error *error);

#endif
