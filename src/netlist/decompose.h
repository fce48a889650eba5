/* decompose.h: a truth table as two-input gates and multiplexers. */
#ifndef NG_DECOMPOSE_H
#define NG_DECOMPOSE_H

#include "src/netlist/program.h"

enum { NG_TABLE_INPUTS_MAX = 6, NG_TEMPORARIES_MAX = 64 };

enum { NG_ANY_SLOT = UINT32_MAX };

/* Appends instructions that put into slot `out` (NG_ANY_SLOT: any, perhaps that of an input) the function of the slots in[0..inputs) with that truth table (bit i: value
 * where in[j] is bit j of i). Constant slots (NG_NET_ZERO, NG_NET_ONE) and inputs that do not matter are dropped.
 * Intermediate values take slots from `temporary` on, NG_TEMPORARIES_MAX at most. Returns the slot. Range: inputs
 * 0..6. */
uint32_t ng_decompose(ng_listing *listing, uint64_t table, unsigned inputs, const uint32_t *in, uint32_t out,
                      uint32_t temporary);

#endif
