#include "src/netlist/counts.h"

#include <stdlib.h>

#include "src/netlist/matching.h"
#include "src/netlist/pairing.h"
#include "src/netlist/logic_cells.h"

static void count_cell(const ng_cell *cell, ng_counts *counts)
{
    switch (cell->type->role) {
    case NG_ROLE_LUT:
        counts->lut_cells++;
        counts->lut_cells_by_size[cell->inputs]++;
        counts->part[ng_part_of(cell->name)].lut_cells++;
        break;
    case NG_ROLE_CARRY: counts->carry++; break;
    case NG_ROLE_MUX: counts->muxf++; break;
    case NG_ROLE_FF: counts->ff++; break;
    }
}

static void note_part(const ng_cell *cell, ng_part part, ng_counts *counts)
{
    if (part == NG_PART_OTHER && counts->other == NULL) {
        counts->other = cell->name;
    }
}

/* Adds half sites and route-throughs to the part of the cell they stem from. */
static void occupy(const ng_cell *cell, unsigned half_sites, unsigned route_throughs, ng_counts *counts)
{
    const ng_part part = ng_part_of(cell->name);
    counts->part[part].half_sites += half_sites;
    counts->part[part].route_throughs += route_throughs;
    if (half_sites + route_throughs != 0) {
        note_part(cell, part, counts);
    }
}

static bool count_paired(const ng_netlist *netlist, ng_counts *counts, ng_error *error)
{
    ng_pairing pairing;
    if (!ng_pairing_find(netlist, &pairing, error)) {
        return false;
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        if (cell->type->role == NG_ROLE_LUT) {
            occupy(cell, pairing.partner[i] == NG_UNMATCHED ? 2 : 1, 0, counts);
        } else if (cell->type->role == NG_ROLE_CARRY) {
            occupy(cell, 0, (unsigned)__builtin_popcount(pairing.route_through[i]), counts);
        }
    }
    ng_pairing_free(&pairing);
    return true;
}

static bool count_logic_cells(const ng_netlist *netlist, ng_counts *counts, ng_error *error)
{
    ng_logic_cells found;
    if (!ng_logic_cells_find(netlist, &found, error)) {
        return false;
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        if (cell->type->role == NG_ROLE_LUT) {
            occupy(cell, 2, 0, counts);
        } else if (cell->type->role == NG_ROLE_CARRY) {
            occupy(cell, found.alone[i] != 0 ? 2 : 0, found.route_throughs[i], counts);
        }
    }
    ng_logic_cells_free(&found);
    return true;
}

static void add_up(ng_counts *counts)
{
    unsigned half_sites = 0;
    for (unsigned part = 0; part < NG_PART_COUNT; part++) {
        half_sites += counts->part[part].half_sites;
        counts->route_throughs += counts->part[part].route_throughs;
    }
    counts->sites = half_sites / 2;
}

bool ng_count(const ng_netlist *netlist, ng_counts *counts, ng_error *error)
{
    *counts = (ng_counts){0};
    for (size_t i = 0; i < netlist->cell_count; i++) {
        count_cell(&netlist->cells[i], counts);
    }
    for (size_t net = NG_NET_FIRST; net < netlist->net_count; net++) {
        if (netlist->fanout[net] > counts->largest_fanout && net != netlist->clock) {
            counts->largest_fanout = netlist->fanout[net];
        }
    }
    const bool paired = netlist->target->sites == NG_SITES_PAIRED_LUTS;
    if (!(paired ? count_paired : count_logic_cells)(netlist, counts, error)) {
        return false;
    }
    add_up(counts);
    return true;
}
