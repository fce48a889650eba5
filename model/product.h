/* product.h: the exact product of one minifloat pair before alignment. */
#ifndef NG_PRODUCT_H
#define NG_PRODUCT_H

#include "model/operand.h"

#ifdef __cplusplus
extern "C" {
#endif

/* {sign, exponent, significand} of lane 0 (model/unit.h, result word), in path->sum_bits bits. A zero product keeps
 * the sign and exponent of its fields: the circuit does not normalise. */
ng_wide ng_unaligned_product(const ng_datapath *path, const uint64_t *first, const uint64_t *second);

#ifdef __cplusplus
}
#endif

#endif
