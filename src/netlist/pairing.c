#include "src/netlist/pairing.h"

#include <stdlib.h>
#include <string.h>

#include "src/netlist/counts.h"
#include "src/netlist/matching.h"

enum { LUT_INPUTS = 5, SITE_INPUTS = 5, MODULE_INPUTS = 8 };

/* A LUT that may share a site: it has at most LUT_INPUTS inputs. */
typedef struct {
    uint32_t cell;
    uint32_t only;     /* the one cell it may pair with; NG_UNMATCHED: see on_carry */
    bool on_carry;     /* it sits at a carry bit */
    ng_part part;
    unsigned inputs;
    uint32_t input[LUT_INPUTS]; /* different, not constant */
} candidate;

typedef struct {
    const ng_netlist *netlist;
    ng_pairing *pairing;
    uint8_t *on_carry;  /* of each cell */
    uint32_t *only;     /* of each cell */
    unsigned together;  /* different inputs of two LUTs that share a site, at most */
    candidate *candidates;
    size_t count;
} work;

static void find_drivers(const work *w)
{
    for (size_t i = 0; i < w->netlist->cell_count; i++) {
        const ng_cell *cell = &w->netlist->cells[i];
        for (unsigned pin = 0; pin < cell->outputs; pin++) {
            w->pairing->driver[cell->output[pin]] = (uint32_t)i;
        }
    }
}

/* The LUT that drives a net, or NG_UNMATCHED. */
static uint32_t driving_lut(const work *w, uint32_t net)
{
    const uint32_t cell = w->pairing->driver[net];
    const bool lut = cell != NG_UNMATCHED && w->netlist->cells[cell].type->role == NG_ROLE_LUT;
    return lut ? cell : NG_UNMATCHED;
}

/* A bit counts if its O or CO is read or a bit above it counts. */
static unsigned used_bits(const ng_netlist *netlist, const ng_cell *carry)
{
    for (unsigned bit = 4; bit-- > 0;) {
        if (netlist->fanout[carry->output[NG_CARRY4_O + bit]] != 0 ||
            netlist->fanout[carry->output[NG_CARRY4_CO + bit]] != 0) {
            return bit + 1;
        }
    }
    return 0;
}

/* Places the LUTs on S pins. A LUT can sit at one carry bit only: the others it drives get route-throughs. */
static void place_carry(const work *w, uint32_t index)
{
    const ng_cell *carry = &w->netlist->cells[index];
    const unsigned used = used_bits(w->netlist, carry);
    for (unsigned bit = 0; bit < used; bit++) {
        const uint32_t net = carry->input[NG_CARRY4_S + bit];
        const uint32_t lut = driving_lut(w, net);
        if (net < NG_NET_FIRST) {
            continue;
        }
        if (lut == NG_UNMATCHED || w->on_carry[lut] != 0) {
            w->pairing->route_through[index] |= (uint8_t)(1U << bit);
            continue;
        }
        w->on_carry[lut] = 1;
        w->only[lut] = driving_lut(w, carry->input[NG_CARRY4_DI + bit]);
    }
}

static bool contains(const uint32_t *nets, unsigned count, uint32_t net)
{
    for (unsigned i = 0; i < count; i++) {
        if (nets[i] == net) {
            return true;
        }
    }
    return false;
}

/* False if the LUT has too many inputs to share. */
static bool make_candidate(const work *w, uint32_t index, candidate *made)
{
    const ng_cell *cell = &w->netlist->cells[index];
    *made = (candidate){.cell = index, .only = w->only[index], .on_carry = w->on_carry[index] != 0,
                        .part = ng_part_of(cell->name)};
    for (unsigned pin = 0; pin < cell->inputs; pin++) {
        const uint32_t net = cell->input[pin];
        if (net >= NG_NET_FIRST && !contains(made->input, made->inputs, net)) {
            if (made->inputs == LUT_INPUTS) {
                return false;
            }
            made->input[made->inputs++] = net;
        }
    }
    return true;
}

static bool fits(const work *w, const candidate *a, const candidate *b)
{
    unsigned together = a->inputs;
    if ((a->on_carry && a->only != b->cell) || (b->on_carry && b->only != a->cell)) {
        return false;
    }
    for (unsigned i = 0; i < b->inputs; i++) {
        together += !contains(a->input, a->inputs, b->input[i]);
    }
    return together <= w->together;
}

static void make_candidates(work *w)
{
    for (size_t i = 0; i < w->netlist->cell_count; i++) {
        if (w->netlist->cells[i].type->role == NG_ROLE_LUT) {
            w->count += make_candidate(w, (uint32_t)i, &w->candidates[w->count]);
        }
    }
}

/* All pairs that fit; pairs inside a part are taken at once as a start. */
static void join(const work *w, ng_graph *graph, uint32_t *mate)
{
    for (uint32_t a = 0; a < w->count; a++) {
        for (uint32_t b = a + 1; b < w->count; b++) {
            if (!fits(w, &w->candidates[a], &w->candidates[b])) {
                continue;
            }
            ng_graph_join(graph, a, b);
            if (mate[a] == NG_UNMATCHED && mate[b] == NG_UNMATCHED &&
                w->candidates[a].part == w->candidates[b].part) {
                mate[a] = b;
                mate[b] = a;
            }
        }
    }
}

static bool match(work *w, ng_error *error)
{
    ng_graph graph;
    uint32_t *mate = malloc((w->count + 1) * sizeof *mate);
    if (mate == NULL || !ng_graph_init(&graph, w->count, error)) {
        free(mate);
        return ng_fail(error, NG_EXIT_MISSING, "pairing: out of memory");
    }
    memset(mate, 0xFF, (w->count + 1) * sizeof *mate);
    join(w, &graph, mate);
    const bool fine = ng_matching_extend(&graph, mate, error);
    for (size_t i = 0; i < w->count && fine; i++) {
        w->pairing->partner[w->candidates[i].cell] =
            mate[i] == NG_UNMATCHED ? NG_UNMATCHED : w->candidates[mate[i]].cell;
    }
    ng_graph_free(&graph);
    free(mate);
    return fine;
}

static bool allocate(work *w, ng_pairing *pairing)
{
    const size_t cells = w->netlist->cell_count + 1;
    const size_t nets = w->netlist->net_count + 1;
    *pairing = (ng_pairing){malloc(cells * sizeof(uint32_t)), malloc(nets * sizeof(uint32_t)), calloc(cells, 1)};
    w->pairing = pairing;
    w->on_carry = calloc(cells, 1);
    w->only = malloc(cells * sizeof *w->only);
    w->candidates = calloc(cells, sizeof *w->candidates);
    if (pairing->partner == NULL || pairing->driver == NULL || pairing->route_through == NULL || w->on_carry == NULL ||
        w->only == NULL || w->candidates == NULL) {
        return false;
    }
    memset(pairing->partner, 0xFF, cells * sizeof(uint32_t));
    memset(pairing->driver, 0xFF, nets * sizeof(uint32_t));
    memset(w->only, 0xFF, cells * sizeof *w->only);
    return true;
}

bool ng_pairing_find(const ng_netlist *netlist, ng_pairing *pairing, ng_error *error)
{
    const bool module = netlist->target->sites == NG_SITES_ADAPTIVE_MODULES;
    work w = {.netlist = netlist, .together = module ? MODULE_INPUTS : SITE_INPUTS};
    bool fine = allocate(&w, pairing) || ng_fail(error, NG_EXIT_MISSING, "pairing: out of memory");
    if (fine) {
        find_drivers(&w);
        for (size_t i = 0; i < netlist->cell_count; i++) {
            if (netlist->cells[i].type->role == NG_ROLE_CARRY && !module) {
                place_carry(&w, (uint32_t)i);
            }
        }
        make_candidates(&w);
        fine = match(&w, error);
    }
    free(w.on_carry);
    free(w.only);
    free(w.candidates);
    if (!fine) {
        ng_pairing_free(pairing);
    }
    return fine;
}

void ng_pairing_free(ng_pairing *pairing)
{
    free(pairing->partner);
    free(pairing->driver);
    free(pairing->route_through);
    *pairing = (ng_pairing){0};
}
