/* plot_script.h: the gnuplot script of pareto.svg, data included.
 *
 * A panel shows the accuracies from shortly above FP32 down to `span` points below it; what lies lower is counted in
 * the panel's title, so that collapsed pairs do not squash the rest. Names are reduced to letters, digits and
 * " _.+-" before they stand between gnuplot's quotes. */
#ifndef NG_REPORT_PLOT_SCRIPT_H
#define NG_REPORT_PLOT_SCRIPT_H

#include "src/report/figures.h"
#include "src/report/text.h"

/* The script writes `output`, a path without quotes. Error: no memory (exit 3). */
bool ng_plot_script(const ng_figures *figures, const char *output, ng_report_text *text, ng_error *error);

#endif
