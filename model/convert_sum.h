/* convert_sum.h: an accumulator back to a code of any scalar format.
 *
 * code = encode(s * 2^exponent), rounded once, direction and overflow as model/encode.h has them (NULL: nearest even,
 * saturating). A raised flag, or a NaN register, gives what the format has for NaN (ng_encode_double_with()); an
 * infinite register is an overflow; a running sum that rounded to zero keeps its sign. The circuit for a fixed-point
 * register of W bits: sign and magnitude, leading-zero count (ceil(log2 W) bits), left shift, rounding at the output's
 * last bit, and the comparison with its largest value; for integers a right shift, rounding and clamp (the `convert`
 * units).
 *
 * Range: a finished sum of the path; |exponent| below 2^19. Error: at most half a unit in the last place of the output,
 * to nearest, inside its range. Example: e4m3fn from the sum 449 (integers), exponent 0: 0x7E, 448.
 */
#ifndef NG_CONVERT_SUM_H
#define NG_CONVERT_SUM_H

#include "model/sum.h"

#ifdef __cplusplus
extern "C" {
#endif

uint32_t ng_convert_sum(const ng_dot_path *path, const ng_sum *sum, int exponent, const ng_format *output,
                        const ng_encode_options *options);

#ifdef __cplusplus
}
#endif

#endif
