/* multiply.h: a * b modulo 2^256.
 *
 * Range: a any two's complement number, b unsigned; nothing wraps while |a| < 2^191. Examples: (-3, 5) -> -15;
 * (2^64, 2^63) -> 2^127; (-1, 2^64 - 1) -> 1 - 2^64.
 */
#ifndef NG_MULTIPLY_H
#define NG_MULTIPLY_H

#include "model/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

ng_wide ng_wide_times(ng_wide a, uint64_t b);

#ifdef __cplusplus
}
#endif

#endif
