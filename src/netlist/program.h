/* program.h: a netlist as a list of two-input gates and multiplexers over bit-parallel slots.
 *
 * Slots: the nets of the netlist under their numbers, then next states of flip-flops, then temporaries,
 * then those and the registers of DSP blocks (src/netlist/dsp.h). A lane is one bit of
 * a slot, so an instruction works for all lanes at once.
 */
#ifndef NG_PROGRAM_H
#define NG_PROGRAM_H

#include "src/netlist/evaluator.h"

enum { NG_BLOCK_WORDS = NG_EVALUATOR_LANES / 64 };

/* One bit of every lane. */
typedef uint64_t ng_block __attribute__((vector_size(NG_EVALUATOR_LANES / 8), aligned(64)));

typedef enum {
    NG_GATE_COPY = 0,
    NG_GATE_NOT = 1,
    NG_GATE_AND = 2,
    NG_GATE_AND_NOT = 3, /* in[0] & ~in[1] */
    NG_GATE_OR = 4,
    NG_GATE_OR_NOT = 5,  /* in[0] | ~in[1] */
    NG_GATE_XOR = 6,
    NG_GATE_XNOR = 7,
    NG_GATE_NAND = 8,
    NG_GATE_NOR = 9,
    NG_GATE_MUX = 10     /* in[2] ? in[1] : in[0] */
} ng_gate;

typedef struct {
    ng_gate op;
    uint32_t out;   /* slot */
    uint32_t in[3]; /* slots; unused ones are 0 */
} ng_instruction;

/* A growing list of instructions; the first failure to grow is remembered. */
typedef struct {
    ng_instruction *instructions;
    size_t count;
    size_t room;
    bool failed;
} ng_listing;

/* A slot with the value it has before the first clock. */
typedef struct {
    uint32_t slot;
    bool value;
} ng_initial;

typedef struct {
    ng_listing settle; /* all steps of the netlist in order */
    ng_listing edge;   /* one rising edge of the clock, after settle */
    ng_initial *initials;
    size_t initial_count;
    size_t slots;
} ng_program;

/* Where the steps of a netlist put their results: into the nets they drive, so that later steps see them (settle), or
 * into the slots net_count further up, so that every step reads what was before (one unit of time). */
typedef enum { NG_PROGRAM_SETTLE = 0, NG_PROGRAM_UNIT_DELAY = 1 } ng_program_kind;

/* Error: out of memory (exit 3). Free with ng_program_free(). */
bool ng_program_make(ng_program *program, const ng_netlist *netlist, ng_program_kind kind, ng_error *error);
void ng_program_free(ng_program *program);

void ng_listing_add(ng_listing *listing, ng_gate op, uint32_t out, uint32_t first, uint32_t second, uint32_t third);

/* Executes the instructions in order. */
void ng_listing_execute(const ng_listing *listing, ng_block *slots);

#endif
