#include "src/netlist/pins.h"

#include <stdlib.h>
#include <string.h>

/* The next word of a list and its length; 0 at the end. */
static size_t next_word(const char **list, const char **word)
{
    *word = *list + strspn(*list, " ");
    const size_t length = strcspn(*word, " ");
    *list = *word + length;
    return length;
}

static void copy(char to[NG_CELL_NAME_SIZE], const char *from, size_t length)
{
    memcpy(to, from, length < NG_CELL_NAME_SIZE ? length : NG_CELL_NAME_SIZE - 1);
}

bool ng_pin_next(const char **list, ng_pin *pin)
{
    const char *word;
    const size_t length = next_word(list, &word);
    const size_t name = strcspn(word, " *?=");
    const char mark = name < length ? word[name] : 0;
    *pin = (ng_pin){.width = 1};
    copy(pin->name, word, name);
    if (mark == '*') {
        char *end;
        pin->width = (unsigned)strtoul(word + name + 1, &end, 10);
        pin->kind = *end == '=' ? NG_PIN_TIED : NG_PIN_PORT;
        pin->constant = *end == '=' ? (unsigned)strtoul(end + 1, NULL, 10) : 0;
    } else if (mark == '?') {
        pin->kind = NG_PIN_OPTIONAL;
    } else if (mark == '=') {
        pin->kind = name == 0 ? NG_PIN_LACKING : NG_PIN_TIED;
        pin->constant = word[name + 1] == '1';
    }
    return length != 0;
}

bool ng_pin_listed(const char *list, const char *port)
{
    ng_pin pin;
    while (ng_pin_next(&list, &pin)) {
        if (pin.name[0] != 0 && strcmp(pin.name, port) == 0) {
            return true;
        }
    }
    return false;
}

bool ng_parameter_next(const char **list, ng_parameter_word *parameter)
{
    const char *word;
    const size_t length = next_word(list, &word);
    const size_t name = strcspn(word, " *=");
    *parameter = (ng_parameter_word){.kind = NG_PARAMETER_ANY};
    copy(parameter->name, word, name);
    if (name < length && word[name] == '*') {
        parameter->kind = NG_PARAMETER_TABLE;
        parameter->bits = (unsigned)strtoul(word + name + 1, NULL, 10);
    } else if (name < length) {
        parameter->kind = NG_PARAMETER_VALUE;
        copy(parameter->value, word + name + 1, length - name - 1);
    }
    return length != 0;
}
