/* scale.h: the value of a block's scale code.
 *
 *   E8M0     2^(code - 127), 0xFF is NaN                                     (OCP MX v1.0 section 5.4.1)
 *   BIASED8  2^(code - 127)
 *   UE4M3    eeee mmm: e = 0: m * 2^-9; e > 0: (8 + m) * 2^(e - 10), 0x7F is NaN   (OCP OFP8 v1.0 E4M3 without a sign)
 *   NONE     1
 * A significand has at most 4 bits. Range: any code; bits above the eighth (UE4M3: the seventh) are ignored.
 * Examples: E8M0 130 -> 8; UE4M3 0x38 -> 1, 0x7E -> 448, 0x01 -> 2^-9.
 */
#ifndef NG_SCALE_H
#define NG_SCALE_H

#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of the significand of a UE4M3 code, and the exponents its significands have: [-9, 5]. */
enum { NG_SCALE_SIGNIFICAND_BITS = 4, NG_SCALE_LEAST = -9, NG_SCALE_MOST = 5 };

/* The value of a code; its class says whether it is NaN, and then the number is 0. */
ng_number ng_scale_decode(ng_scale scale, uint32_t code);

bool ng_scale_is_nan(ng_scale scale, uint32_t code);

/* The code of NaN, or -1 where the scale has none. */
int ng_scale_nan(ng_scale scale);

/* The largest code an encoder gives, in [0, largest] the value grows with the code: 254, UE4M3 0x7E. BIASED8 255 is a
 * number, but the encoders of both power-of-two scales agree. NONE: 0. */
uint32_t ng_scale_largest(ng_scale scale);

#ifdef __cplusplus
}
#endif

#endif
