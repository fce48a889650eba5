/* verify.h: evidence that a circuit computes what the golden model computes, one store record a circuit and level.
 *
 * Record fields: unit, kind, family, weights, activations, output (CONVERT), rule and rounding (units with a choice), lanes, terms, variant (the architecture's name), latency (PIPE),
 * level ("rtl", "netlist"),
 * engine ("verilator" or "evaluator"), target (netlist), cases, mismatches, exhaustive, seconds, seed, tool (Verilator's
 * version or "narrowgauge"), first_mismatch (only with mismatches). Only records without mismatches are stored.
 */
#ifndef NG_VERIFY_H
#define NG_VERIFY_H

#include <jansson.h>

#include "src/verify/check.h"

enum { NG_CASES_DEFAULT = 1000000 };

typedef struct {
    const char *rtl; /* folder of the circuits */
    uint64_t seed;
    uint64_t cases;  /* least number of cases; 0: NG_CASES_DEFAULT */
    char rtl_hash[NG_HASH_SIZE];
    char verilator[128]; /* version */
} ng_verify_options;

/* Fills the options; reads the RTL folder and the tool's version once for all keys. */
bool ng_verify_options_start(ng_verify_options *options, const char *rtl, uint64_t seed, uint64_t cases,
                             ng_error *error);

/* Verifies the RTL of `count` datapaths of one unit kind, those without a stored record together in one bench.
 * records[i] is a new reference. False only if a check could not run; mismatches are in the records. */
bool ng_verify_rtl(const ng_datapath *paths, size_t count, const ng_verify_options *options, json_t **records,
                   ng_error *error);

/* Verifies the mapped netlist (yosys JSON file) of a datapath in the project's evaluator. */
bool ng_verify_netlist(const ng_datapath *path, const ng_target *target, const char *netlist,
                       const ng_verify_options *options, json_t **record, ng_error *error);

/* A mapped netlist in Verilator, with the cell models of sim/cells/TARGET.v. Errors: no such models (exit 2), those of
 * ng_bench_open(). */
bool ng_netlist_bench_open(ng_bench *bench, const ng_datapath *path, const ng_target *target, const char *netlist,
                           const char *rtl, ng_error *error);

/* The same check in Verilator, through the generic bench and sim/cells/TARGET.v; never stored. */
bool ng_verify_netlist_verilator(const ng_datapath *path, const ng_target *target, const char *netlist,
                                 const ng_verify_options *options, json_t **record, ng_error *error);

/* The record of a verdict. target: NULL for RTL; tool: version of what ran the circuit. */
json_t *ng_verify_record(const ng_datapath *path, ng_level level, const char *target, const char *tool,
                         const ng_verify_options *options, const ng_verdict *verdict);

/* The stored record, or NULL: whether ng_verify_rtl / ng_verify_netlist would find it done. */
bool ng_verify_rtl_stored(const ng_datapath *path, const ng_verify_options *options, json_t **record, ng_error *error);

#endif
