/* netlist.h: a mapped netlist (yosys write_json, one module) in memory: cells, nets, ports, and an evaluation order.
 *
 * Net numbers: NG_NET_ZERO, NG_NET_ONE, NG_NET_X for the constants "0", "1", "x" (and "z"), then the nets of the file in
 * order of appearance. Every net that is read has exactly one driver.
 */
#ifndef NG_NETLIST_H
#define NG_NETLIST_H

#include "src/base/file.h"
#include "src/synth/target.h"

enum {
    NG_NET_ZERO = 0,
    NG_NET_ONE = 1,
    NG_NET_X = 2,
    NG_NET_FIRST = 3,  /* the first net that is not a constant */
    NG_NETLIST_CELLS_MAX = 1 << 15,
    NG_STEP_INPUTS_MAX = 6,
    NG_NETLIST_PORT_BITS_MAX = 1 << 12,
    NG_CELL_INPUTS_MAX = 10,
    NG_CELL_OUTPUTS_MAX = 8
};

/* Inputs of a flip-flop, in this order; an absent pin is a constant net. */
enum { NG_FF_CLOCK = 0, NG_FF_DATA = 1, NG_FF_ENABLE = 2, NG_FF_RESET = 3 };

/* Inputs and outputs of a CARRY4; bit i of a port at NAME + i. */
enum { NG_CARRY4_CI = 0, NG_CARRY4_CYINIT = 1, NG_CARRY4_DI = 2, NG_CARRY4_S = 6, NG_CARRY4_O = 0, NG_CARRY4_CO = 4 };

typedef struct {
    char *name;                /* hierarchical, as yosys wrote it */
    const ng_cell_type *type;
    uint64_t table;            /* LUT, MUX: truth table; CARRY: those of its bits, 16 apart; FF: initial value */
    unsigned inverted;         /* FF: bit i set: input i is inverted (IS_D_INVERTED, IS_R_INVERTED, ...) */
    unsigned inputs;
    unsigned outputs;
    uint32_t input[NG_CELL_INPUTS_MAX];   /* nets */
    uint32_t output[NG_CELL_OUTPUTS_MAX]; /* nets; never constants */
} ng_cell;

typedef struct {
    char *name;
    bool output;
    unsigned width;
    uint32_t *bits; /* nets, bit 0 first */
} ng_port;

/* One step of the evaluation order: a LUT-like cell (bit 0), one bit of a carry cell, or a flip-flop with asynchronous
 * reset. Steps stand after everything their outputs depend on. */
typedef struct {
    uint32_t cell;
    uint32_t bit;
} ng_netlist_step;

typedef struct {
    const ng_target *target;
    char *module;
    ng_cell *cells;
    size_t cell_count;
    ng_port *ports;
    size_t port_count;
    size_t net_count;
    uint32_t clock;   /* net of every flip-flop's clock; NG_NET_ZERO without flip-flops */
    uint32_t *fanout; /* loads of each net: cell inputs and output port bits */
    ng_netlist_step *steps;
    size_t step_count;
} ng_netlist;

/* Reads a netlist file. Refused with the file and the place: no JSON, wrong types, missing keys, no or several top modules,
 * undriven and multiply driven nets, combinational loops, several clocks or a falling edge, unknown pins and parameters,
 * sizes over the limits above (exit 2); a cell that is not on the target's whitelist or is wired in a way that is not (exit 1,
 * with its name). Constant cells are replaced by the constants they drive. */
bool ng_netlist_load(ng_netlist *netlist, const char *path, const ng_target *target, ng_error *error);

/* The same from text in memory; `path` is only named in errors. */
bool ng_netlist_parse(ng_netlist *netlist, const char *path, const void *text, size_t size, const ng_target *target,
                      ng_error *error);

void ng_netlist_free(ng_netlist *netlist);

/* The nets a step's outputs depend on; returns how many. A carry bit gives its carry (a CARRY4's bit 0 CI and CYINIT), then
 * its operands (src/netlist/carry.h). */
unsigned ng_step_inputs(const ng_netlist *netlist, ng_netlist_step step, uint32_t nets[NG_STEP_INPUTS_MAX]);

/* The nets a step drives; returns how many: one, or the sum and the carry of a bit. */
unsigned ng_step_outputs(const ng_netlist *netlist, ng_netlist_step step, uint32_t nets[2]);

/* The port of that name, or NULL. */
const ng_port *ng_netlist_port(const ng_netlist *netlist, const char *name);

#endif
