/* bits_mac: y = (first ? 0 : y) + w * a for two signs, exact for `terms` products. */
#include "model/operand.h"

void ng_bits_mac(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                 ng_wide *result)
{
    *result = ng_result_pack(path, first, second, previous, ng_sum_of_products(path, first, second));
}
