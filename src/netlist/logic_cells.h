/* logic_cells.h: which SB_CARRY of an iCE40 netlist need a logic cell of their own (Lattice iCE40 LP/HX data sheet: a logic
 * cell is a LUT4, a carry that shares the LUT's I1 and I2, and a flip-flop; the carry-in leads to I3). */
#ifndef NG_LOGIC_CELLS_H
#define NG_LOGIC_CELLS_H

#include "src/netlist/netlist.h"

typedef struct {
    uint8_t *alone;          /* of each cell, a carry: 1 if no SB_LUT4 reads its I0, I1, CI on I1, I2, I3 */
    uint8_t *route_throughs; /* of each cell, a carry: logic cells that pass its carry-in or carry-out from or to the fabric */
} ng_logic_cells;

/* Error: out of memory (exit 3). Free with ng_logic_cells_free(). */
bool ng_logic_cells_find(const ng_netlist *netlist, ng_logic_cells *found, ng_error *error);
void ng_logic_cells_free(ng_logic_cells *found);

#endif
