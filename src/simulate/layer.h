/* layer.h: the operands of one layer of a quantised network as a stream of vectors.
 *
 * Order: activation rows (output positions) outermost, then weight rows (output channels), then the reduction in steps
 * of the datapath's lanes; the last step of a row is filled up with zeros. A MAC starts anew at each dot product, and
 * with block formats at each block.
 */
#ifndef NG_SIMULATE_LAYER_H
#define NG_SIMULATE_LAYER_H

#include "src/simulate/simulate.h"

enum { NG_LAYER_IMAGES = 8, NG_SOURCE_TEXT_SIZE = 256 };

/* Takes one vector. */
typedef void ng_vector_sink(void *context, bool first, const uint64_t *weights, const uint64_t *activations);

/* Gives `sink` the first vectors of the request's layer on the first NG_LAYER_IMAGES test images, at most
 * request->vectors; `source` names network and layer. Errors: those of ng_trace_layer(); exit 2 for a CONVERT unit, which
 * has no operands in a network, and for a reduction longer than the MAC has room for. */
bool ng_layer_vectors(const ng_simulate_request *request, ng_vector_sink *sink, void *context,
                      char source[NG_SOURCE_TEXT_SIZE], ng_error *error);

#endif
