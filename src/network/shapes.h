/* shapes.h: the output shape of each operator, with its attributes read and checked. */
#ifndef NG_SHAPES_H
#define NG_SHAPES_H

#include "src/network/attributes.h"

/* Fills site->node->parameters and *shape (of one image) from the node's inputs. Errors: exit 2. */
bool ng_infer_shape(const ng_site *site, ng_shape *shape);

#endif
