#include "model/parts/plain_double.h"

#include <string.h>

enum { FRACTION_BITS = 52, DOUBLE_BIAS = 1023, DOUBLE_SPECIAL = 0x7FF };

/* A normal double: +-significand * 2^(top - 52), 2^52 <= significand < 2^53. */
typedef struct {
    uint64_t significand;
    int top;
    bool negative;
} fields;

static bool split(double value, fields *out)
{
    uint64_t pattern;
    memcpy(&pattern, &value, sizeof pattern);
    const unsigned exponent = (unsigned)(pattern >> FRACTION_BITS) & DOUBLE_SPECIAL;
    out->significand = (pattern & ((UINT64_C(1) << FRACTION_BITS) - 1)) | UINT64_C(1) << FRACTION_BITS;
    out->top = (int)exponent - DOUBLE_BIAS;
    out->negative = pattern >> 63 != 0;
    return exponent != 0 && exponent != DOUBLE_SPECIAL;
}

/* round(significand / 2^shift), ties to even. Range: shift > 0. */
static uint64_t rounded(uint64_t significand, int shift)
{
    if (shift > FRACTION_BITS + 1) {
        return 0; /* below one half */
    }
    const uint64_t quotient = significand >> shift;
    const uint64_t rest = significand & ((UINT64_C(1) << shift) - 1);
    const uint64_t half = UINT64_C(1) << (shift - 1);
    return quotient + (rest > half || (rest == half && (quotient & 1) != 0) ? 1 : 0);
}

static uint32_t integer_code(const ng_format *format, const fields *x)
{
    const uint32_t sign = UINT32_C(1) << (format->bits - 1);
    const uint32_t limit = x->negative ? sign : sign - 1;
    const int shift = FRACTION_BITS - x->top - format->bias;
    /* Not shifted right at all: 2^52 and more. */
    const uint64_t magnitude = shift <= 0 ? limit : rounded(x->significand, shift);
    const uint32_t kept = magnitude > limit ? limit : (uint32_t)magnitude;
    return (x->negative ? 0 - kept : kept) & (2 * sign - 1);
}

static uint32_t minifloat_code(const ng_format *format, const fields *x)
{
    const int lsb = 1 - format->bias - (int)format->mantissa_bits;
    const int quantum = x->top - (int)format->mantissa_bits;
    const int last = quantum < lsb ? lsb : quantum; /* exponent of the last kept bit */
    /* A significand that rounds up to 2^(y+1) carries into the exponent field by itself. */
    const uint64_t magnitude = ((uint64_t)(last - lsb) << format->mantissa_bits) +
                               rounded(x->significand, FRACTION_BITS - x->top + last);
    const uint32_t sign = UINT32_C(1) << (format->bits - 1);
    /* No more codes than these lie above the largest value. */
    const uint32_t special = UINT32_C(1) << format->mantissa_bits;
    uint32_t code = magnitude > sign - 1 ? sign - 1 : (uint32_t)magnitude;
    if (code >= sign - special) {
        const uint32_t largest = ng_format_largest(format);
        code = code > largest ? largest : code;
    }
    return !x->negative || (code == 0 && ng_code_is_special(format, sign)) ? code : code | sign;
}

bool ng_plain_double(const ng_format *format, double value, uint32_t *code)
{
    fields x;
    const bool integer = format->kind == NG_KIND_INTEGER;
    const bool minifloat = format->kind == NG_KIND_MINIFLOAT && format->has_zero && !format->flush &&
                           format->mantissa_bits > 0; /* else the even code is not the even significand */
    if (!(integer || minifloat) || format->sign != NG_SIGN_SIGNED || !split(value, &x)) {
        return false;
    }
    *code = integer ? integer_code(format, &x) : minifloat_code(format, &x);
    return true;
}
