#include "src/netlist/fanout.h"

static const char *const names[NG_FANOUT_BINS] = {"1", "2", "3-4", "5-8", "9-16", "17-32", "33-64", "65+"};

static unsigned bin_of(uint32_t loads)
{
    unsigned bin = 0;
    while (bin < NG_FANOUT_BINS - 1 && loads > UINT32_C(1) << bin) {
        bin++;
    }
    return bin;
}

ng_fanout ng_fanout_of(const ng_netlist *netlist)
{
    ng_fanout found = {0};
    for (size_t net = NG_NET_FIRST; net < netlist->net_count; net++) {
        const uint32_t loads = netlist->fanout[net];
        if (loads == 0 || net == netlist->clock) {
            continue;
        }
        found.nets++;
        found.loads += loads;
        found.largest = loads > found.largest ? loads : found.largest;
        found.bins[bin_of(loads)]++;
    }
    return found;
}

const char *ng_fanout_bin(unsigned bin)
{
    return names[bin < NG_FANOUT_BINS ? bin : NG_FANOUT_BINS - 1];
}
