/* What a DSP block may be, and what its output depends on. */
#include "src/netlist/dsp.h"

#include <stdlib.h>

#include "src/netlist/reader.h"

enum { OPMODE_PCIN = 4, OPMODE_P = 5 }; /* bits that choose PCIN, P; both: C */

static bool constant_is(uint32_t net, unsigned value)
{
    return net == (value != 0 ? NG_NET_ONE : NG_NET_ZERO);
}

static bool is_constant(uint32_t net)
{
    return net == NG_NET_ZERO || net == NG_NET_ONE;
}

static bool check_opmode(const ng_dsp *dsp)
{
    const uint32_t *opmode = dsp->net + NG_DSP_OPMODE;
    const bool product = constant_is(opmode[0], 1) && constant_is(opmode[1], 0) && constant_is(opmode[2], 1) &&
                         constant_is(opmode[3], 0) && constant_is(opmode[6], 0);
    const bool chosen = is_constant(opmode[OPMODE_PCIN]) &&
                        (is_constant(opmode[OPMODE_P]) || constant_is(opmode[OPMODE_PCIN], 0));
    const bool feeds_back = !constant_is(opmode[OPMODE_P], 0) && constant_is(opmode[OPMODE_PCIN], 0);
    return product && chosen && (!feeds_back || (dsp->registers & NG_DSP_PREG) != 0);
}

/* Constant, or all bits of one block's PCOUT. first: of each net, 1 + the block whose PCOUT[0] it is. */
static bool check_cascade(const ng_netlist *netlist, const ng_dsp *dsp, const uint32_t *first)
{
    const uint32_t *in = dsp->net + NG_DSP_PCIN;
    const uint32_t from = first[in[0]];
    for (unsigned i = 0; i < NG_DSP_P_BITS; i++) {
        if (from == 0 ? !is_constant(in[i]) : in[i] != netlist->cells[from - 1].dsp->net[NG_DSP_PCOUT + i]) {
            return false;
        }
    }
    return true;
}

static bool check_block(const ng_reader *reader, const ng_cell *cell, const uint32_t *first)
{
    if (!check_opmode(cell->dsp)) {
        return ng_fail(reader->error, NG_EXIT_CHECK, "%s: cell %s: OPMODE is none that is modelled", reader->path, cell->name);
    }
    return check_cascade(reader->netlist, cell->dsp, first) ||
           ng_fail(reader->error, NG_EXIT_CHECK, "%s: cell %s: PCIN is not the PCOUT of one DSP block", reader->path,
                   cell->name);
}

bool ng_reader_dsp(ng_reader *reader)
{
    const ng_netlist *netlist = reader->netlist;
    uint32_t *first = calloc(netlist->net_count, sizeof *first);
    bool fine = first != NULL || ng_fail(reader->error, NG_EXIT_MISSING, "%s: out of memory", reader->path);
    for (size_t i = 0; fine && i < netlist->cell_count; i++) {
        if (netlist->cells[i].dsp != NULL) {
            first[netlist->cells[i].dsp->net[NG_DSP_PCOUT]] = (uint32_t)i + 1;
        }
    }
    for (size_t i = 0; fine && i < netlist->cell_count; i++) {
        fine = netlist->cells[i].dsp == NULL || check_block(reader, &netlist->cells[i], first);
    }
    free(first);
    return fine;
}

static unsigned append(const ng_dsp *dsp, unsigned port, unsigned bits, bool reached, uint32_t *nets, unsigned count)
{
    for (unsigned i = 0; reached && i < bits; i++) {
        nets[count++] = dsp->net[port + i];
    }
    return count;
}

unsigned ng_dsp_through(const ng_dsp *dsp, uint32_t *nets)
{
    const unsigned on = dsp->registers;
    const uint32_t *opmode = dsp->net + NG_DSP_OPMODE;
    const bool sum = (on & NG_DSP_MREG) == 0 && (!dsp->pre_adder || (on & NG_DSP_ADREG) == 0);
    const bool c = constant_is(opmode[OPMODE_PCIN], 1) && constant_is(opmode[OPMODE_P], 1);
    const bool cascade = constant_is(opmode[OPMODE_PCIN], 1) && constant_is(opmode[OPMODE_P], 0);
    unsigned count = 0;
    if ((on & NG_DSP_PREG) != 0) {
        return 0;
    }
    count = append(dsp, NG_DSP_A, NG_DSP_A_BITS, sum && (on & NG_DSP_AREG) == 0, nets, count);
    count = append(dsp, NG_DSP_D, NG_DSP_A_BITS, sum && dsp->pre_adder && (on & NG_DSP_DREG) == 0, nets, count);
    count = append(dsp, NG_DSP_B, NG_DSP_B_BITS, (on & (NG_DSP_MREG | NG_DSP_BREG)) == 0, nets, count);
    count = append(dsp, NG_DSP_C, NG_DSP_P_BITS, c && (on & NG_DSP_CREG) == 0, nets, count);
    count = append(dsp, NG_DSP_PCIN, NG_DSP_P_BITS, cascade, nets, count);
    return append(dsp, NG_DSP_OPMODE, NG_DSP_OPMODE_BITS, (on & NG_DSP_OPMODEREG) == 0, nets, count);
}
