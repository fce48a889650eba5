/* fold.h: nodes whose inputs are constants, or of which only the shape matters, computed while a file is loaded. */
#ifndef NG_FOLD_H
#define NG_FOLD_H

#include "src/network/attributes.h"

/* True if the node must be computed now: no input is batched, or it asks for a shape. */
bool ng_fold_wanted(const ng_site *site);

/* Computes the node into *value, whose shape ng_infer_shape() gave. Integers that overflow, a division by zero and
 * operators that are not computed for constants are refused (exit 2). Range: ng_fold_wanted(). */
bool ng_fold(const ng_site *site, const ng_shape *shape, ng_value *value);

#endif
