/* block_pipe: y = sum over the block of w[i] * a[i], exact, with the scales' sum; what block_dot computes, later. */
#include "model/unit.h"

void ng_block_pipe(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous, ng_wide *result)
{
    ng_block_dot(path, first, second, previous, result);
}
