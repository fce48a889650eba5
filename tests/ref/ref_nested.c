#include "tests/ref/ref_nested.h"

#include <stdlib.h>

/* Bit `place` of the two's complement code of q. */
static int bit(int q, int place)
{
    return ((q + 256) % 256 >> place) & 1;
}

void ref_nested_cell(int q, unsigned bits, int *first, int *size)
{
    *size = 0;
    for (int other = -128; other < 128; other++) {
        int same = 1;
        for (unsigned i = 0; i < bits; i++) {
            same = same && bit(q, 7 - (int)i) == bit(other, 7 - (int)i);
        }
        if (same && (*size)++ == 0) {
            *first = other;
        }
    }
}

int ref_nested_twice_mean(int q, unsigned bits)
{
    int first = 0;
    int size = 0;
    int sum = 0;
    ref_nested_cell(q, bits, &first, &size);
    for (int i = 0; i < size; i++) {
        sum += 2 * (first + i);
    }
    return sum / size;
}

int ref_nested_nearest(int q, unsigned bits)
{
    const int step = 1 << (8 - bits);
    const int end = 1 << (bits - 1);
    int best = -end;
    for (int p = -end; p < end; p++) {
        best = abs(q - p * step) <= abs(q - best * step) ? p : best;
    }
    return best;
}
