/* calibrate.h: what the calibration images do in a network: distributions of inputs, and whatever an observer wants to see. */
#ifndef NG_CALIBRATE_H
#define NG_CALIBRATE_H

#include "src/accuracy/subject.h"
#include "src/quantize/histogram.h"

/* The calibration images that are used, an array of ng_calibration_used() indices in the order drawn by the seed. Errors: exit 3.
 * Free with free(). */
bool ng_calibration_draw(const ng_subject *subject, const ng_accuracy_request *request, size_t **order, ng_error *error);

/* How many: ng_calibration_count() or the default, at most as many as there are. */
size_t ng_calibration_used(const ng_subject *subject, const ng_accuracy_request *request);

/* Runs images order[0..count) through the first `layers` layers of an engine; 0: all of it. Errors as ng_engine_run(). */
bool ng_calibration_run(const ng_subject *subject, const ng_engine *engine, const size_t *order, size_t count, size_t layers,
                        ng_observer *observer, void *context, ng_error *error);

/* Number of histograms of a plan: one a layer, then two a product of two activations. */
size_t ng_histogram_count(const ng_plan *plan);

/* The distributions of every layer's input and of both operands of every product of two activations, histograms[layer],
 * histograms[layer_count + 2 * attention + side], from a run of an fp32 engine. Errors: exit 1 if an
 * activation is not finite, exit 3. Free with ng_histograms_free(). */
bool ng_calibration_histograms(const ng_subject *subject, const ng_engine *engine, const size_t *order, size_t count,
                               ng_histogram **histograms, ng_error *error);

void ng_histograms_free(ng_histogram *histograms, size_t count);

#endif
