/* block_mul: y = product of one element pair, as the element's own multiply gives it; scale = sum of the scale codes. */
#include "model/product.h"

void ng_block_mul(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                  ng_wide *result)
{
    (void)previous;
    const bool aligned = path->weight->kind == NG_KIND_INTEGER && path->weight->sign != NG_SIGN_SIGN_MAGNITUDE;
    const ng_wide product =
        aligned ? ng_sum_of_products(path, first, second) : ng_unaligned_product(path, first, second);
    *result = ng_result_pack(path, first, second, NULL, product);
}
