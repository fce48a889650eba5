/* legal.h: a counted netlist as a place and route program can take it, still the same function.
 *
 * nextpnr cannot always route an iCE40 carry whose two operands are one net, which is how a bit enters a chain:
 *   CO = majority(x, x, 1) = x = majority(x, 0, 1),   CO = majority(x, x, 0) = x = majority(x, 1, 0)
 * so where the carry in is a constant, the second operand becomes the opposite one.
 */
#ifndef NG_ROUTE_LEGAL_H
#define NG_ROUTE_LEGAL_H

#include "src/base/file.h"

/* Copies a yosys JSON netlist, such carries rewritten; others stay as they are. *changed: how many. Errors: cannot read, write or
 * parse it (exit 2). */
bool ng_route_legal(const char *from, const char *to, unsigned *changed, ng_error *error);

#endif
