/* compare.h: the circuit's exact arithmetic against the fp32 emulation of training frameworks, image by image.
 *
 * The network is quantised once: scales, codes and recipe are the same for both. What differs is how codes are multiplied and
 * added (src/infer/product.h: FAKE), so the images on which the two predict different classes are those that the emulation gets
 * otherwise than the circuit. With the recipe `plain` the two accuracies are those of `accuracy --arith exact` and `--arith fake`.
 */
#ifndef NG_COMPARE_H
#define NG_COMPARE_H

#include "src/accuracy/accuracy.h"

/* Runs both, or finds the finished result in the store (kind "compare"); request->source_hash is NG_SOURCE_COMPARE's, setting.arith
 * and request->threads are not looked at. *record is a new reference to an object of
 *   network weights activations recipe calibration images seed network_sha256 data_sha256   as in an accuracy record
 *   exact_top1_pct fake_top1_pct
 *   difference_points interval95_points   exact minus fake, and the half width of its paired 95 % interval (paired.h)
 *   differ                                images on which the predicted classes differ
 *   exact_only fake_only                  images that one of the two alone gets right
 * Errors: those of ng_accuracy(); exit 2 for integers alone and for recipes that compute in fp32, which have no emulation. */
bool ng_compare(const ng_accuracy_request *request, json_t **record, ng_error *error);

#endif
