/* plot.h: pareto.svg, accuracy against honest LUT sites per MAC, one panel a network, drawn by gnuplot. */
#ifndef NG_REPORT_PLOT_H
#define NG_REPORT_PLOT_H

#include "src/base/file.h"
#include "src/report/figures.h"

/* Runs gnuplot in a folder below build/ that is removed again. The svg is the caller's to free. Errors: gnuplot is
 * not installed or build/ cannot be written (exit 3), gnuplot refuses its script (exit 1). */
bool ng_report_plot(const ng_figures *figures, ng_buffer *svg, ng_error *error);

#endif
