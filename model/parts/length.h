/* length.h: bits of a 64-bit number. */
#ifndef NG_LENGTH_H
#define NG_LENGTH_H

#include <stdint.h>

/* 0 for 0, floor(log2 value) + 1 otherwise. */
static inline unsigned ng_length(uint64_t value)
{
    unsigned bits = value != 0;
    for (unsigned step = 32; step != 0; step /= 2) {
        if (value >> step != 0) {
            value >>= step;
            bits += step;
        }
    }
    return bits;
}

#endif
