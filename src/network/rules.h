/* rules.h: what the shape functions (shape_*.c) share. All errors are of exit code 2 and name the node. */
#ifndef NG_RULES_H
#define NG_RULES_H

#include "src/network/attributes.h"

/* Fills site->node->parameters and *shape (of one image, or of the constant) from the node's inputs, and shortens the list of
 * inputs to the operands that are left. */
typedef bool ng_shape_rule(const ng_site *site, ng_shape *shape);

#define OPERATOR(name, least, most, outputs, kind) ng_shape_rule ng_infer_##name;
#include "src/network/operators.def"
#undef OPERATOR

/* The input must be batched, and of that rank unless 0. */
bool ng_need_batched(const ng_site *site, unsigned index, unsigned rank);

/* The input must be a float constant of that rank. */
bool ng_need_floats(const ng_site *site, unsigned index, unsigned rank);

/* The input, if it is there, must be a float constant of `count` numbers, leading axes of size 1 allowed; or of a single
 * number if `one`. */
bool ng_need_numbers(const ng_site *site, unsigned index, size_t count, bool one);

/* A single number: a float constant's, or the fallback if the input is left out. */
bool ng_number_input(const ng_site *site, unsigned index, float fallback, float *number);

/* Only float operands at run time: an integer constant never meets a batched value. */
bool ng_need_one_type(const ng_site *site);

/* The node keeps its first `count` inputs. */
void ng_keep_inputs(const ng_site *site, unsigned count);

#endif
