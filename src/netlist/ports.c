#include <stdlib.h>
#include <string.h>

#include "src/netlist/reader.h"

static bool read_bits(ng_reader *reader, const json_t *bits, ng_port *port)
{
    const size_t width = json_array_size(bits);
    if (width > NG_NETLIST_PORT_BITS_MAX) {
        return ng_reader_refuse(reader, port->name, "port too wide");
    }
    port->bits = calloc(width + 1, sizeof *port->bits);
    if (port->bits == NULL) {
        return ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    }
    port->width = (unsigned)width;
    for (size_t i = 0; i < width; i++) {
        if (!ng_reader_net(reader, port->name, json_array_get(bits, i), &port->bits[i])) {
            return false;
        }
        if (!port->output && port->bits[i] < NG_NET_FIRST) {
            return ng_reader_refuse(reader, port->name, "an input bit is a constant");
        }
    }
    return true;
}

static bool read_port(ng_reader *reader, const char *name, const json_t *member, ng_port *port)
{
    if (!ng_reader_name(reader, name, &port->name)) {
        return false;
    }
    const json_t *direction = ng_reader_member(reader, port->name, member, "direction", JSON_STRING);
    const json_t *bits = ng_reader_member(reader, port->name, member, "bits", JSON_ARRAY);
    if (direction == NULL || bits == NULL) {
        return false;
    }
    port->output = strcmp(json_string_value(direction), "output") == 0;
    if (!port->output && strcmp(json_string_value(direction), "input") != 0) {
        return ng_reader_refuse(reader, port->name, "direction is neither input nor output");
    }
    return read_bits(reader, bits, port);
}

bool ng_reader_ports(ng_reader *reader, const json_t *module)
{
    ng_netlist *netlist = reader->netlist;
    const json_t *ports = ng_reader_member(reader, netlist->module, module, "ports", JSON_OBJECT);
    const char *name;
    json_t *member;
    if (ports == NULL) {
        return false;
    }
    netlist->ports = calloc(json_object_size(ports) + 1, sizeof *netlist->ports);
    if (netlist->ports == NULL) {
        return ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    }
    json_object_foreach((json_t *)ports, name, member) {
        if (!read_port(reader, name, member, &netlist->ports[netlist->port_count++])) {
            return false;
        }
    }
    return true;
}
