/* sign_dot: y = sum over lanes of w[i] * a[i] for a weight of +1, -1 or 0, shifted or not, exact. */
#include "model/operand.h"

void ng_sign_dot(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                 ng_wide *result)
{
    (void)previous;
    *result = ng_result_pack(path, first, second, NULL, ng_sum_of_products(path, first, second));
}
