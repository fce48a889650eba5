#include "model/encode.h"

#include <math.h>

/* value * 2^-shift rounded to nearest even; a negative shift multiplies. */
static ng_wide scaled(const ng_wide *magnitude, int shift)
{
    return shift < 0 ? ng_wide_shift_left(*magnitude, (unsigned)-shift) : ng_wide_round_even(magnitude, (unsigned)shift);
}

static bool exceeds(const ng_wide *magnitude, uint64_t limit)
{
    return ng_wide_length(magnitude) > 64 || magnitude->limb[0] > limit;
}

static uint32_t encode_integer(const ng_format *format, const ng_wide *magnitude, bool negative, int exponent)
{
    const uint32_t sign = UINT32_C(1) << (format->bits - 1);
    const uint32_t limit = negative ? sign : sign - 1;
    if (exponent + (int)ng_wide_length(magnitude) - ng_format_lsb(format) > 64) {
        return negative ? sign : limit;
    }
    const ng_wide rounded = scaled(magnitude, ng_format_lsb(format) - exponent);
    const uint32_t kept = exceeds(&rounded, limit) ? limit : (uint32_t)rounded.limb[0];
    return (negative ? 0 - kept : kept) & (2 * sign - 1);
}

static uint32_t magnitude_minifloat(const ng_format *format, const ng_wide *magnitude, int exponent)
{
    const uint32_t limit = ng_format_largest(format);
    const int lsb = ng_format_lsb(format);
    const int top = exponent + (int)ng_wide_length(magnitude) - 1;
    /* Exponent of the last kept bit: the subnormal grid, or y bits below the leading one. */
    int quantum = top - (int)format->mantissa_bits;
    if (quantum < lsb) {
        quantum = lsb;
    }
    if (quantum - lsb > 1 << format->exponent_bits) {
        return limit;
    }
    const ng_wide rounded = scaled(magnitude, quantum - exponent);
    /* A significand that rounds up to 2^(y+1) carries into the exponent field by itself. */
    const uint32_t code = ((uint32_t)(quantum - lsb) << format->mantissa_bits) + (uint32_t)rounded.limb[0];
    return code > limit ? limit : code;
}

static uint32_t magnitude_shift(const ng_format *format, const ng_wide *magnitude, int exponent)
{
    const int first = format->has_zero ? 1 : 0;
    const int limit = (int)ng_format_largest(format);
    const unsigned length = ng_wide_length(magnitude);
    /* Field of the power of two at or below the value. */
    const int field = exponent + (int)length - 1 - ng_format_lsb(format) + first;
    if (field >= limit) {
        return (uint32_t)limit;
    }
    if (field < first - 1 || (field < first && !format->has_zero)) {
        return 0;
    }
    const bool half = length >= 2 && ng_wide_bits(magnitude, length - 2, 1) != 0;
    const ng_wide below = ng_wide_truncate(*magnitude, length >= 2 ? length - 2 : 0);
    const bool sticky = !ng_wide_is_zero(&below);
    if (field < first) {
        /* Between 0 and the smallest power: the midpoint is the power of two below it. */
        return half || sticky ? (uint32_t)first : 0;
    }
    return (uint32_t)(field + (half && (sticky || (field & 1) != 0)));
}

uint32_t ng_encode(const ng_format *format, const ng_wide *value, int exponent)
{
    const bool negative = ng_wide_is_negative(value);
    const ng_wide magnitude = negative ? ng_wide_negate(*value) : *value;
    if (ng_wide_is_zero(&magnitude)) {
        return 0;
    }
    if (format->kind == NG_KIND_INTEGER) {
        return encode_integer(format, &magnitude, negative, exponent);
    }
    const uint32_t code = format->kind == NG_KIND_SHIFT ? magnitude_shift(format, &magnitude, exponent)
                                                        : magnitude_minifloat(format, &magnitude, exponent);
    return negative ? code | UINT32_C(1) << (format->bits - 1) : code;
}

uint32_t ng_encode_double(const ng_format *format, double value)
{
    if (isnan(value)) {
        return format->specials == NG_SPECIALS_NONE ? 0 : (UINT32_C(1) << (format->bits - 1)) - 1;
    }
    if (isinf(value)) {
        return value < 0 ? ng_format_smallest(format) : ng_format_largest(format);
    }
    if (value == 0 && signbit(value) && format->kind == NG_KIND_MINIFLOAT) {
        return UINT32_C(1) << (format->bits - 1);
    }
    int exponent = 0;
    const int64_t significand = (int64_t)ldexp(frexp(value, &exponent), 53);
    const ng_wide wide = ng_wide_from_int(significand);
    return ng_encode(format, &wide, exponent - 53);
}
