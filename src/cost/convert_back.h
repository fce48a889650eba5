/* convert_back.h: the conversion that belongs to a datapath. */
#ifndef NG_CONVERT_BACK_H
#define NG_CONVERT_BACK_H

#include "model/unit.h"

/* Fills *convert with the CONVERT unit that brings the datapath's sum back to the activation format and returns NULL; or
 * returns a word that says why there is none: "block_format" (the scale would have to be chosen too), "product_unaligned"
 * (a minifloat product is not a sum yet), "no_unit". */
const char *ng_convert_of(const ng_datapath *path, ng_datapath *convert);

#endif
