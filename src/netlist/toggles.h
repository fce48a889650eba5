/* toggles.h: how often the nets of a circuit change, NG_EVALUATOR_LANES operand streams side by side.
 *
 * A cycle: the inputs take their new values and the flip-flops the states that the settled circuit gave them, all at once; then
 * the logic settles. A change of a net counts once (toggles) and once for every load of it (weighted: toggles x fan-out).
 *   zero delay  a net changes at most once a cycle: settled value against settled value
 *   unit delay  every LUT, multiplexer, carry bit and DSP block takes one unit of time, wires none; each change on the way counts, so
 *               glitches do
 * Counted are inputs, outputs of flip-flops and of logic that something reads; not the clock, nor wires and registers inside a cell.
 */
#ifndef NG_TOGGLES_H
#define NG_TOGGLES_H

#include "src/netlist/evaluator.h"

typedef struct {
    uint64_t toggles;
    uint64_t weighted;
} ng_toggle_sum;

typedef struct {
    uint64_t cycles; /* counted ones, of all lanes together */
    ng_toggle_sum zero_delay;
    ng_toggle_sum unit_delay;
} ng_toggles;

typedef struct ng_toggler ng_toggler;

/* All flip-flops at their initial values, all inputs 0. The netlist must outlive it. Errors: a flip-flop with asynchronous
 * reset (exit 2), out of memory (exit 3). Free with ng_toggler_free(). */
bool ng_toggler_new(ng_toggler **toggler, const ng_netlist *netlist, ng_error *error);
void ng_toggler_free(ng_toggler *toggler);

/* The value of an input port in the next cycle, as ng_evaluator_set(). */
void ng_toggler_set(ng_toggler *toggler, const ng_port *port, const uint64_t *words, size_t stride, size_t count);

/* Runs a cycle. counts: where its changes in lanes below `lanes` are added; NULL: nowhere, to bring the circuit into a
 * state. */
void ng_toggler_cycle(ng_toggler *toggler, size_t lanes, ng_toggles *counts);

/* Reads a settled port, as ng_evaluator_get(). */
void ng_toggler_get(const ng_toggler *toggler, const ng_port *port, uint64_t *words, size_t stride, size_t count);

#endif
