/* bench.h: Verilated circuits as a loaded library.
 *
 * The circuits of one bench are compiled together (Verilator's run time and the compiler's start-up dominate the cost
 * of a small circuit) into build/bench/KEY/bench.so, KEY a hash of the RTL, the wrapper, the bench and the tool.
 */
#ifndef NG_VERIFY_BENCH_H
#define NG_VERIFY_BENCH_H

#include "src/base/hash.h"
#include "src/verify/wrapper.h"

typedef struct {
    void *library;
    void *model;
    void *(*make)(void);
    void (*discard)(void *bench);
    void (*load)(void *bench, unsigned dut, int start, const uint64_t *first, const uint64_t *second);
    void (*settle)(void *bench);
    void (*clock)(void *bench);
    void (*read)(void *bench, unsigned dut, uint64_t result[NG_RESULT_LIMBS]);
} ng_bench;

/* What the circuits of a bench are made from. */
typedef struct {
    ng_level level;
    const char *rtl;               /* folder of the RTL */
    const char *const *netlists;   /* NETLIST: one Verilog file a circuit, top module ng_net<N>; else NULL */
    const char *cells;             /* NETLIST: the target's cell library in Verilog; else NULL */
} ng_bench_source;

/* SHA-256 over every .sv file below the folder. */
bool ng_rtl_hash(const char *folder, char hash[NG_HASH_SIZE], ng_error *error);

/* Compiles (or finds) and loads. Errors: Verilator refuses the RTL (exit 1, with its message), tools missing (3). */
bool ng_bench_open(ng_bench *bench, const ng_datapath *paths, size_t count, const ng_bench_source *source,
                   ng_error *error);

void ng_bench_close(ng_bench *bench);

#endif
