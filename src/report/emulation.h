/* emulation.h: the accuracy of the circuit's exact arithmetic beside that of its emulation in fp32 (src/compare/compare.h). */
#ifndef NG_REPORT_EMULATION_H
#define NG_REPORT_EMULATION_H

#include "src/report/figures.h"
#include "src/report/text.h"

/* Checks the "compare" lists of verified pairs. Errors: a record without its numbers or of an unknown network (exit 2); an exact
 * accuracy that is not the one that the study measured under the same recipe (exit 1). */
bool ng_report_emulation_check(const ng_figures *figures, ng_error *error);

/* A list, the largest differences first, then the most predictions that differ:
 *   {pair, network, recipe, images, exact_top1_pct, fake_top1_pct, difference_points, interval95_points, differ, exact_only,
 *    fake_only}
 * pair, network: indices. NULL without memory. */
json_t *ng_report_emulation(const ng_figures *figures);

/* What they say together. */
void ng_report_print_emulation(FILE *stream, const ng_figures *figures);

/* arith.csv: a row an entry, names for the indices. */
bool ng_report_emulation_csv(const ng_figures *figures, ng_report_text *text, ng_error *error);

#endif
