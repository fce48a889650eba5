#include "src/netlist/toggles.h"

#include <stdlib.h>
#include <string.h>

#include "src/netlist/program.h"
#include "src/netlist/transpose.h"

struct ng_toggler {
    const ng_netlist *netlist;
    ng_program program; /* results of a unit of time stand net_count slots above the nets */
    ng_block *slots;
    ng_block *settled;  /* of each net: at the end of the cycle before */
    ng_block *incoming; /* of each net that is an input: its next value */
    uint8_t *input;     /* of each net: it is one */
};

static ng_block *new_blocks(size_t count)
{
    ng_block *blocks = aligned_alloc(sizeof *blocks, count * sizeof *blocks);
    if (blocks != NULL) {
        memset(blocks, 0, count * sizeof *blocks);
    }
    return blocks;
}

static void mark_inputs(ng_toggler *t)
{
    for (size_t i = 0; i < t->netlist->port_count; i++) {
        const ng_port *port = &t->netlist->ports[i];
        for (unsigned bit = 0; bit < port->width && !port->output; bit++) {
            t->input[port->bits[bit]] = 1;
        }
    }
}

/* Sets all lanes of a slot; x is 0 in even and 1 in odd ones, as in the evaluator. */
static void start_slots(ng_toggler *t)
{
    t->slots[NG_NET_ONE] = ~t->slots[NG_NET_ONE];
    for (unsigned i = 1; i < NG_BLOCK_WORDS; i += 2) {
        t->slots[NG_NET_X][i] = UINT64_MAX;
    }
    for (size_t i = 0; i < t->program.initial_count; i++) {
        const ng_initial *initial = &t->program.initials[i];
        memset(&t->slots[initial->slot], initial->value ? 0xFF : 0, sizeof t->slots[0]);
    }
    memcpy(t->slots + t->netlist->net_count, t->slots, t->netlist->net_count * sizeof *t->slots);
}

static bool is_any(const ng_block *block)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < NG_BLOCK_WORDS; i++) {
        any |= (*block)[i];
    }
    return any != 0;
}

/* Lane 8 j + m is bit j of word m. */
static unsigned changed_lanes(const ng_block *change, size_t lanes)
{
    unsigned count = 0;
    for (size_t m = 0; m < NG_BLOCK_WORDS; m++) {
        const size_t bits = lanes > m ? (lanes - m + NG_BLOCK_WORDS - 1) / NG_BLOCK_WORDS : 0;
        const uint64_t mask = bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
        count += (unsigned)__builtin_popcountll((*change)[m] & mask);
    }
    return count;
}

static void count_change(const ng_toggler *t, size_t net, const ng_block *change, size_t lanes, ng_toggle_sum *sum)
{
    if (t->netlist->fanout[net] != 0) {
        const uint64_t toggles = changed_lanes(change, lanes);
        sum->toggles += toggles;
        sum->weighted += toggles * t->netlist->fanout[net];
    }
}

/* One unit of time; true if a net changed. */
static bool pass_unit(ng_toggler *t, size_t lanes, ng_toggle_sum *sum)
{
    const size_t above = t->netlist->net_count;
    bool changed = false;
    ng_listing_execute(&t->program.settle, t->slots);
    for (size_t net = NG_NET_FIRST; net < t->netlist->net_count; net++) {
        const ng_block change = t->slots[net] ^ t->slots[above + net];
        if (is_any(&change)) {
            changed = true;
            t->slots[net] = t->slots[above + net];
            count_change(t, net, &change, lanes, sum);
        }
    }
    return changed;
}

/* The nets that change at the beginning of a cycle; no step drives them, so their upper slots follow here. */
static void begin_cycle(ng_toggler *t, size_t lanes, ng_toggle_sum *sum)
{
    const size_t above = t->netlist->net_count;
    ng_listing_execute(&t->program.edge, t->slots);
    for (size_t net = NG_NET_FIRST; net < t->netlist->net_count; net++) {
        if (t->input[net] != 0 && net != t->netlist->clock) {
            t->slots[net] = t->incoming[net];
        }
        const ng_block change = t->slots[net] ^ t->settled[net];
        if (is_any(&change)) {
            t->slots[above + net] = t->slots[net];
            count_change(t, net, &change, lanes, sum);
        }
    }
}

void ng_toggler_cycle(ng_toggler *t, size_t lanes, ng_toggles *counts)
{
    ng_toggles none = {0};
    ng_toggles *to = counts != NULL ? counts : &none;
    begin_cycle(t, lanes, &to->unit_delay);
    while (pass_unit(t, lanes, &to->unit_delay)) {
    }
    for (size_t net = NG_NET_FIRST; net < t->netlist->net_count; net++) {
        const ng_block change = t->slots[net] ^ t->settled[net];
        if (is_any(&change)) {
            count_change(t, net, &change, lanes, &to->zero_delay);
            t->settled[net] = t->slots[net];
        }
    }
    to->cycles += lanes;
}

static bool check_flip_flops(const ng_netlist *netlist, ng_error *error)
{
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell_type *type = netlist->cells[i].type;
        if (type->role == NG_ROLE_FF && (type->flags & NG_FF_ASYNCHRONOUS) != 0) {
            return ng_fail(error, NG_EXIT_USAGE, "toggles: cell %s has an asynchronous reset", netlist->cells[i].name);
        }
    }
    return true;
}

static bool allocate(ng_toggler *t, ng_error *error)
{
    const size_t nets = t->netlist->net_count;
    if (!ng_program_make(&t->program, t->netlist, NG_PROGRAM_UNIT_DELAY, error)) {
        return false;
    }
    t->slots = new_blocks(t->program.slots);
    t->settled = new_blocks(nets);
    t->incoming = new_blocks(nets);
    t->input = calloc(nets, 1);
    return t->slots != NULL && t->settled != NULL && t->incoming != NULL && t->input != NULL;
}

bool ng_toggler_new(ng_toggler **toggler, const ng_netlist *netlist, ng_error *error)
{
    ng_toggler *made;
    *toggler = NULL;
    if (!check_flip_flops(netlist, error)) {
        return false;
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "toggles: out of memory");
    }
    made->netlist = netlist;
    if (!allocate(made, error)) {
        ng_toggler_free(made);
        return ng_fail(error, NG_EXIT_MISSING, "toggles: out of memory");
    }
    mark_inputs(made);
    start_slots(made);
    memcpy(made->settled, made->slots, netlist->net_count * sizeof *made->settled);
    while (pass_unit(made, 0, &(ng_toggle_sum){0})) {
    }
    memcpy(made->settled, made->slots, netlist->net_count * sizeof *made->settled);
    *toggler = made;
    return true;
}

void ng_toggler_free(ng_toggler *toggler)
{
    if (toggler != NULL) {
        ng_program_free(&toggler->program);
        free(toggler->slots);
        free(toggler->settled);
        free(toggler->incoming);
        free(toggler->input);
        free(toggler);
    }
}

void ng_toggler_set(ng_toggler *toggler, const ng_port *port, const uint64_t *words, size_t stride, size_t count)
{
    ng_port_load(toggler->incoming, port, words, stride, count);
}

void ng_toggler_get(const ng_toggler *toggler, const ng_port *port, uint64_t *words, size_t stride, size_t count)
{
    ng_port_store(toggler->slots, port, words, stride, count);
}
