#include <stdlib.h>
#include <string.h>

#include "src/netlist/carry.h"
#include "src/netlist/dsp.h"
#include "src/netlist/reader.h"

/* Steps of a cell: none for a flip-flop or DSP block whose outputs depend on the clock alone. */
static unsigned steps_of(const ng_cell *cell)
{
    if (cell->dsp != NULL) {
        return (cell->dsp->registers & NG_DSP_PREG) != 0 ? 0 : 1;
    }
    if (cell->type->role == NG_ROLE_FF) {
        return (cell->type->flags & NG_FF_ASYNCHRONOUS) != 0 ? 1 : 0;
    }
    return cell->type->role == NG_ROLE_CARRY ? ng_carry_bits(cell) : 1;
}

static unsigned carry_inputs(const ng_cell *cell, unsigned bit, uint32_t nets[NG_STEP_INPUTS_MAX])
{
    const ng_carry_bit made = ng_carry_bit_of(cell, bit);
    unsigned count = 0;
    nets[count++] = made.carry;
    if (made.or_carry != NG_NET_ZERO) {
        nets[count++] = made.or_carry;
    }
    memcpy(nets + count, made.operand, made.operands * sizeof *nets);
    return count + made.operands;
}

unsigned ng_step_inputs(const ng_netlist *netlist, ng_netlist_step step, uint32_t nets[NG_STEP_INPUTS_MAX])
{
    const ng_cell *cell = &netlist->cells[step.cell];
    switch (cell->type->role) {
    case NG_ROLE_CARRY: return carry_inputs(cell, step.bit, nets);
    case NG_ROLE_FF: nets[0] = cell->input[NG_FF_RESET]; return 1;
    case NG_ROLE_DSP: return ng_dsp_through(cell->dsp, nets);
    default: memcpy(nets, cell->input, cell->inputs * sizeof *nets); return cell->inputs;
    }
}

unsigned ng_step_outputs(const ng_netlist *netlist, ng_netlist_step step, uint32_t nets[NG_STEP_OUTPUTS_MAX])
{
    const ng_cell *cell = &netlist->cells[step.cell];
    unsigned count = 0;
    if (cell->dsp != NULL) {
        memcpy(nets, cell->dsp->net + NG_DSP_P, NG_STEP_OUTPUTS_MAX * sizeof *nets);
        return NG_STEP_OUTPUTS_MAX;
    }
    if (cell->type->role != NG_ROLE_CARRY) {
        nets[count++] = cell->output[0];
        return count;
    }
    const ng_carry_bit made = ng_carry_bit_of(cell, step.bit);
    if (made.sum != NG_CARRY_NO_NET) {
        nets[count++] = made.sum;
    }
    nets[count++] = made.out;
    return count;
}

/* Kahn's algorithm over unordered steps: `first` and `next` chain the steps that wait for a net. */
typedef struct {
    ng_netlist *netlist;
    ng_netlist_step *steps;   /* in file order */
    uint32_t *missing;        /* of each step: inputs not yet computed */
    uint32_t *first;          /* of each net: 1 + its first waiting pin, 0: none */
    uint32_t *next;           /* of each waiting pin (step * NG_STEP_INPUTS_MAX + input): the same */
    uint32_t *producer;       /* of each net: 1 + the step that drives it, 0: no step does */
    uint32_t *queue;
    size_t count;
    size_t done;
} ordering;

static void list_steps(ordering *order)
{
    const ng_netlist *netlist = order->netlist;
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const unsigned count = steps_of(&netlist->cells[i]);
        for (unsigned bit = 0; bit < count; bit++) {
            uint32_t nets[NG_STEP_OUTPUTS_MAX];
            const ng_netlist_step step = {(uint32_t)i, bit};
            const unsigned outputs = ng_step_outputs(netlist, step, nets);
            order->steps[order->count++] = step;
            for (unsigned o = 0; o < outputs; o++) {
                order->producer[nets[o]] = (uint32_t)order->count;
            }
        }
    }
}

static void list_waiting(ordering *order)
{
    size_t ready = 0;
    for (size_t i = 0; i < order->count; i++) {
        uint32_t nets[NG_STEP_INPUTS_MAX];
        const unsigned inputs = ng_step_inputs(order->netlist, order->steps[i], nets);
        for (unsigned pin = 0; pin < inputs; pin++) {
            if (order->producer[nets[pin]] != 0) {
                const size_t at = i * NG_STEP_INPUTS_MAX + pin;
                order->next[at] = order->first[nets[pin]];
                order->first[nets[pin]] = (uint32_t)at + 1;
                order->missing[i]++;
            }
        }
        if (order->missing[i] == 0) {
            order->queue[ready++] = (uint32_t)i;
        }
    }
    order->done = ready;
}

static void settle(ordering *order)
{
    for (size_t head = 0; head < order->done; head++) {
        uint32_t nets[NG_STEP_OUTPUTS_MAX];
        const ng_netlist_step step = order->steps[order->queue[head]];
        const unsigned outputs = ng_step_outputs(order->netlist, step, nets);
        order->netlist->steps[head] = step;
        for (unsigned o = 0; o < outputs; o++) {
            for (uint32_t pin = order->first[nets[o]]; pin != 0; pin = order->next[pin - 1]) {
                const uint32_t waiting = (pin - 1) / NG_STEP_INPUTS_MAX;
                if (--order->missing[waiting] == 0) {
                    order->queue[order->done++] = waiting;
                }
            }
        }
    }
}

/* A step whose input is still missing. */
static size_t missing_producer(const ordering *order, size_t step)
{
    uint32_t nets[NG_STEP_INPUTS_MAX];
    const unsigned inputs = ng_step_inputs(order->netlist, order->steps[step], nets);
    for (unsigned pin = 0; pin < inputs; pin++) {
        const uint32_t producer = order->producer[nets[pin]];
        if (producer != 0 && order->missing[producer - 1] != 0) {
            return producer - 1;
        }
    }
    return step;
}

/* Going backwards from any unfinished step for as many steps as there are ends on a loop. */
static const char *loop_cell(const ordering *order)
{
    size_t step = 0;
    while (order->missing[step] == 0) {
        step++;
    }
    for (size_t i = 0; i < order->count; i++) {
        step = missing_producer(order, step);
    }
    return order->netlist->cells[order->steps[step].cell].name;
}

/* `next` is reserved for the step of most inputs; what is not written of it costs no memory. */
static bool allocate(ordering *order)
{
    size_t total = 1;
    for (size_t i = 0; i < order->netlist->cell_count; i++) {
        total += steps_of(&order->netlist->cells[i]);
    }
    order->steps = calloc(total, sizeof *order->steps);
    order->missing = calloc(total, sizeof *order->missing);
    order->queue = calloc(total, sizeof *order->queue);
    order->next = calloc(total * NG_STEP_INPUTS_MAX, sizeof *order->next);
    order->first = calloc(order->netlist->net_count, sizeof *order->first);
    order->producer = calloc(order->netlist->net_count, sizeof *order->producer);
    order->netlist->steps = calloc(total, sizeof *order->netlist->steps);
    return order->steps != NULL && order->missing != NULL && order->queue != NULL && order->next != NULL &&
           order->first != NULL && order->producer != NULL && order->netlist->steps != NULL;
}

static void release(ordering *order)
{
    free(order->steps);
    free(order->missing);
    free(order->queue);
    free(order->next);
    free(order->first);
    free(order->producer);
}

bool ng_reader_order(ng_reader *reader)
{
    ordering order = {.netlist = reader->netlist};
    bool fine = allocate(&order) || ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    if (fine) {
        list_steps(&order);
        list_waiting(&order);
        settle(&order);
        order.netlist->step_count = order.done;
        fine = order.done == order.count || ng_reader_refuse(reader, loop_cell(&order), "is part of a combinational loop");
    }
    release(&order);
    return fine;
}
