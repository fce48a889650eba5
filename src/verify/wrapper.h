/* wrapper.h: the top module around circuits under test.
 *
 * module ng_top(clk_i, and for every circuit N: start<N>_i, first<N>_i, second<N>_i, y<N>_o), so that one bench drives
 * any unit: start is the first_i of a clocked one; first and second are the operand words of model/unit.h whatever the unit calls
 * them.
 */
#ifndef NG_WRAPPER_H
#define NG_WRAPPER_H

#include "model/unit.h"
#include "src/base/file.h"

/* Where the circuits come from: the unit's RTL with its parameters, or mapped netlist modules named ng_net<N> that
 * have the unit's ports and no parameters. */
typedef enum { NG_LEVEL_RTL = 0, NG_LEVEL_NETLIST = 1 } ng_level;

/* "rtl" or "netlist". */
const char *ng_level_name(ng_level level);

/* SystemVerilog text of ng_top for `count` circuits. The caller frees *text. */
bool ng_wrapper_text(const ng_datapath *paths, size_t count, ng_level level, char **text, ng_error *error);

/* The X-macro list for sim/unit_bench.cpp: one line DUT(N, first bits, second bits) a circuit. The caller frees *text. */
bool ng_wrapper_list(const ng_datapath *paths, size_t count, char **text, ng_error *error);

#endif
