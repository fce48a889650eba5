/* shapes.h: the output shape of each operator, with its attributes read and checked. */
#ifndef NG_SHAPES_H
#define NG_SHAPES_H

#include "src/network/attributes.h"

enum { NG_COUNT_MOST = 1 << 26 }; /* numbers of one image's tensor */

/* Fills site->node->parameters and *shape from the node's inputs (rules.h). A batched result has at least one and at
 * most NG_COUNT_MOST numbers. Errors: exit 2. */
bool ng_infer_shape(const ng_site *site, ng_shape *shape);

#endif
