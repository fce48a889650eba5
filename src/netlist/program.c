#include "src/netlist/program.h"

#include <stdlib.h>
#include <string.h>

/* The table of the same function without input `pin`, which has the constant `value`. */
static uint64_t without_input(uint64_t table, unsigned inputs, unsigned pin, unsigned value)
{
    uint64_t smaller = 0;
    for (unsigned i = 0; i < 1U << (inputs - 1); i++) {
        const unsigned low = i & ((1U << pin) - 1);
        const unsigned index = (i >> pin) << (pin + 1) | value << pin | low;
        smaller |= (table >> index & 1) << i;
    }
    return smaller;
}

/* Drops the inputs that are constants or do not matter: fewer of them halve the work each. */
static void simplify(ng_instruction *lut)
{
    for (unsigned pin = lut->inputs; pin-- > 0;) {
        const uint64_t zero = without_input(lut->table, lut->inputs, pin, 0);
        const uint64_t one = without_input(lut->table, lut->inputs, pin, 1);
        const uint32_t net = lut->in[pin];
        if (net == NG_NET_ZERO || net == NG_NET_ONE || zero == one) {
            lut->table = net == NG_NET_ONE ? one : zero;
            lut->inputs--;
            memmove(&lut->in[pin], &lut->in[pin + 1], (lut->inputs - pin) * sizeof lut->in[0]);
        }
    }
}

static void make_carry(ng_instruction *made, const uint32_t nets[NG_STEP_INPUTS_MAX], unsigned count)
{
    /* Bits above the lowest have one carry input; reading it twice gives the same OR. */
    made->op = NG_OP_CARRY;
    made->in[0] = nets[0];
    made->in[1] = nets[count - 3];
    made->in[2] = nets[count - 2];
    made->in[3] = nets[count - 1];
}

static void make_instruction(ng_instruction *made, const ng_netlist *netlist, ng_netlist_step step,
                             const uint32_t *flip_flop_of)
{
    const ng_cell *cell = &netlist->cells[step.cell];
    uint32_t nets[NG_STEP_INPUTS_MAX];
    const unsigned count = ng_step_inputs(netlist, step, nets);
    const unsigned outputs = ng_step_outputs(netlist, step, made->out);
    if (cell->type->role == NG_ROLE_FF) {
        made->op = NG_OP_RESET;
        made->in[0] = nets[0];
        made->out[1] = flip_flop_of[step.cell];
    } else if (outputs == 2) {
        make_carry(made, nets, count);
    } else {
        made->op = NG_OP_LUT;
        made->inputs = count;
        memcpy(made->in, nets, count * sizeof nets[0]);
        made->table = cell->table;
        simplify(made);
    }
}

static ng_flip_flop make_flip_flop(const ng_cell *cell)
{
    return (ng_flip_flop){
        .data = cell->input[NG_FF_DATA],
        .enable = cell->input[NG_FF_ENABLE],
        .reset = cell->input[NG_FF_RESET],
        .output = cell->output[0],
        .flags = cell->type->flags,
        .inverted = cell->inverted,
        .initial = cell->table != 0,
    };
}

static void fill(ng_program *program, const ng_netlist *netlist, uint32_t *flip_flop_of)
{
    for (size_t i = 0; i < netlist->cell_count; i++) {
        if (netlist->cells[i].type->role == NG_ROLE_FF) {
            flip_flop_of[i] = (uint32_t)program->flip_flop_count;
            program->flip_flops[program->flip_flop_count++] = make_flip_flop(&netlist->cells[i]);
        }
    }
    for (size_t i = 0; i < netlist->step_count; i++) {
        make_instruction(&program->instructions[i], netlist, netlist->steps[i], flip_flop_of);
    }
    program->instruction_count = netlist->step_count;
}

bool ng_program_make(ng_program *program, const ng_netlist *netlist, ng_error *error)
{
    uint32_t *flip_flop_of = calloc(netlist->cell_count + 1, sizeof *flip_flop_of);
    *program = (ng_program){
        .instructions = calloc(netlist->step_count + 1, sizeof *program->instructions),
        .flip_flops = calloc(netlist->cell_count + 1, sizeof *program->flip_flops),
    };
    const bool fine = flip_flop_of != NULL && program->instructions != NULL && program->flip_flops != NULL;
    if (fine) {
        fill(program, netlist, flip_flop_of);
    } else {
        ng_program_free(program);
    }
    free(flip_flop_of);
    return fine || ng_fail(error, NG_EXIT_MISSING, "evaluator: out of memory");
}

void ng_program_free(ng_program *program)
{
    free(program->instructions);
    free(program->flip_flops);
    *program = (ng_program){0};
}
