/* block_dot: y = sum over the block of w[i] * a[i], exact; value = y * 2^(lsb + scale - 254). */
#include "model/operand.h"

void ng_block_dot(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                  ng_wide *result)
{
    (void)previous;
    *result = ng_result_pack(path, first, second, NULL, ng_sum_of_products(path, first, second));
}
