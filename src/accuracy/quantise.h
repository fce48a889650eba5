/* quantise.h: a network made ready for a request's formats by its recipe: methods, calibration, weights. */
#ifndef NG_QUANTISE_H
#define NG_QUANTISE_H

#include "src/accuracy/subject.h"

typedef struct {
    ng_recipe recipe;        /* what an engine takes; points into this */
    size_t layer_count;
    ng_layer_recipe *layers;
    ng_weights *weights;     /* of each layer; empty where the engine rounds to nearest itself */
    struct ng_attention_recipe *attention; /* of each product of two activations; NULL: fp32 */
    ng_format *formats;      /* [2][layers]: those that a method has chosen */
} ng_quantised;

/* Runs the request's recipe: methods of stage NETWORK rewrite the subject's plan, which from then on is the quantised network's, and
 * stage by stage every layer gets its formats, scales and weights. Errors: exit 2 for an unknown calibration or setting and for a
 * method that cannot serve the formats, exit 1 for an activation that is not finite, exit 3 without memory. The quantised network
 * must not outlive the subject. Free with ng_quantised_free(). */
bool ng_quantise(ng_subject *subject, const ng_accuracy_request *request, ng_quantised *quantised, ng_error *error);

void ng_quantised_free(ng_quantised *quantised);

#endif
