/* POSIT: two's complement, regime, exponent, fraction (Posit Standard 2022, clause 3; es = 2 there, any es here). */
#include "model/parts/kind.h"

bool ng_posit_fits(const ng_format *format)
{
    return format->sign == NG_SIGN_SIGNED && format->bits >= 2 && format->bits <= 16 && format->exponent_bits <= 4 &&
           format->mantissa_bits == 0 && format->bias == 0 && format->specials == NG_SPECIALS_NONE && format->has_zero &&
           !format->flush && format->terms == 0;
}

/* minpos = 2^-((n - 2) * 2^es), and every posit is a multiple of it. */
int ng_posit_lsb(const ng_format *format)
{
    return -(int)((format->bits - 2) << format->exponent_bits);
}

unsigned ng_posit_magnitude_bits(const ng_format *format)
{
    return 2 * ((format->bits - 2) << format->exponent_bits) + 1;
}

static uint32_t nar(unsigned bits)
{
    return UINT32_C(1) << (bits - 1);
}

uint32_t ng_posit_largest(const ng_format *format)
{
    return nar(format->bits) - 1;
}

uint32_t ng_posit_smallest(const ng_format *format)
{
    return nar(format->bits) + 1;
}

bool ng_posit_special(const ng_format *format, uint32_t code)
{
    return code == nar(format->bits);
}

ng_number ng_posit_number(unsigned bits, unsigned es, uint32_t code)
{
    const bool negative = (code & nar(bits)) != 0;
    const uint32_t body = (negative ? 0 - code : code) & (nar(bits) - 1);
    if (body == 0) {
        return (ng_number){NG_CLASS_FINITE, 0, -(int)((bits - 2) << es)};
    }
    unsigned left = bits - 1; /* bits not read yet, from the top */
    const bool ones = (body >> (left - 1) & 1) != 0;
    unsigned run = 0;
    while (left > 0 && ((body >> (left - 1) & 1) != 0) == ones) {
        run++;
        left--;
    }
    left -= left > 0 ? 1 : 0; /* the bit that ends the regime */
    const int regime = ones ? (int)run - 1 : -(int)run;
    const uint32_t tail = body & ((UINT32_C(1) << left) - 1);
    /* Exponent bits that are cut off are zeros. */
    const uint32_t exponent = left >= es ? tail >> (left - es) : tail << (es - left);
    const unsigned fraction_bits = left > es ? left - es : 0;
    const int64_t significand = (INT64_C(1) << fraction_bits) + (int64_t)(tail & ((UINT32_C(1) << fraction_bits) - 1));
    return (ng_number){NG_CLASS_FINITE, negative ? -significand : significand,
                       regime * (1 << es) + (int)exponent - (int)fraction_bits};
}

ng_number ng_posit_decode(const ng_format *format, uint32_t code)
{
    return ng_posit_number(format->bits, format->exponent_bits, code);
}

uint32_t ng_posit_ranks(const ng_format *format)
{
    return 2 * nar(format->bits) - 1;
}

uint32_t ng_posit_ranked(const ng_format *format, uint32_t rank)
{
    return (rank + nar(format->bits) + 1) & (2 * nar(format->bits) - 1);
}
