#include "src/netlist/blif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/netlist/carry.h"

typedef struct {
    FILE *out;
    const ng_netlist *netlist;
    unsigned made; /* names of our own so far */
} writer;

/* A table over nets: bit i is the value where net j is bit j of i. Nets past the constants are "nN", names of our own "tN".
 * ABC refuses inputs of a table without a 1. */
static void put_table(const writer *w, uint64_t table, unsigned inputs, const uint32_t *nets, const char *output)
{
    inputs = table != 0 ? inputs : 0;
    (void)fputs(".names", w->out);
    for (unsigned i = 0; i < inputs; i++) {
        (void)fprintf(w->out, " n%u", nets[i]);
    }
    (void)fprintf(w->out, " %s\n", output);
    for (unsigned entry = 0; entry < 1U << inputs; entry++) {
        if ((table >> entry & 1) == 0) {
            continue;
        }
        for (unsigned i = 0; i < inputs; i++) {
            (void)fputc((entry >> i & 1) != 0 ? '1' : '0', w->out);
        }
        (void)fputs(inputs != 0 ? " 1\n" : "1\n", w->out);
    }
}

static void name_net(char name[16], uint32_t net)
{
    (void)snprintf(name, 16, "n%u", net);
}

static void name_own(writer *w, char name[16])
{
    (void)snprintf(name, 16, "t%u", w->made++);
}

/* ---- cells ---- */

static void put_carry(writer *w, const ng_carry_bit *bit)
{
    char propagate[16];
    char generate[16];
    char carry[16];
    name_own(w, propagate);
    name_own(w, generate);
    name_own(w, carry);
    put_table(w, bit->propagate, bit->operands, bit->operand, propagate);
    put_table(w, bit->generate, bit->operands, bit->operand, generate);
    (void)fprintf(w->out, ".names n%u n%u %s\n1- 1\n-1 1\n", bit->carry, bit->or_carry, carry);
    if (bit->sum != NG_CARRY_NO_NET) {
        (void)fprintf(w->out, ".names %s %s n%u\n10 1\n01 1\n", propagate, carry, bit->sum);
    }
    (void)fprintf(w->out, ".names %s %s %s n%u\n1-0 1\n-11 1\n", generate, carry, propagate, bit->out);
}

/* The name of an input of a flip-flop, behind its inverter if it has one. */
static void put_input(writer *w, const ng_cell *cell, unsigned input, char name[16])
{
    name_net(name, cell->input[input]);
    if ((cell->inverted >> input & 1) != 0) {
        char inverted[16];
        name_own(w, inverted);
        (void)fprintf(w->out, ".names %s %s\n0 1\n", name, inverted);
        memcpy(name, inverted, 16);
    }
}

/* value, unless reset says otherwise. */
static void put_reset(const writer *w, const ng_cell *cell, const char *value, const char *reset, const char *output)
{
    const bool sets = (cell->type->flags & NG_FF_SETS) != 0;
    (void)fprintf(w->out, ".names %s %s %s\n%s", value, reset, output, sets ? "1- 1\n-1 1\n" : "10 1\n");
}

/* state <= reset ? its value : enable ? data : state; an asynchronous reset shows at once, too. */
static void put_flip_flop(writer *w, const ng_cell *cell)
{
    char state[16], data[16], enable[16], reset[16], held[16], next[16], acting[16], output[16];
    name_own(w, state);
    name_own(w, held);
    name_own(w, next);
    name_own(w, acting);
    name_net(output, cell->output[0]);
    put_input(w, cell, NG_FF_DATA, data);
    put_input(w, cell, NG_FF_ENABLE, enable);
    put_input(w, cell, NG_FF_RESET, reset);
    const bool gated = (cell->type->flags & NG_FF_GATED) != 0;
    (void)fprintf(w->out, ".names %s %s %s\n%s", reset, enable, acting, gated ? "11 1\n" : "1- 1\n");
    (void)fprintf(w->out, ".names %s %s %s %s\n1-0 1\n-11 1\n", state, data, enable, held);
    put_reset(w, cell, held, acting, next);
    (void)fprintf(w->out, ".latch %s %s %d\n", next, state, cell->table != 0);
    if ((cell->type->flags & NG_FF_ASYNCHRONOUS) != 0) {
        put_reset(w, cell, state, reset, output);
    } else {
        (void)fprintf(w->out, ".names %s %s\n1 1\n", state, output);
    }
}

/* Any function, the same in every circuit: its results are inputs of the model, its operands outputs. */
static void put_dsp(const writer *w, size_t index, const ng_dsp *dsp)
{
    for (unsigned pin = 0; pin < NG_DSP_CLOCK; pin++) {
        (void)fprintf(w->out, ".names n%u dsp%zu_%u\n1 1\n", dsp->net[pin], index, pin);
    }
    for (unsigned pin = NG_DSP_P; pin < NG_DSP_PINS; pin++) {
        (void)fprintf(w->out, ".names dsp%zu_%u n%u\n1 1\n", index, pin, dsp->net[pin]);
    }
}

static void put_cell(writer *w, size_t index)
{
    const ng_cell *cell = &w->netlist->cells[index];
    char output[16];
    if (cell->dsp != NULL) {
        put_dsp(w, index, cell->dsp);
    } else if (cell->type->role == NG_ROLE_FF) {
        put_flip_flop(w, cell);
    } else if (cell->type->role == NG_ROLE_CARRY) {
        for (unsigned i = 0; i < ng_carry_bits(cell); i++) {
            const ng_carry_bit bit = ng_carry_bit_of(cell, i);
            put_carry(w, &bit);
        }
    } else {
        name_net(output, cell->output[0]);
        put_table(w, cell->table, cell->inputs, cell->input, output);
    }
}

/* ---- ports ---- */

static bool is_clock(const ng_netlist *netlist, const ng_port *port)
{
    return netlist->clock != NG_NET_ZERO && port->width == 1 && port->bits[0] == netlist->clock;
}

static bool is_tied(const ng_port *port, const char *tied)
{
    return tied != NULL && strcmp(port->name, tied) == 0;
}

static void put_port_names(const writer *w, bool output, const char *tied)
{
    (void)fprintf(w->out, ".%s%s", output ? "outputs" : "inputs", output ? "" : " unknown");
    for (size_t i = 0; i < w->netlist->port_count; i++) {
        const ng_port *port = &w->netlist->ports[i];
        for (unsigned bit = 0; port->output == output && !is_tied(port, tied) && bit < port->width; bit++) {
            (void)fprintf(w->out, " %s_%u", port->name, bit);
        }
    }
    for (size_t i = 0; i < w->netlist->cell_count; i++) {
        const unsigned from = output ? (unsigned)NG_DSP_A : (unsigned)NG_DSP_P;
        const unsigned to = output ? (unsigned)NG_DSP_CLOCK : (unsigned)NG_DSP_PINS;
        for (unsigned pin = from; w->netlist->cells[i].dsp != NULL && pin < to; pin++) {
            (void)fprintf(w->out, " dsp%zu_%u", i, pin);
        }
    }
    (void)fputc('\n', w->out);
}

static void put_ports(const writer *w, const ng_blif_options *options)
{
    const char *assumed = options->ascent.port != NULL ? " legal" : "";
    for (size_t i = 0; i < w->netlist->port_count; i++) {
        const ng_port *port = &w->netlist->ports[i];
        for (unsigned bit = 0; bit < port->width; bit++) {
            if (is_tied(port, options->tied)) {
                (void)fprintf(w->out, ".names n%u\n%s", port->bits[bit], (options->tied_to >> bit & 1) != 0 ? "1\n" : "");
            } else if (port->output) {
                (void)fprintf(w->out, ".names n%u%s %s_%u\n%s 1\n", port->bits[bit], assumed, port->name, bit,
                              assumed[0] != 0 ? "11" : "1");
            } else if (!is_clock(w->netlist, port)) {
                (void)fprintf(w->out, ".names %s_%u n%u\n1 1\n", port->name, bit, port->bits[bit]);
            }
        }
    }
}

/* "legal" = every number is at most the next one: compared from the lowest bit up, the highest that differs decides. */
static void put_ascent(writer *w, const ng_blif_ascent *ascent)
{
    char legal[16];
    name_own(w, legal);
    (void)fprintf(w->out, ".names %s\n1\n", legal);
    for (unsigned i = 0; i + 1 < ascent->count; i++) {
        char below[16];
        char both[16];
        name_own(w, below);
        (void)fprintf(w->out, ".names %s\n1\n", below);
        for (unsigned bit = i * ascent->bits; bit < (i + 1) * ascent->bits; bit++) {
            char next[16];
            name_own(w, next);
            (void)fprintf(w->out, ".names %s_%u %s_%u %s %s\n01- 1\n001 1\n111 1\n", ascent->port, bit, ascent->port,
                          bit + ascent->bits, below, next);
            memcpy(below, next, 16);
        }
        name_own(w, both);
        (void)fprintf(w->out, ".names %s %s %s\n11 1\n", legal, below, both);
        memcpy(legal, both, 16);
    }
    (void)fprintf(w->out, ".names %s legal\n1 1\n", legal);
}

bool ng_netlist_blif(const ng_netlist *netlist, const ng_blif_options *options, const char *path, ng_error *error)
{
    char *text = NULL;
    size_t size;
    writer w = {.out = open_memstream(&text, &size), .netlist = netlist};
    if (w.out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", path);
    }
    (void)fputs(".model circuit\n", w.out);
    put_port_names(&w, false, options->tied);
    put_port_names(&w, true, options->tied);
    (void)fprintf(w.out, ".names n%d\n.names n%d\n1\n.names unknown n%d\n1 1\n", NG_NET_ZERO, NG_NET_ONE, NG_NET_X);
    put_ports(&w, options);
    if (options->ascent.port != NULL) {
        put_ascent(&w, &options->ascent);
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        put_cell(&w, i);
    }
    (void)fputs(".end\n", w.out);
    const bool fine = fclose(w.out) == 0 && ng_write_file(path, text, size, error);
    free(text);
    return fine || ng_fail(error, NG_EXIT_MISSING, "%s: cannot write the circuit", path);
}
