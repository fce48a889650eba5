/* table_mul: y = value[w] * a for a weight that names a value of a table of integers, exact. */
#include "model/operand.h"

void ng_table_mul(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                  ng_wide *result)
{
    (void)previous;
    *result = ng_result_pack(path, first, second, NULL, ng_sum_of_products(path, first, second));
}
