/* contest.h: minifloats against integers at equal widths, for each recipe and for the best of all: the anchor paper's questions. */
#ifndef NG_REPORT_CONTEST_H
#define NG_REPORT_CONTEST_H

#include "src/report/figures.h"

/* A list, one entry for each network, widths of weights and activations, and recipe ("" for the best of all) at which a verified
 * pair of integers and a verified pair of minifloats were measured, the most accurate of each:
 *   {network, weight_bits, activation_bits, recipe, integer, integer_top1_pct, minifloat, minifloat_top1_pct, lead_points,
 *    interval95_pct}
 * lead_points = minifloat - integer; interval95_pct is the half width of a 95 % interval of that difference, as if the images of the
 * two were independent: sqrt(i^2 + m^2). NULL without memory. */
json_t *ng_report_contest(const ng_figures *figures);

/* What the entries of one network say, widths of weights and activations equal, best of all recipes; and which families stand on
 * its area front. */
void ng_report_print_contest(FILE *stream, const ng_figures *figures, size_t network);

#endif
