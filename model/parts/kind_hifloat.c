/* HIFLOAT: HiFloat8 (arXiv 2409.16626, section 2): sign, dot field D, exponent of D bits, mantissa of what is left.
 *
 *   s 11 eeee m   s 10 eee mm   s 01 ee mmm   s 001 e mmm   s 0001 mmm   s 0000 mmm
 *   D = 4         D = 3         D = 2         D = 1         D = 0         subnormal: 2^(m - 23), m = 0 is zero
 * The exponent is a sign bit and a magnitude whose leading one is not stored; D = 0 is exponent 0.
 */
#include "model/parts/kind.h"

enum { SIGN = 0x80, INFINITE = 0x6F, MANTISSA_MOST = 3, SUBNORMAL = 23, LSB = -22, TOP = 15 };

bool ng_hifloat_fits(const ng_format *format)
{
    return format->bits == 8 && format->sign == NG_SIGN_SIGNED && format->exponent_bits == 0 && format->mantissa_bits == 0 &&
           format->bias == 0 && format->specials == NG_SPECIALS_NONE && format->has_zero && !format->flush &&
           format->terms == 0;
}

int ng_hifloat_lsb(const ng_format *format)
{
    (void)format;
    return LSB;
}

unsigned ng_hifloat_magnitude_bits(const ng_format *format)
{
    (void)format;
    return TOP - LSB + 1;
}

uint32_t ng_hifloat_largest(const ng_format *format)
{
    (void)format;
    return INFINITE - 1;
}

uint32_t ng_hifloat_smallest(const ng_format *format)
{
    return ng_hifloat_largest(format) | SIGN;
}

bool ng_hifloat_special(const ng_format *format, uint32_t code)
{
    (void)format;
    return code == SIGN || (code & ~(uint32_t)SIGN) == INFINITE;
}

/* D, and the width of the field that says it: 2 bits for 4, 3 and 2, 3 bits for 1, 4 bits for 0. */
static unsigned dot_field(uint32_t magnitude, unsigned *width)
{
    const unsigned top = magnitude >> 5;
    if (top != 0) {
        *width = 2;
        return top + 1;
    }
    *width = magnitude >> 4 != 0 ? 3 : 4;
    return magnitude >> 4;
}

ng_number ng_hifloat_decode(const ng_format *format, uint32_t code)
{
    const uint32_t magnitude = code & (SIGN - 1);
    const int sign = (code & SIGN) != 0 ? -1 : 1;
    unsigned width;
    (void)format;
    if (magnitude >> MANTISSA_MOST == 0) {
        const int m = (int)magnitude;
        return (ng_number){NG_CLASS_FINITE, m == 0 ? 0 : sign, m == 0 ? LSB : m - SUBNORMAL};
    }
    const unsigned size = dot_field(magnitude, &width);
    const unsigned mantissa_bits = 7 - width - size;
    const uint32_t mantissa = magnitude & ((UINT32_C(1) << mantissa_bits) - 1);
    int exponent = 0;
    if (size > 0) {
        const uint32_t field = magnitude >> mantissa_bits & ((UINT32_C(1) << size) - 1);
        const uint32_t leading = UINT32_C(1) << (size - 1);
        exponent = (int)(leading | (field & (leading - 1)));
        exponent = (field & leading) != 0 ? -exponent : exponent;
    }
    const int64_t significand = (INT64_C(1) << mantissa_bits) + mantissa;
    return (ng_number){NG_CLASS_FINITE, sign * significand, exponent - (int)mantissa_bits};
}
