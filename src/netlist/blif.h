/* blif.h: a netlist as BLIF, for ABC: gates as truth tables, flip-flops as latches with their initial values. */
#ifndef NG_BLIF_H
#define NG_BLIF_H

#include "src/netlist/netlist.h"

/* An assumption: `count` unsigned numbers of `bits` bits, from bit 0 of an input port up, none less than the one before. */
typedef struct {
    const char *port; /* NULL: none */
    unsigned count;
    unsigned bits;
} ng_blif_ascent;

typedef struct {
    const char *tied; /* an input port that is held at bit i of tied_to, or NULL */
    uint64_t tied_to;
    ng_blif_ascent ascent; /* outputs are 0 where it does not hold; combinational circuits only */
} ng_blif_options;

/* Writes the file. Inputs and outputs are named PORT_BIT; unknown constants become an input "unknown", so that equal circuits are
 * equal whatever they are. A DSP block is any function: circuits are equal if its operands, outputs of the model, are and so its
 * results, inputs, stand in the same places; the n-th cells of two circuits have to be the same block. Errors: cannot write it
 * (exit 2); out of memory (exit 3). */
bool ng_netlist_blif(const ng_netlist *netlist, const ng_blif_options *options, const char *path, ng_error *error);

#endif
