#include "src/quantize/block.h"

#include <math.h>
#include <string.h>

#include "src/base/vectorise.h"

enum { MANTISSA = 23, BIAS = 127, FIELD = 0xFF };

static const ng_block_rule table[] = {
    {"ceil", NG_RULE_CEIL},
    {"floor", NG_RULE_FLOOR},
};

const ng_block_rule *ng_block_rule_at(size_t index)
{
    return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}

const ng_block_rule *ng_block_rule_find(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

/* What rounding needs to know of the format, in units of a block's scale. */
typedef struct {
    size_t size;
    int32_t precision;  /* significant bits below the leading one; INTEGER: none but the quantum counts */
    int32_t least;      /* exponent of the smallest leading bit that has `precision` bits below it */
    int32_t top;        /* exponent of the largest element */
    float significand;  /* of the largest element, in [1, 2): above it CEIL takes the next scale */
    bool raise;
    float smallest;     /* most negative and largest element */
    float largest;
} shape;

static shape shape_of(const ng_format *format, ng_scale_rule rule)
{
    const bool integer = format->kind == NG_KIND_INTEGER;
    const double largest = ng_decode_double(format, ng_format_largest(format));
    int exponent = 0;
    const double fraction = frexp(largest, &exponent);
    /* An integer's quantum is its unit at every magnitude: as if all leading bits stood at its largest value's. */
    const int32_t precision = integer ? (int32_t)format->bits : (int32_t)format->mantissa_bits;
    return (shape){
        .size = format->block,
        .precision = precision,
        .least = ng_format_lsb(format) + precision,
        .top = exponent - 1,
        .significand = (float)(2 * fraction),
        .raise = rule == NG_RULE_CEIL,
        .smallest = (float)ng_decode_double(format, ng_format_smallest(format)),
        .largest = (float)largest,
    };
}

NG_INLINE float from_bits(int32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

NG_INLINE int32_t to_bits(float value)
{
    int32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Bits of the largest magnitude: magnitudes of fp32 order as integers. */
NG_INLINE int32_t largest_bits(const float *x, size_t size)
{
    int32_t largest = 0;
    for (size_t i = 0; i < size; i++) {
        const int32_t bits = to_bits(x[i]) & INT32_MAX;
        largest = bits > largest ? bits : largest;
    }
    return largest;
}

/* Exponent of the scale for a block whose largest magnitude has these bits: that of ng_block_scale(). */
NG_INLINE int32_t scale_exponent(const shape *s, int32_t bits)
{
    const int32_t exponent = (bits >> MANTISSA) - BIAS - s->top;
    const float significand = from_bits((bits & ((1 << MANTISSA) - 1)) | BIAS << MANTISSA);
    return exponent + (s->raise && significand > s->significand);
}

/* Rounds to nearest even as grid.c does, in fp32; the range of scales keeps every step free of overflow. */
NG_INLINE void round_block(const shape *s, int32_t exponent, float *x)
{
    const float scale = from_bits((exponent + BIAS) << MANTISSA);
    const float smallest = s->smallest * scale;
    const float largest = s->largest * scale;
    const int32_t least = s->least + exponent + BIAS;
    const int32_t shift = MANTISSA - s->precision;
    for (size_t i = 0; i < s->size; i++) {
        float v = x[i] > largest ? largest : x[i];
        v = v < smallest ? smallest : v;
        const int32_t field = (to_bits(v) >> MANTISSA) & FIELD;
        const float anchor = from_bits(((field > least ? field : least) + shift) << MANTISSA | 1 << (MANTISSA - 1));
        x[i] = (v + anchor) - anchor;
    }
}

NG_VECTORISED static bool round_row(const shape *s, float *x, size_t columns)
{
    bool fine = true;
    for (size_t at = 0; at < columns; at += s->size) {
        const int32_t largest = largest_bits(x + at, s->size);
        const int32_t exponent = scale_exponent(s, largest);
        if (largest == 0) {
            continue;
        }
        if (exponent < NG_BLOCK_EXPONENT_LEAST || exponent > NG_BLOCK_EXPONENT_MOST) {
            fine = false;
            continue;
        }
        round_block(s, exponent, x + at);
    }
    return fine;
}

bool ng_block_round(const ng_format *format, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    const shape s = shape_of(format, rule);
    bool fine = true;
    for (size_t row = 0; row < rows; row++) {
        fine = round_row(&s, x + row * columns, columns) && fine;
    }
    return fine;
}
