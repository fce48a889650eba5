/* blif.h: a netlist as BLIF, for ABC: gates as truth tables, flip-flops as latches with their initial values. */
#ifndef NG_BLIF_H
#define NG_BLIF_H

#include "src/netlist/netlist.h"

/* Writes the file. Inputs and outputs are named PORT_BIT; unknown constants become an input "unknown", so that equal circuits are
 * equal whatever they are. A DSP block is any function: circuits are equal if its operands, outputs of the model, are and so its
 * results, inputs, stand in the same places; the n-th cells of two circuits have to be the same block. tied: an input port that is held at a value instead (bit i of tied_to), or NULL. Errors: cannot write
 * it (exit 2); out of memory (exit 3). */
bool ng_netlist_blif(const ng_netlist *netlist, const char *tied, uint64_t tied_to, const char *path, ng_error *error);

#endif
