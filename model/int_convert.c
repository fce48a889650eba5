/* int_convert: y = round_to_even(sum * 2^-shift), saturated to the output integer. */
#include "model/convert.h"

void ng_int_convert(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                    ng_wide *result)
{
    (void)previous;
    *result = ng_convert(path, first, second);
}
