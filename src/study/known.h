/* known.h: what the store holds about the very netlists of a study besides their counts: proofs that RTL = netlist, and places
 * and routes. Both take longer than the study that they belong to and are made apart (`make prove`, `make route`), so a report
 * shows those that are there.
 */
#ifndef NG_KNOWN_H
#define NG_KNOWN_H

#include <jansson.h>

#include "src/base/error.h"

/* Adds "mutants" to the results document, the store's records of all units in the folder `rtl` as `make mutants` makes them
 * (src/mutants/mutants.h), and to each cost record the store's records of the same netlist (netlist_sha256, target), made by
 * the present code (source): "equivalence", a proven one before others, and "route". What there is none of is not added.
 * Error: out of memory (exit 3). */
bool ng_known_add(json_t *results, const char *rtl, ng_error *error);

#endif
