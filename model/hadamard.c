/* hadamard: y[j] = sum over i of (-1)^(ones in i & j) * x[i], by its definition. */
#include "model/operand.h"

static bool odd_ones(unsigned word)
{
    bool odd = false;
    for (; word != 0; word >>= 1) {
        odd ^= (word & 1) != 0;
    }
    return odd;
}

void ng_hadamard(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_result *previous,
                 ng_result *result)
{
    const unsigned bits = path->activation->bits;
    const int sign = 1 << (bits - 1);
    (void)second;
    (void)previous;
    *result = (ng_result){{0}};
    for (unsigned j = 0; j < path->lanes; j++) {
        int sum = 0;
        for (unsigned i = 0; i < path->lanes; i++) {
            const int x = ((int)ng_operand_bits(first, i * bits, bits) ^ sign) - sign;
            sum += odd_ones(i & j) ? -x : x;
        }
        ng_operand_put(result->limb, j * path->sum_bits, path->sum_bits, (uint32_t)sum);
    }
}
