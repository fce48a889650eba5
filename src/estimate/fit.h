/* fit.h: the coefficients of the estimate from a table of synthesised designs.
 *
 * For each group and target, and each figure, the coefficients c >= 0 that minimise
 *   mean over the fitted designs of |e_i| + WORST_WEIGHT * max |e_i|,     e_i = (sum_t c_t count_it) / figure_i - 1
 * a linear program (GLPK's simplex): relative errors, so that small circuits count as much as large ones, and not squared, so
 * that one circuit which synthesis treats unlike the others does not bend the rest. */
#ifndef NG_FIT_H
#define NG_FIT_H

#include "src/estimate/designs.h"
#include "src/estimate/estimate.h"

typedef struct {
    ng_coefficients group[NG_TARGET_COUNT][NG_GROUP_COUNT];
    bool fitted[NG_TARGET_COUNT][NG_GROUP_COUNT];
    ng_estimate_error error[NG_TARGET_COUNT];
    ng_estimate_error group_error[NG_TARGET_COUNT][NG_GROUP_COUNT];
} ng_fit;

/* Fits all groups that have designs and measures the errors on those held out. Errors: exit 1 if a linear program has no
 * optimum, exit 2 for a table of several yosys versions, exit 3 without memory. */
bool ng_fit_make(const ng_priced_design *designs, size_t count, ng_fit *fit, ng_error *error);

/* Relative error of a design's figure under a fit; 0 where figure and estimate are 0. */
double ng_fit_error(const ng_fit *fit, const ng_priced_design *design, ng_figure figure);

/* Writes coefficients.def. Errors: exit 3. */
bool ng_fit_write(const ng_fit *fit, const char *yosys, const char *file, ng_error *error);

#endif
