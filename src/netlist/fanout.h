/* fanout.h: how many inputs the nets of a circuit drive. The clock, constants and nets that nothing reads are left out. */
#ifndef NG_FANOUT_H
#define NG_FANOUT_H

#include "src/netlist/netlist.h"

enum { NG_FANOUT_BINS = 8 };

typedef struct {
    uint64_t nets;
    uint64_t loads;                   /* of all of them: cell inputs and output port bits */
    unsigned largest;
    unsigned bins[NG_FANOUT_BINS];    /* nets of 1, 2, 3..4, 5..8, 9..16, 17..32, 33..64, 65 and more loads */
} ng_fanout;

ng_fanout ng_fanout_of(const ng_netlist *netlist);

/* "1", "2", "3-4", ..., "65+". Range: bin < NG_FANOUT_BINS. */
const char *ng_fanout_bin(unsigned bin);

#endif
