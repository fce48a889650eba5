/* contest.h: minifloats against integers at equal widths, for each recipe and for the best of all: the two conclusions of the anchor
 * paper (arXiv 2311.12359), each put to the measurements:
 *
 *   accuracy  "minifloats are more accurate from 4 bits up": holds where the best minifloat's 95 % interval lies above the best
 *             integer's, does not hold where it lies below
 *   front     "integers stay Pareto-optimal": holds where no verified pair of any family is at least as cheap and as accurate as the
 *             best integer, and better in one; does not hold where such a pair's interval lies above the integer's
 * Between the two it is not separable: intervals overlap. That is stricter than a test of the difference. Cost: honest LUT sites per
 * MAC of the pair's dot product. A width with one kind alone is missing.
 */
#ifndef NG_REPORT_CONTEST_H
#define NG_REPORT_CONTEST_H

#include "src/report/figures.h"

/* A list, one entry for each network, recipe ("" for the best of all, which also lists widths with one kind alone), and widths of
 * weights and activations:
 *   {network, recipe, weight_bits, activation_bits, integer, minifloat, lead_points, accuracy, front, beaten_by}
 *   integer, minifloat  the most accurate verified pair of the kind: {pair (index), recipe, top1_pct, interval95_pct,
 *                       sites_per_mac}, a missing number null; null: none
 *   lead_points         minifloat - integer; null
 *   accuracy, front     "holds", "does not hold", "not separable (intervals overlap)", "missing"
 *   beaten_by           the most accurate pair that keeps the integer off the front; null
 * NULL without memory. */
json_t *ng_report_contest(const ng_figures *figures);

/* How often each conclusion holds at widths of 4 bits and more that have both kinds, for each network and recipe ("" the best of all):
 *   {network, recipe, accuracy: [holds, does not hold, not separable, missing], front: [..]}
 * NULL without memory. */
json_t *ng_report_claims(const ng_figures *figures);

/* What the entries of one network say, best of all recipes; and which families stand on its area front. */
void ng_report_print_contest(FILE *stream, const ng_figures *figures, size_t network);

#endif
