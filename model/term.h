/* term.h: one term of a sum, the exact product of two codes, and what an aligner must know of it.
 *
 * value = significand * 2^exponent, exact; significand = that of the weight times that of the activation
 * (ng_decode_finite()), exponent = sum of theirs. A special code is read as the ordinary number its bits would spell
 * and raises `special`.
 *
 * The alignment exponent E of a code is what a circuit has without looking at the significand's leading zeros:
 *   MINIFLOAT  max(e, 1) - bias, e the exponent field (without subnormals: e - bias)
 *   INTEGER    lsb + magnitude bits - 1, the same for all codes
 *   others     floor(log2 |value|)
 * so that |value| < 2^(E + 1). That of a product is the sum of both: |product| < 2^(E + 2). Zeros take part in no
 * alignment: the exponent of a zero term is not looked at.
 *
 * Range: every code of every pair of scalar formats. Examples: e4m3 0x01 x 0x38 (2^-9 x 1): significand 1 * 8, exponent
 * -9 - 3, E = -6 + 0; int8 -128 x -128: significand 2^14, exponent 0, E = 7 + 7.
 */
#ifndef NG_TERM_H
#define NG_TERM_H

#include "model/big.h"
#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    ng_wide significand; /* signed, |significand| < 2^128 for a product */
    int exponent;
    int alignment;       /* E: |value| < 2^(E + 2); any for a zero */
    bool special;
} ng_term;

/* The same where 256 bits are too few: the sum of a long block. */
typedef struct {
    ng_big significand;
    int exponent;
    int alignment;
    bool special;
} ng_long_term;

ng_term ng_term_product(const ng_format *weight, uint32_t w, const ng_format *activation, uint32_t a);

/* E of one code. Range: a code whose ordinary reading is not zero; 0 for a zero of a format that is not INTEGER or
 * MINIFLOAT. */
int ng_code_alignment(const ng_format *format, uint32_t code);

/* What an aligner's widths are made of, over all codes that are not zero.
 *   significant  most bits from the leading one to the last one of a value: MINIFLOAT y + 1, INTEGER its magnitude
 *                bits, or one less in two's complement, SHIFT 1; the others by looking at every code
 *   fraction     most bits below 2^E: MINIFLOAT y, INTEGER magnitude bits - 1, SHIFT 0; else significant - 1 */
typedef struct {
    unsigned significant;
    unsigned fraction;
} ng_term_bits;

ng_term_bits ng_format_term_bits(const ng_format *format);

#ifdef __cplusplus
}
#endif

#endif
