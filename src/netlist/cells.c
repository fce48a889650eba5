#include <stdlib.h>
#include <string.h>

#include "src/netlist/pins.h"
#include "src/netlist/reader.h"

/* What a bit of a pin that need not be connected reads instead. */
static uint32_t substitute(const ng_pin *pin, unsigned bit)
{
    return pin->kind == NG_PIN_OPTIONAL ? NG_NET_X : (pin->constant >> bit & 1) != 0 ? NG_NET_ONE : NG_NET_ZERO;
}

/* Where the next input, or output, of a cell is kept. */
static uint32_t *next_input(ng_cell *cell)
{
    return cell->dsp != NULL ? &cell->dsp->net[cell->inputs++] : &cell->input[cell->inputs++];
}

static uint32_t *next_output(ng_cell *cell)
{
    return cell->dsp != NULL ? &cell->dsp->net[NG_DSP_P + cell->outputs++] : &cell->output[cell->outputs++];
}

static bool is_open(const json_t *bits)
{
    return bits == NULL || (json_is_array(bits) && json_array_size(bits) == 0);
}

static bool check_width(ng_reader *reader, const ng_cell *cell, const json_t *bits, const ng_pin *pin)
{
    return (json_is_array(bits) && json_array_size(bits) == pin->width) ||
           ng_fail(reader->error, NG_EXIT_USAGE, "%s: cell %s: pin %s does not have %u bits", reader->path, cell->name,
                   pin->name, pin->width);
}

/* Appends the nets of one input. A tied pin is only looked at. */
static bool read_input(ng_reader *reader, ng_cell *cell, const json_t *connections, const ng_pin *pin)
{
    const json_t *bits = json_object_get(connections, pin->name);
    if (pin->kind == NG_PIN_LACKING || (pin->kind == NG_PIN_OPTIONAL && is_open(bits))) {
        *next_input(cell) = substitute(pin, 0);
        return true;
    }
    if (!check_width(reader, cell, bits, pin)) {
        return false;
    }
    for (unsigned i = 0; i < pin->width; i++) {
        uint32_t net;
        if (!ng_reader_net(reader, cell->name, json_array_get(bits, i), &net)) {
            return false;
        }
        if (pin->kind != NG_PIN_TIED) {
            *next_input(cell) = net;
        } else if (net != substitute(pin, i)) {
            return ng_fail(reader->error, NG_EXIT_CHECK, "%s: cell %s: pin %s is not tied to %u", reader->path, cell->name,
                           pin->name, pin->constant);
        }
    }
    return true;
}

/* Appends the nets of one output. What the file leaves open, and a wire inside the cell, gets a net of its own. */
static bool read_output(ng_reader *reader, ng_cell *cell, const json_t *connections, const ng_pin *pin)
{
    const json_t *bits = json_object_get(connections, pin->name);
    const bool open = pin->kind == NG_PIN_LACKING || is_open(bits);
    if (!open && !check_width(reader, cell, bits, pin)) {
        return false;
    }
    for (unsigned i = 0; i < pin->width; i++) {
        uint32_t *net = next_output(cell);
        if (open) {
            *net = ng_net_table_anonymous(&reader->nets);
        } else if (!ng_reader_net(reader, cell->name, json_array_get(bits, i), net)) {
            return false;
        }
        if (*net < NG_NET_FIRST) {
            return ng_reader_refuse(reader, cell->name, "an output drives a constant");
        }
    }
    return true;
}

static bool read_pins(ng_reader *reader, ng_cell *cell, const json_t *connections)
{
    const char *port;
    json_t *bits;
    ng_pin pin;
    for (const char *list = cell->type->inputs; ng_pin_next(&list, &pin);) {
        if (!read_input(reader, cell, connections, &pin)) {
            return false;
        }
    }
    for (const char *list = cell->type->outputs; ng_pin_next(&list, &pin);) {
        if (!read_output(reader, cell, connections, &pin)) {
            return false;
        }
    }
    json_object_foreach((json_t *)connections, port, bits) {
        if (!ng_pin_listed(cell->type->inputs, port) && !ng_pin_listed(cell->type->outputs, port)) {
            return ng_reader_refuse(reader, cell->name, "unknown pin");
        }
    }
    return true;
}

static bool make_dsp(ng_reader *reader, ng_cell *cell)
{
    if (cell->type->role != NG_ROLE_DSP) {
        return true;
    }
    cell->dsp = calloc(1, sizeof *cell->dsp);
    return cell->dsp != NULL || ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
}

/* The pins of a DSP block are counted while they are read; they are not in the cell's own lists. */
static bool settle_dsp(ng_cell *cell)
{
    if (cell->dsp != NULL) {
        cell->inputs = 0;
        cell->outputs = 0;
    }
    return true;
}

static bool read_cell(ng_reader *reader, const char *name, const json_t *member, ng_cell *cell)
{
    if (!ng_reader_name(reader, name, &cell->name)) {
        return false;
    }
    const json_t *type = ng_reader_member(reader, cell->name, member, "type", JSON_STRING);
    const json_t *parameters = ng_reader_member(reader, cell->name, member, "parameters", JSON_OBJECT);
    const json_t *connections = ng_reader_member(reader, cell->name, member, "connections", JSON_OBJECT);
    if (type == NULL || parameters == NULL || connections == NULL) {
        return false;
    }
    return ng_reader_cell_type(reader, cell, json_string_value(type), parameters) && make_dsp(reader, cell) &&
           read_pins(reader, cell, connections) && settle_dsp(cell) && ng_reader_parameters(reader, cell, parameters);
}

/* Replaces the nets that constant cells drive by the constants themselves. value: of each net, itself at first. */
static bool note_constants(ng_reader *reader, uint32_t *value)
{
    const ng_netlist *netlist = reader->netlist;
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        if (cell->type->role == NG_ROLE_CONSTANT) {
            if (value[cell->output[0]] < NG_NET_FIRST) {
                return ng_reader_refuse(reader, cell->name, "drives a net that has a driver already");
            }
            value[cell->output[0]] = cell->table != 0 ? NG_NET_ONE : NG_NET_ZERO;
        }
    }
    for (size_t i = 0; i < netlist->cell_count; i++) {
        const ng_cell *cell = &netlist->cells[i];
        const uint32_t *nets;
        const unsigned outputs = ng_cell_outputs(cell, &nets);
        for (unsigned pin = 0; pin < outputs && cell->type->role != NG_ROLE_CONSTANT; pin++) {
            if (value[nets[pin]] < NG_NET_FIRST) {
                return ng_reader_refuse(reader, cell->name, "drives a net that has a driver already");
            }
        }
    }
    return true;
}

static bool replace_in_ports(ng_reader *reader, const uint32_t *value)
{
    for (size_t i = 0; i < reader->netlist->port_count; i++) {
        ng_port *port = &reader->netlist->ports[i];
        for (unsigned bit = 0; bit < port->width; bit++) {
            if (!port->output && value[port->bits[bit]] != port->bits[bit]) {
                return ng_reader_refuse(reader, port->name, "drives a net that has a driver already");
            }
            port->bits[bit] = value[port->bits[bit]];
        }
    }
    return true;
}

static void replace_in_cells(ng_netlist *netlist, const uint32_t *value)
{
    size_t kept = 0;
    for (size_t i = 0; i < netlist->cell_count; i++) {
        ng_cell *cell = &netlist->cells[i];
        for (unsigned pin = 0; pin < cell->inputs; pin++) {
            cell->input[pin] = value[cell->input[pin]];
        }
        for (unsigned pin = 0; cell->dsp != NULL && pin < NG_DSP_INPUTS; pin++) {
            cell->dsp->net[pin] = value[cell->dsp->net[pin]];
        }
        if (cell->type->role == NG_ROLE_CONSTANT) {
            free(cell->name);
        } else {
            netlist->cells[kept++] = *cell;
        }
    }
    netlist->cell_count = kept;
}

static bool dissolve_constants(ng_reader *reader)
{
    ng_netlist *netlist = reader->netlist;
    uint32_t *value = malloc(netlist->net_count * sizeof *value);
    if (value == NULL) {
        return ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    }
    for (size_t net = 0; net < netlist->net_count; net++) {
        value[net] = (uint32_t)net;
    }
    const bool fine = note_constants(reader, value) && replace_in_ports(reader, value);
    if (fine) {
        replace_in_cells(netlist, value);
    }
    free(value);
    return fine;
}

bool ng_reader_cells(ng_reader *reader, const json_t *module)
{
    ng_netlist *netlist = reader->netlist;
    const json_t *cells = ng_reader_member(reader, netlist->module, module, "cells", JSON_OBJECT);
    const char *name;
    json_t *member;
    if (cells == NULL) {
        return false;
    }
    if (json_object_size(cells) > NG_NETLIST_CELLS_MAX) {
        return ng_reader_refuse(reader, netlist->module, "too many cells");
    }
    netlist->cells = calloc(json_object_size(cells) + 1, sizeof *netlist->cells);
    if (netlist->cells == NULL) {
        return ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    }
    json_object_foreach((json_t *)cells, name, member) {
        if (!read_cell(reader, name, member, &netlist->cells[netlist->cell_count++])) {
            return false;
        }
    }
    netlist->net_count = reader->nets.next;
    return dissolve_constants(reader);
}
