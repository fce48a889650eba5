/* dsp_delay.h: what passing through a DSP block takes, in picoseconds, from the rows of delays.def that begin with its type.
 *
 * A path between two registers of one block is not published; it is the one from the first to P, less what lies behind the
 * second on the way of that input: (A to P) - (setup of A at the second).
 */
#ifndef NG_DSP_DELAY_H
#define NG_DSP_DELAY_H

#include "src/netlist/netlist.h"

/* Input ports, in the order of the columns. */
typedef enum {
    NG_DSP_PORT_A = 0,
    NG_DSP_PORT_B = 1,
    NG_DSP_PORT_C = 2,
    NG_DSP_PORT_D = 3,
    NG_DSP_PORT_PCIN = 4,
    NG_DSP_PORT_COUNT
} ng_dsp_port;

/* First pin and width of a port. */
typedef struct {
    unsigned pin;
    unsigned bits;
} ng_dsp_pins;

ng_dsp_pins ng_dsp_pins_of(ng_dsp_port port);

/* True if the port matters to P, and no register lies between. */
bool ng_dsp_passes(const ng_dsp *dsp, ng_dsp_port port);

/* Input to P, or to PCOUT. Range: a port that passes. */
unsigned ng_dsp_delay_through(const ng_target *target, const ng_dsp *dsp, ng_dsp_port port, bool cascade);

/* Clock to P, or to PCOUT, the longest way there is; 0 without registers. */
unsigned ng_dsp_delay_from_clock(const ng_target *target, const ng_dsp *dsp, bool cascade);

/* Setup time of a port at the first register behind it; false if there is none. */
bool ng_dsp_setup(const ng_target *target, const ng_dsp *dsp, ng_dsp_port port, unsigned *ps);

/* The longest path between two of the block's registers; 0: there is none. */
unsigned ng_dsp_delay_inside(const ng_target *target, const ng_dsp *dsp);

#endif
