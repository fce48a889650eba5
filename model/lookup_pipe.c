/* lookup_pipe: y = sum over lanes of w[i] * a[i], in fixed point, exact; flag = any special operand; what lookup_dot computes, later. */
#include "model/unit.h"

void ng_lookup_pipe(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous, ng_wide *result)
{
    ng_lookup_dot(path, first, second, previous, result);
}
