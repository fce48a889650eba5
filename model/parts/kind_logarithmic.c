/* LOGARITHMIC: a sign and the logarithm to base 2 in fixed point; the most negative logarithm is zero. */
#include "model/parts/exp2_fraction.h"
#include "model/parts/kind.h"

enum { SIGNIFICAND = 53 };

/* The most negative logarithm: zero. */
static int32_t zero_field(const ng_format *format)
{
    return -(INT32_C(1) << (format->bits - 2));
}

bool ng_logarithmic_fits(const ng_format *format)
{
    return format->sign == NG_SIGN_SIGNED && format->bits >= 3 && format->bits <= 16 && format->exponent_bits == 0 &&
           format->mantissa_bits <= NG_EXP2_FRACTION_MOST && format->mantissa_bits <= format->bits - 2 &&
           format->bits - 1 - format->mantissa_bits <= 9 && format->specials == NG_SPECIALS_NONE && format->has_zero &&
           !format->flush && format->terms == 0;
}

int32_t ng_logarithm_field(const ng_format *format, uint32_t code)
{
    const int32_t top = INT32_C(1) << (format->bits - 2);
    const int32_t field = (int32_t)(code & (ng_sign_bit(format) - 1));
    return field >= top ? field - 2 * top : field;
}

/* floor(l / 2^y), for negative l too. */
static int whole_part(const ng_format *format, int32_t l)
{
    const int32_t unit = INT32_C(1) << format->mantissa_bits;
    return l >= 0 ? l / unit : -((unit - 1 - l) / unit);
}

ng_number ng_logarithmic_decode(const ng_format *format, uint32_t code)
{
    const int32_t l = ng_logarithm_field(format, code);
    if (l == zero_field(format)) {
        return (ng_number){NG_CLASS_FINITE, 0, ng_logarithmic_lsb(format)};
    }
    const int whole = whole_part(format, l);
    const unsigned fraction = (unsigned)(l - whole * (1 << format->mantissa_bits));
    const ng_wide power = ng_exp2_fraction(fraction, format->mantissa_bits);
    const int64_t significand = (int64_t)ng_wide_round_even(&power, NG_EXP2_BITS + 1 - SIGNIFICAND).limb[0];
    return (ng_number){NG_CLASS_FINITE, (code & ng_sign_bit(format)) != 0 ? -significand : significand,
                       whole - format->bias + 1 - SIGNIFICAND};
}

int ng_logarithmic_lsb(const ng_format *format)
{
    return whole_part(format, zero_field(format) + 1) - format->bias + 1 - SIGNIFICAND;
}

unsigned ng_logarithmic_magnitude_bits(const ng_format *format)
{
    const int top = whole_part(format, -zero_field(format) - 1) - format->bias;
    return (unsigned)(top - ng_logarithmic_lsb(format) + 1);
}

uint32_t ng_logarithmic_largest(const ng_format *format)
{
    return (UINT32_C(1) << (format->bits - 2)) - 1;
}

uint32_t ng_logarithmic_smallest(const ng_format *format)
{
    return ng_logarithmic_largest(format) | ng_sign_bit(format);
}

bool ng_logarithmic_special(const ng_format *format, uint32_t code)
{
    (void)format;
    (void)code;
    return false;
}

uint32_t ng_logarithmic_ranks(const ng_format *format)
{
    return ng_sign_bit(format) * 2 - 1;
}

/* Magnitudes ascend with the logarithm, whose fields wrap around at half of their range. */
uint32_t ng_logarithmic_ranked(const ng_format *format, uint32_t rank)
{
    const uint32_t sign = ng_sign_bit(format);
    const uint32_t flat = ng_rank_sign_magnitude(sign, 0, sign - 1, true, rank);
    return (flat & sign) | ((flat + sign / 2) & (sign - 1));
}
