/* results.h: the outputs of a study's jobs as one document, reports/results.json (docs/results.md). */
#ifndef NG_RESULTS_H
#define NG_RESULTS_H

#include <jansson.h>

#include "src/study/plan.h"

/* Reads every job's output file and assembles the document. A point is "verified" if every circuit of it that was asked for
 * has a record without mismatches, "failed" with a mismatch, else "incomplete"; what failed is listed under "missing" with
 * the last line of its error text. `provenance` is borrowed. Also counts the jobs that did not end well. */
bool ng_results_make(const ng_study *study, const ng_study_plan *plan, json_t *provenance, json_t **results, size_t *failed,
                     ng_error *error);

#endif
