#include "model/encode.h"

#include <math.h>

#include "model/parts/integer_wrap.h"
#include "model/parts/kind.h"
#include "model/parts/middle.h"
#include "model/parts/neighbours.h"
#include "model/parts/plain_double.h"
#include "model/parts/rounding.h"

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

/* ---- every format, every mode ---- */

static const ng_encode_options nearest_even = {NG_ROUND_NEAREST_EVEN, NG_OVERFLOW_SATURATE, 0, 1};

static ng_exact value_of(const ng_format *format, uint32_t code)
{
    return ng_exact_from_number(ng_decode_finite(format, code));
}

static bool has_zero_value(const ng_format *format)
{
    return format->has_zero && format->kind != NG_KIND_CODEBOOK;
}

/* The code of a value found, with the sign of zero and without subnormals where they are flushed. */
static uint32_t finished(const ng_format *format, uint32_t code, bool negative)
{
    const uint32_t minus_zero = ng_minus_zero_code(format);
    ng_format whole = *format;
    whole.flush = false;
    const bool zero = has_zero_value(format) && ng_decode_finite(format, code).significand == 0;
    const bool flushed = zero && ng_decode_finite(&whole, code).significand != 0;
    if (flushed) {
        negative = ng_decode_finite(&whole, code).significand < 0;
    }
    if (!zero) {
        return code;
    }
    return negative && minus_zero != NG_NO_CODE ? minus_zero : flushed ? 0 : code;
}

/* What an overflow on one side gives; `end` is the finite value there. */
static uint32_t overflowed(const ng_format *format, uint32_t end, bool negative, ng_overflow overflow)
{
    const uint32_t infinity = ng_infinity_code(format, negative);
    const uint32_t nan = ng_nan_code(format);
    const uint32_t first = overflow == NG_OVERFLOW_INFINITE ? infinity : nan;
    const uint32_t second = overflow == NG_OVERFLOW_INFINITE ? nan : infinity;
    if ((overflow != NG_OVERFLOW_INFINITE && overflow != NG_OVERFLOW_NAN)) {
        return end;
    }
    return first != NG_NO_CODE ? first : second != NG_NO_CODE ? second : end;
}

/* The value after `end`, away from the finite ones, that the format would have if it went on. Only formats with special codes
 * ask: one unit in the last place further, or below 0 of an unsigned one the mirror of its smallest value. */
static ng_exact beyond(const ng_format *format, uint32_t end, bool negative)
{
    ng_number number = ng_decode_finite(format, end);
    if (number.significand == 0) {
        number = ng_decode_finite(format, 1);
        number.significand = -number.significand;
    } else {
        number.significand += negative ? -1 : 1;
    }
    return ng_exact_from_number(number);
}

static bool points_back(ng_rounding rounding, bool negative)
{
    return rounding == NG_ROUND_TOWARD_ZERO || rounding == NG_ROUND_TO_ODD ||
           rounding == (negative ? NG_ROUND_UP : NG_ROUND_DOWN);
}

/* x lies beyond the largest (smallest) value. */
static uint32_t outside(const ng_format *format, const ng_exact *x, bool negative, const ng_encode_options *options)
{
    const uint32_t end = negative ? ng_format_smallest(format) : ng_format_largest(format);
    const bool finite_only = ng_nan_code(format) == NG_NO_CODE && ng_infinity_code(format, false) == NG_NO_CODE;
    if (finite_only || format->kind == NG_KIND_POSIT || points_back(options->rounding, negative)) {
        return end;
    }
    if (!format->has_zero && ng_sign_bit(format) == 0 && negative) {
        return x->negative ? overflowed(format, end, true, options->overflow) : end;
    }
    const ng_exact here = value_of(format, end);
    const ng_exact next = beyond(format, end, negative);
    const ng_interval between = {
        .lo = negative ? next : here,
        .hi = negative ? here : next,
        .side = negative ? ng_mean_side(&next, &here, x) : ng_mean_side(&here, &next, x),
        .lo_odd = ((end & 1) != 0) != negative,
        .hi_odd = ((end & 1) != 0) == negative,
    };
    const bool further = negative ? ng_exact_compare(x, &next) <= 0 : ng_exact_compare(x, &next) >= 0;
    const bool over = further || ng_round_up(&between, x, options) != negative;
    return over ? overflowed(format, end, negative, options->overflow) : end;
}

/* Between -s and +s of a format without a zero. */
static bool up_across_zero(const ng_interval *between, const ng_exact *x, const ng_encode_options *options)
{
    switch (options->rounding) {
    case NG_ROUND_UP:
    case NG_ROUND_DOWN:
    case NG_ROUND_STOCHASTIC: return ng_round_up(between, x, options);
    default: return !x->negative;
    }
}

static uint32_t inside(const ng_format *format, const ng_exact *x, const ng_neighbours *next,
                       const ng_encode_options *options)
{
    const ng_interval between = {
        .lo = value_of(format, next->lo),
        .hi = value_of(format, next->hi),
        .side = ng_middle_side(format, next->lo, next->hi, x),
        .lo_odd = (next->lo & 1) != 0,
        .hi_odd = (next->hi & 1) != 0,
        .tie_low = format->kind == NG_KIND_CODEBOOK,
    };
    const bool across = !format->has_zero && between.lo.negative && !between.hi.negative;
    const bool up = across ? up_across_zero(&between, x, options) : ng_round_up(&between, x, options);
    return up ? next->hi : next->lo;
}

static uint32_t encode_exact(const ng_format *format, const ng_exact *x, const ng_encode_options *options)
{
    ng_format whole = *format;
    if (ng_exact_is_zero(x) && format->kind != NG_KIND_CODEBOOK) {
        return format->kind == NG_KIND_LOGARITHMIC ? ng_sign_bit(format) / 2 : 0;
    }
    if (format->kind == NG_KIND_INTEGER && options->overflow == NG_OVERFLOW_WRAP) {
        return ng_integer_wrap(format, x, options);
    }
    whole.flush = false;
    const ng_neighbours next = ng_neighbours_find(&whole, x);
    const uint32_t code = next.equal ? next.lo
                          : !next.above || !next.below ? outside(&whole, x, !next.below, options)
                                                       : inside(&whole, x, &next, options);
    return ng_code_is_special(format, code) ? code : finished(format, code, x->negative);
}

/* ---- nearest even, saturating: the plain kinds by arithmetic on their fields ---- */

/* True for the formats the functions at the head of this file serve. */
static bool is_plain(const ng_format *format)
{
    switch (format->kind) {
    case NG_KIND_INTEGER:
    case NG_KIND_SHIFT: return format->sign == NG_SIGN_SIGNED;
    case NG_KIND_MINIFLOAT:
        /* Without mantissa bits every significand is odd, and the even code is not the even significand. */
        return format->sign == NG_SIGN_SIGNED && format->has_zero && !format->flush && format->mantissa_bits > 0;
    default: return false;
    }
}

static uint32_t encode_plain(const ng_format *format, const ng_wide *magnitude, bool negative, int exponent)
{
    if (ng_wide_is_zero(magnitude)) {
        return 0;
    }
    if (format->kind == NG_KIND_INTEGER) {
        return encode_integer(format, magnitude, negative, exponent);
    }
    const uint32_t code = format->kind == NG_KIND_SHIFT ? magnitude_shift(format, magnitude, exponent)
                                                        : magnitude_minifloat(format, magnitude, exponent);
    const uint32_t sign = UINT32_C(1) << (format->bits - 1);
    return !negative || (code == 0 && ng_code_is_special(format, sign)) ? code : code | sign;
}

uint32_t ng_encode(const ng_format *format, const ng_wide *value, int exponent)
{
    const ng_exact x = ng_exact_from_wide(value, exponent);
    return is_plain(format) ? encode_plain(format, &x.magnitude, x.negative, exponent)
                            : encode_exact(format, &x, &nearest_even);
}

uint32_t ng_encode_with(const ng_format *format, const ng_wide *value, int exponent, const ng_encode_options *options)
{
    if (options == NULL) {
        return ng_encode(format, value, exponent);
    }
    const ng_exact x = ng_exact_from_wide(value, exponent);
    return encode_exact(format, &x, options);
}

/* ---- doubles ---- */

static uint32_t encode_infinity(const ng_format *format, bool negative, ng_overflow overflow)
{
    const uint32_t end = negative ? ng_format_smallest(format) : ng_format_largest(format);
    return overflowed(format, end, negative, overflow);
}

uint32_t ng_encode_double_with(const ng_format *format, double value, const ng_encode_options *options)
{
    const uint32_t nan = ng_nan_code(format);
    const uint32_t minus_zero = ng_minus_zero_code(format);
    if (isnan(value)) {
        return nan != NG_NO_CODE ? nan : 0;
    }
    if (isinf(value)) {
        return encode_infinity(format, value < 0, options == NULL ? NG_OVERFLOW_SATURATE : options->overflow);
    }
    if (value == 0 && signbit(value) && minus_zero != NG_NO_CODE && format->kind != NG_KIND_SHIFT) {
        return minus_zero;
    }
    int exponent = 0;
    const int64_t significand = (int64_t)ldexp(frexp(value, &exponent), 53);
    const ng_wide wide = ng_wide_from_int(significand);
    return ng_encode_with(format, &wide, exponent - 53, options);
}

uint32_t ng_encode_double(const ng_format *format, double value)
{
    uint32_t code = 0;
    return ng_plain_double(format, value, &code) ? code : ng_encode_double_with(format, value, NULL);
}
