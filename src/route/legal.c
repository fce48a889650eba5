#include "src/route/legal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const json_t *only_bit(const json_t *pins, const char *name)
{
    const json_t *bits = json_object_get(pins, name);
    return json_array_size(bits) == 1 ? json_array_get(bits, 0) : NULL;
}

/* "0" for a pin tied to 1, "1" for one tied to 0, NULL for any other. */
static const char *opposite(const json_t *bit)
{
    const char *text = json_string_value(bit);
    return text == NULL ? NULL : strcmp(text, "1") == 0 ? "0" : strcmp(text, "0") == 0 ? "1" : NULL;
}

static bool rewrite(json_t *cell)
{
    const char *type = json_string_value(json_object_get(cell, "type"));
    json_t *pins = json_object_get(cell, "connections");
    const json_t *first = only_bit(pins, "I0");
    const json_t *second = only_bit(pins, "I1");
    const char *constant = opposite(only_bit(pins, "CI"));
    return type != NULL && strcmp(type, "SB_CARRY") == 0 && first != NULL && second != NULL && !json_is_string(first) &&
           json_equal(first, second) && constant != NULL && json_object_set_new(pins, "I1", json_pack("[s]", constant)) == 0;
}

static unsigned rewrite_all(json_t *root)
{
    const char *name;
    json_t *module;
    unsigned changed = 0;
    json_object_foreach(json_object_get(root, "modules"), name, module) {
        const char *cell_name;
        json_t *cell;
        json_object_foreach(json_object_get(module, "cells"), cell_name, cell) {
            changed += rewrite(cell);
        }
    }
    return changed;
}

bool ng_route_legal(const char *from, const char *to, unsigned *changed, ng_error *error)
{
    json_error_t reason;
    json_t *root = json_load_file(from, 0, &reason);
    if (root == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %s", from, reason.text);
    }
    *changed = rewrite_all(root);
    char *text = json_dumps(root, JSON_INDENT(1));
    json_decref(root);
    const bool fine = text != NULL && ng_write_file(to, text, strlen(text), error);
    free(text);
    return fine || ng_fail(error, NG_EXIT_USAGE, "%s: cannot write the netlist", to);
}
