/* chains.h: carry cells in a row, and where a row meets the fabric. */
#ifndef NG_CHAINS_H
#define NG_CHAINS_H

#include "src/netlist/netlist.h"

typedef struct {
    uint32_t *successor; /* of each cell, a carry: the carry its carry-out leads to directly, or NG_UNMATCHED */
    uint32_t *position;  /* of each cell, a carry: carry cells before it in its chain */
    uint8_t *starts;     /* of each cell, a carry: its carry-in is a signal, but not the direct one of another carry */
    uint8_t *constant;   /* of each cell, a carry: its carry-in is 0 or 1 */
    uint8_t *leaves;     /* of each cell, a carry: its carry-out is read by more than its successor */
} ng_chains;

/* A carry-out leads directly to the first cell, in file order, that has it as carry-in. Error: out of memory (exit 3). Free
 * with ng_chains_free(). */
bool ng_chains_find(const ng_netlist *netlist, ng_chains *chains, ng_error *error);
void ng_chains_free(ng_chains *chains);

/* How many ends of a carry cell need a cell more to reach the fabric: 0 to 2. */
unsigned ng_chain_ends(const ng_chains *chains, size_t cell);

#endif
