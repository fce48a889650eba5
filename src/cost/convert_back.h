/* convert_back.h: the conversion that belongs to a datapath. */
#ifndef NG_CONVERT_BACK_H
#define NG_CONVERT_BACK_H

#include "model/unit.h"

/* Fills *convert with the unit that brings the datapath's sum back to the activation format and returns NULL: a CONVERT unit,
 * or for a block format the block quantiser for a block of such sums under one common scale, by the format's default rule
 * (ng_scale_rule_default()). Or returns a word that says why there is none: "product_unaligned" (the product of two minifloats,
 * scalars or elements, is not a sum yet: it is first aligned, by a MAC or DOT), "no_quantiser" (none makes that block format),
 * "sum_too_wide" (a block of such sums is more than a quantiser takes), "no_unit". */
const char *ng_convert_of(const ng_datapath *path, ng_datapath *convert);

/* How many sums the conversion serves: its cost is divided by that. */
unsigned ng_convert_share(const ng_datapath *convert);

#endif
