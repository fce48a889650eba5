/* pins.h: the pin lists of cells.def ("CI CYINIT DI*4 S*4", "C D =1 =0"), word by word. */
#ifndef NG_PINS_H
#define NG_PINS_H

#include <stdbool.h>

#include "src/synth/target.h"

typedef struct {
    char name[NG_CELL_NAME_SIZE]; /* empty: the cell lacks the pin, see constant */
    unsigned width;               /* 1..4 */
    unsigned constant;            /* 0 or 1 */
} ng_pin;

/* Takes the next pin off *list; false at its end. */
bool ng_pin_next(const char **list, ng_pin *pin);

/* True if the port is a pin of the list. */
bool ng_pin_listed(const char *list, const char *port);

#endif
