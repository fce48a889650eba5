/* known.h: what the store holds about the very netlists of a study besides their counts: proofs that RTL = netlist, and places
 * and routes. Both take longer than the study that they belong to and are made apart (`make prove`, `make route`), so a report
 * shows those that are there.
 */
#ifndef NG_KNOWN_H
#define NG_KNOWN_H

#include <jansson.h>

#include "src/base/error.h"

/* Adds to each cost record of the results document the store's records of the same netlist (netlist_sha256, target), made by the
 * present code (source): "equivalence", a proven one before others, and "route". What there is none of is not added. */
bool ng_known_add(json_t *results, ng_error *error);

#endif
