#include "src/mutants/mutation.h"

#include <stdio.h>
#include <string.h>

static bool is_constant(uint32_t net)
{
    return net == NG_NET_ZERO || net == NG_NET_ONE;
}

static bool has_table(const ng_cell *cell)
{
    return cell->type->role == NG_ROLE_LUT || cell->type->role == NG_ROLE_MUX;
}

/* False if a constant input never has the value that the entry stands for. */
static bool is_reached(const ng_cell *cell, unsigned entry)
{
    for (unsigned i = 0; i < cell->inputs; i++) {
        if (is_constant(cell->input[i]) && (cell->input[i] == NG_NET_ONE) != ((entry >> i & 1) != 0)) {
            return false;
        }
    }
    return true;
}

static bool makes_change(const ng_netlist *netlist, const ng_mutation *mutation)
{
    const ng_cell *cell = &netlist->cells[mutation->cell];
    const bool ff = cell->type->role == NG_ROLE_FF;
    switch (mutation->kind) {
    case NG_MUTATION_ENTRY: return has_table(cell) && is_reached(cell, mutation->place);
    case NG_MUTATION_OUTPUT: return has_table(cell);
    case NG_MUTATION_STUCK:
        return cell->inputs != 0 && !is_constant(cell->input[mutation->place]) &&
               !(ff && mutation->place == NG_FF_CLOCK);
    case NG_MUTATION_DATA: return ff && !is_constant(cell->input[NG_FF_DATA]);
    }
    return false;
}

bool ng_mutation_draw(const ng_netlist *netlist, ng_random *random, ng_mutation *mutation)
{
    mutation->cell = (size_t)(ng_random_bits(random) % netlist->cell_count);
    const ng_cell *cell = &netlist->cells[mutation->cell];
    mutation->kind = (ng_mutation_kind)(ng_random_bits(random) % 4);
    const unsigned places = mutation->kind == NG_MUTATION_ENTRY   ? 1U << cell->inputs
                            : mutation->kind == NG_MUTATION_STUCK ? cell->inputs
                                                                  : 0;
    const uint64_t draw = ng_random_bits(random);
    mutation->place = places != 0 ? (unsigned)(draw >> 1) % places : 0;
    mutation->value = mutation->kind == NG_MUTATION_STUCK && (draw & 1) != 0;
    return makes_change(netlist, mutation);
}

static uint64_t all_entries(const ng_cell *cell)
{
    return cell->inputs == 6 ? UINT64_MAX : (UINT64_C(1) << (1U << cell->inputs)) - 1;
}

void ng_mutation_apply(ng_netlist *netlist, const ng_mutation *mutation, ng_cell *undo)
{
    ng_cell *cell = &netlist->cells[mutation->cell];
    *undo = *cell;
    switch (mutation->kind) {
    case NG_MUTATION_ENTRY: cell->table ^= UINT64_C(1) << mutation->place; break;
    case NG_MUTATION_OUTPUT: cell->table ^= all_entries(cell); break;
    case NG_MUTATION_STUCK: cell->input[mutation->place] = mutation->value ? NG_NET_ONE : NG_NET_ZERO; break;
    case NG_MUTATION_DATA: cell->inverted ^= 1U << NG_FF_DATA; break;
    }
}

void ng_mutation_text(const ng_netlist *netlist, const ng_mutation *mutation, char text[256])
{
    const ng_cell *cell = &netlist->cells[mutation->cell];
    const int length = snprintf(text, 256, "%s %.180s: ", cell->type->type, cell->name);
    const size_t at = length > 0 && length < 256 ? (size_t)length : 0;
    switch (mutation->kind) {
    case NG_MUTATION_ENTRY: (void)snprintf(text + at, 256 - at, "entry %u flipped", mutation->place); break;
    case NG_MUTATION_OUTPUT: (void)snprintf(text + at, 256 - at, "output inverted"); break;
    case NG_MUTATION_STUCK:
        (void)snprintf(text + at, 256 - at, "input %u stuck at %d", mutation->place, mutation->value);
        break;
    case NG_MUTATION_DATA: (void)snprintf(text + at, 256 - at, "data inverted"); break;
    }
}
