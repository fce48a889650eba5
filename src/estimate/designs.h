/* designs.h: the sample of circuits behind the estimate: which ones, and the table of what they cost.
 *
 * Designs are drawn group by group (designs.def) from pools of formats, lanes, chain lengths and sums with a fixed generator;
 * every third of a group and target is held out: never fitted, only used to measure the error.
 *
 * The table is CSV with a header line, one line a design:
 *   unit,weights,activations,output,lanes,terms,chain,width,rule,rounding,target,yosys,lut_cells,honest_sites,ff,
 *   multiply_lut_cells,align_lut_cells,accumulate_lut_cells,held_out
 * output is empty for kinds without one, and for a register of fp32; the parts are empty for kinds with one. width, rule and rounding are
 * those of a request (model/unit.h), 0 the kind's default; held_out is 0 or 1. */
#ifndef NG_DESIGNS_H
#define NG_DESIGNS_H

#include <stdio.h>

#include "model/unit.h"
#include "src/base/error.h"
#include "src/cost/cost.h"

enum { NG_DESIGNS_MAX = 4096, NG_YOSYS_NAME_SIZE = 128 };

/* A datapath with its formats, which path points to: it must not be copied. */
typedef struct {
    ng_format weight;
    ng_format activation;
    ng_format output; /* of no bits: none, or fp32 */
    ng_datapath path;
    const ng_target *target;
    bool held_out;
} ng_design;

typedef struct {
    ng_design design;
    char yosys[NG_YOSYS_NAME_SIZE];
    double lut_cells;
    double honest_sites;
    double ff;
    double split[3]; /* LUT cells: multiply, align, accumulate */
} ng_priced_design;

/* Fills *design with number `index` of the sample; false past its end. */
bool ng_design_at(size_t index, ng_design *design);

/* Called after each design of ng_designs_price(). */
typedef void ng_designs_progress(void *context, size_t done, size_t total);

/* Prices designs first, first + step, ... of the sample (a step of n lets n programs share the work), those of one target or, with
 * NULL, of all, and leaves the records in the store. Errors: those of ng_cost(). */
bool ng_designs_price(const ng_target *target, size_t first, size_t step, const ng_cost_options *options,
                      ng_designs_progress *progress, void *context, ng_error *error);

/* Writes the table of the sample, of one target or, with NULL, of all, from the store or priced now. Errors: those of ng_cost() and
 * ng_write_file(). */
bool ng_designs_write(const char *file, const ng_target *target, const ng_cost_options *options, ng_error *error);

/* Reads a table; *designs is allocated, free() it. Errors (exit 2): file and line of what is wrong. */
bool ng_designs_read(const char *file, ng_priced_design **designs, size_t *count, ng_error *error);

#endif
