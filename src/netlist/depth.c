#include "src/netlist/depth.h"

#include <stdlib.h>
#include <string.h>

#include "src/netlist/carry.h"
#include "src/netlist/dsp_delay.h"
#include "src/netlist/matching.h"

/* Columns of a carry's delays. */
enum { OPERAND_TO_SUM = 0, OPERAND_TO_OUT = 1, CARRY_TO_SUM = 2, CARRY_TO_OUT = 3 };

/* Columns of a flip-flop's. */
enum { CLOCK_TO_OUTPUT = 0, SETUP = 1 };

/* Where the longest path to a net comes from. */
typedef struct {
    unsigned length;
    uint32_t step; /* that drives the net; NG_UNMATCHED: an end of paths */
    uint32_t from; /* net before the step */
} arrival;

typedef struct {
    const ng_netlist *netlist;
    ng_path_measure measure;
    arrival *at; /* of each net */
    uint32_t last;
    unsigned longest;
    uint32_t inside; /* the DSP block inside which the longest path lies, or NG_UNMATCHED */
} search;

/* The later of two arrivals; among equals one that comes from logic, so that paths begin at their ends. */
static bool is_later(const search *s, uint32_t net, unsigned length, uint32_t than, unsigned than_length)
{
    return length > than_length || (length == than_length && than < NG_NET_FIRST && s->at[net].step != NG_UNMATCHED);
}

/* Delay of a cell's column, 0 when levels are measured. */
static unsigned column(const search *s, const ng_cell *cell, unsigned index)
{
    const ng_cell_delay *delay =
        s->measure == NG_PATH_DELAY ? ng_target_delay(s->netlist->target, cell->type->type) : NULL;
    return delay != NULL ? delay->ps[index] : 0;
}

static void arrive(search *s, uint32_t net, size_t step, uint32_t from, unsigned length)
{
    s->at[net] = (arrival){length, (uint32_t)step, from};
    if (length > s->longest) {
        s->longest = length;
        s->last = net;
    }
}

static int descending(const void *a, const void *b)
{
    const unsigned left = *(const unsigned *)a;
    const unsigned right = *(const unsigned *)b;
    return (left < right) - (left > right);
}

/* Slowest input first for the earliest signal: the best way to connect them. */
static void pass_lut(search *s, const ng_cell *cell, size_t step)
{
    unsigned delays[NG_DELAYS_MAX] = {0};
    unsigned lengths[NG_DELAYS_MAX] = {0};
    unsigned used = 0;
    uint32_t from = NG_NET_ZERO;
    for (unsigned pin = 0; pin < cell->inputs; pin++) {
        delays[pin] = column(s, cell, pin);
        if (cell->input[pin] >= NG_NET_FIRST) {
            lengths[used++] = s->at[cell->input[pin]].length;
            if (is_later(s, cell->input[pin], lengths[used - 1], from, s->at[from].length)) {
                from = cell->input[pin];
            }
        }
    }
    qsort(delays, cell->inputs, sizeof *delays, descending);
    qsort(lengths, used, sizeof *lengths, descending);
    unsigned length = 0;
    for (unsigned i = 0; i < used; i++) {
        const unsigned through = lengths[i] + delays[cell->inputs - 1 - i];
        length = through > length ? through : length;
    }
    arrive(s, cell->output[0], step, from, length + (s->measure == NG_PATH_LEVELS ? 1 : 0));
}

static void pass_mux(search *s, const ng_cell *cell, size_t step)
{
    unsigned length = 0;
    uint32_t from = NG_NET_ZERO;
    for (unsigned pin = 0; pin < cell->inputs; pin++) {
        const uint32_t net = cell->input[pin];
        const unsigned through = net >= NG_NET_FIRST ? s->at[net].length + column(s, cell, pin) : 0;
        if (net >= NG_NET_FIRST && is_later(s, net, through, from, length)) {
            length = through;
            from = net;
        }
    }
    arrive(s, cell->output[0], step, from, length);
}

/* One output of a carry bit. */
static void pass_bit(search *s, const ng_cell *cell, const ng_carry_bit *bit, size_t step, bool sum)
{
    const unsigned operand = column(s, cell, sum ? OPERAND_TO_SUM : OPERAND_TO_OUT);
    const unsigned carry = column(s, cell, sum ? CARRY_TO_SUM : CARRY_TO_OUT);
    const uint32_t carries[2] = {bit->carry, bit->or_carry};
    unsigned length = 0;
    uint32_t from = NG_NET_ZERO;
    for (unsigned i = 0; i < bit->operands + 2; i++) {
        const uint32_t net = i < 2 ? carries[i] : bit->operand[i - 2];
        const unsigned through = s->at[net].length + (i < 2 ? carry : operand);
        if (net >= NG_NET_FIRST && is_later(s, net, through, from, length)) {
            length = through;
            from = net;
        }
    }
    arrive(s, sum ? bit->sum : bit->out, step, from, length);
}

/* One output port of a DSP block. */
static void pass_output(search *s, const ng_cell *cell, size_t step, bool cascade)
{
    const ng_target *target = s->netlist->target;
    const bool timed = s->measure == NG_PATH_DELAY;
    const uint32_t *outputs = cell->dsp->net + (cascade ? NG_DSP_PCOUT : NG_DSP_P);
    unsigned length = timed ? ng_dsp_delay_from_clock(target, cell->dsp, cascade) : 0;
    uint32_t from = NG_NET_ZERO;
    for (ng_dsp_port port = 0; port < NG_DSP_PORT_COUNT; port++) {
        const ng_dsp_pins pins = ng_dsp_pins_of(port);
        for (unsigned bit = 0; ng_dsp_passes(cell->dsp, port) && bit < pins.bits; bit++) {
            const uint32_t net = cell->dsp->net[pins.pin + bit];
            const unsigned delay = timed ? ng_dsp_delay_through(target, cell->dsp, port, cascade) : 0;
            if (net >= NG_NET_FIRST && is_later(s, net, s->at[net].length + delay, from, length)) {
                length = s->at[net].length + delay;
                from = net;
            }
        }
    }
    for (unsigned bit = 0; bit < NG_DSP_P_BITS; bit++) {
        if (s->netlist->fanout[outputs[bit]] != 0) {
            arrive(s, outputs[bit], step, from, length);
        }
    }
}

static void propagate(search *s)
{
    for (size_t i = 0; i < s->netlist->step_count; i++) {
        const ng_netlist_step step = s->netlist->steps[i];
        const ng_cell *cell = &s->netlist->cells[step.cell];
        if (cell->type->role == NG_ROLE_LUT) {
            pass_lut(s, cell, i);
        } else if (cell->type->role == NG_ROLE_MUX) {
            pass_mux(s, cell, i);
        } else if (cell->dsp != NULL) {
            pass_output(s, cell, i, false);
            pass_output(s, cell, i, true);
        } else if (cell->type->role == NG_ROLE_CARRY) {
            const ng_carry_bit bit = ng_carry_bit_of(cell, step.bit);
            pass_bit(s, cell, &bit, i, false);
            if (bit.sum != NG_CARRY_NO_NET) {
                pass_bit(s, cell, &bit, i, true);
            }
        }
    }
}

/* The outputs of a DSP block that come from a register. */
static void start_dsp(search *s, const ng_cell *cell)
{
    const bool timed = s->measure == NG_PATH_DELAY && (cell->dsp->registers & NG_DSP_PREG) != 0;
    for (unsigned bit = 0; timed && bit < NG_DSP_P_BITS; bit++) {
        const ng_target *target = s->netlist->target;
        s->at[cell->dsp->net[NG_DSP_P + bit]].length = ng_dsp_delay_from_clock(target, cell->dsp, false);
        s->at[cell->dsp->net[NG_DSP_PCOUT + bit]].length = ng_dsp_delay_from_clock(target, cell->dsp, true);
    }
}

/* Flip-flops begin paths with their delay and end them with their setup time. */
static void start_paths(search *s)
{
    for (size_t net = 0; net < s->netlist->net_count; net++) {
        s->at[net] = (arrival){0, NG_UNMATCHED, NG_NET_ZERO};
    }
    for (size_t i = 0; i < s->netlist->cell_count; i++) {
        const ng_cell *cell = &s->netlist->cells[i];
        if (cell->type->role == NG_ROLE_FF) {
            s->at[cell->output[0]].length = column(s, cell, CLOCK_TO_OUTPUT);
        } else if (cell->dsp != NULL) {
            start_dsp(s, cell);
        }
    }
}

static void end_at(search *s, uint32_t net, unsigned setup)
{
    if (net >= NG_NET_FIRST && s->at[net].length + setup > s->longest) {
        s->longest = s->at[net].length + setup;
        s->last = net;
        s->inside = NG_UNMATCHED;
    }
}

/* Registers at the inputs of a DSP block, and the paths inside it. */
static void end_at_dsp(search *s, size_t index)
{
    const ng_dsp *dsp = s->netlist->cells[index].dsp;
    const ng_target *target = s->netlist->target;
    const bool timed = s->measure == NG_PATH_DELAY;
    for (ng_dsp_port port = 0; port < NG_DSP_PORT_COUNT; port++) {
        const ng_dsp_pins pins = ng_dsp_pins_of(port);
        unsigned setup = 0;
        const bool ends = ng_dsp_setup(target, dsp, port, &setup);
        for (unsigned bit = 0; ends && bit < pins.bits; bit++) {
            end_at(s, dsp->net[pins.pin + bit], timed ? setup : 0);
        }
    }
    if (timed && ng_dsp_delay_inside(target, dsp) > s->longest) {
        s->longest = ng_dsp_delay_inside(target, dsp);
        s->inside = (uint32_t)index;
    }
}

static void end_paths(search *s)
{
    for (size_t i = 0; i < s->netlist->cell_count; i++) {
        const ng_cell *cell = &s->netlist->cells[i];
        for (unsigned pin = NG_FF_DATA; cell->type->role == NG_ROLE_FF && pin <= NG_FF_RESET; pin++) {
            end_at(s, cell->input[pin], column(s, cell, SETUP));
        }
        if (cell->dsp != NULL) {
            end_at_dsp(s, i);
        }
    }
}

/* Walks from the last net to a start of paths: the cells against the order signals take, and their count. */
static size_t walk_back(const search *s, uint32_t *cells)
{
    size_t count = 0;
    if (s->inside != NG_UNMATCHED) {
        cells[count++] = s->inside;
        return count;
    }
    for (uint32_t net = s->last; s->at[net].step != NG_UNMATCHED; net = s->at[net].from) {
        const uint32_t cell = s->netlist->steps[s->at[net].step].cell;
        if (count == 0 || cells[count - 1] != cell) {
            cells[count++] = cell;
        }
    }
    return count;
}

/* Stores the cells of the longest path in the order signals take. */
static bool trace(const search *s, ng_depth *depth)
{
    uint32_t *cells = malloc((s->netlist->step_count + 1) * sizeof *cells);
    if (cells == NULL) {
        return false;
    }
    const size_t count = walk_back(s, cells);
    for (size_t i = 0; i < count / 2; i++) {
        const uint32_t swap = cells[i];
        cells[i] = cells[count - 1 - i];
        cells[count - 1 - i] = swap;
    }
    *depth = (ng_depth){s->longest, cells, count};
    return true;
}

bool ng_depth_find(const ng_netlist *netlist, ng_path_measure measure, ng_depth *depth, ng_error *error)
{
    search s = {.netlist = netlist, .measure = measure, .inside = NG_UNMATCHED, .at = malloc(netlist->net_count * sizeof *s.at)};
    *depth = (ng_depth){0};
    bool fine = s.at != NULL;
    if (fine) {
        start_paths(&s);
        propagate(&s);
        end_paths(&s);
        fine = trace(&s, depth);
    }
    free(s.at);
    return fine || ng_fail(error, NG_EXIT_MISSING, "depth: out of memory");
}

void ng_depth_free(ng_depth *depth)
{
    free(depth->cells);
    *depth = (ng_depth){0};
}
