#include "src/netlist/dsp_delay.h"

/* Columns of DSP48E1 and DSP48E1_PCOUT: inputs straight through, then registers; A and B as without the pre-adder. */
enum {
    THROUGH_A = 0,
    THROUGH_A_ADDED = 5, /* with the pre-adder */
    FROM_A = 6,
    FROM_A_ADDED = 7,
    FROM_B = 8,
    FROM_C = 9,
    FROM_D = 10,
    FROM_AD = 11,
    FROM_M = 12,
    FROM_P = 13
};

/* Columns of DSP48E1_SETUP: ports in their order at their own register, A and D at that of their sum, A, B, D at that of M, all
 * at that of P; A_ADDED: with the pre-adder. */
enum {
    OWN = 0,
    AT_AD_A = 4,
    AT_AD_D = 5,
    AT_M_A = 6,
    AT_M_A_ADDED = 7,
    AT_M_B = 8,
    AT_M_D = 9,
    AT_P = 10,
    AT_P_A_ADDED = 15
};

static unsigned column(const ng_target *target, const char *row, unsigned at)
{
    const ng_cell_delay *delay = ng_target_delay(target, row);
    return delay != NULL ? delay->ps[at] : 0;
}

static const char *row_of(bool cascade)
{
    return cascade ? "DSP48E1_PCOUT" : "DSP48E1";
}

ng_dsp_pins ng_dsp_pins_of(ng_dsp_port port)
{
    static const ng_dsp_pins pins[NG_DSP_PORT_COUNT] = {{NG_DSP_A, NG_DSP_A_BITS},
                                                        {NG_DSP_B, NG_DSP_B_BITS},
                                                        {NG_DSP_C, NG_DSP_P_BITS},
                                                        {NG_DSP_D, NG_DSP_A_BITS},
                                                        {NG_DSP_PCIN, NG_DSP_P_BITS}};
    return pins[port];
}

/* The port's own register; PCIN has none. */
static unsigned own_register(ng_dsp_port port)
{
    static const unsigned registers[NG_DSP_PORT_COUNT] = {NG_DSP_AREG, NG_DSP_BREG, NG_DSP_CREG, NG_DSP_DREG, 0};
    return registers[port];
}

/* True if P depends on the port at all. */
static bool is_used(const ng_dsp *dsp, ng_dsp_port port)
{
    const bool cascade = dsp->net[NG_DSP_OPMODE + 4] == NG_NET_ONE && dsp->net[NG_DSP_OPMODE + 5] == NG_NET_ZERO;
    const bool c = dsp->net[NG_DSP_OPMODE + 4] == NG_NET_ONE && dsp->net[NG_DSP_OPMODE + 5] == NG_NET_ONE;
    return port == NG_DSP_PORT_C ? c : port == NG_DSP_PORT_PCIN ? cascade : port != NG_DSP_PORT_D || dsp->pre_adder;
}

/* True if the port goes through the multiplier, and through the adder before it. */
static bool is_multiplied(ng_dsp_port port)
{
    return port == NG_DSP_PORT_A || port == NG_DSP_PORT_B || port == NG_DSP_PORT_D;
}

static bool is_added(const ng_dsp *dsp, ng_dsp_port port)
{
    return dsp->pre_adder && (port == NG_DSP_PORT_A || port == NG_DSP_PORT_D);
}

/* The registers on the way from the port to P, its own apart. */
static unsigned behind(const ng_dsp *dsp, ng_dsp_port port)
{
    const unsigned on = (is_added(dsp, port) ? NG_DSP_ADREG : 0U) | (is_multiplied(port) ? NG_DSP_MREG : 0U) | NG_DSP_PREG;
    return dsp->registers & on;
}

bool ng_dsp_passes(const ng_dsp *dsp, ng_dsp_port port)
{
    return is_used(dsp, port) && (behind(dsp, port) | (dsp->registers & own_register(port))) == 0;
}

unsigned ng_dsp_delay_through(const ng_target *target, const ng_dsp *dsp, ng_dsp_port port, bool cascade)
{
    const unsigned at = port == NG_DSP_PORT_A && dsp->pre_adder ? (unsigned)THROUGH_A_ADDED : THROUGH_A + (unsigned)port;
    return column(target, row_of(cascade), at);
}

static unsigned from_register(const ng_target *target, const ng_dsp *dsp, ng_dsp_port port, bool cascade)
{
    static const unsigned columns[NG_DSP_PORT_COUNT] = {FROM_A, FROM_B, FROM_C, FROM_D, 0};
    const bool added = port == NG_DSP_PORT_A && dsp->pre_adder;
    return column(target, row_of(cascade), added ? (unsigned)FROM_A_ADDED : columns[port]);
}

static unsigned later(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

unsigned ng_dsp_delay_from_clock(const ng_target *target, const ng_dsp *dsp, bool cascade)
{
    unsigned longest = 0;
    if ((dsp->registers & NG_DSP_PREG) != 0) {
        return column(target, row_of(cascade), FROM_P);
    }
    if ((dsp->registers & NG_DSP_MREG) != 0) {
        longest = column(target, row_of(cascade), FROM_M);
    } else if (dsp->pre_adder && (dsp->registers & NG_DSP_ADREG) != 0) {
        longest = column(target, row_of(cascade), FROM_AD);
    }
    for (ng_dsp_port port = 0; port < NG_DSP_PORT_PCIN; port++) {
        if (is_used(dsp, port) && (dsp->registers & own_register(port)) != 0 && behind(dsp, port) == 0) {
            longest = later(longest, from_register(target, dsp, port, cascade));
        }
    }
    return longest;
}

/* Setup of the port at the first register behind its own. */
static unsigned setup_behind(const ng_target *target, const ng_dsp *dsp, ng_dsp_port port)
{
    const bool added = port == NG_DSP_PORT_A && dsp->pre_adder;
    const unsigned on = behind(dsp, port);
    unsigned at = added ? (unsigned)AT_P_A_ADDED : AT_P + (unsigned)port;
    if ((on & NG_DSP_ADREG) != 0) {
        at = port == NG_DSP_PORT_A ? AT_AD_A : AT_AD_D;
    } else if ((on & NG_DSP_MREG) != 0) {
        at = added ? AT_M_A_ADDED : port == NG_DSP_PORT_A ? AT_M_A : port == NG_DSP_PORT_B ? AT_M_B : AT_M_D;
    }
    return column(target, "DSP48E1_SETUP", at);
}

bool ng_dsp_setup(const ng_target *target, const ng_dsp *dsp, ng_dsp_port port, unsigned *ps)
{
    const bool own = (dsp->registers & own_register(port)) != 0;
    if (!is_used(dsp, port) || (!own && behind(dsp, port) == 0)) {
        return false;
    }
    *ps = own ? column(target, "DSP48E1_SETUP", OWN + (unsigned)port) : setup_behind(target, dsp, port);
    return true;
}

unsigned ng_dsp_delay_inside(const ng_target *target, const ng_dsp *dsp)
{
    const unsigned b_tail = ng_dsp_delay_through(target, dsp, NG_DSP_PORT_B, false) - column(target, "DSP48E1_SETUP", AT_P + 1);
    unsigned longest = 0;
    for (ng_dsp_port port = 0; port < NG_DSP_PORT_PCIN; port++) {
        if (is_used(dsp, port) && (dsp->registers & own_register(port)) != 0 && behind(dsp, port) != 0) {
            const unsigned tail = ng_dsp_delay_through(target, dsp, port, false) - setup_behind(target, dsp, port);
            longest = later(longest, from_register(target, dsp, port, false) - tail);
        }
    }
    if ((dsp->registers & NG_DSP_MREG) != 0 && (dsp->registers & NG_DSP_PREG) != 0) {
        longest = later(longest, column(target, "DSP48E1", FROM_M) - b_tail);
    }
    return longest;
}
