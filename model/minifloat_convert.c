/* minifloat_convert: y = code of the output minifloat nearest to sum * 2^-shift output lsb; ties to even, saturating. */
#include "model/convert.h"

void ng_minifloat_convert(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                          ng_wide *result)
{
    (void)previous;
    *result = ng_convert(path, first, second);
}
