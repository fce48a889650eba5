/* target.h: the FPGA families a circuit can be mapped to: rows of targets.def and the cells of cells.def. */
#ifndef NG_TARGET_H
#define NG_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
#define TARGET(name, description, sites, library, read_command, synth_command) NG_TARGET_##name,
#include "src/synth/targets.def"
#undef TARGET
    NG_TARGET_COUNT
} ng_target_id;

/* How sites are counted, see src/netlist/counts.h. */
typedef enum { NG_SITES_PAIRED_LUTS = 0, NG_SITES_LOGIC_CELLS = 1 } ng_sites;

/* What a cell does in counts, depth and evaluation. */
typedef enum {
    NG_ROLE_LUT = 0,    /* truth table of its inputs */
    NG_ROLE_CARRY = 1,  /* one or four bits of a carry chain */
    NG_ROLE_MUX = 2,    /* dedicated 2:1 multiplexer behind LUTs */
    NG_ROLE_FF = 3      /* rising-edge flip-flop */
} ng_role;

enum { NG_TARGET_NAME_SIZE = 16, NG_CELL_NAME_SIZE = 16, NG_CELL_PINS_SIZE = 48 };

/* Flags of a flip-flop's reset input. */
enum {
    NG_FF_SETS = 1,          /* the reset input sets Q to 1 */
    NG_FF_ASYNCHRONOUS = 2,  /* it acts without the clock */
    NG_FF_GATED = 4          /* it acts only while the enable is 1 */
};

/* One row of cells.def. Pin lists are port names separated by blanks, "PORT*4" for a port of four bits and "=0", "=1" for
 * an input the cell lacks. */
typedef struct {
    ng_target_id target;
    char type[NG_CELL_NAME_SIZE];
    ng_role role;
    char inputs[NG_CELL_PINS_SIZE];
    char outputs[NG_CELL_PINS_SIZE];
    char parameter[NG_CELL_NAME_SIZE]; /* holds the truth table (LUT) or the initial value (FF); empty: none */
    uint64_t table;                    /* without a parameter: bit i is the output for input word i */
    unsigned flags;                    /* NG_FF_* */
} ng_cell_type;

typedef struct {
    ng_target_id id;
    char name[NG_TARGET_NAME_SIZE];
    char description[64];
    ng_sites sites;
    char library[48];         /* cell simulation models in yosys's data folder */
    char read_command[96];    /* yosys command that declares the cells */
    char synth_command[192];  /* yosys command without -top */
} ng_target;

/* Rows of targets.def; NULL past the end. */
const ng_target *ng_target_at(size_t index);

/* The row named `name`, or NULL. */
const ng_target *ng_target_find(const char *name);

/* The target's cell of that type, or NULL: such a cell must not occur in a netlist. */
const ng_cell_type *ng_target_cell(const ng_target *target, const char *type);

#endif
