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
    NG_STEP_INPUTS_MAX = 176,  /* a DSP block's; others have at most 6 */
    NG_STEP_OUTPUTS_MAX = 96,
    NG_NETLIST_PORT_BITS_MAX = 1 << 12,
    NG_CELL_INPUTS_MAX = 10,
    NG_CELL_OUTPUTS_MAX = 8
};

/* Inputs of a flip-flop, in this order; an absent pin is a constant net. */
enum { NG_FF_CLOCK = 0, NG_FF_DATA = 1, NG_FF_ENABLE = 2, NG_FF_RESET = 3 };

/* Inputs and outputs of a CARRY4; bit i of a port at NAME + i. */
enum { NG_CARRY4_CI = 0, NG_CARRY4_CYINIT = 1, NG_CARRY4_DI = 2, NG_CARRY4_S = 6, NG_CARRY4_O = 0, NG_CARRY4_CO = 4 };

/* Pins of a DSP48E1, bit i of a port at NAME + i: first the inputs. */
enum {
    NG_DSP_A = 0,
    NG_DSP_B = 30,
    NG_DSP_C = 48,
    NG_DSP_D = 96,
    NG_DSP_PCIN = 121,
    NG_DSP_OPMODE = 169,
    NG_DSP_CLOCK = 176,
    NG_DSP_INPUTS = 177,
    NG_DSP_P = 177,
    NG_DSP_PCOUT = 225,
    NG_DSP_PINS = 273,
    NG_DSP_A_BITS = 25, /* of 30: those the multiplier takes */
    NG_DSP_B_BITS = 18,
    NG_DSP_M_BITS = 43,
    NG_DSP_P_BITS = 48,
    NG_DSP_OPMODE_BITS = 7
};

/* Registers a DSP48E1 has switched on: bits of ng_dsp.registers, in the order of the parameters in cells.def. */
enum {
    NG_DSP_AREG = 1,
    NG_DSP_BREG = 2,
    NG_DSP_CREG = 4,
    NG_DSP_DREG = 8,
    NG_DSP_ADREG = 16,
    NG_DSP_MREG = 32,
    NG_DSP_PREG = 64,
    NG_DSP_OPMODEREG = 128
};

/* A DSP block (src/netlist/dsp.h). */
typedef struct {
    unsigned registers;        /* NG_DSP_*REG */
    bool pre_adder;            /* multiplies D + A, not A */
    uint32_t net[NG_DSP_PINS];
} ng_dsp;

typedef struct {
    char *name;                /* hierarchical, as yosys wrote it */
    const ng_cell_type *type;
    uint64_t table;            /* LUT, MUX: truth table; CARRY: those of its bits, 16 apart; FF: initial value */
    unsigned inverted;         /* FF: bit i set: input i is inverted (IS_D_INVERTED, IS_R_INVERTED, ...) */
    unsigned inputs;
    unsigned outputs;
    uint32_t input[NG_CELL_INPUTS_MAX];   /* nets */
    uint32_t output[NG_CELL_OUTPUTS_MAX]; /* nets; never constants */
    ng_dsp *dsp;               /* DSP: its pins, which are not among the above; NULL otherwise */
} ng_cell;

typedef struct {
    char *name;
    bool output;
    unsigned width;
    uint32_t *bits; /* nets, bit 0 first */
} ng_port;

/* One step of the evaluation order: a LUT-like cell (bit 0), one bit of a carry cell, a flip-flop with asynchronous
 * reset, or a DSP block without a register at its output. Steps stand after everything their outputs depend on. */
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
    uint32_t clock;   /* net of every register's clock; NG_NET_ZERO without registers */
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

/* The same two for a circuit that asks for DSP blocks, if dsp is true: those of cells.def whose pins are given there are read,
 * too. Refused with the cell's name: one that does what src/netlist/dsp.h does not have (exit 1 or 2). */
bool ng_netlist_load_for(ng_netlist *netlist, const char *path, const ng_target *target, bool dsp, ng_error *error);
bool ng_netlist_parse_for(ng_netlist *netlist, const char *path, const void *text, size_t size, const ng_target *target,
                          bool dsp, ng_error *error);

void ng_netlist_free(ng_netlist *netlist);

/* The nets of a cell's inputs, and of its outputs, a DSP block's among them; how many. */
unsigned ng_cell_inputs(const ng_cell *cell, const uint32_t **nets);
unsigned ng_cell_outputs(const ng_cell *cell, const uint32_t **nets);

/* The nets a step's outputs depend on; returns how many. A carry bit gives its carry (a CARRY4's bit 0 CI and CYINIT), then
 * its operands (src/netlist/carry.h). */
unsigned ng_step_inputs(const ng_netlist *netlist, ng_netlist_step step, uint32_t nets[NG_STEP_INPUTS_MAX]);

/* The nets a step drives; returns how many: one, the sum and the carry of a bit, or P and PCOUT of a DSP block. */
unsigned ng_step_outputs(const ng_netlist *netlist, ng_netlist_step step, uint32_t nets[NG_STEP_OUTPUTS_MAX]);

/* The port of that name, or NULL. */
const ng_port *ng_netlist_port(const ng_netlist *netlist, const char *name);

#endif
