/* source_hash.h: SHA-256 over the sources of each part of the program, generated when it is compiled. */
#ifndef NG_SOURCE_HASH_H
#define NG_SOURCE_HASH_H

typedef enum {
    NG_SOURCE_MODEL = 0,
    NG_SOURCE_VERIFY = 1,   /* golden model, benches, stimuli, netlist evaluator */
    NG_SOURCE_COST = 2,     /* golden model (parameters), synthesis, netlist analysis */
    NG_SOURCE_ACCURACY = 3, /* golden model, networks, quantisation, inference */
    NG_SOURCE_ENERGY = 4,   /* that, netlists, and what counts their toggles */
    NG_SOURCE_ROUTE = 5,    /* golden model (parameters), place and route */
    NG_SOURCE_EQUIVALENCE = 6, /* golden model (parameters), synthesis, and what asks ABC */
    NG_SOURCE_MUTANTS = 7,     /* everything that a mutant has to get past */
    NG_SOURCE_COMPARE = 9,     /* what accuracies rest on, and what runs two arithmetics side by side */
    NG_SOURCE_STUDY = 8 /* what assembles a study's results, and the coefficients of its estimates */
} ng_source_part;

/* 64 hexadecimal digits. */
const char *ng_source_hash(ng_source_part part);

#endif
