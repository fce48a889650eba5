/* exact_add.h: the leading bits of an exact sum of two numbers, however far apart they are.
 *
 * a * 2^a_exponent + b * 2^b_exponent = r * 2^*exponent, |r| < 2^200, but where bits of the sum are lost r is rounded
 * to odd: rounding it to fewer than 190 bits, in any direction, gives what rounding the sum gives. The circuit aligns
 * both, and of the one far below keeps a sticky bit.
 *
 * Range: a and b of at most 1152 bits; exponents within +-2^14. Examples: (3, 0) + (1, -1): 7 * 2^-1; (1, 0) + (1,
 * -10000): an odd r just above 2^0; (1, 5) + (-32, 0): 0.
 */
#ifndef NG_EXACT_ADD_H
#define NG_EXACT_ADD_H

#include "model/big.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_EXACT_ADD_BITS = 1152 };

ng_wide ng_exact_add(const ng_big *a, int a_exponent, const ng_big *b, int b_exponent, int *exponent);

#ifdef __cplusplus
}
#endif

#endif
