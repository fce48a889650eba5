/* mixed_dot: y = sum over lanes of w[i] * a[i] for operands of different kinds, exact; flag = any special operand. */
#include "model/operand.h"

void ng_mixed_dot(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                  ng_wide *result)
{
    (void)previous;
    *result = ng_result_pack(path, first, second, NULL, ng_sum_of_products(path, first, second));
}
