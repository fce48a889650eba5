#include "src/netlist/program.h"

/* The body is compiled once for each vector width of the machine, so everything in it must be inlined. */
#define INLINE static inline __attribute__((always_inline))

/* Folds the truth table: pairs of its bits give a function of input 0, each further input selects among halves. */
INLINE void execute_lut(const ng_instruction *lut, ng_block *nets, const unsigned inputs)
{
    const ng_block first = nets[lut->in[0]];
    const ng_block leaves[4] = {first ^ first, ~first, first, first | ~first};
    ng_block fold[32];
    unsigned count = 1U << (inputs - 1);
    for (unsigned i = 0; i < count; i++) {
        fold[i] = leaves[lut->table >> (2 * i) & 3];
    }
    for (unsigned pin = 1; pin < inputs; pin++) {
        const ng_block select = nets[lut->in[pin]];
        count /= 2;
        for (unsigned i = 0; i < count; i++) {
            fold[i] = fold[2 * i] ^ ((fold[2 * i] ^ fold[2 * i + 1]) & select);
        }
    }
    nets[lut->out[0]] = fold[0];
}

INLINE void execute_constant(const ng_instruction *lut, ng_block *nets)
{
    nets[lut->out[0]] = (lut->table & 1) != 0 ? nets[NG_NET_ONE] : nets[NG_NET_ZERO];
}

INLINE void execute_any_lut(const ng_instruction *lut, ng_block *nets)
{
    switch (lut->inputs) {
    case 0: execute_constant(lut, nets); break;
    case 1: execute_lut(lut, nets, 1); break;
    case 2: execute_lut(lut, nets, 2); break;
    case 3: execute_lut(lut, nets, 3); break;
    case 4: execute_lut(lut, nets, 4); break;
    case 5: execute_lut(lut, nets, 5); break;
    default: execute_lut(lut, nets, 6); break;
    }
}

INLINE void execute_carry(const ng_instruction *bit, ng_block *nets)
{
    const ng_block carry = nets[bit->in[0]] | nets[bit->in[1]];
    const ng_block data = nets[bit->in[2]];
    const ng_block select = nets[bit->in[3]];
    nets[bit->out[0]] = select ^ carry;
    nets[bit->out[1]] = data ^ ((data ^ carry) & select);
}

INLINE void execute_reset(const ng_program *program, const ng_instruction *reset, ng_block *nets, ng_block *states)
{
    const ng_flip_flop *flip_flop = &program->flip_flops[reset->out[1]];
    ng_block *state = &states[reset->out[1]];
    const ng_block net = nets[reset->in[0]];
    const ng_block active = (flip_flop->inverted >> NG_FF_RESET & 1) != 0 ? ~net : net;
    *state = (flip_flop->flags & NG_FF_SETS) != 0 ? *state | active : *state & ~active;
    nets[reset->out[0]] = *state;
}

INLINE void execute(const ng_program *program, ng_block *nets, ng_block *states)
{
    for (size_t i = 0; i < program->instruction_count; i++) {
        const ng_instruction *next = &program->instructions[i];
        switch (next->op) {
        case NG_OP_LUT: execute_any_lut(next, nets); break;
        case NG_OP_CARRY: execute_carry(next, nets); break;
        case NG_OP_RESET: execute_reset(program, next, nets, states); break;
        }
    }
}

static void execute_plain(const ng_program *program, ng_block *nets, ng_block *states)
{
    execute(program, nets, states);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void execute_avx2(const ng_program *program, ng_block *nets, ng_block *states)
{
    execute(program, nets, states);
}

__attribute__((target("avx512f"))) static void execute_avx512(const ng_program *program, ng_block *nets,
                                                               ng_block *states)
{
    execute(program, nets, states);
}

void ng_program_execute(const ng_program *program, ng_block *nets, ng_block *states)
{
    if (__builtin_cpu_supports("avx512f")) {
        execute_avx512(program, nets, states);
    } else if (__builtin_cpu_supports("avx2")) {
        execute_avx2(program, nets, states);
    } else {
        execute_plain(program, nets, states);
    }
}
#else
void ng_program_execute(const ng_program *program, ng_block *nets, ng_block *states)
{
    execute_plain(program, nets, states);
}
#endif
