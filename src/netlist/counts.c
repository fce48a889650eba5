#include "src/netlist/counts.h"

#include <stdlib.h>

#include "src/netlist/carry.h"
#include "src/netlist/chains.h"
#include "src/netlist/logic_cells.h"
#include "src/netlist/matching.h"
#include "src/netlist/pairing.h"

/* GateMate: a CC_MX2 takes half of a CPE, a CC_MX4 all of it. */
static unsigned mux_sites(const ng_cell *cell)
{
    return cell->inputs > 3 ? 2 : 1;
}

/* GateMate's flip-flops have no synchronous reset, so there is logic in front of them, and they lie outside the parts. The
 * registers that restart are those of the accumulator. */
static ng_part part_of(const ng_netlist *netlist, const ng_cell *cell)
{
    const ng_part part = ng_part_of(cell->name);
    return part == NG_PART_OTHER && netlist->target->id == NG_TARGET_gatemate ? NG_PART_ACCUMULATE : part;
}

static void note_part(const ng_cell *cell, ng_part part, ng_counts *counts)
{
    if (part == NG_PART_OTHER && counts->other == NULL) {
        counts->other = cell->name;
    }
}

static void count_cell(const ng_netlist *netlist, const ng_cell *cell, ng_counts *counts)
{
    switch (cell->type->role) {
    case NG_ROLE_LUT:
        counts->lut_cells++;
        counts->lut_cells_by_size[cell->inputs]++;
        counts->part[part_of(netlist, cell)].lut_cells++;
        break;
    case NG_ROLE_CARRY: counts->carry++; break;
    case NG_ROLE_MUX: counts->muxf++; break;
    case NG_ROLE_FF: counts->ff++; break;
    case NG_ROLE_DSP:
        counts->dsp++;
        note_part(cell, part_of(netlist, cell), counts);
        break;
    case NG_ROLE_BRAM: counts->bram++; break;
    case NG_ROLE_LUTRAM: counts->lutram++; break;
    case NG_ROLE_CONSTANT:
    case NG_ROLE_COUNT: break;
    }
}

/* Adds half sites and route-throughs to the part of the cell they stem from. */
static void occupy(const ng_netlist *netlist, const ng_cell *cell, unsigned half_sites, unsigned route_throughs,
                   ng_counts *counts)
{
    const ng_part part = part_of(netlist, cell);
    counts->part[part].half_sites += half_sites;
    counts->part[part].route_throughs += route_throughs;
    if (half_sites + route_throughs != 0) {
        note_part(cell, part, counts);
    }
}

static unsigned lut_half_sites(const ng_pairing *pairing, size_t cell)
{
    return pairing->partner[cell] == NG_UNMATCHED ? 2 : 1;
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
            occupy(netlist, cell, lut_half_sites(&pairing, i), 0, counts);
        } else if (cell->type->role == NG_ROLE_CARRY) {
            occupy(netlist, cell, 0, (unsigned)__builtin_popcount(pairing.route_through[i]), counts);
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
            occupy(netlist, cell, 2, 0, counts);
        } else if (cell->type->role == NG_ROLE_CARRY) {
            occupy(netlist, cell, found.alone[i] != 0 ? 2 : 0, found.route_throughs[i], counts);
        }
    }
    ng_logic_cells_free(&found);
    return true;
}

/* A carry cell more at each end of a chain that meets the fabric, and where it begins with a constant. */
static bool count_carry_luts(const ng_netlist *netlist, ng_counts *counts, ng_error *error)
{
    ng_chains chains;
    if (!ng_chains_find(netlist, &chains, error)) {
        return false;
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        if (cell->type->role == NG_ROLE_LUT) {
            occupy(netlist, cell, 2, 0, counts);
        } else if (cell->type->role == NG_ROLE_CARRY) {
            const unsigned bits = ng_carry_bits(cell);
            occupy(netlist, cell, 2 * bits, bits * (ng_chain_ends(&chains, i) + chains.constant[i]), counts);
        } else if (cell->type->role == NG_ROLE_MUX) {
            occupy(netlist, cell, 2 * mux_sites(cell), 0, counts);
        }
    }
    ng_chains_free(&chains);
    return true;
}

/* Two carry bits a module; the last of an odd number has one for itself. */
static bool count_adaptive_modules(const ng_netlist *netlist, ng_counts *counts, ng_error *error)
{
    ng_pairing pairing;
    ng_chains chains;
    if (!ng_pairing_find(netlist, &pairing, error)) {
        return false;
    }
    const bool fine = ng_chains_find(netlist, &chains, error);
    for (size_t i = 0; fine && i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        if (cell->type->role == NG_ROLE_LUT) {
            occupy(netlist, cell, lut_half_sites(&pairing, i), 0, counts);
        } else if (cell->type->role == NG_ROLE_CARRY) {
            const bool alone = chains.successor[i] == NG_UNMATCHED && chains.position[i] % 2 == 0;
            occupy(netlist, cell, alone ? 2 : 1, ng_chain_ends(&chains, i), counts);
        }
    }
    ng_pairing_free(&pairing);
    if (fine) {
        ng_chains_free(&chains);
    }
    return fine;
}

static bool count_sites(const ng_netlist *netlist, ng_counts *counts, ng_error *error)
{
    switch (netlist->target->sites) {
    case NG_SITES_PAIRED_LUTS: return count_paired(netlist, counts, error);
    case NG_SITES_LOGIC_CELLS: return count_logic_cells(netlist, counts, error);
    case NG_SITES_CARRY_LUTS: return count_carry_luts(netlist, counts, error);
    case NG_SITES_ADAPTIVE_MODULES: break;
    }
    return count_adaptive_modules(netlist, counts, error);
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
        count_cell(netlist, &netlist->cells[i], counts);
    }
    if (!count_sites(netlist, counts, error)) {
        return false;
    }
    add_up(counts);
    return true;
}
