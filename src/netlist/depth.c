#include "src/netlist/depth.h"

#include <stdlib.h>

#include "src/netlist/matching.h"

/* Of each net: LUT levels behind it, and the step that drives it (NG_UNMATCHED: an end of paths). */
typedef struct {
    unsigned *level;
    uint32_t *step;
} arrival;

/* The input of a step with the most levels behind it; NG_NET_ZERO without inputs. */
static uint32_t latest_input(const ng_netlist *netlist, const arrival *at, ng_netlist_step step)
{
    uint32_t nets[NG_STEP_INPUTS_MAX];
    const unsigned count = ng_step_inputs(netlist, step, nets);
    uint32_t latest = NG_NET_ZERO;
    for (unsigned i = 0; i < count; i++) {
        if (at->level[nets[i]] > at->level[latest] || (latest < NG_NET_FIRST && at->step[nets[i]] != NG_UNMATCHED)) {
            latest = nets[i];
        }
    }
    return latest;
}

/* The net with the most levels behind it. */
static uint32_t propagate(const ng_netlist *netlist, const arrival *at)
{
    uint32_t deepest = NG_NET_ZERO;
    for (size_t i = 0; i < netlist->step_count; i++) {
        const ng_netlist_step step = netlist->steps[i];
        const ng_role role = netlist->cells[step.cell].type->role;
        uint32_t nets[2];
        const unsigned outputs = ng_step_outputs(netlist, step, nets);
        if (role == NG_ROLE_FF) {
            continue;
        }
        const unsigned level = at->level[latest_input(netlist, at, step)] + (role == NG_ROLE_LUT ? 1 : 0);
        for (unsigned o = 0; o < outputs; o++) {
            at->level[nets[o]] = level;
            at->step[nets[o]] = (uint32_t)i;
            if (level > at->level[deepest]) {
                deepest = nets[o];
            }
        }
    }
    return deepest;
}

/* Walks from the deepest net to an end of paths and stores the cells in the order signals take. */
static bool trace(const ng_netlist *netlist, const arrival *at, uint32_t net, ng_depth *depth)
{
    size_t count = 0;
    uint32_t *cells = malloc((netlist->step_count + 1) * sizeof *cells);
    if (cells == NULL) {
        return false;
    }
    depth->levels = at->level[net];
    while (at->step[net] != NG_UNMATCHED) {
        const ng_netlist_step step = netlist->steps[at->step[net]];
        if (count == 0 || cells[count - 1] != step.cell) {
            cells[count++] = step.cell;
        }
        net = latest_input(netlist, at, step);
    }
    for (size_t i = 0; i < count / 2; i++) {
        const uint32_t swap = cells[i];
        cells[i] = cells[count - 1 - i];
        cells[count - 1 - i] = swap;
    }
    depth->cells = cells;
    depth->cell_count = count;
    return true;
}

bool ng_depth_find(const ng_netlist *netlist, ng_depth *depth, ng_error *error)
{
    arrival at = {calloc(netlist->net_count, sizeof *at.level), malloc(netlist->net_count * sizeof *at.step)};
    *depth = (ng_depth){0};
    bool fine = at.level != NULL && at.step != NULL;
    if (fine) {
        for (size_t net = 0; net < netlist->net_count; net++) {
            at.step[net] = NG_UNMATCHED;
        }
        const uint32_t deepest = propagate(netlist, &at);
        fine = trace(netlist, &at, deepest, depth);
    }
    free(at.level);
    free(at.step);
    return fine || ng_fail(error, NG_EXIT_MISSING, "depth: out of memory");
}

void ng_depth_free(ng_depth *depth)
{
    free(depth->cells);
    *depth = (ng_depth){0};
}
