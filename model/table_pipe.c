/* table_pipe: y = sum over lanes of w[i] * a[i] of a table's values times integers, exact; what table_dot computes, later. */
#include "model/unit.h"

void ng_table_pipe(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous, ng_wide *result)
{
    ng_table_dot(path, first, second, previous, result);
}
