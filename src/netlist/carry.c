#include "src/netlist/carry.h"

#include <string.h>

/* Tables of one operand among two, and of their xor. */
enum { FIRST_OF_2 = 0xA, SECOND_OF_2 = 0xC, XOR_OF_2 = 0x6 };

/* ALU of mode ADDSUB over {I0, I1, I3}: I3 ? I0 ^ I1 : I0 ^ ~I1, and I0. */
enum { ADDSUB_PROPAGATE = 0x69, ADDSUB_GENERATE = 0xAA };

/* Outputs of CCU2C and CCU2 in cells.def. */
enum { TWO_COUT = 2, TWO_INNER = 3 };

unsigned ng_carry_bits(const ng_cell *cell)
{
    switch (cell->type->flags) {
    case NG_CARRY_FOUR: return 4;
    case NG_CARRY_TWO_LUT2:
    case NG_CARRY_TWO_LUT3: return 2;
    default: return 1;
    }
}

static ng_carry_bit bit_of_four(const ng_cell *cell, unsigned bit)
{
    return (ng_carry_bit){
        .carry = bit == 0 ? cell->input[NG_CARRY4_CI] : cell->output[NG_CARRY4_CO + bit - 1],
        .or_carry = bit == 0 ? cell->input[NG_CARRY4_CYINIT] : NG_NET_ZERO,
        .operands = 2,
        .operand = {cell->input[NG_CARRY4_DI + bit], cell->input[NG_CARRY4_S + bit]},
        .propagate = SECOND_OF_2,
        .generate = FIRST_OF_2,
        .sum = cell->output[NG_CARRY4_O + bit],
        .out = cell->output[NG_CARRY4_CO + bit],
    };
}

/* The low `entries` of a table of 16, again and again: the inputs above do not matter. */
static uint32_t repeated(uint32_t table, unsigned entries)
{
    const uint32_t low = table & ((UINT32_C(1) << entries) - 1);
    return entries == 4 ? low * 0x1111 : low * 0x0101;
}

static ng_carry_bit bit_of_two(const ng_cell *cell, unsigned bit)
{
    const uint32_t table = (uint32_t)(cell->table >> (16 * bit)) & 0xFFFF;
    ng_carry_bit made = {
        .carry = bit == 0 ? cell->input[0] : cell->output[TWO_INNER],
        .operands = 4,
        .propagate = table,
        .generate = repeated(table, cell->type->flags == NG_CARRY_TWO_LUT2 ? 4 : 8),
        .sum = cell->output[bit],
        .out = cell->output[bit == 0 ? TWO_INNER : TWO_COUT],
    };
    memcpy(made.operand, &cell->input[1 + 4 * bit], 4 * sizeof made.operand[0]);
    return made;
}

static ng_carry_bit bit_of_adder(const ng_cell *cell)
{
    ng_carry_bit made = {.carry = cell->input[0], .operands = 5, .sum = cell->output[0], .out = cell->output[1]};
    memcpy(made.operand, &cell->input[1], 5 * sizeof made.operand[0]);
    for (unsigned i = 0; i < 32; i++) {
        const unsigned common = i & 7;
        const uint32_t first = (uint32_t)(cell->table >> (common | (i & 8))) & 1;
        const uint32_t second = (uint32_t)(cell->table >> (16 + (common | (i >> 1 & 8)))) & 1;
        made.propagate |= (first ^ second ^ 1) << i;
        made.generate |= first << i;
    }
    return made;
}

ng_carry_bit ng_carry_bit_of(const ng_cell *cell, unsigned bit)
{
    switch (cell->type->flags) {
    case NG_CARRY_FOUR: return bit_of_four(cell, bit);
    case NG_CARRY_TWO_LUT2:
    case NG_CARRY_TWO_LUT3: return bit_of_two(cell, bit);
    case NG_CARRY_ADDER: return bit_of_adder(cell);
    case NG_CARRY_FULL_ADDER:
        return (ng_carry_bit){.carry = cell->input[0],
                              .operands = 2,
                              .operand = {cell->input[1], cell->input[2]},
                              .propagate = XOR_OF_2,
                              .generate = FIRST_OF_2,
                              .sum = cell->output[0],
                              .out = cell->output[1]};
    case NG_CARRY_ADDSUB:
        return (ng_carry_bit){.carry = cell->input[0],
                              .operands = 3,
                              .operand = {cell->input[1], cell->input[2], cell->input[3]},
                              .propagate = ADDSUB_PROPAGATE,
                              .generate = ADDSUB_GENERATE,
                              .sum = cell->output[0],
                              .out = cell->output[1]};
    default:
        return (ng_carry_bit){.carry = cell->input[2],
                              .operands = 2,
                              .operand = {cell->input[0], cell->input[1]},
                              .propagate = XOR_OF_2,
                              .generate = FIRST_OF_2,
                              .sum = NG_CARRY_NO_NET,
                              .out = cell->output[0]};
    }
}
