/* CODEBOOK: the values stand in a table. */
#include <math.h>

#include "model/kind.h"

enum { SPAN_MOST = 192 }; /* bits from the least significant bit of all values to the largest: sums of two stay exact */

/* nf4: QLoRA, arXiv 2305.14314, appendix E; the fp32 values of its published table. */
static const ng_codebook nf4 = {
    "nf4",
    4,
    {-1.0F, -0.6961928009986877F, -0.5250730514526367F, -0.39491748809814453F, -0.28444138169288635F,
     -0.18477343022823334F, -0.09105003625154495F, 0.0F, 0.07958029955625534F, 0.16093020141124725F,
     0.24611230194568634F, 0.33791524171829224F, 0.44070982933044434F, 0.5626170039176941F, 0.7229568362236023F, 1.0F},
};

const ng_codebook *ng_format_codebook(const ng_format *format)
{
    if (format->kind != NG_KIND_CODEBOOK) {
        return NULL;
    }
    return format->codebook != NULL ? format->codebook : &nf4;
}

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

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool name_valid(const char name[16])
{
    size_t length = 0;
    while (length < 16 && name[length] != 0) {
        if (!is_word(name[length++])) {
            return false;
        }
    }
    return length >= 1 && length < 16;
}

bool ng_codebook_usable(const ng_codebook *codebook)
{
    bool positive = false;
    if (codebook->bits < 1 || codebook->bits > NG_CODEBOOK_BITS_MAX || !name_valid(codebook->name)) {
        return false;
    }
    for (uint32_t i = 0; i < count_of(codebook); i++) {
        if (!isfinite(codebook->value[i])) {
            return false;
        }
        positive = positive || codebook->value[i] > 0;
    }
    const span s = span_of(codebook);
    return positive && s.top - s.lsb < SPAN_MOST;
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
