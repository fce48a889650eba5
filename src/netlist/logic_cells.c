#include "src/netlist/logic_cells.h"

#include <stdlib.h>

/* Pins of SB_LUT4 and SB_CARRY, see cells.def. */
enum { LUT_I1 = 1, LUT_I2 = 2, LUT_I3 = 3, CARRY_I0 = 0, CARRY_I1 = 1, CARRY_CI = 2 };

/* How carry nets are read. */
typedef struct {
    uint8_t *from_carry; /* of each net: a carry drives it */
    uint32_t *chained;   /* of each net: carry-in pins on it */
    uint32_t *summed;    /* of each net: I3 pins on it */
} carry_nets;

static bool shares(const ng_cell *lut, const ng_cell *carry)
{
    return lut->type->role == NG_ROLE_LUT && lut->input[LUT_I1] == carry->input[CARRY_I0] &&
           lut->input[LUT_I2] == carry->input[CARRY_I1] && lut->input[LUT_I3] == carry->input[CARRY_CI];
}

static bool find_lut(const ng_netlist *netlist, const ng_cell *carry, uint8_t *taken)
{
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (taken[i] == 0 && shares(&netlist->cells[i], carry)) {
            taken[i] = 1;
            return true;
        }
    }
    return false;
}

static void read_nets(const ng_netlist *netlist, const carry_nets *nets)
{
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        if (cell->type->role == NG_ROLE_CARRY) {
            nets->from_carry[cell->output[0]] = 1;
            nets->chained[cell->input[CARRY_CI]]++;
        } else if (cell->type->role == NG_ROLE_LUT) {
            nets->summed[cell->input[LUT_I3]]++;
        }
    }
}

/* One for a carry-in from the fabric, one for a carry-out read by more than the next carry and one LUT's I3. */
static unsigned route_throughs(const ng_netlist *netlist, const carry_nets *nets, const ng_cell *carry)
{
    const uint32_t in = carry->input[CARRY_CI];
    const uint32_t out = carry->output[0];
    const uint32_t direct = (uint32_t)(nets->chained[out] != 0) + (uint32_t)(nets->summed[out] != 0);
    return (unsigned)(in >= NG_NET_FIRST && nets->from_carry[in] == 0) + (unsigned)(netlist->fanout[out] > direct);
}

static void find(const ng_netlist *netlist, const carry_nets *nets, uint8_t *taken, ng_logic_cells *found)
{
    read_nets(netlist, nets);
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        if (cell->type->role == NG_ROLE_CARRY) {
            found->alone[i] = !find_lut(netlist, cell, taken);
            found->route_throughs[i] = (uint8_t)route_throughs(netlist, nets, cell);
        }
    }
}

bool ng_logic_cells_find(const ng_netlist *netlist, ng_logic_cells *found, ng_error *error)
{
    const size_t cells = netlist->cell_count + 1;
    uint8_t *taken = calloc(cells, 1);
    carry_nets nets = {calloc(netlist->net_count, 1), calloc(netlist->net_count, sizeof(uint32_t)),
                       calloc(netlist->net_count, sizeof(uint32_t))};
    *found = (ng_logic_cells){calloc(cells, 1), calloc(cells, 1)};
    const bool fine = taken != NULL && nets.from_carry != NULL && nets.chained != NULL && nets.summed != NULL &&
                      found->alone != NULL && found->route_throughs != NULL;
    if (fine) {
        find(netlist, &nets, taken, found);
    } else {
        ng_logic_cells_free(found);
    }
    free(taken);
    free(nets.from_carry);
    free(nets.chained);
    free(nets.summed);
    return fine || ng_fail(error, NG_EXIT_MISSING, "logic cells: out of memory");
}

void ng_logic_cells_free(ng_logic_cells *found)
{
    free(found->alone);
    free(found->route_throughs);
    *found = (ng_logic_cells){0};
}
