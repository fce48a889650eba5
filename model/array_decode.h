/* array_decode.h: arrays of codes of a format of at most 8 bits to fp32.
 *
 *   values[i] = (float)ng_decode_double(format, codes[i]);  bits of a code above the width are ignored
 *
 * One table of 256 values: plain loads and stores are as fast as the memory, so there is one path only.
 */
#ifndef NG_ARRAY_DECODE_H
#define NG_ARRAY_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The values by code, owned by the caller. */
typedef struct {
    float value[256];
} ng_decode_table;

/* False, and nothing written, if the format is not legal, has elements of more than 8 bits, or has a value that fp32
 * does not hold exactly (a bias far from 0; the irrational values of LOGARITHMIC, which are 53 bits long). A block
 * format stands for its elements. */
bool ng_decode_table_init(ng_decode_table *table, const ng_format *format);

/* The same with each value rounded to the nearest fp32, ties to even, where it does not fit. False, and nothing
 * written, if the format is not legal or has elements of more than 8 bits. */
bool ng_decode_table_init_rounded(ng_decode_table *table, const ng_format *format);

/* values[0..count) from codes[0..count). Range: any count and codes; the arrays must not overlap. */
void ng_array_decode(const ng_decode_table *table, const uint8_t *codes, size_t count, float *values);

#ifdef __cplusplus
}
#endif

#endif
