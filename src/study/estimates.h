/* estimates.h: beside every count of a study what the closed formulas would have said, and how far off they were. */
#ifndef NG_STUDY_ESTIMATES_H
#define NG_STUDY_ESTIMATES_H

#include <jansson.h>

#include "src/study/study.h"

/* Adds "estimate": {lut_cells, honest_sites} to a cost record of the pair; nothing where there is no estimate. */
void ng_estimates_add(const ng_pair *pair, json_t *cost);

/* {"yosys": version behind the fit, "targets": {NAME: {fitted, held_out, lut_cells: {median, worst}, honest_sites: {..}}}} for
 * the targets that have coefficients. NULL without memory. */
json_t *ng_estimates_errors(void);

#endif
