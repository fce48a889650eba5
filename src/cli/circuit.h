/* circuit.h: a mapped circuit that may be measured further. */
#ifndef NG_CIRCUIT_H
#define NG_CIRCUIT_H

#include "src/cli/cli.h"

/* The cost record of a datapath, its netlist shown to equal the golden model. *cost is a new reference. Errors: those of
 * ng_cost() and ng_verify_netlist(); a mismatch (exit 1). */
bool ng_circuit_find(const ng_options *options, const ng_datapath *path, const ng_target *target, json_t **cost,
                     ng_error *error);

#endif
