#include "src/netlist/transpose.h"

/* Swaps the off-diagonal quarters of ever smaller squares. */
void ng_transpose64(uint64_t rows[64])
{
    uint64_t mask = UINT64_C(0x00000000FFFFFFFF);
    for (unsigned size = 32; size != 0; size >>= 1, mask ^= mask << size) {
        for (unsigned i = 0; i < 64; i = (i + size + 1) & ~size) {
            const uint64_t swap = (rows[i] >> size ^ rows[i + size]) & mask;
            rows[i] ^= swap << size;
            rows[i + size] ^= swap;
        }
    }
}
