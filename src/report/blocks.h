/* blocks.h: circuits in DSP blocks as rows of a CSV of their own. Their LUT sites leave out what the blocks do, so they take no part
 * in the figures and fronts, which price pairs by circuits without DSP blocks (src/report/figures.h). */
#ifndef NG_REPORT_BLOCKS_H
#define NG_REPORT_BLOCKS_H

#include "src/report/figures.h"
#include "src/report/text.h"

/* One row a verified circuit with DSP blocks; columns: weights, activations, unit, target, products (per block), lanes, dsp,
 * lut_cells, honest_sites, ff, depth_luts, delay_ns_estimate, and per product dsp, lut_cells, honest_sites, ff. Error: out of memory
 * (exit 3). */
bool ng_report_blocks_csv(const ng_figures *figures, ng_report_text *text, ng_error *error);

#endif
