/* CODEBOOK: the values stand in a table. */
#include <math.h>

#include "model/parts/kind.h"

enum { SPAN_MOST = 192 }; /* bits from the least significant bit of all values to the largest: sums of two stay exact */

static uint32_t count_of(const ng_codebook *book)
{
    return UINT32_C(1) << book->bits;
}

/* value = significand * 2^exponent, significand odd or 0. */
static ng_number split(float value)
{
    int exponent = 0;
    int64_t significand = (int64_t)ldexp(frexp((double)value, &exponent), 24);
    exponent -= 24;
    while (significand != 0 && significand % 2 == 0) {
        significand /= 2;
        exponent++;
    }
    return (ng_number){NG_CLASS_FINITE, significand, significand == 0 ? 0 : exponent};
}

/* Exponents of the last bit and of the leading one over all values that are not 0. */
typedef struct {
    int lsb;
    int top;
} span;

static span span_of(const ng_codebook *book)
{
    span found = {0, 0};
    bool any = false;
    for (uint32_t i = 0; i < count_of(book); i++) {
        int top = 0;
        const ng_number number = split(book->value[i]);
        if (number.significand == 0) {
            continue;
        }
        (void)frexp((double)book->value[i], &top);
        found.lsb = !any || number.exponent < found.lsb ? number.exponent : found.lsb;
        found.top = !any || top - 1 > found.top ? top - 1 : found.top;
        any = true;
    }
    return found;
}

bool ng_codebook_spans(const ng_codebook *codebook)
{
    const span s = span_of(codebook);
    return s.top - s.lsb < SPAN_MOST;
}

bool ng_codebook_fits(const ng_format *format)
{
    return format->sign == NG_SIGN_SIGNED && format->exponent_bits == 0 && format->mantissa_bits == 0 && format->bias == 0 &&
           format->specials == NG_SPECIALS_NONE && format->has_zero && !format->flush && format->terms == 0 &&
           ng_codebook_usable(ng_format_codebook(format)) && format->bits == ng_format_codebook(format)->bits;
}

int ng_codebook_lsb(const ng_format *format)
{
    return span_of(ng_format_codebook(format)).lsb;
}

unsigned ng_codebook_magnitude_bits(const ng_format *format)
{
    const span s = span_of(ng_format_codebook(format));
    return (unsigned)(s.top - s.lsb + 1);
}

/* The lowest code of the largest value, or of the smallest for direction -1. */
static uint32_t extreme(const ng_format *format, float direction)
{
    const ng_codebook *book = ng_format_codebook(format);
    uint32_t best = 0;
    for (uint32_t i = 1; i < count_of(book); i++) {
        if (direction * book->value[i] > direction * book->value[best]) {
            best = i;
        }
    }
    return best;
}

uint32_t ng_codebook_largest(const ng_format *format)
{
    return extreme(format, 1);
}

uint32_t ng_codebook_smallest(const ng_format *format)
{
    return extreme(format, -1);
}

bool ng_codebook_special(const ng_format *format, uint32_t code)
{
    (void)format;
    (void)code;
    return false;
}

ng_number ng_codebook_decode(const ng_format *format, uint32_t code)
{
    return split(ng_format_codebook(format)->value[code]);
}
