/* Any text as a mapped netlist of each target, DSP blocks asked for. */
#include "src/netlist/netlist.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(netlist)
{
    for (size_t i = 0; i < NG_TARGET_COUNT; i++) {
        ng_netlist netlist;
        ng_error error = {0};
        if (ng_netlist_parse_for(&netlist, "fuzz.json", data, size, ng_target_at(i), true, &error)) {
            ng_netlist_free(&netlist);
        }
    }
    return 0;
}
