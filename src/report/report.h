/* report.h: the results of a study, written down for people and for programs. */
#ifndef NG_REPORT_H
#define NG_REPORT_H

#include <jansson.h>

#include "src/base/error.h"

/* Writes folder/results.json (the document itself), pareto.csv, recipes.csv, arith.csv, dsp.csv, pareto.svg and index.html, each
 * atomically, the page last; nothing is written before all of them could be made. Only points with status "verified" have figures, places on
 * a front, and rows in the CSV. Range: see the fields read in figures.h and docs/; unknown fields are kept in
 * results.json and ignored elsewhere.
 * Errors: the document is not of the expected form (exit 2, with the place); a verified point lacks evidence (exit 1);
 * Chart.js or gnuplot is not installed, the folder cannot be written (exit 3). */
bool ng_report_write(const json_t *results, const char *folder, ng_error *error);

#endif
