/* unit_bench.h: the C face of a Verilated ng_top (src/verify/wrapper.h), found with dlsym() in a bench library.
 * Operands and results are little-endian limb arrays of model/unit.h; a result is zero-extended to
 * NG_RESULT_LIMBS limbs. */
#ifndef NG_UNIT_BENCH_H
#define NG_UNIT_BENCH_H

#include <stdint.h>

#include "model/unit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A new model, or NULL. */
void *ng_bench_new(void);
void ng_bench_delete(void *bench);

/* Sets the operand words of circuit `dut`; start is first_i of a clocked circuit and unused by the others. */
void ng_bench_load(void *bench, unsigned dut, int start, const uint64_t *first, const uint64_t *second);

/* Settles combinational circuits. */
void ng_bench_settle(void *bench);

/* One clock cycle: inputs change while the clock is low, then it rises. */
void ng_bench_clock(void *bench);

/* Reads the result word of circuit `dut`. */
void ng_bench_read(void *bench, unsigned dut, uint64_t result[NG_RESULT_LIMBS]);

#ifdef __cplusplus
}
#endif

#endif
