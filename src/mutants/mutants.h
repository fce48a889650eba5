/* mutants.h: are the checks any good? Circuits with one change each, which the checks must catch: one store record (kind
 * "mutants") a unit and class.
 *
 * Classes: "rtl": changes that yosys's `mutate` makes in the elaborated RTL (a bit of a cell's port inverted, stuck, or inverted
 * while another bit is 0 or 1), mapped to iCE40 in one netlist with an input that chooses one; "netlist": changes of cells of the
 * netlist as it is priced on xc7 (src/mutants/mutation.h).
 *
 * Each mutant runs through the check of netlists against the golden model, 2 * 10^4 cases. What gets through is shown to ABC for a
 * moment; a mutant proven to be the same circuit, on all words or on those of the unit's contract (src/mutants/contract.h), is
 * no bug ("equivalent"). Any other runs through all of 10^6 cases; what gets through these, too, has a minute of ABC left, and is
 * a survivor if that does not prove it the same.
 *
 * Fields: unit, group (ng_mutant_group), weights, activations, lanes, terms, class, target, mutants, caught, equivalent,
 * assumed (of the equivalent, those under the contract), assumption (its text, where there is one), survivors [text],
 * cases (of the long check), seed, seconds, yosys, rtl_sha256, source.
 */
#ifndef NG_MUTANTS_H
#define NG_MUTANTS_H

#include <jansson.h>

#include "model/unit.h"
#include "src/base/error.h"

typedef enum { NG_MUTANTS_RTL = 0, NG_MUTANTS_NETLIST = 1, NG_MUTANTS_CLASSES } ng_mutants_class;

enum {
    NG_MUTANTS_DEFAULT = 50,
    NG_MUTANTS_SEED = 1,
    NG_MUTANTS_QUICK_CASES = 20000,
    NG_MUTANTS_MOMENT_S = 3,
    NG_MUTANTS_LIMIT_S = 60
};

typedef struct {
    const char *rtl;
    unsigned count; /* mutants, or as many as a small circuit has; 1..1000 */
    unsigned seed;
    uint64_t cases; /* 0: NG_CASES_DEFAULT */
} ng_mutants_request;

/* "rtl", "netlist". */
const char *ng_mutants_class_name(ng_mutants_class class);

/* The record: from the store, or made and stored, survivors or not. Errors: those of ng_mutant_subject(), ng_synthesise(),
 * ng_netlist_load(), ng_abc_ask(); the circuit itself fails its check (exit 1). */
bool ng_mutants(const ng_unit *unit, ng_mutants_class class, const ng_mutants_request *request, json_t **record,
                ng_error *error);

/* The stored record, or NULL. version: that of yosys. */
bool ng_mutants_stored(const ng_unit *unit, ng_mutants_class class, const ng_mutants_request *request,
                       const char *version, json_t **record, ng_error *error);

#endif
