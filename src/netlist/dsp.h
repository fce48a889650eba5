/* dsp.h: the part of a DSP48E1 (AMD UG479, UG953) that a netlist may use.
 *
 *   P = M + Z                    modulo 2^48
 *   M = (D + A) * B, or A * B    A, D, their sum modulo 2^25: 25 bits; B 18 bits; all two's complement, M has 43 bits
 *   Z = 0, PCIN, P or C          as OPMODE[6:4] is 000, 001, 010 or 011
 *   PCOUT = P
 *
 * Registers, each there or not: one before A, B, C, D and OPMODE, one behind D + A, M and P. All start at 0 and take their
 * value at each rising edge. OPMODE[3:0] is 0101, OPMODE[6] 0; OPMODE[4] a constant, OPMODE[5] with OPMODE[4] = 0 may be a
 * signal, so that a sum starts anew. OPMODE in a register is 0 until the first edge, so that Z and M are. PCIN comes from one
 * PCOUT, bit for bit, or is constant. ALUMODE, CARRYIN, CARRYINSEL are 0, INMODE chooses D + A or A behind one register; no
 * second registers, cascades of A and B, pattern detector or split adder: cells.def refuses them.
 */
#ifndef NG_DSP_H
#define NG_DSP_H

#include "src/netlist/program.h"

enum {
    NG_DSP_STATE_SLOTS = 256,  /* of one block's registers */
    NG_DSP_SCRATCH_SLOTS = 192 /* intermediate values, which all blocks share */
};

/* The nets that P depends on without a register between; returns how many, NG_STEP_INPUTS_MAX at most. */
unsigned ng_dsp_through(const ng_dsp *dsp, uint32_t *nets);

/* Appends the computation of P and PCOUT of a block without a register there into the slots `drive` above their nets. state:
 * first slot of the block's registers, scratch: of intermediate values. */
void ng_dsp_settle(ng_listing *listing, const ng_dsp *dsp, uint32_t drive, uint32_t state, uint32_t scratch);

/* Appends what a rising edge does to the block's registers; all nets have their values from before it. */
void ng_dsp_edge(ng_listing *listing, const ng_dsp *dsp, uint32_t state, uint32_t scratch);

/* Appends the copies of a registered P to the nets of P and PCOUT. */
void ng_dsp_publish(ng_listing *listing, const ng_dsp *dsp, uint32_t state);

#endif
