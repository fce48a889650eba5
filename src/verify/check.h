/* check.h: circuits against the golden model, step by step. */
#ifndef NG_CHECK_H
#define NG_CHECK_H

#include "src/synth/target.h"
#include "src/verify/bench.h"
#include "src/verify/mismatch.h"

typedef struct {
    uint64_t cases;
    uint64_t mismatches;
    double seconds;                /* of the whole bench, shared by its circuits */
    char first[NG_MISMATCH_SIZE];  /* the first mismatch; empty without one */
} ng_verdict;

/* Runs every circuit of a bench through its stimulus (at least `cases` steps each), all in lockstep. All circuits are
 * clocked (MAC), pipelined (PIPE) or combinational. */
bool ng_check_bench(const ng_bench *bench, const ng_datapath *paths, size_t count, ng_level level, uint64_t seed,
                    uint64_t cases, ng_verdict *verdicts, ng_error *error);

/* Runs a mapped netlist (yosys JSON) in the project's own evaluator, NG_EVALUATOR_LANES cases or (MAC) streams side
 * by side. Errors: those of ng_netlist_load(); a port is missing or has another width (exit 1). */
bool ng_check_netlist(const ng_datapath *path, const ng_target *target, const char *netlist, uint64_t seed,
                      uint64_t cases, ng_verdict *verdict, ng_error *error);

#endif
