/* carry.h: the bits of carry cells, whatever the family calls them.
 *
 *   p, g = truth tables of the bit's operands       sum = p ^ carry       out = p ? carry : g
 *
 *   CARRY4 (xc7)                  operands DI, S          p = S                 g = DI
 *   SB_CARRY (ice40)              operands I0, I1         p = I0 ^ I1           g = I0           no sum
 *   CCU2C (ecp5)                  operands A, B, C, D     p = INIT(A, B, C, D)  g = INIT(A, B, 0, 0)
 *   CCU2 (nexus)                  operands A, B, C, D     p = INIT(A, B, C, D)  g = INIT(A, B, C, 0)
 *   ALU, mode ADDSUB (gowin)      operands I0, I1, I3     p = I0 ^ I1 ^ ~I3     g = I0
 *   CC_ADDF (gatemate)            operands A, B           p = A ^ B             g = A
 *   MISTRAL_ALUT_ARITH (cyclonev) sum of LUT0(A, B, C, D0), ~LUT1(A, B, C, D1) and the carry: p their xor, g = LUT0
 * Sources: those of src/synth/cells.def.
 */
#ifndef NG_CARRY_H
#define NG_CARRY_H

#include "src/netlist/netlist.h"

enum { NG_CARRY_OPERANDS_MAX = 5, NG_CARRY_NO_NET = UINT32_MAX };

typedef struct {
    uint32_t carry;      /* net */
    uint32_t or_carry;   /* a second net that is ORed to it (CYINIT of a CARRY4's bit 0), or NG_NET_ZERO */
    unsigned operands;
    uint32_t operand[NG_CARRY_OPERANDS_MAX];
    uint32_t propagate;  /* table over the operands: bit i is p where operand j is bit j of i */
    uint32_t generate;
    uint32_t sum;        /* net, or NG_CARRY_NO_NET */
    uint32_t out;        /* net */
} ng_carry_bit;

/* Bits of a carry cell: 1, 2 or 4. */
unsigned ng_carry_bits(const ng_cell *cell);

/* Bit `bit` of a carry cell. Range: bit < ng_carry_bits(cell). */
ng_carry_bit ng_carry_bit_of(const ng_cell *cell, unsigned bit);

#endif
