#include "src/netlist/chains.h"

#include <stdlib.h>

#include "src/netlist/carry.h"
#include "src/netlist/matching.h"

static bool is_carry(const ng_netlist *netlist, size_t cell)
{
    return netlist->cells[cell].type->role == NG_ROLE_CARRY;
}

static uint32_t carry_in(const ng_cell *cell)
{
    return ng_carry_bit_of(cell, 0).carry;
}

static uint32_t carry_out(const ng_cell *cell)
{
    return ng_carry_bit_of(cell, ng_carry_bits(cell) - 1).out;
}

/* driver: of each net, the carry whose carry-out it is and that has no successor yet. */
static void link_cells(const ng_netlist *netlist, ng_chains *chains, uint32_t *driver)
{
    for (size_t net = 0; net < netlist->net_count; net++) {
        driver[net] = NG_UNMATCHED;
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        chains->successor[i] = NG_UNMATCHED;
        if (is_carry(netlist, i)) {
            driver[carry_out(&netlist->cells[i])] = (uint32_t)i;
        }
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (!is_carry(netlist, i)) {
            continue;
        }
        const uint32_t net = carry_in(&netlist->cells[i]);
        if (driver[net] != NG_UNMATCHED) {
            chains->successor[driver[net]] = (uint32_t)i;
            chains->position[i] = 1;
            driver[net] = NG_UNMATCHED;
        } else {
            chains->starts[i] = net >= NG_NET_FIRST;
            chains->constant[i] = net == NG_NET_ZERO || net == NG_NET_ONE;
        }
    }
}

/* Chains are no loops: a netlist with one is refused. Position was 1 for every cell that has one before it. */
static void number_cells(const ng_netlist *netlist, ng_chains *chains)
{
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (!is_carry(netlist, i) || chains->position[i] != 0) {
            continue;
        }
        uint32_t position = 0;
        for (uint32_t at = (uint32_t)i; at != NG_UNMATCHED; at = chains->successor[at]) {
            chains->position[at] = position++;
        }
    }
}

static void find_readers(const ng_netlist *netlist, ng_chains *chains)
{
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (is_carry(netlist, i)) {
            const uint32_t readers = netlist->fanout[carry_out(&netlist->cells[i])];
            chains->leaves[i] = readers > (chains->successor[i] == NG_UNMATCHED ? 0U : 1U);
        }
    }
}

bool ng_chains_find(const ng_netlist *netlist, ng_chains *chains, ng_error *error)
{
    const size_t cells = netlist->cell_count + 1;
    uint32_t *driver = malloc((netlist->net_count + 1) * sizeof *driver);
    *chains = (ng_chains){calloc(cells, sizeof(uint32_t)), calloc(cells, sizeof(uint32_t)), calloc(cells, 1),
                          calloc(cells, 1), calloc(cells, 1)};
    const bool fine = driver != NULL && chains->successor != NULL && chains->position != NULL && chains->starts != NULL &&
                      chains->constant != NULL && chains->leaves != NULL;
    if (fine) {
        link_cells(netlist, chains, driver);
        number_cells(netlist, chains);
        find_readers(netlist, chains);
    } else {
        ng_chains_free(chains);
    }
    free(driver);
    return fine || ng_fail(error, NG_EXIT_MISSING, "carry chains: out of memory");
}

void ng_chains_free(ng_chains *chains)
{
    free(chains->successor);
    free(chains->position);
    free(chains->starts);
    free(chains->constant);
    free(chains->leaves);
    *chains = (ng_chains){0};
}

unsigned ng_chain_ends(const ng_chains *chains, size_t cell)
{
    return (unsigned)chains->starts[cell] + chains->leaves[cell];
}
