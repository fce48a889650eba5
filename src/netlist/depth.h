/* depth.h: LUT levels on the longest combinational path. Inputs, flip-flops and outputs are its ends; a carry chain and a
 * dedicated multiplexer are no level. */
#ifndef NG_DEPTH_H
#define NG_DEPTH_H

#include "src/netlist/netlist.h"

typedef struct {
    unsigned levels;
    uint32_t *cells; /* a path of that many levels, from its start: LUTs, and the carry and multiplexer cells between */
    size_t cell_count;
} ng_depth;

/* Longest path. Error: out of memory (exit 3). Free with ng_depth_free(). */
bool ng_depth_find(const ng_netlist *netlist, ng_depth *depth, ng_error *error);
void ng_depth_free(ng_depth *depth);

#endif
