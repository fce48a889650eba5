/* simulate.h: operands streamed through a Verilated unit in SystemC, every result judged by the golden model.
 *
 *   source -> sc_fifo -> unit -> sc_fifo -> checker        (sim/stream_*.h, docs/simulation.md)
 *
 * Record fields: unit, weights, activations, output (CONVERT only), lanes, terms, vectors, cycles, input_stalls,
 * output_stalls, drain_cycles, vectors_per_s, mismatches, first_mismatch (null without one), seed, source_idle_pct,
 * sink_busy_pct, source ("random" or "NETWORK layer N: ..."), waves (file name or null), verilator.
 * cycles = vectors + input_stalls + output_stalls + drain_cycles; all but vectors_per_s depend on the request alone.
 */
#ifndef NG_SIMULATE_H
#define NG_SIMULATE_H

#include <jansson.h>

#include "model/unit.h"
#include "src/base/error.h"

enum {
    NG_SIMULATE_STALL_PCT = 25,         /* a good default of both chances */
    NG_SIMULATE_STALL_PCT_MAX = 90,
    NG_SIMULATE_VECTORS_MAX = 1 << 22
};

typedef struct {
    const ng_datapath *path;
    const char *rtl;          /* folder of the circuits */
    const char *network;      /* NULL: random operands */
    const char *data;         /* folder of the images; only with a network */
    const char *dataset;      /* instead: a file that says where they are (src/accuracy/accuracy.h); NULL or "" */
    unsigned layer;           /* of the network */
    uint64_t vectors;         /* 1..NG_SIMULATE_VECTORS_MAX; a layer may give fewer */
    uint64_t seed;            /* of the random operands and the back-pressure */
    unsigned source_idle_pct; /* chance that the source has nothing in a cycle, 0..NG_SIMULATE_STALL_PCT_MAX */
    unsigned sink_busy_pct;   /* chance that the sink is not ready in a cycle */
    const char *waves;        /* VCD file to write, or NULL; replaced only by a finished one */
} ng_simulate_request;

/* Builds the bench (or finds it in build/simulate/) and runs it in the current folder, which must hold model/, sim/ and
 * src/. *record is a new reference; mismatches are in it and are no error.
 * Errors: numbers out of range, no such network or layer, waves cannot be written (exit 2); Verilator or the compiler
 * refuse the sources (1); a tool or the circuit is missing (3). */
bool ng_simulate(const ng_simulate_request *request, json_t **record, ng_error *error);

#endif
