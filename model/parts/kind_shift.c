/* SHIFT: powers of two; a sign and a shift field, with a zero, without one, or with a ternary sign. */
#include "model/parts/kind.h"

/* Where the sign field begins. */
static unsigned field_bits(const ng_format *format)
{
    return format->bits - (format->sign == NG_SIGN_TERNARY ? 2 : 1);
}

static uint32_t field_mask(const ng_format *format)
{
    return (UINT32_C(1) << field_bits(format)) - 1;
}

bool ng_shift_fits(const ng_format *format)
{
    const unsigned least = format->has_zero ? 2 : 1;
    return (format->sign == NG_SIGN_SIGNED || (format->sign == NG_SIGN_TERNARY && format->has_zero)) &&
           format->bits >= least && format->bits <= 8 && format->exponent_bits == 0 && format->mantissa_bits == 0 &&
           format->specials == NG_SPECIALS_NONE && !format->flush && format->terms == 0;
}

int ng_shift_lsb(const ng_format *format)
{
    return -format->bias;
}

/* A sign bit and a zero take one step of the field; a ternary sign takes none. */
static bool zero_in_field(const ng_format *format)
{
    return format->has_zero && format->sign != NG_SIGN_TERNARY;
}

unsigned ng_shift_magnitude_bits(const ng_format *format)
{
    return (1U << field_bits(format)) - (zero_in_field(format) ? 1U : 0U);
}

uint32_t ng_shift_largest(const ng_format *format)
{
    const uint32_t plus = format->sign == NG_SIGN_TERNARY ? UINT32_C(1) << field_bits(format) : 0;
    return plus | field_mask(format);
}

uint32_t ng_shift_smallest(const ng_format *format)
{
    return (UINT32_C(1) << (format->bits - 1)) | ng_shift_largest(format);
}

bool ng_shift_special(const ng_format *format, uint32_t code)
{
    (void)format;
    (void)code;
    return false;
}

/* +1, -1 or 0. */
static int sign_of(const ng_format *format, uint32_t code)
{
    static const int ternary[4] = {0, 1, 0, -1};
    const uint32_t sign = code >> field_bits(format);
    return format->sign == NG_SIGN_TERNARY ? ternary[sign & 3] : sign != 0 ? -1 : 1;
}

ng_number ng_shift_decode(const ng_format *format, uint32_t code)
{
    const int field = (int)(code & field_mask(format));
    if (zero_in_field(format) && field == 0) {
        return (ng_number){NG_CLASS_FINITE, 0, -format->bias};
    }
    const int exponent = field - (zero_in_field(format) ? 1 : 0) - format->bias;
    return (ng_number){NG_CLASS_FINITE, sign_of(format, code), exponent};
}

/* Ternary: -2^t for t from the most, 0, then 2^t. */
uint32_t ng_shift_ranks(const ng_format *format)
{
    const uint32_t fields = field_mask(format) + 1;
    return format->sign == NG_SIGN_TERNARY ? 2 * fields + 1 : 2 * fields - (format->has_zero ? 1 : 0);
}

uint32_t ng_shift_ranked(const ng_format *format, uint32_t rank)
{
    const uint32_t fields = field_mask(format) + 1;
    if (format->sign != NG_SIGN_TERNARY) {
        return ng_rank_sign_magnitude(fields, 0, fields - 1, format->has_zero, rank);
    }
    if (rank < fields) {
        return 3 * fields + (fields - 1 - rank);
    }
    return rank == fields ? 0 : fields + (rank - fields - 1);
}
