#include "src/netlist/pins.h"

#include <string.h>

bool ng_pin_next(const char **list, ng_pin *pin)
{
    const char *word = *list + strspn(*list, " ");
    const size_t length = strcspn(word, " ");
    *list = word + length;
    if (length == 0) {
        return false;
    }
    *pin = (ng_pin){.width = 1};
    if (word[0] == '=') {
        pin->constant = word[1] == '1';
        return true;
    }
    const size_t name = strcspn(word, " *");
    memcpy(pin->name, word, name < sizeof pin->name ? name : sizeof pin->name - 1);
    if (name < length) {
        pin->width = (unsigned)(word[name + 1] - '0');
    }
    return true;
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
