/* ranges.h: what the calibration images put into each tensor of a network, for inference in integers alone. */
#ifndef NG_RANGES_H
#define NG_RANGES_H

#include "src/accuracy/subject.h"
#include "src/infer/integer.h"

/* Largest magnitude of every tensor in fp32, and the scale of the request's calibration method for a format. Errors: exit 1 for a
 * number that is not finite, exit 2 for block formats, exit 3. Free with ng_ranges_free(). */
bool ng_ranges_measure(const ng_subject *subject, const ng_accuracy_request *request, const ng_format *format, ng_tensor_ranges *ranges,
                       ng_error *error);

void ng_ranges_free(ng_tensor_ranges *ranges);

#endif
