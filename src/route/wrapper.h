/* wrapper.h: registers around a unit, with three pins in all, or two and a clock of its own.
 *
 * module ng_route(clk_i, data_i, data_o): the operands are the bits of one shift register; the result is stored, and the stored
 * bits are folded into a second shift register, q[i] <= y[i] ^ q[i - 1], so that none can be dropped.
 */
#ifndef NG_ROUTE_WRAPPER_H
#define NG_ROUTE_WRAPPER_H

#include "model/unit.h"
#include "src/base/error.h"

/* clock: an instance that drives clk_i, or empty: it is a port. SystemVerilog of ng_route and of a black box with the unit's name and ports. The caller frees *text. Error: out of memory
 * (exit 3). */
bool ng_route_wrapper(const ng_datapath *path, const char *clock, char **text, ng_error *error);

#endif
