/* pins.h: the lists of cells.def, word by word. */
#ifndef NG_PINS_H
#define NG_PINS_H

#include <stdbool.h>

#include "src/synth/target.h"

typedef enum {
    NG_PIN_PORT = 0,     /* "NAME", "NAME*4": connected */
    NG_PIN_OPTIONAL = 1, /* "NAME?": open means unknown */
    NG_PIN_TIED = 2,     /* "NAME=1", "NAME*5=4": connected to that constant */
    NG_PIN_LACKING = 3   /* "=1": an input the cell lacks, of that value; "=": an output that is a wire inside it */
} ng_pin_kind;

typedef struct {
    ng_pin_kind kind;
    char name[NG_CELL_NAME_SIZE]; /* empty for NG_PIN_LACKING */
    unsigned width;               /* 1..48 */
    unsigned constant;            /* 0 or 1; NG_PIN_TIED: of that width */
} ng_pin;

/* Takes the next pin off *list; false at its end. */
bool ng_pin_next(const char **list, ng_pin *pin);

/* True if the port is a pin of the list. */
bool ng_pin_listed(const char *list, const char *port);

typedef enum {
    NG_PARAMETER_TABLE = 0, /* "NAME*16": bits of the table */
    NG_PARAMETER_VALUE = 1, /* "NAME=VALUE" */
    NG_PARAMETER_ANY = 2    /* "NAME" */
} ng_parameter_kind;

typedef struct {
    ng_parameter_kind kind;
    char name[NG_CELL_NAME_SIZE];
    char value[NG_CELL_NAME_SIZE];
    unsigned bits; /* 1..64 */
} ng_parameter_word;

/* Takes the next parameter off *list; false at its end. */
bool ng_parameter_next(const char **list, ng_parameter_word *parameter);

#endif
