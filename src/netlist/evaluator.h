/* evaluator.h: runs a mapped netlist, NG_EVALUATOR_LANES independent streams side by side, one bit of a word each.
 *
 * A lane is one simulation with its own inputs and flip-flops. Nets hold one bit a lane; the netlist is interpreted as a list
 * of two-input gates and multiplexers (src/netlist/program.h). Unknown constants ("x") are 0 in even lanes and 1 in odd ones, so that a circuit whose result
 * depends on one disagrees with its model.
 *
 * Combinational:  set inputs, settle, get outputs.
 * Clocked:        reset; then per cycle: set inputs, clock, get outputs (those after the rising edge).
 */
#ifndef NG_EVALUATOR_H
#define NG_EVALUATOR_H

#include "src/netlist/netlist.h"

enum { NG_EVALUATOR_LANES = 512 };

typedef struct ng_evaluator ng_evaluator;

/* Makes an evaluator; the netlist must outlive it. Flip-flops start at their initial values (x counts as 0). Error: out of
 * memory (exit 3). Free with ng_evaluator_free(). */
bool ng_evaluator_new(ng_evaluator **evaluator, const ng_netlist *netlist, ng_error *error);
void ng_evaluator_free(ng_evaluator *evaluator);

/* All flip-flops of all lanes to their initial values, all inputs to 0. */
void ng_evaluator_reset(ng_evaluator *evaluator);

/* Sets an input port: lane i gets bits [0, width) of the little-endian limbs at words + i * stride, for i < count; the
 * other lanes get 0. Range: count 0..NG_EVALUATOR_LANES; stride >= limbs of the port. */
void ng_evaluator_set(ng_evaluator *evaluator, const ng_port *port, const uint64_t *words, size_t stride, size_t count);

/* Reads a port into words + i * stride for lanes i < count: limbs of the port's width, zero-extended; limbs of the stride
 * above them are not written. Settles first if the port depends on logic that has not. */
void ng_evaluator_get(ng_evaluator *evaluator, const ng_port *port, uint64_t *words, size_t stride, size_t count);

/* Lets the combinational logic settle; free of charge if nothing has changed since. */
void ng_evaluator_settle(ng_evaluator *evaluator);

/* Settles, and clocks every flip-flop once. */
void ng_evaluator_clock(ng_evaluator *evaluator);

/* A combinational netlist on N cases: result[i] = f(first[i], second[i]), limb arrays with the given strides; ports named
 * by the caller. Error (exit 1): a port is missing. */
typedef struct {
    const char *first;
    const char *second;
    const char *result;
} ng_evaluator_ports;

bool ng_evaluator_run(ng_evaluator *evaluator, const ng_evaluator_ports *ports, const uint64_t *first, size_t first_stride,
                      const uint64_t *second, size_t second_stride, uint64_t *result, size_t result_stride, size_t count,
                      ng_error *error);

#endif
