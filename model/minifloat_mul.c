/* minifloat_mul: y = {flag, sign, exponent, significand}, the exact product, not aligned.
 *
 * exponent = max(ew, 1) + max(ea, 1) - 2 for exponent fields ew, ea; significand = product of the significands with
 * their hidden bits; value = (-1)^sign * significand * 2^(exponent + lsb). */
#include "model/product.h"

void ng_minifloat_mul(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                      ng_wide *result)
{
    (void)previous;
    *result = ng_result_pack(path, first, second, NULL, ng_unaligned_product(path, first, second));
}
