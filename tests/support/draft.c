#include "tests/support/draft.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

void draft_start(draft *made)
{
    made->root = json_pack("{s:{s:{s:{}, s:{}}}}", "modules", "top", "ports", "cells");
    json_t *top = json_object_get(json_object_get(made->root, "modules"), "top");
    made->ports = json_object_get(top, "ports");
    made->cells = json_object_get(top, "cells");
}

void draft_free(draft *made)
{
    json_decref(made->root);
}

/* "3,4,0,x" up to a blank. */
static json_t *bits_of(const char *text)
{
    json_t *bits = json_array();
    for (;;) {
        char *end;
        const long net = strtol(text, &end, 10);
        if (*text == 'x') {
            (void)json_array_append_new(bits, json_string("x"));
            end = (char *)text + 1;
        } else {
            (void)json_array_append_new(bits, net > 1 ? json_integer(net) : json_string(net == 1 ? "1" : "0"));
        }
        if (*end != ',') {
            return bits;
        }
        text = end + 1;
    }
}

void draft_port(draft *made, const char *name, bool output, const char *bits)
{
    (void)json_object_set_new(made->ports, name,
                              json_pack("{s:s, s:o}", "direction", output ? "output" : "input", "bits", bits_of(bits)));
}

void draft_cell(draft *made, const char *name, const char *type, const char *table, const char *pins)
{
    json_t *connections = json_object();
    while (*pins != 0) {
        const size_t length = strcspn(pins, "=");
        char *pin = strndup(pins, length);
        (void)json_object_set_new(connections, pin, bits_of(pins + length + 1));
        free(pin);
        pins += strcspn(pins, " ");
        pins += strspn(pins, " ");
    }
    (void)json_object_set_new(
        made->cells, name, json_pack("{s:s, s:{}, s:o}", "type", type, "parameters", "connections", connections));
    if (table != NULL) {
        char *parameter = strndup(table, strcspn(table, "="));
        draft_parameter(made, name, parameter, strchr(table, '=') + 1);
        free(parameter);
    }
}

void draft_parameter(draft *made, const char *cell, const char *name, const char *value)
{
    json_t *parameters = json_object_get(json_object_get(made->cells, cell), "parameters");
    (void)json_object_set_new(parameters, name, json_string(value));
}

bool draft_load(const draft *made, const char *target, ng_netlist *netlist, ng_error *error)
{
    char *text = json_dumps(made->root, 0);
    const bool fine =
        ng_netlist_parse(netlist, "draft.json", text, strlen(text), ng_target_find(target), error);
    free(text);
    return fine;
}

void draft_must_load(const draft *made, const char *target, ng_netlist *netlist)
{
    ng_error error;
    ck_assert_msg(draft_load(made, target, netlist, &error), "%s", error.text);
}
