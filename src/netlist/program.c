#include "src/netlist/program.h"

#include <stdlib.h>
#include <string.h>

#include "src/netlist/carry.h"
#include "src/netlist/decompose.h"
#include "src/netlist/dsp.h"

typedef struct {
    ng_program *program;
    const ng_netlist *netlist;
    uint32_t drive;      /* added to a net that a step drives */
    uint32_t next;       /* slot of the first flip-flop's next state */
    uint32_t temporary;  /* first slot of intermediate values */
    uint32_t dsp;        /* first slot of the DSP blocks: intermediate values, then the registers of one after the other */
    const uint32_t *blocks; /* of each cell: DSP blocks before it */
    uint8_t *registered; /* of each net: a flip-flop drives it */
} builder;

void ng_listing_add(ng_listing *listing, ng_gate op, uint32_t out, uint32_t first, uint32_t second, uint32_t third)
{
    if (listing->count == listing->room) {
        const size_t room = listing->room == 0 ? 256 : 2 * listing->room;
        ng_instruction *grown = realloc(listing->instructions, room * sizeof *grown);
        if (grown == NULL) {
            listing->failed = true;
            return;
        }
        listing->instructions = grown;
        listing->room = room;
    }
    listing->instructions[listing->count++] = (ng_instruction){op, out, {first, second, third}};
}

/* ---- steps ---- */

static void add_carry(const builder *b, const ng_carry_bit *bit)
{
    ng_listing *settle = &b->program->settle;
    uint32_t carry = bit->carry;
    if (bit->or_carry != NG_NET_ZERO && carry != NG_NET_ZERO) {
        carry = b->temporary;
        ng_listing_add(settle, NG_GATE_OR, carry, bit->carry, bit->or_carry, 0);
    } else if (bit->or_carry != NG_NET_ZERO) {
        carry = bit->or_carry;
    }
    const uint32_t propagate =
        ng_decompose(settle, bit->propagate, bit->operands, bit->operand, NG_ANY_SLOT, b->temporary + 1);
    const uint32_t generate = ng_decompose(settle, bit->generate, bit->operands, bit->operand, NG_ANY_SLOT,
                                           b->temporary + 1 + NG_TEMPORARIES_MAX);
    if (bit->sum != NG_CARRY_NO_NET) {
        ng_listing_add(settle, NG_GATE_XOR, b->drive + bit->sum, propagate, carry, 0);
    }
    ng_listing_add(settle, NG_GATE_MUX, b->drive + bit->out, generate, carry, propagate);
}

/* The slot with an input's value; inverted ones are put into the temporary slot. */
static uint32_t read_input(const builder *b, ng_listing *listing, const ng_cell *cell, unsigned input, unsigned temporary)
{
    const uint32_t net = cell->input[input];
    if ((cell->inverted >> input & 1) == 0) {
        return net;
    }
    if (net == NG_NET_ZERO || net == NG_NET_ONE) {
        return net == NG_NET_ZERO ? NG_NET_ONE : NG_NET_ZERO;
    }
    ng_listing_add(listing, NG_GATE_NOT, b->temporary + temporary, net, 0, 0);
    return b->temporary + temporary;
}

static ng_gate reset_op(const ng_cell *cell)
{
    return (cell->type->flags & NG_FF_SETS) != 0 ? NG_GATE_OR : NG_GATE_AND_NOT;
}

/* The state of a flip-flop: its output net, or for an asynchronous one, whose output is computed, a slot of its own. */
static uint32_t state_slot(const builder *b, size_t cell)
{
    const ng_cell *ff = &b->netlist->cells[cell];
    return (ff->type->flags & NG_FF_ASYNCHRONOUS) != 0 ? b->next + 2 * (uint32_t)cell + 1 : ff->output[0];
}

static void add_asynchronous(const builder *b, size_t index)
{
    const ng_cell *cell = &b->netlist->cells[index];
    const uint32_t state = state_slot(b, index);
    const uint32_t reset = read_input(b, &b->program->settle, cell, NG_FF_RESET, 0);
    ng_listing_add(&b->program->settle, reset_op(cell), state, state, reset, 0);
    ng_listing_add(&b->program->settle, NG_GATE_COPY, b->drive + cell->output[0], state, 0, 0);
}

/* The first slot of a DSP block's registers. */
static uint32_t dsp_state(const builder *b, size_t cell)
{
    return b->dsp + NG_DSP_SCRATCH_SLOTS + b->blocks[cell] * NG_DSP_STATE_SLOTS;
}

static void add_step(const builder *b, ng_netlist_step step)
{
    const ng_cell *cell = &b->netlist->cells[step.cell];
    if (cell->dsp != NULL) {
        ng_dsp_settle(&b->program->settle, cell->dsp, b->drive, dsp_state(b, step.cell), b->dsp);
    } else if (cell->type->role == NG_ROLE_FF) {
        add_asynchronous(b, step.cell);
    } else if (cell->type->role == NG_ROLE_CARRY) {
        const ng_carry_bit bit = ng_carry_bit_of(cell, step.bit);
        add_carry(b, &bit);
    } else {
        (void)ng_decompose(&b->program->settle, cell->table, cell->inputs, cell->input, b->drive + cell->output[0],
                           b->temporary);
    }
}

/* ---- flip-flops ---- */

/* Computes the next state; returns its slot. A plain D input needs no copy unless the edge changes it, too. */
static uint32_t add_next_state(const builder *b, size_t index)
{
    ng_listing *edge = &b->program->edge;
    const ng_cell *cell = &b->netlist->cells[index];
    const uint32_t next = b->next + 2 * (uint32_t)index;
    const uint32_t enable = read_input(b, edge, cell, NG_FF_ENABLE, 1);
    uint32_t reset = read_input(b, edge, cell, NG_FF_RESET, 2);
    uint32_t value = read_input(b, edge, cell, NG_FF_DATA, 0);
    if (enable != NG_NET_ONE) {
        ng_listing_add(edge, NG_GATE_MUX, next, state_slot(b, index), value, enable);
        value = next;
    }
    if ((cell->type->flags & NG_FF_GATED) != 0 && reset != NG_NET_ZERO) {
        ng_listing_add(edge, NG_GATE_AND, b->temporary + 3, reset, enable, 0);
        reset = b->temporary + 3;
    }
    if (reset != NG_NET_ZERO) {
        ng_listing_add(edge, reset_op(cell), next, value, reset, 0);
        value = next;
    }
    if (value != next && (value >= b->next || b->registered[value] != 0)) {
        ng_listing_add(edge, NG_GATE_COPY, next, value, 0, 0);
        value = next;
    }
    return value;
}

static bool add_edge(const builder *b)
{
    const ng_netlist *netlist = b->netlist;
    uint32_t *values = malloc((netlist->cell_count + 1) * sizeof *values);
    if (values == NULL) {
        return false;
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (netlist->cells[i].type->role == NG_ROLE_FF) {
            values[i] = add_next_state(b, i);
        }
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (netlist->cells[i].dsp != NULL) {
            ng_dsp_edge(&b->program->edge, netlist->cells[i].dsp, dsp_state(b, i), b->dsp);
        }
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_dsp *dsp = netlist->cells[i].dsp;
        if (dsp != NULL && (dsp->registers & NG_DSP_PREG) != 0) {
            ng_dsp_publish(&b->program->edge, dsp, dsp_state(b, i));
        }
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (netlist->cells[i].type->role == NG_ROLE_FF) {
            const uint32_t state = state_slot(b, i);
            ng_listing_add(&b->program->edge, NG_GATE_COPY, state, values[i], 0, 0);
            if (state != netlist->cells[i].output[0]) {
                ng_listing_add(&b->program->edge, NG_GATE_COPY, netlist->cells[i].output[0], state, 0, 0);
            }
        }
    }
    free(values);
    return true;
}

static void add_initials(const builder *b)
{
    ng_program *program = b->program;
    for (size_t i = 0; i < b->netlist->cell_count; i++) {
        const ng_cell *cell = &b->netlist->cells[i];
        if (cell->type->role == NG_ROLE_FF) {
            const bool value = cell->table != 0;
            program->initials[program->initial_count++] = (ng_initial){state_slot(b, i), value};
            program->initials[program->initial_count++] = (ng_initial){cell->output[0], value};
            b->registered[cell->output[0]] = 1;
        }
        for (unsigned pin = NG_DSP_P; cell->dsp != NULL && pin < NG_DSP_PINS; pin++) {
            b->registered[cell->dsp->net[pin]] = (cell->dsp->registers & NG_DSP_PREG) != 0;
        }
    }
}

/* DSP blocks before each cell; the last entry has them all. NULL: out of memory. */
static uint32_t *count_blocks(const ng_netlist *netlist)
{
    uint32_t *blocks = calloc(netlist->cell_count + 1, sizeof *blocks);
    for (size_t i = 0; blocks != NULL && i < netlist->cell_count; i++) {
        blocks[i + 1] = blocks[i] + (netlist->cells[i].dsp != NULL);
    }
    return blocks;
}

bool ng_program_make(ng_program *program, const ng_netlist *netlist, ng_program_kind kind, ng_error *error)
{
    const size_t nets = netlist->net_count;
    const size_t banks = kind == NG_PROGRAM_UNIT_DELAY ? 2 * nets : nets;
    const size_t next_states = 2 * netlist->cell_count;
    const size_t plain = banks + next_states + 1 + 2 * NG_TEMPORARIES_MAX;
    uint32_t *blocks = count_blocks(netlist);
    const size_t dsps = blocks != NULL ? blocks[netlist->cell_count] : 0;
    *program = (ng_program){.slots = plain + (dsps != 0 ? NG_DSP_SCRATCH_SLOTS + dsps * NG_DSP_STATE_SLOTS : 0)};
    program->initials = calloc(2 * netlist->cell_count + 1, sizeof *program->initials);
    const builder b = {
        .program = program,
        .netlist = netlist,
        .drive = (uint32_t)(banks - nets),
        .next = (uint32_t)banks,
        .temporary = (uint32_t)(banks + next_states),
        .dsp = (uint32_t)plain,
        .blocks = blocks,
        .registered = calloc(nets, 1),
    };
    bool fine = program->initials != NULL && b.registered != NULL && blocks != NULL;
    if (fine) {
        add_initials(&b);
        for (size_t i = 0; i < netlist->step_count; i++) {
            add_step(&b, netlist->steps[i]);
        }
        fine = add_edge(&b) && !program->settle.failed && !program->edge.failed;
    }
    free(b.registered);
    free(blocks);
    if (!fine) {
        ng_program_free(program);
    }
    return fine || ng_fail(error, NG_EXIT_MISSING, "evaluator: out of memory");
}

void ng_program_free(ng_program *program)
{
    free(program->settle.instructions);
    free(program->edge.instructions);
    free(program->initials);
    *program = (ng_program){0};
}
