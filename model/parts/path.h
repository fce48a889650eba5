/* path.h: what a KIND row of model/kinds.def has to say; the functions it consists of.
 *
 * For a kind NAME:
 *   ng_path_NAME_init(path, request)      fills in what the kind's words are made of: output, lanes, terms, width, the widths
 *                                         of both operand words and of the result and its parts, lsb; unit, formats and
 *                                         chain are there already, lanes and terms are 1. On an error *path may be changed
 *   ng_path_NAME_parameters(path, list)   the module's RTL parameters, in its order
 */
#ifndef NG_PARTS_PATH_H
#define NG_PARTS_PATH_H

#include "model/parts/family.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The first unit of a kind. */
const ng_unit *ng_unit_of_kind(ng_unit_kind kind);

#define PRODUCT(id, name, clocked, first, second)
#define KIND(id, name, clocked, first, second)                                       \
    ng_status ng_path_##name##_init(ng_datapath *path, const ng_request *request);   \
    void ng_path_##name##_parameters(const ng_datapath *path, ng_parameter_list *list);
#include "model/kinds.def"
#undef PRODUCT
#undef KIND

#ifdef __cplusplus
}
#endif

#endif
