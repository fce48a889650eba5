/* csv.h: pareto.csv, one row a verified pair and network (RFC 4180: but lines end in LF).
 * A missing figure is an empty field, and `status` says what is missing; 0 is always a measured 0. */
#ifndef NG_REPORT_CSV_H
#define NG_REPORT_CSV_H

#include "src/report/figures.h"
#include "src/report/text.h"

/* Error: no memory (exit 3). The text is the caller's to free. */
bool ng_report_csv(const ng_figures *figures, ng_report_text *text, ng_error *error);

/* recipes.csv: one row an accuracy record of a verified pair, whatever its recipe. */
bool ng_report_recipes_csv(const ng_figures *figures, ng_report_text *text, ng_error *error);

/* A field of a CSV file (RFC 4180): quoted where it has to be. */
void ng_report_csv_text(FILE *stream, const char *text);

#endif
