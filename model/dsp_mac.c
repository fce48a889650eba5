/* dsp_mac: y[u * weights + v] <= (first ? 0 : y[...]) + sum over lanes of w[lane][v] * a[lane][u], `width` such sums, exact. */
#include "model/dsp_sums.h"

void ng_dsp_mac(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                ng_wide *result)
{
    *result = ng_dsp_sums(path, first, second, previous);
}
