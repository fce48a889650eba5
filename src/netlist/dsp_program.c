/* A DSP block as gates over bit-parallel slots: rows of full adders, one lane a bit. */
#include <string.h>

#include "src/netlist/dsp.h"

/* Slots of a block's registers. */
enum {
    STATE_A = 0,
    STATE_B = STATE_A + NG_DSP_A_BITS,
    STATE_C = STATE_B + NG_DSP_B_BITS,
    STATE_D = STATE_C + NG_DSP_P_BITS,
    STATE_AD = STATE_D + NG_DSP_A_BITS,
    STATE_M = STATE_AD + NG_DSP_A_BITS,
    STATE_P = STATE_M + NG_DSP_M_BITS,
    STATE_OPMODE = STATE_P + NG_DSP_P_BITS
};

/* Scratch slots: of a full adder, the two banks that hold a product's upper part, D + A, M, Z. */
enum {
    SCRATCH_TERM = 0,
    SCRATCH_PROPAGATE = 1,
    SCRATCH_CARRY = 2,
    SCRATCH_BANK = 4,
    BANK_SLOTS = NG_DSP_A_BITS + 1,
    SCRATCH_AD = SCRATCH_BANK + 2 * BANK_SLOTS,
    SCRATCH_M = SCRATCH_AD + NG_DSP_A_BITS,
    SCRATCH_Z = SCRATCH_M + NG_DSP_M_BITS,
    SCRATCH_END = SCRATCH_Z + NG_DSP_P_BITS
};

_Static_assert((int)STATE_OPMODE + NG_DSP_OPMODE_BITS <= (int)NG_DSP_STATE_SLOTS, "a block's registers have slots");
_Static_assert((int)SCRATCH_END <= (int)NG_DSP_SCRATCH_SLOTS, "intermediate values have slots");

typedef struct {
    ng_listing *listing;
    const ng_dsp *dsp;
    uint32_t state;
    uint32_t scratch;
} builder;

/* A two's complement number: slots of its bits; those above `bits` repeat the last. */
typedef struct {
    unsigned bits;
    uint32_t slot[NG_DSP_P_BITS];
} number;

static void emit(const builder *b, ng_gate op, uint32_t out, uint32_t first, uint32_t second, uint32_t third)
{
    ng_listing_add(b->listing, op, out, first, second, third);
}

static void extend(number *n)
{
    for (unsigned i = n->bits; i < NG_DSP_P_BITS; i++) {
        n->slot[i] = n->slot[n->bits - 1];
    }
}

/* The number of that many bits in slots that follow each other. */
static number in_slots(uint32_t first, unsigned bits)
{
    number n = {.bits = bits};
    for (unsigned i = 0; i < bits; i++) {
        n.slot[i] = first + i;
    }
    extend(&n);
    return n;
}

/* A port without the copies of its sign bit. */
static number in_port(const builder *b, unsigned port, unsigned bits)
{
    const uint32_t *nets = b->dsp->net + port;
    number n = {.bits = bits};
    while (n.bits > 1 && nets[n.bits - 1] == nets[n.bits - 2]) {
        n.bits--;
    }
    memcpy(n.slot, nets, n.bits * sizeof *nets);
    extend(&n);
    return n;
}

/* What the logic behind a port's register, if it has one, sees. */
static number behind(const builder *b, unsigned port, unsigned bits, unsigned reg, uint32_t state)
{
    const number n = in_port(b, port, bits);
    return (b->dsp->registers & reg) != 0 ? in_slots(b->state + state, n.bits) : n;
}

static number port_a(const builder *b)
{
    return behind(b, NG_DSP_A, NG_DSP_A_BITS, NG_DSP_AREG, STATE_A);
}

static number port_b(const builder *b)
{
    return behind(b, NG_DSP_B, NG_DSP_B_BITS, NG_DSP_BREG, STATE_B);
}

static number port_c(const builder *b)
{
    return behind(b, NG_DSP_C, NG_DSP_P_BITS, NG_DSP_CREG, STATE_C);
}

static number port_d(const builder *b)
{
    return behind(b, NG_DSP_D, NG_DSP_A_BITS, NG_DSP_DREG, STATE_D);
}

/* ---- arithmetic ---- */

/* out = first + second + carry; `last` chooses the slot of the carry out, which is returned. out may be the slot of first. */
static uint32_t full_adder(const builder *b, uint32_t out, uint32_t first, uint32_t second, uint32_t carry, unsigned last)
{
    const uint32_t propagate = b->scratch + SCRATCH_PROPAGATE;
    const uint32_t next = b->scratch + SCRATCH_CARRY + last % 2;
    emit(b, NG_GATE_XOR, propagate, first, second, 0);
    emit(b, NG_GATE_MUX, next, first, carry, propagate);
    emit(b, NG_GATE_XOR, out, propagate, carry, 0);
    return next;
}

/* The low bits of first + second in the given slots. */
static void add(const builder *b, const uint32_t *out, const number *first, const number *second, unsigned bits)
{
    uint32_t carry = NG_NET_ZERO;
    for (unsigned i = 0; i < bits; i++) {
        carry = full_adder(b, out[i], first->slot[i], second->slot[i], carry, i);
    }
}

static unsigned sum_bits(const number *first, const number *second)
{
    const unsigned most = 1 + (first->bits > second->bits ? first->bits : second->bits);
    return most < NG_DSP_A_BITS ? most : NG_DSP_A_BITS;
}

/* One row of a product: the upper part plus (last: minus) long where bit `at` of short is 1. The lowest bit of the sum goes to
 * *lowest, the others become the upper part in the other bank. */
static void add_row(const builder *b, const number *factor, uint32_t bit, bool last, unsigned at, uint32_t *upper, uint32_t lowest)
{
    const uint32_t bank = b->scratch + SCRATCH_BANK + at % 2 * BANK_SLOTS;
    const uint32_t term = b->scratch + SCRATCH_TERM;
    uint32_t carry = last ? NG_NET_ONE : NG_NET_ZERO;
    for (unsigned i = 0; i <= factor->bits; i++) {
        if (i < factor->bits) {
            emit(b, last ? NG_GATE_NAND : NG_GATE_AND, term, factor->slot[i], bit, 0);
        }
        const uint32_t out = i == 0 ? lowest : bank + i - 1;
        carry = full_adder(b, out, upper[i], term, carry, i);
    }
    for (unsigned i = 0; i < factor->bits; i++) {
        upper[i] = bank + i;
    }
    upper[factor->bits] = upper[factor->bits - 1];
}

/* first * second in the slots from out on, of as many bits as both have together. */
static void multiply(const builder *b, uint32_t out, const number *first, const number *second)
{
    const bool swapped = first->bits < second->bits;
    const number *factor = swapped ? second : first;
    const number *rows = swapped ? first : second;
    uint32_t upper[NG_DSP_A_BITS + 1];
    for (unsigned i = 0; i <= factor->bits; i++) {
        upper[i] = NG_NET_ZERO;
    }
    for (unsigned j = 0; j < rows->bits; j++) {
        add_row(b, factor, rows->slot[j], j + 1 == rows->bits, j, upper, out + j);
    }
    for (unsigned i = 0; i < factor->bits; i++) {
        emit(b, NG_GATE_COPY, out + rows->bits + i, upper[i], 0, 0);
    }
}

/* ---- the block ---- */

/* D + A or A, as the multiplier sees it; computed if it is in no register. */
static number factor_of(const builder *b)
{
    const number a = port_a(b);
    const number d = port_d(b);
    if (!b->dsp->pre_adder) {
        return a;
    }
    if ((b->dsp->registers & NG_DSP_ADREG) != 0) {
        return in_slots(b->state + STATE_AD, sum_bits(&d, &a));
    }
    const number made = in_slots(b->scratch + SCRATCH_AD, sum_bits(&d, &a));
    add(b, made.slot, &d, &a, made.bits);
    return made;
}

static number product_of(const builder *b)
{
    const bool registered = (b->dsp->registers & NG_DSP_MREG) != 0;
    if (registered) {
        const number a = port_a(b);
        const number d = port_d(b);
        const number y = port_b(b);
        const unsigned bits = b->dsp->pre_adder ? sum_bits(&d, &a) : a.bits;
        return in_slots(b->state + STATE_M, bits + y.bits);
    }
    const number x = factor_of(b);
    const number y = port_b(b);
    multiply(b, b->scratch + SCRATCH_M, &x, &y);
    return in_slots(b->scratch + SCRATCH_M, x.bits + y.bits);
}

/* Bit `at` of OPMODE. */
static uint32_t opmode(const builder *b, unsigned at)
{
    return (b->dsp->registers & NG_DSP_OPMODEREG) != 0 ? b->state + STATE_OPMODE + at : b->dsp->net[NG_DSP_OPMODE + at];
}

/* A number where the slot is 1, else 0, in the slots from out on. */
static number gate(const builder *b, const number *n, uint32_t enable, uint32_t out)
{
    if (enable == NG_NET_ONE) {
        return *n;
    }
    for (unsigned i = 0; i < n->bits; i++) {
        emit(b, NG_GATE_AND, out + i, n->slot[i], enable, 0);
    }
    return in_slots(out, n->bits);
}

/* Z before OPMODE in a register, or OPMODE[5], gates it. */
static number addend_of(const builder *b)
{
    const uint32_t *choice = b->dsp->net + NG_DSP_OPMODE;
    const uint32_t out = b->scratch + SCRATCH_Z;
    number z = {.bits = 1, .slot = {NG_NET_ZERO}};
    extend(&z);
    if (choice[4] == NG_NET_ONE) {
        z = choice[5] == NG_NET_ONE ? port_c(b) : in_port(b, NG_DSP_PCIN, NG_DSP_P_BITS);
        return gate(b, &z, opmode(b, 4), out);
    }
    if (choice[5] == NG_NET_ZERO) {
        return z;
    }
    z = in_slots(b->state + STATE_P, NG_DSP_P_BITS);
    return gate(b, &z, opmode(b, 5), out);
}

/* P in the given slots. */
static void sum_of(const builder *b, const uint32_t out[NG_DSP_P_BITS])
{
    const number m = product_of(b);
    const number x = gate(b, &m, opmode(b, 0), b->scratch + SCRATCH_M);
    const number z = addend_of(b);
    add(b, out, &x, &z, NG_DSP_P_BITS);
}

void ng_dsp_settle(ng_listing *listing, const ng_dsp *dsp, uint32_t drive, uint32_t state, uint32_t scratch)
{
    const builder b = {listing, dsp, state, scratch};
    uint32_t out[NG_DSP_P_BITS];
    for (unsigned i = 0; i < NG_DSP_P_BITS; i++) {
        out[i] = drive + dsp->net[NG_DSP_P + i];
    }
    sum_of(&b, out);
    for (unsigned i = 0; i < NG_DSP_P_BITS; i++) {
        emit(&b, NG_GATE_COPY, drive + dsp->net[NG_DSP_PCOUT + i], out[i], 0, 0);
    }
}

static void take(const builder *b, unsigned port, unsigned bits, unsigned reg, uint32_t state)
{
    const number n = in_port(b, port, bits);
    for (unsigned i = 0; (b->dsp->registers & reg) != 0 && i < n.bits; i++) {
        emit(b, NG_GATE_COPY, b->state + state + i, n.slot[i], 0, 0);
    }
}

/* From the output back to the inputs: each register takes what the ones before it have held so far. */
void ng_dsp_edge(ng_listing *listing, const ng_dsp *dsp, uint32_t state, uint32_t scratch)
{
    const builder b = {listing, dsp, state, scratch};
    const number y = port_b(&b);
    const number a = port_a(&b);
    const number d = port_d(&b);
    if ((dsp->registers & NG_DSP_PREG) != 0) {
        const number p = in_slots(state + STATE_P, NG_DSP_P_BITS);
        sum_of(&b, p.slot);
    }
    if ((dsp->registers & NG_DSP_MREG) != 0) {
        const number x = factor_of(&b);
        multiply(&b, state + STATE_M, &x, &y);
    }
    if ((dsp->registers & NG_DSP_ADREG) != 0 && dsp->pre_adder) {
        const number sum = in_slots(state + STATE_AD, sum_bits(&d, &a));
        add(&b, sum.slot, &d, &a, sum.bits);
    }
    take(&b, NG_DSP_A, NG_DSP_A_BITS, NG_DSP_AREG, STATE_A);
    take(&b, NG_DSP_B, NG_DSP_B_BITS, NG_DSP_BREG, STATE_B);
    take(&b, NG_DSP_C, NG_DSP_P_BITS, NG_DSP_CREG, STATE_C);
    take(&b, NG_DSP_D, NG_DSP_A_BITS, NG_DSP_DREG, STATE_D);
    for (unsigned i = 0; (dsp->registers & NG_DSP_OPMODEREG) != 0 && i < NG_DSP_OPMODE_BITS; i++) {
        emit(&b, NG_GATE_COPY, state + STATE_OPMODE + i, dsp->net[NG_DSP_OPMODE + i], 0, 0);
    }
}

void ng_dsp_publish(ng_listing *listing, const ng_dsp *dsp, uint32_t state)
{
    for (unsigned i = 0; i < NG_DSP_P_BITS; i++) {
        ng_listing_add(listing, NG_GATE_COPY, dsp->net[NG_DSP_P + i], state + STATE_P + i, 0, 0);
        ng_listing_add(listing, NG_GATE_COPY, dsp->net[NG_DSP_PCOUT + i], state + STATE_P + i, 0, 0);
    }
}
