/* html.h: index.html, one file that opens without a server and asks nothing of the network: the page of
 * src/report/page/, Chart.js as installed by Debian's libjs-chart.js, and the data as JSON. */
#ifndef NG_REPORT_HTML_H
#define NG_REPORT_HTML_H

#include "src/report/figures.h"
#include "src/report/text.h"

/* The text is the caller's to free. Errors (exit 3): Chart.js is not installed, no memory. */
bool ng_report_html(const json_t *results, const ng_figures *figures, ng_report_text *text, ng_error *error);

#endif
