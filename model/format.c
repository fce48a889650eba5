#include "model/format.h"

#include <math.h>
#include <string.h>

#include "model/parts/kind.h"

static const ng_format table[] = {
#define FORMAT(name, kind, bits, x, y, bias, specials, zero, block, scale, sign, flush, terms)                       \
    {#name, NG_KIND_##kind, bits, x, y, bias, NG_SPECIALS_##specials, zero, block, NG_SCALE_##scale, NG_SIGN_##sign, \
     flush, terms, NULL},
#include "model/formats.def"
#undef FORMAT
};

/* The function of the format's kind. */
#define CHOOSE(function, fallback, ...)                                         \
    switch (format->kind) {                                                     \
    case NG_KIND_INTEGER: return ng_integer_##function(__VA_ARGS__);            \
    case NG_KIND_MINIFLOAT: return ng_minifloat_##function(__VA_ARGS__);        \
    case NG_KIND_SHIFT: return ng_shift_##function(__VA_ARGS__);                \
    case NG_KIND_APOT: return ng_apot_##function(__VA_ARGS__);                  \
    case NG_KIND_POSIT: return ng_posit_##function(__VA_ARGS__);                \
    case NG_KIND_LOGARITHMIC: return ng_logarithmic_##function(__VA_ARGS__);    \
    case NG_KIND_HIFLOAT: return ng_hifloat_##function(__VA_ARGS__);            \
    case NG_KIND_CODEBOOK: return ng_codebook_##function(__VA_ARGS__);          \
    }                                                                           \
    return fallback

size_t ng_format_count(void)
{
    return sizeof table / sizeof table[0];
}

const ng_format *ng_format_at(size_t index)
{
    return index < ng_format_count() ? &table[index] : NULL;
}

const ng_format *ng_format_find(const char *name)
{
    for (size_t i = 0; i < ng_format_count(); i++) {
        if (strcmp(table[i].name, name) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

const char *ng_kind_name(ng_kind kind)
{
    switch (kind) {
    case NG_KIND_INTEGER: return "integer";
    case NG_KIND_MINIFLOAT: return "minifloat";
    case NG_KIND_SHIFT: return "shift";
    case NG_KIND_APOT: return "apot";
    case NG_KIND_POSIT: return "posit";
    case NG_KIND_LOGARITHMIC: return "logarithmic";
    case NG_KIND_HIFLOAT: return "hifloat";
    case NG_KIND_CODEBOOK: return "codebook";
    }
    return "unknown";
}

static bool kind_fits(const ng_format *format)
{
    CHOOSE(fits, false, format);
}

static unsigned element_bits_most(ng_kind kind)
{
    return kind == NG_KIND_INTEGER || kind == NG_KIND_MINIFLOAT ? 16 : 8;
}

/* One scale for a block, none for a scalar. */
static bool scale_fits(const ng_format *format)
{
    if (format->block == 0) {
        return format->scale == NG_SCALE_NONE;
    }
    return format->block <= NG_BLOCK_MAX && format->bits <= element_bits_most(format->kind) &&
           (format->scale == NG_SCALE_E8M0 || format->scale == NG_SCALE_BIASED8 || format->scale == NG_SCALE_UE4M3);
}

bool ng_format_valid(const ng_format *format)
{
    return format->bias >= -NG_BIAS_MAX && format->bias <= NG_BIAS_MAX &&
           (format->kind == NG_KIND_CODEBOOK || format->codebook == NULL) && scale_fits(format) && kind_fits(format);
}

static bool same_codebook(const ng_codebook *a, const ng_codebook *b)
{
    if (a == b) {
        return true;
    }
    return a != NULL && b != NULL && a->bits == b->bits && strncmp(a->name, b->name, sizeof a->name) == 0 &&
           memcmp(a->value, b->value, sizeof a->value[0] << a->bits) == 0;
}

bool ng_format_same(const ng_format *a, const ng_format *b)
{
    return a->kind == b->kind && a->bits == b->bits && a->exponent_bits == b->exponent_bits &&
           a->mantissa_bits == b->mantissa_bits && a->bias == b->bias && a->specials == b->specials &&
           a->has_zero == b->has_zero && a->block == b->block && a->scale == b->scale && a->sign == b->sign &&
           a->flush == b->flush && a->terms == b->terms && same_codebook(ng_format_codebook(a), ng_format_codebook(b));
}

uint32_t ng_format_codes(const ng_format *format)
{
    return UINT32_C(1) << format->bits;
}

/* The code without the bits above the width. */
static uint32_t trimmed(const ng_format *format, uint32_t code)
{
    return code & (ng_format_codes(format) - 1);
}

int ng_format_lsb(const ng_format *format)
{
    CHOOSE(lsb, 0, format);
}

unsigned ng_format_magnitude_bits(const ng_format *format)
{
    CHOOSE(magnitude_bits, 0, format);
}

uint32_t ng_format_largest(const ng_format *format)
{
    CHOOSE(largest, 0, format);
}

uint32_t ng_format_smallest(const ng_format *format)
{
    CHOOSE(smallest, 0, format);
}

bool ng_code_is_special(const ng_format *format, uint32_t code)
{
    CHOOSE(special, false, format, trimmed(format, code));
}

ng_number ng_decode_finite(const ng_format *format, uint32_t code)
{
    CHOOSE(decode, ((ng_number){NG_CLASS_NAN, 0, 0}), format, trimmed(format, code));
}

ng_number ng_decode(const ng_format *format, uint32_t code)
{
    const ng_number number = ng_decode_finite(format, code);
    if (!ng_code_is_special(format, code)) {
        return number;
    }
    const bool negative = (code & ng_sign_bit(format)) != 0;
    const bool infinite = trimmed(format, code) == ng_infinity_code(format, negative);
    return (ng_number){infinite ? NG_CLASS_INFINITE : NG_CLASS_NAN, negative ? -1 : 1, 0};
}

double ng_decode_double(const ng_format *format, uint32_t code)
{
    const ng_number number = ng_decode(format, code);
    if (number.category == NG_CLASS_NAN) {
        return NAN;
    }
    if (number.category == NG_CLASS_INFINITE) {
        return number.significand < 0 ? -INFINITY : INFINITY;
    }
    const bool signed_zero = format->kind != NG_KIND_INTEGER || format->sign == NG_SIGN_SIGN_MAGNITUDE;
    if (number.significand == 0 && signed_zero && (code & ng_sign_bit(format)) != 0) {
        return -0.0;
    }
    return ldexp((double)number.significand, number.exponent);
}
