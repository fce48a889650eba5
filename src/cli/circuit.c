#include "src/cli/circuit.h"

#include "src/base/source_hash.h"
#include "src/cost/cost.h"
#include "src/verify/verify.h"

bool ng_circuit_find(const ng_options *options, const ng_datapath *path, const ng_target *target, json_t **cost,
                     ng_error *error)
{
    const ng_cost_options counting = {options->rtl, ng_source_hash(NG_SOURCE_COST)};
    ng_verify_options how;
    char netlist[NG_PATH_SIZE];
    json_t *proof = NULL;
    if (!ng_verify_options_start(&how, options->rtl, (uint64_t)options->seed, 0, error) ||
        !ng_cost(path, target, &counting, cost, error) || !ng_cost_netlist(*cost, netlist, error) ||
        !ng_verify_netlist(path, target, netlist, &how, &proof, error)) {
        return false;
    }
    const bool clean = json_integer_value(json_object_get(proof, "mismatches")) == 0;
    if (!clean) {
        (void)ng_fail(error, NG_EXIT_CHECK, "%s: the netlist does not compute what the golden model computes", netlist);
    }
    json_decref(proof);
    return clean;
}
