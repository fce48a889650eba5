#include "tests/support/random.h"

#include <math.h>

uint64_t random_bits(uint64_t seed, uint64_t index)
{
    uint64_t z = seed + (index + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

uint32_t random_below(uint64_t seed, uint64_t index, uint32_t limit)
{
    return (uint32_t)((random_bits(seed, index) >> 16) % limit);
}

double random_double(uint64_t seed, uint64_t index, int low, int high)
{
    const uint64_t bits = random_bits(seed, 2 * index);
    const int exponent = low + (int)random_below(seed, 2 * index + 1, (uint32_t)(high - low));
    const double mantissa = 1.0 + (double)(bits >> 12) * 0x1p-52;
    return ldexp((bits & 1) != 0 ? -mantissa : mantissa, exponent);
}

ng_draw random_draw(uint64_t seed, uint64_t index)
{
    const uint64_t random = random_bits(seed, index);
    const unsigned bits = 1 + (unsigned)(random & 31);
    const uint32_t last = (uint32_t)((UINT64_C(1) << bits) - 1);
    const unsigned end = (unsigned)(random >> 5 & 7);
    return (ng_draw){end == 0 ? 0 : end == 1 ? last : (uint32_t)(random >> 32) & last, bits};
}
