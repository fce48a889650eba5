/* draft.h: small netlists written by hand, in the JSON that yosys writes. */
#ifndef SUPPORT_DRAFT_H
#define SUPPORT_DRAFT_H

#include <jansson.h>

#include "src/netlist/netlist.h"

typedef struct {
    json_t *root;
    json_t *ports;
    json_t *cells;
} draft;

/* An empty module "top". */
void draft_start(draft *made);
void draft_free(draft *made);

/* A port; bits as in draft_cell(). */
void draft_port(draft *made, const char *name, bool output, const char *bits);

/* A cell. table: "PARAMETER=digits" or NULL. pins: "I0=2 S=3,4,0,x O=5"; 0, 1 and x are constants, nets start at 2. */
void draft_cell(draft *made, const char *name, const char *type, const char *table, const char *pins);

/* Sets a parameter of the cell drawn last under that name. */
void draft_parameter(draft *made, const char *cell, const char *name, const char *value);

/* Reads the draft as the netlist "draft.json" of the target. */
bool draft_load(const draft *made, const char *target, ng_netlist *netlist, ng_error *error);

/* The same, and fails the running test with the error's text. */
void draft_must_load(const draft *made, const char *target, ng_netlist *netlist);

#endif
