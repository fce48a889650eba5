/* program.h: a netlist's evaluation order as instructions over bit-parallel nets. */
#ifndef NG_PROGRAM_H
#define NG_PROGRAM_H

#include "src/netlist/evaluator.h"

enum { NG_BLOCK_WORDS = NG_EVALUATOR_LANES / 64 };

/* One bit of every lane. */
typedef uint64_t ng_block __attribute__((vector_size(NG_EVALUATOR_LANES / 8), aligned(64)));

typedef enum { NG_OP_LUT = 0, NG_OP_CARRY = 1, NG_OP_RESET = 2 } ng_op;

typedef struct {
    ng_op op;
    unsigned inputs;  /* LUT: 0..6 */
    uint32_t in[6];   /* LUT: its inputs; CARRY: carry, carry, DI, S; RESET: the reset net */
    uint32_t out[2];  /* LUT: its output; CARRY: O, CO; RESET: Q, and the flip-flop's index */
    uint64_t table;   /* LUT: the truth table */
} ng_instruction;

typedef struct {
    uint32_t data;
    uint32_t enable;
    uint32_t reset;
    uint32_t output;
    unsigned flags;    /* NG_FF_* */
    unsigned inverted; /* as in ng_cell */
    bool initial;
} ng_flip_flop;

typedef struct {
    ng_instruction *instructions;
    size_t instruction_count;
    ng_flip_flop *flip_flops;
    size_t flip_flop_count;
} ng_program;

/* Error: out of memory (exit 3). Free with ng_program_free(). */
bool ng_program_make(ng_program *program, const ng_netlist *netlist, ng_error *error);
void ng_program_free(ng_program *program);

/* Executes the instructions in order over nets[] and the flip-flops' states[]. */
void ng_program_execute(const ng_program *program, ng_block *nets, ng_block *states);

#endif
