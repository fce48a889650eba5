/* cost.h: what a datapath costs on a target, one store record (kind "cost").
 *
 * Fields: unit, family, architecture, variant (its name), weights, activations, output (CONVERT only), specials (true: NaN and
 * infinities of operands and scales raise a flag), lanes, terms, chain, stage and latency (PIPE only), rule and rounding (QUANTISE, WINDOW), target, lut_cells,
 * lut_cells_by_size {"1".."6"}, sites, route_throughs, honest_sites (= sites + route_throughs), carry, ff, muxf, dsp, bram,
 * lutram, depth (LUT levels), delay_ns_estimate (cells only: src/netlist/depth.h; null where no delays are published),
 * delay_part (whose delays), critical_path [names of the cells of that delay, or of that depth], fanout {largest, mean, nets {"1", "2", "3-4", ...}}, per_mac {lut_cells, honest_sites} (divided by lanes, with DSP
 * blocks by all products, then also {ff, dsp}; absent for CONVERT), split {multiply, align, accumulate, convert_back}, yosys, script_sha256, rtl_sha256, netlist, netlist_sha256,
 * parameters {...}.
 * Each part of the split is {lut_cells, honest_sites}, a half site being .5. Multiply, align and accumulate add up to the
 * whole circuit. convert_back is the cost of the pair's CONVERT unit to the activation format for sums of as many terms, for a
 * block format one lane's share of the block quantiser (src/cost/convert_back.h), or null with its reason in
 * convert_back_status; a CONVERT unit's own record has all of its cost there.
 */
#ifndef NG_COST_H
#define NG_COST_H

#include <jansson.h>

#include "src/synth/synth.h"

typedef struct {
    const char *rtl;         /* folder of the circuits */
    const char *source_hash; /* of the code that counts: ng_source_hash(NG_SOURCE_COST); part of the key */
} ng_cost_options;

/* The record: from the store, or synthesised, counted and stored. *record is a new reference. Errors: those of
 * ng_synthesise() and ng_netlist_load(); a cell that belongs to no part (exit 1, with its name). */
bool ng_cost(const ng_datapath *path, const ng_target *target, const ng_cost_options *options, json_t **record,
             ng_error *error);

/* The netlist file a record counted. Errors: gone (exit 3), or not the counted one any more (exit 1). */
bool ng_cost_netlist(const json_t *record, char netlist[NG_PATH_SIZE], ng_error *error);

#endif
