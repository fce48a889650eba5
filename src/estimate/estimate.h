/* estimate.h: what a datapath would cost on a target, without any tool: closed formulas with fitted coefficients.
 *
 *   figure = sum over terms t of coefficient(target, group, t) * count(t)      for LUT cells, honest sites and flip-flops
 *
 * The counts are the architecture's own (terms.h): a coefficient is what one bit of such a row costs on the target. They are
 * fitted to a committed table of synthesised designs (`make fit`, fit.h); a third of it is held out to measure the error, which
 * goes with every estimate. An estimate is no count: it never takes part in a front. */
#ifndef NG_ESTIMATE_H
#define NG_ESTIMATE_H

#include <jansson.h>

#include "src/estimate/terms.h"
#include "src/synth/target.h"

typedef enum { NG_FIGURE_LUT_CELLS = 0, NG_FIGURE_HONEST_SITES = 1, NG_FIGURE_FF = 2, NG_FIGURE_COUNT } ng_figure;

/* The coefficients of one group on one target. */
typedef struct {
    double of[NG_FIGURE_COUNT][NG_TERM_COUNT];
} ng_coefficients;

/* Relative errors |estimate / count - 1| over the designs of a target that were held out of the fit. */
typedef struct {
    unsigned fitted;
    unsigned held_out;
    double median[NG_FIGURE_COUNT];
    double worst[NG_FIGURE_COUNT];
} ng_estimate_error;

typedef struct {
    double figure[NG_FIGURE_COUNT];
    double split[NG_SHARE_REGISTER][NG_FIGURE_COUNT]; /* adds up to the LUT cells and honest sites */
} ng_estimate;

/* "lut_cells", "honest_sites", "ff". Range: figure < NG_FIGURE_COUNT. */
const char *ng_figure_name(ng_figure figure);

/* The coefficient of a term that no design of a group has, and what the fit leans to: one LUT a bit, one flip-flop a bit of
 * registers; 0 for a term that counts circuits. */
double ng_estimate_default(ng_term_id term, ng_figure figure);

/* The formula. */
ng_estimate ng_estimate_with(const ng_coefficients *coefficients, const ng_terms *terms);

/* The estimate with the committed coefficients. False if there are none for the unit or the target. */
bool ng_estimate_of(const ng_datapath *path, const ng_target *target, ng_estimate *estimate);

/* The measured error of a target's estimates. False if there are none. */
bool ng_estimate_error_of(const ng_target *target, ng_estimate_error *error);

/* The same of a target's designs of one group. False if there are none. */
bool ng_estimate_group_error(const ng_target *target, ng_group group, ng_estimate_error *error);

/* Version of the yosys behind the table of designs. */
const char *ng_estimate_yosys(void);

/* A record of the same names as the cost record's (cost.h) with "estimate": true, "error": {lut_cells: {median, worst}, ...,
 * held_out} of the target, "group" and "group_error" of its circuits of the same construction, and of "split" the LUT cells
 * and honest sites. convert_back is the estimate of the pair's CONVERT unit, or absent. NULL: no
 * coefficients, or out of memory. */
json_t *ng_estimate_record(const ng_datapath *path, const ng_target *target);

#endif
