#include <stdlib.h>

#include "src/netlist/reader.h"

static bool drive(ng_reader *reader, uint8_t *driven, const char *place, uint32_t net)
{
    if (driven[net] != 0) {
        return ng_reader_refuse(reader, place, "drives a net that has a driver already");
    }
    driven[net] = 1;
    return true;
}

static bool find_drivers(ng_reader *reader, uint8_t *driven)
{
    const ng_netlist *netlist = reader->netlist;
    driven[NG_NET_ZERO] = driven[NG_NET_ONE] = driven[NG_NET_X] = 1;
    for (size_t i = 0; i < netlist->port_count; i++) {
        const ng_port *port = &netlist->ports[i];
        for (unsigned bit = 0; bit < port->width && !port->output; bit++) {
            if (!drive(reader, driven, port->name, port->bits[bit])) {
                return false;
            }
        }
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        const uint32_t *nets;
        const unsigned outputs = ng_cell_outputs(cell, &nets);
        for (unsigned pin = 0; pin < outputs; pin++) {
            if (!drive(reader, driven, cell->name, nets[pin])) {
                return false;
            }
        }
    }
    return true;
}

static bool load(ng_reader *reader, const uint8_t *driven, const char *place, uint32_t net)
{
    if (driven[net] == 0) {
        return ng_reader_refuse(reader, place, "reads a net without a driver");
    }
    reader->netlist->fanout[net]++;
    return true;
}

static bool find_loads(ng_reader *reader, const uint8_t *driven)
{
    const ng_netlist *netlist = reader->netlist;
    for (size_t i = 0; i < netlist->port_count; i++) {
        const ng_port *port = &netlist->ports[i];
        for (unsigned bit = 0; bit < port->width && port->output; bit++) {
            if (!load(reader, driven, port->name, port->bits[bit])) {
                return false;
            }
        }
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        const uint32_t *nets;
        const unsigned inputs = ng_cell_inputs(cell, &nets);
        for (unsigned pin = 0; pin < inputs; pin++) {
            if (!load(reader, driven, cell->name, nets[pin])) {
                return false;
            }
        }
    }
    return true;
}

/* The clock pin of a cell with registers, or NULL. */
static const uint32_t *clock_of(const ng_cell *cell)
{
    if (cell->dsp != NULL) {
        return cell->dsp->registers != 0 ? &cell->dsp->net[NG_DSP_CLOCK] : NULL;
    }
    return cell->type->role == NG_ROLE_FF ? &cell->input[NG_FF_CLOCK] : NULL;
}

/* One clock, straight from an input, that nothing but flip-flops reads: the evaluator then needs no events. */
static bool find_clock(ng_reader *reader)
{
    ng_netlist *netlist = reader->netlist;
    uint32_t flip_flops = 0;
    netlist->clock = NG_NET_ZERO;
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        const uint32_t *clock = clock_of(cell);
        if (clock == NULL) {
            continue;
        }
        if (flip_flops++ == 0) {
            netlist->clock = *clock;
        }
        if (*clock != netlist->clock || netlist->clock < NG_NET_FIRST) {
            return ng_reader_refuse(reader, cell->name, "has another clock than the flip-flops before it");
        }
    }
    if (flip_flops != 0 && netlist->fanout[netlist->clock] != flip_flops) {
        return ng_reader_refuse(reader, netlist->module, "the clock is used as data");
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        const uint32_t *nets;
        const unsigned outputs = ng_cell_outputs(cell, &nets);
        for (unsigned pin = 0; pin < outputs && flip_flops != 0; pin++) {
            if (nets[pin] == netlist->clock) {
                return ng_reader_refuse(reader, cell->name, "drives the clock");
            }
        }
    }
    return true;
}

bool ng_reader_wire(ng_reader *reader)
{
    ng_netlist *netlist = reader->netlist;
    uint8_t *driven = calloc(netlist->net_count, 1);
    netlist->fanout = calloc(netlist->net_count, sizeof *netlist->fanout);
    if (driven == NULL || netlist->fanout == NULL) {
        free(driven);
        return ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    }
    const bool fine = find_drivers(reader, driven) && find_loads(reader, driven) && find_clock(reader);
    free(driven);
    return fine;
}
