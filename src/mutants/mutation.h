/* mutation.h: one change of a mapped netlist in memory. */
#ifndef NG_MUTATION_H
#define NG_MUTATION_H

#include "src/netlist/netlist.h"
#include "src/verify/random.h"

typedef enum {
    NG_MUTATION_ENTRY = 0,  /* one entry of a LUT's or multiplexer's truth table */
    NG_MUTATION_OUTPUT = 1, /* all of them: the output is inverted */
    NG_MUTATION_STUCK = 2,  /* an input of any cell is 0, or 1 */
    NG_MUTATION_DATA = 3    /* a flip-flop stores the opposite */
} ng_mutation_kind;

typedef struct {
    ng_mutation_kind kind;
    size_t cell;
    unsigned place; /* ENTRY: index into the table; STUCK: input */
    bool value;     /* STUCK: what it is stuck at */
} ng_mutation;

/* A mutation of a cell and a kind drawn at random. False where the draw makes no change (an input that is constant anyway, an entry
 * that constant inputs never reach, a carry's output, a flip-flop's clock): draw again. */
bool ng_mutation_draw(const ng_netlist *netlist, ng_random *random, ng_mutation *mutation);

/* Makes the change in the netlist; *undo is the cell as it was. */
void ng_mutation_apply(ng_netlist *netlist, const ng_mutation *mutation, ng_cell *undo);

/* "LUT6 NAME: entry 17 flipped". */
void ng_mutation_text(const ng_netlist *netlist, const ng_mutation *mutation, char text[256]);

#endif
