/* evaluate.h: how many test images a prepared network classifies rightly. */
#ifndef NG_EVALUATE_H
#define NG_EVALUATE_H

#include "src/accuracy/subject.h"

typedef struct {
    unsigned images;
    unsigned correct; /* the largest score, the first of equal ones, is the label's */
    double seconds;   /* wall clock */
} ng_score;

/* Runs the first request->images test images on request->threads threads. Errors as ng_product_run(), and exit 1 for a
 * score that is NaN. */
bool ng_evaluate(const ng_subject *subject, const ng_engine *engine, const ng_accuracy_request *request, ng_score *score,
                 ng_error *error);

#endif
