/* route.h: place and route of a mapped, counted circuit with nextpnr, one store record (kind "route").
 *
 * The unit's netlist is placed as it was verified (but for src/route/legal.h, checked again), between registers of its own (src/route/wrapper.h), so every path that is
 * timed begins and ends in a flip-flop. Placement is random, so it is repeated for several seeds.
 *
 * Fields: unit, weights, activations, lanes, terms, target, device (arguments to nextpnr), seeds, fmax_mhz {median, least,
 * largest, spread_pct (largest - least, over the median), all}, luts (cells of the unit that take a LUT's place, those that
 * only pass a signal to a flip-flop included), flip_flop_cells (among them, cells that hold a flip-flop alone; ice40 only, else
 * null), cells {TYPE: {unit, added, wrapper}} (added: by nextpnr), nextpnr, package, yosys, netlist_sha256, source
 * (hash of the code that asked), failed_seeds [those that were not routed in time, replaced by further ones].
 */
#ifndef NG_ROUTE_H
#define NG_ROUTE_H

#include <jansson.h>

#include "src/cost/cost.h"

enum { NG_ROUTE_SEEDS = 4, NG_ROUTE_SEEDS_MAX = 64, NG_ROUTE_LIMIT_S = 300 };

/* The record: from the store, or routed. cost: the circuit's cost record. seeds: 4..64, numbered from 1. Errors: a target without
 * a row in routes.def (exit 2); nextpnr is not installed (exit 3, with the command to run); it fails, or more than
 * `seeds` seeds are not routed in NG_ROUTE_LIMIT_S each (exit 1); those of ng_cost_netlist(). */
bool ng_route(const ng_datapath *path, const ng_target *target, const json_t *cost, unsigned seeds, json_t **record,
              ng_error *error);

#endif
