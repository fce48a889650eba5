/* dsp_dot: y[u * weights + v] = sum over lanes of w[lane][v] * a[lane][u], `width` such sums, exact. */
#include "model/dsp_sums.h"

void ng_dsp_dot(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                ng_wide *result)
{
    (void)previous;
    *result = ng_dsp_sums(path, first, second, NULL);
}
