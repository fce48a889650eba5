/* panels.h: a product's weights packed for the way its rows of operands meet them. */
#ifndef NG_PANELS_H
#define NG_PANELS_H

#include "src/infer/product.h"

/* Packs part `part` of the weights, [channels][depth] in one of the two types, the other NULL: a panel a group, or the
 * depthwise form. False without memory; product->connection and groups are set. */
bool ng_panels_pack(ng_product *product, unsigned part, const float *narrow, const double *wide, size_t depth,
                    size_t block);

#endif
