/* bits_pipe: y = sum over lanes of w[i] * a[i] for two signs, exact; what bits_dot computes, later. */
#include "model/unit.h"

void ng_bits_pipe(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous, ng_wide *result)
{
    ng_bits_dot(path, first, second, previous, result);
}
