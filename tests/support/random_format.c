#include "tests/support/random_format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/random.h"

/* One number below `limit` after another. */
typedef struct {
    uint64_t seed;
    uint64_t at;
} draws;

static uint32_t draw(draws *from, uint32_t limit)
{
    return random_below(from->seed, from->at++, limit);
}

static void draw_codebook(draws *from, ng_codebook *codebook)
{
    memset(codebook, 0, sizeof *codebook);
    snprintf(codebook->name, sizeof codebook->name, "drawn");
    codebook->bits = 1 + draw(from, 5);
    for (unsigned i = 0; i < 1U << codebook->bits; i++) {
        /* Few significant bits: equal values and ties. */
        const int significand = (int)draw(from, 33) - 16;
        codebook->value[i] = ldexpf((float)significand, (int)draw(from, 4) - 2);
    }
}

static void draw_fields(draws *from, ng_codebook *codebook, ng_format *format)
{
    memset(format, 0, sizeof *format);
    format->kind = (ng_kind)draw(from, 8);
    format->bits = 1 + draw(from, RANDOM_FORMAT_BITS);
    format->sign = (ng_sign)draw(from, 5);
    format->has_zero = true;
    const int bias = (int)draw(from, 41) - 20;
    switch (format->kind) {
    case NG_KIND_INTEGER: format->bias = bias; return;
    case NG_KIND_MINIFLOAT:
        format->exponent_bits = 1 + draw(from, 6);
        format->mantissa_bits = draw(from, 6);
        format->specials = (ng_specials)draw(from, 6);
        format->has_zero = draw(from, 4) != 0;
        format->flush = draw(from, 4) == 0;
        format->bias = format->specials < NG_SPECIALS_P3109_EXTENDED ? bias : 1 << (format->exponent_bits - 1);
        return;
    case NG_KIND_SHIFT:
        format->has_zero = draw(from, 2) != 0;
        format->bias = bias;
        return;
    case NG_KIND_APOT:
        format->terms = 1 + draw(from, 4);
        format->bias = bias;
        return;
    case NG_KIND_POSIT:
        format->exponent_bits = draw(from, 5);
        format->sign = NG_SIGN_SIGNED;
        return;
    case NG_KIND_LOGARITHMIC:
        format->mantissa_bits = draw(from, 8);
        format->bias = bias;
        format->sign = NG_SIGN_SIGNED;
        return;
    case NG_KIND_HIFLOAT:
        format->bits = 8;
        format->sign = NG_SIGN_SIGNED;
        return;
    case NG_KIND_CODEBOOK: break;
    }
    draw_codebook(from, codebook);
    format->bits = codebook->bits;
    format->sign = NG_SIGN_SIGNED;
    format->codebook = codebook;
}

void random_format(uint64_t seed, uint64_t index, ng_codebook *codebook, ng_format *format)
{
    draws from = {.seed = seed + index * 1000003, .at = 0};
    do {
        draw_fields(&from, codebook, format);
    } while (format->bits > RANDOM_FORMAT_BITS || !ng_format_valid(format));
}
