/* convert_back.h: the conversion that belongs to a datapath. */
#ifndef NG_CONVERT_BACK_H
#define NG_CONVERT_BACK_H

#include "model/unit.h"

/* Fills *convert with the unit that brings the datapath's sum back to the activation format and returns NULL: a CONVERT unit,
 * or for a block format's MAC and DOT the block quantiser for a block of such sums under one common scale. Or returns a word
 * that says why there is none: "block_format" (a block's product is no sum yet, or no quantiser makes that format),
 * "product_unaligned" (a minifloat product is not a sum yet), "no_unit". */
const char *ng_convert_of(const ng_datapath *path, ng_datapath *convert);

/* How many sums the conversion serves: its cost is divided by that. */
unsigned ng_convert_share(const ng_datapath *convert);

#endif
