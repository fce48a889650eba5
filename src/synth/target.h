/* target.h: the FPGA families a circuit can be mapped to: rows of targets.def, the cells of cells.def and their delays
 * (delays.def). */
#ifndef NG_TARGET_H
#define NG_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
#define TARGET(name, description, sites, library, read_command, synth_command, part) NG_TARGET_##name,
#include "src/synth/targets.def"
#undef TARGET
    NG_TARGET_COUNT
} ng_target_id;

/* How sites are counted, see src/netlist/counts.h. */
typedef enum {
    NG_SITES_PAIRED_LUTS = 0,
    NG_SITES_LOGIC_CELLS = 1,
    NG_SITES_CARRY_LUTS = 2,
    NG_SITES_ADAPTIVE_MODULES = 3
} ng_sites;

/* What a cell does in counts, depth and evaluation. */
typedef enum {
    NG_ROLE_LUT = 0,      /* truth table of its inputs */
    NG_ROLE_CARRY = 1,    /* bits of a carry chain */
    NG_ROLE_MUX = 2,      /* dedicated 2:1 multiplexer behind LUTs */
    NG_ROLE_FF = 3,       /* rising-edge flip-flop */
    NG_ROLE_CONSTANT = 4, /* a source of 0 or 1: dissolved while the netlist is read */
    NG_ROLE_DSP = 5,      /* multiplier and adder block: only in circuits that ask for it, where the row has pins */
    NG_ROLE_BRAM = 6,     /* these two are known by name only and never allowed */
    NG_ROLE_LUTRAM = 7,
    NG_ROLE_COUNT
} ng_role;

enum { NG_TARGET_NAME_SIZE = 16, NG_CELL_NAME_SIZE = 24, NG_CELL_PINS_SIZE = 384, NG_CELL_PARAMETERS_SIZE = 288 };

/* Flags of a flip-flop's reset input. */
enum {
    NG_FF_SETS = 1,          /* the reset input sets Q to 1 */
    NG_FF_ASYNCHRONOUS = 2,  /* it acts without the clock */
    NG_FF_GATED = 4          /* it acts only while the enable is 1 */
};

/* A DSP block that multiplies D + A. */
enum { NG_DSP_PRE_ADDER = 1 };

/* LUTs that are trees of LUTs of two inputs, the outer ones' tables first: two and one behind them; the same and a last one,
 * whose first input is the fifth. */
enum { NG_LUT_TREE4 = 1, NG_LUT_TREE5 = 2 };

/* Which cell a carry is: how its bits lie in its pins and what they compute (src/netlist/carry.h). */
enum {
    NG_CARRY_MAJORITY = 0, /* SB_CARRY */
    NG_CARRY_FOUR = 1,     /* CARRY4 */
    NG_CARRY_TWO_LUT2 = 2, /* CCU2C */
    NG_CARRY_TWO_LUT3 = 3, /* CCU2 */
    NG_CARRY_ADDSUB = 4,   /* ALU of mode 2 */
    NG_CARRY_ADDER = 5,    /* MISTRAL_ALUT_ARITH */
    NG_CARRY_FULL_ADDER = 6 /* CC_ADDF */
};

/* One row of cells.def, whose head explains the columns. */
typedef struct {
    ng_target_id target;
    char type[NG_CELL_NAME_SIZE];
    ng_role role;
    char inputs[NG_CELL_PINS_SIZE];
    char outputs[NG_CELL_PINS_SIZE];
    char parameters[NG_CELL_PARAMETERS_SIZE];
    uint64_t table;
    unsigned flags; /* NG_FF_*, NG_CARRY_*, NG_LUT_*, NG_DSP_PRE_ADDER */
} ng_cell_type;

enum { NG_DELAYS_MAX = 24 };

/* One row of delays.def. */
typedef struct {
    ng_target_id target;
    char type[NG_CELL_NAME_SIZE];
    uint16_t ps[NG_DELAYS_MAX]; /* 0 past the pins the cell has */
} ng_cell_delay;

typedef struct {
    ng_target_id id;
    char name[NG_TARGET_NAME_SIZE];
    char description[64];
    ng_sites sites;
    char library[64];         /* cell simulation models in yosys's data folder: read_verilog +/LIBRARY */
    char read_command[96];    /* yosys command that declares the cells */
    char synth_command[192];  /* yosys command without -top */
    char part[80];            /* the device and the source of its rows in delays.def */
} ng_target;

/* Rows of targets.def; NULL past the end. */
const ng_target *ng_target_at(size_t index);

/* The row named `name`, or NULL. */
const ng_target *ng_target_find(const char *name);

/* The target's first row of that type behind `after` (NULL: the first of all), or NULL. A type has several rows where
 * parameters decide what it does; one without a row must not occur in a netlist. */
const ng_cell_type *ng_target_cell(const ng_target *target, const char *type, const ng_cell_type *after);

/* "LUT", "DSP", ... */
const char *ng_role_name(ng_role role);

/* True if a cell of that role may be part of any circuit. */
bool ng_role_allowed(ng_role role);

/* True if the target's DSP blocks are described: a circuit that asks for them can be read. */
bool ng_target_has_dsp(const ng_target *target);

/* The delays of a cell type, or NULL: a target has those of all of its LUTs, carries, multiplexers and flip-flops, or none,
 * because none are published. */
const ng_cell_delay *ng_target_delay(const ng_target *target, const char *type);

#endif
