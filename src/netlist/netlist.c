#include "src/netlist/netlist.h"

#include <stdlib.h>
#include <string.h>

#include "src/netlist/reader.h"

static const size_t FILE_LIMIT = (size_t)1 << 28;

bool ng_reader_refuse(ng_reader *reader, const char *place, const char *reason)
{
    return ng_fail(reader->error, NG_EXIT_USAGE, "%s: %s: %s", reader->path, place, reason);
}

const json_t *ng_reader_member(ng_reader *reader, const char *place, const json_t *object, const char *key,
                               json_type type)
{
    const json_t *member = json_object_get(object, key);
    if (member == NULL || json_typeof(member) != type) {
        (void)ng_fail(reader->error, NG_EXIT_USAGE, "%s: %s: \"%s\" is missing or of the wrong type", reader->path, place,
                      key);
        return NULL;
    }
    return member;
}

bool ng_reader_net(ng_reader *reader, const char *place, const json_t *bit, uint32_t *net)
{
    if (json_is_integer(bit)) {
        *net = ng_net_table_get(&reader->nets, json_integer_value(bit));
        return *net != 0 || ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    }
    const char *text = json_string_value(bit);
    if (text == NULL || text[0] == 0 || text[1] != 0 || strchr("01xz", text[0]) == NULL) {
        return ng_reader_refuse(reader, place, "a bit is neither a net number nor \"0\", \"1\", \"x\", \"z\"");
    }
    *net = text[0] == '0' ? NG_NET_ZERO : text[0] == '1' ? NG_NET_ONE : NG_NET_X;
    return true;
}

bool ng_reader_name(ng_reader *reader, const char *name, char **copy)
{
    for (const char *at = name; *at != 0; at++) {
        if (*at < ' ' || *at > '~') {
            return ng_reader_refuse(reader, "a name", "unprintable character");
        }
    }
    *copy = strdup(name);
    return *copy != NULL || ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
}

static bool is_top(const json_t *module)
{
    const char *top = json_string_value(json_object_get(json_object_get(module, "attributes"), "top"));
    return top != NULL && strchr(top, '1') != NULL;
}

/* The module marked as top, or the only one. */
static const json_t *find_module(ng_reader *reader, const json_t *root)
{
    const json_t *modules = ng_reader_member(reader, "top level", root, "modules", JSON_OBJECT);
    const json_t *top = NULL;
    const char *name;
    json_t *module;
    unsigned tops = 0;
    if (modules == NULL) {
        return NULL;
    }
    json_object_foreach((json_t *)modules, name, module) {
        if (json_object_size(modules) == 1 || is_top(module)) {
            top = module;
            tops++;
            free(reader->netlist->module);
            if (!ng_reader_name(reader, name, &reader->netlist->module)) {
                reader->netlist->module = NULL;
                return NULL;
            }
        }
    }
    if (tops != 1 || !json_is_object(top)) {
        (void)ng_reader_refuse(reader, "modules", tops > 1 ? "several top modules" : "no top module");
        return NULL;
    }
    return top;
}

static bool read_module(ng_reader *reader, const json_t *root)
{
    const json_t *module = find_module(reader, root);
    return module != NULL && ng_reader_ports(reader, module) && ng_reader_cells(reader, module) &&
           ng_reader_wire(reader) && ng_reader_dsp(reader) && ng_reader_order(reader);
}

bool ng_netlist_parse_for(ng_netlist *netlist, const char *path, const void *text, size_t size, const ng_target *target,
                          bool dsp, ng_error *error)
{
    json_error_t at;
    ng_reader reader = {.path = path, .netlist = netlist, .dsp = dsp, .error = error};
    *netlist = (ng_netlist){.target = target};
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &at);
    if (root == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: offset %d (line %d): %s", path, at.position, at.line, at.text);
    }
    bool fine = ng_net_table_init(&reader.nets) || ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", path);
    fine = fine && read_module(&reader, root);
    ng_net_table_free(&reader.nets);
    json_decref(root);
    if (!fine) {
        ng_netlist_free(netlist);
    }
    return fine;
}

bool ng_netlist_load_for(ng_netlist *netlist, const char *path, const ng_target *target, bool dsp, ng_error *error)
{
    ng_buffer text;
    *netlist = (ng_netlist){.target = target};
    if (!ng_read_file(path, FILE_LIMIT, &text, error)) {
        return false;
    }
    const bool fine = ng_netlist_parse_for(netlist, path, text.data, text.size, target, dsp, error);
    ng_buffer_free(&text);
    return fine;
}

bool ng_netlist_parse(ng_netlist *netlist, const char *path, const void *text, size_t size, const ng_target *target,
                      ng_error *error)
{
    return ng_netlist_parse_for(netlist, path, text, size, target, false, error);
}

bool ng_netlist_load(ng_netlist *netlist, const char *path, const ng_target *target, ng_error *error)
{
    return ng_netlist_load_for(netlist, path, target, false, error);
}

void ng_netlist_free(ng_netlist *netlist)
{
    for (size_t i = 0; i < netlist->cell_count; i++) {
        free(netlist->cells[i].name);
        free(netlist->cells[i].dsp);
    }
    for (size_t i = 0; i < netlist->port_count; i++) {
        free(netlist->ports[i].name);
        free(netlist->ports[i].bits);
    }
    free(netlist->module);
    free(netlist->cells);
    free(netlist->ports);
    free(netlist->fanout);
    free(netlist->steps);
    *netlist = (ng_netlist){.target = netlist->target};
}

unsigned ng_cell_inputs(const ng_cell *cell, const uint32_t **nets)
{
    *nets = cell->dsp != NULL ? cell->dsp->net : cell->input;
    return cell->dsp != NULL ? NG_DSP_INPUTS : cell->inputs;
}

unsigned ng_cell_outputs(const ng_cell *cell, const uint32_t **nets)
{
    *nets = cell->dsp != NULL ? cell->dsp->net + NG_DSP_P : cell->output;
    return cell->dsp != NULL ? NG_DSP_PINS - NG_DSP_P : cell->outputs;
}

const ng_port *ng_netlist_port(const ng_netlist *netlist, const char *name)
{
    for (size_t i = 0; i < netlist->port_count; i++) {
        if (strcmp(netlist->ports[i].name, name) == 0) {
            return &netlist->ports[i];
        }
    }
    return NULL;
}
