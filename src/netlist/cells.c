#include <stdlib.h>
#include <string.h>

#include "src/netlist/pins.h"
#include "src/netlist/reader.h"

/* One pin of a cell: its nets appended at nets[*count]. An output the file leaves open gets a net of its own. */
static bool read_pin(ng_reader *reader, const ng_cell *cell, const json_t *connections, const ng_pin *pin, bool output,
                     uint32_t *nets, unsigned *count)
{
    if (pin->name[0] == 0) {
        nets[(*count)++] = pin->constant != 0 ? NG_NET_ONE : NG_NET_ZERO;
        return true;
    }
    const json_t *bits = json_object_get(connections, pin->name);
    const bool open = output && (bits == NULL || (json_is_array(bits) && json_array_size(bits) == 0));
    if (!open && (!json_is_array(bits) || json_array_size(bits) != pin->width)) {
        return ng_fail(reader->error, NG_EXIT_USAGE, "%s: cell %s: pin %s does not have %u bits", reader->path, cell->name,
                       pin->name, pin->width);
    }
    for (unsigned i = 0; i < pin->width; i++) {
        uint32_t *net = &nets[(*count)++];
        if (open) {
            *net = ng_net_table_anonymous(&reader->nets);
        } else if (!ng_reader_net(reader, cell->name, json_array_get(bits, i), net)) {
            return false;
        }
        if (output && *net < NG_NET_FIRST) {
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
        if (!read_pin(reader, cell, connections, &pin, false, cell->input, &cell->inputs)) {
            return false;
        }
    }
    for (const char *list = cell->type->outputs; ng_pin_next(&list, &pin);) {
        if (!read_pin(reader, cell, connections, &pin, true, cell->output, &cell->outputs)) {
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

/* A string of binary digits, most significant first, of at most `width` significant ones. x counts as 0 where allowed. */
static bool read_binary(const json_t *text, unsigned width, bool unknown, uint64_t *value)
{
    const char *digits = json_string_value(text);
    *value = 0;
    if (digits == NULL || digits[0] == 0) {
        return false;
    }
    for (; *digits != 0; digits++) {
        const bool fits = (*value >> (width - 1)) == 0;
        if (!fits || (strchr("01", *digits) == NULL && !(unknown && *digits == 'x'))) {
            return false;
        }
        *value = *value << 1 | (uint64_t)(*digits == '1');
    }
    return true;
}

/* Sets the bit of cell->inverted that parameter "IS_PIN_INVERTED" is about; false if there is no such pin. */
static bool read_inverted(ng_cell *cell, const char *parameter, uint64_t value)
{
    char name[NG_CELL_NAME_SIZE + 16];
    ng_pin pin;
    unsigned index = 0;
    for (const char *list = cell->type->inputs; ng_pin_next(&list, &pin); index++) {
        const size_t length = strlen(pin.name);
        memcpy(name, "IS_", 3);
        memcpy(name + 3, pin.name, length);
        memcpy(name + 3 + length, "_INVERTED", sizeof "_INVERTED");
        if (length != 0 && strcmp(name, parameter) == 0) {
            cell->inverted |= (unsigned)value << index;
            return true;
        }
    }
    return false;
}

static bool read_parameter(ng_reader *reader, ng_cell *cell, const char *name, const json_t *text)
{
    const bool ff = cell->type->role == NG_ROLE_FF;
    const unsigned width = ff ? 1 : 1U << cell->inputs;
    uint64_t value;
    if (cell->type->parameter[0] != 0 && strcmp(name, cell->type->parameter) == 0) {
        return read_binary(text, width, ff, &cell->table) || ng_reader_refuse(reader, cell->name, "bad truth table");
    }
    if (ff && read_binary(text, 1, false, &value) && read_inverted(cell, name, value)) {
        return (cell->inverted >> NG_FF_CLOCK & 1) == 0 || ng_reader_refuse(reader, cell->name, "falling clock edge");
    }
    return ng_reader_refuse(reader, cell->name, "unknown parameter or parameter value");
}

static bool read_parameters(ng_reader *reader, ng_cell *cell, const json_t *parameters)
{
    const char *name;
    json_t *text;
    cell->table = cell->type->table;
    if (cell->type->role == NG_ROLE_LUT && cell->type->parameter[0] != 0 &&
        json_object_get(parameters, cell->type->parameter) == NULL) {
        return ng_reader_refuse(reader, cell->name, "no truth table");
    }
    json_object_foreach((json_t *)parameters, name, text) {
        if (!read_parameter(reader, cell, name, text)) {
            return false;
        }
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
    cell->type = ng_target_cell(reader->netlist->target, json_string_value(type));
    if (cell->type == NULL) {
        return ng_fail(reader->error, NG_EXIT_CHECK, "%s: cell %s: type %.64s is not allowed for %s", reader->path,
                       cell->name, json_string_value(type), reader->netlist->target->name);
    }
    return read_pins(reader, cell, connections) && read_parameters(reader, cell, parameters);
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
    return true;
}
