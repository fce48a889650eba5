/* depth.h: the longest combinational path, in LUT levels and in time. Inputs, flip-flops and outputs are its ends.
 *
 * levels  LUTs on the path; a carry chain, a dedicated multiplexer and a DSP block are no level
 * delay   an estimate: the cells' delays of src/synth/delays.def, from the clock edge of a flip-flop to the setup time of the
 *         next, without the wires between. A LUT's inputs can be exchanged, so the latest signal is taken to arrive at the
 *         fastest of the inputs in use, the next latest at the next fastest, and so on.
 */
#ifndef NG_DEPTH_H
#define NG_DEPTH_H

#include "src/netlist/netlist.h"

typedef enum { NG_PATH_LEVELS = 0, NG_PATH_DELAY = 1 } ng_path_measure;

typedef struct {
    unsigned length; /* levels, or picoseconds */
    uint32_t *cells; /* a path of that length, from its start: LUTs, and the other cells between */
    size_t cell_count;
} ng_depth;

/* Longest path. Error: out of memory (exit 3). Free with ng_depth_free(). */
bool ng_depth_find(const ng_netlist *netlist, ng_path_measure measure, ng_depth *depth, ng_error *error);
void ng_depth_free(ng_depth *depth);

#endif
