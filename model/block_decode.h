/* block_decode.h: what the codes of a block stand for.
 *
 * value[i] = scale * element[i];  a NaN scale makes every value NaN, whatever the elements are; else a NaN or infinite
 * element stands for itself (OCP MX v1.0 section 5.1)
 *
 * Range: any codes, bits above the widths are ignored. Examples: mxfp4, scale 128: element 0x7 (6) -> 12; scale 0xFF ->
 * NaN; mxfp8_e5m2, any number as scale, element 0x7C -> +infinity.
 */
#ifndef NG_BLOCK_DECODE_H
#define NG_BLOCK_DECODE_H

#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Exact value of one element under a scale code; the scale of the tensor is not in it. Range: element significands of
 * at most 59 bits, as all formats have. */
ng_number ng_block_decode(const ng_format *format, uint32_t scale, uint32_t code);

/* Values of format->block elements under a scale code and a scale of the tensor (1 where there is none), each the exact
 * product rounded once to fp64: exact for elements of at most 25 significant bits. -0 keeps its sign. A tensor scale
 * that is NaN or infinite gives what IEEE 754-2019 says of the product. */
void ng_block_decode_double(const ng_format *format, float tensor, uint32_t scale, const uint16_t *codes,
                            double *values);

#ifdef __cplusplus
}
#endif

#endif
