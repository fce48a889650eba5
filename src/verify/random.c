#include "src/verify/random.h"

#include <math.h>

#include "model/encode.h"

static uint64_t mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

ng_random ng_random_start(uint64_t seed, uint64_t index)
{
    return (ng_random){mixed(mixed(seed) ^ index)};
}

uint64_t ng_random_bits(ng_random *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    return mixed(random->state);
}

/* Uniform in (0, 1]. */
static double uniform(ng_random *random)
{
    return ((double)(ng_random_bits(random) >> 11) + 1) * 0x1p-53;
}

/* Standard normal by the Box-Muller transform. */
static double normal(ng_random *random)
{
    const double radius = sqrt(-2 * log(uniform(random)));
    return radius * cos(2 * 3.14159265358979323846 * uniform(random));
}

void ng_gaussian_fill(ng_gaussian *table, const ng_format *format, uint64_t seed)
{
    ng_random random = ng_random_start(seed, 0);
    const double largest = ng_decode_double(format, ng_format_largest(format));
    const double middle = sqrt(largest * ldexp(1, ng_format_lsb(format)));
    for (unsigned i = 0; i < NG_GAUSSIAN_CODES; i++) {
        const double deviation = i % 2 == 0 ? largest / 4 : middle;
        table->code[i] = (uint8_t)ng_encode_double(format, normal(&random) * deviation);
    }
}
