/* measure.h: one circuit synthesised and counted. */
#ifndef NG_MEASURE_H
#define NG_MEASURE_H

#include <jansson.h>

#include "src/netlist/counts.h"
#include "src/netlist/depth.h"
#include "src/netlist/fanout.h"
#include "src/synth/synth.h"

typedef struct {
    ng_datapath path;
    ng_synthesis synthesis;
    ng_netlist netlist;
    ng_counts counts;
    ng_fanout fanout;
    ng_depth depth; /* in levels */
    ng_depth delay; /* in picoseconds */
} ng_measurement;

/* Synthesises and counts. The circuit has to hold as many DSP blocks as it asks for (exit 1). Every cell of a CONVERT unit counts as conversion; in the other units each LUT and route-through
 * has to belong to multiply, align or accumulate, in a kind of its own (model/kinds.def) also to convert (exit 1 otherwise,
 * with the cell's name). Free with ng_measurement_free(). */
bool ng_measure(const ng_datapath *path, const ng_target *target, const char *rtl, ng_measurement *made,
                ng_error *error);
void ng_measurement_free(ng_measurement *made);

/* {lut_cells, honest_sites} of the whole circuit; NULL when out of memory. */
json_t *ng_measurement_whole(const ng_measurement *made);

/* The same of one of `share` equal parts. */
json_t *ng_measurement_share(const ng_measurement *made, unsigned share);

/* The cost record (src/cost/cost.h) without convert_back, but for a CONVERT unit; NULL when out of memory. */
json_t *ng_measurement_record(const ng_measurement *made);

#endif
