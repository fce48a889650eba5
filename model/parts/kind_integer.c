/* INTEGER: two's complement, unsigned, or sign and magnitude; value = integer * 2^-bias. */
#include "model/parts/kind.h"

static uint32_t top_bit(const ng_format *format)
{
    return UINT32_C(1) << (format->bits - 1);
}

bool ng_integer_fits(const ng_format *format)
{
    const unsigned least = format->sign == NG_SIGN_UNSIGNED ? 1 : 2;
    return format->bits >= least && format->bits <= 16 && format->exponent_bits == 0 && format->mantissa_bits == 0 &&
           format->specials == NG_SPECIALS_NONE && format->has_zero && format->sign != NG_SIGN_TERNARY && !format->flush &&
           format->terms == 0;
}

int ng_integer_lsb(const ng_format *format)
{
    return -format->bias;
}

unsigned ng_integer_magnitude_bits(const ng_format *format)
{
    return format->sign == NG_SIGN_SIGN_MAGNITUDE ? format->bits - 1 : format->bits;
}

uint32_t ng_integer_largest(const ng_format *format)
{
    return format->sign == NG_SIGN_UNSIGNED ? 2 * top_bit(format) - 1 : top_bit(format) - 1;
}

uint32_t ng_integer_smallest(const ng_format *format)
{
    switch (format->sign) {
    case NG_SIGN_UNSIGNED: return 0;
    case NG_SIGN_SYMMETRIC: return top_bit(format) + 1;
    case NG_SIGN_SIGN_MAGNITUDE: return 2 * top_bit(format) - 1;
    default: return top_bit(format);
    }
}

bool ng_integer_special(const ng_format *format, uint32_t code)
{
    (void)format;
    (void)code;
    return false;
}

ng_number ng_integer_decode(const ng_format *format, uint32_t code)
{
    const int64_t top = top_bit(format);
    const int64_t low = code & (top_bit(format) - 1);
    const bool set = (code & top_bit(format)) != 0;
    int64_t value = low - (set ? top : 0);
    if (format->sign == NG_SIGN_UNSIGNED) {
        value = code;
    } else if (format->sign == NG_SIGN_SIGN_MAGNITUDE) {
        value = set ? -low : low;
    }
    return (ng_number){NG_CLASS_FINITE, value, -format->bias};
}

uint32_t ng_integer_ranks(const ng_format *format)
{
    switch (format->sign) {
    case NG_SIGN_SYMMETRIC:
    case NG_SIGN_SIGN_MAGNITUDE: return 2 * top_bit(format) - 1;
    default: return 2 * top_bit(format);
    }
}

uint32_t ng_integer_ranked(const ng_format *format, uint32_t rank)
{
    const uint32_t top = top_bit(format);
    switch (format->sign) {
    case NG_SIGN_UNSIGNED: return rank;
    case NG_SIGN_SYMMETRIC: return (rank + top + 1) & (2 * top - 1);
    case NG_SIGN_SIGN_MAGNITUDE: return ng_rank_sign_magnitude(top, 0, top - 1, true, rank);
    default: return (rank + top) & (2 * top - 1);
    }
}
