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

const ng_block_rule *ng_block_rule_default(const ng_format *format)
{
    return ng_block_rule_find(format->kind == NG_KIND_INTEGER ? "floor" : "ceil");
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
    int32_t significand; /* of the largest element, as fp32's 23 bits: above it CEIL takes the next scale */
    int32_t raise;
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
        .significand = (int32_t)ldexp(2 * fraction - 1, MANTISSA),
        .raise = rule == NG_RULE_CEIL,
        .smallest = (float)ng_decode_double(format, ng_format_smallest(format)),
        .largest = (float)largest,
    };
}

/* Sixteen elements at a time: the blocks of the table are 16 or 32 long. */
typedef float floats __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t integers __attribute__((vector_size(64), aligned(4), may_alias));

enum { LANES = 16 };

/* Exponent of the scale for a block whose largest magnitude has these bits: that of ng_block_scale(). */
NG_INLINE int32_t scale_exponent(const shape *s, int32_t bits)
{
    const int32_t exponent = (bits >> MANTISSA) - BIAS - s->top;
    return exponent + (s->raise & ((bits & ((1 << MANTISSA) - 1)) > s->significand));
}

/* Bits of the largest magnitude: magnitudes of fp32 order as integers. */
NG_INLINE int32_t largest_bits(const float *x, size_t size)
{
    integers largest = {0};
    for (size_t i = 0; i < size; i += LANES) {
        /* cppcheck-suppress invalidPointerCast ; the type may alias */
        const integers bits = *(const integers *)(x + i) & INT32_MAX;
        const integers more = bits > largest;
        largest = (more & bits) | (~more & largest);
    }
    for (int distance = LANES / 2; distance > 0; distance /= 2) {
        const integers lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        const integers other = __builtin_shuffle(largest, lane ^ distance);
        const integers more = other > largest;
        largest = (more & other) | (~more & largest);
    }
    return largest[0];
}

NG_INLINE float power_of_two(int32_t exponent)
{
    const int32_t bits = (exponent + BIAS) << MANTISSA;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Rounds to nearest even as grid.c does, in fp32; the range of scales keeps every step free of overflow. */
NG_INLINE void round_block(const shape *s, size_t size, int32_t exponent, float *x)
{
    const float scale = power_of_two(exponent);
    const floats smallest = (floats){0} + s->smallest * scale;
    const floats largest = (floats){0} + s->largest * scale;
    const int32_t least = s->least + exponent + BIAS;
    for (size_t i = 0; i < size; i += LANES) {
        floats v = *(const floats *)(x + i);
        const integers above = v > largest;
        v = (floats)((above & (integers)largest) | (~above & (integers)v));
        const integers below = v < smallest;
        v = (floats)((below & (integers)smallest) | (~below & (integers)v));
        const integers field = ((integers)v >> MANTISSA) & FIELD;
        const integers more = field > least;
        const integers place = ((more & field) | (~more & least)) + (MANTISSA - s->precision);
        const floats anchor = (floats)((place << MANTISSA) | 1 << (MANTISSA - 1));
        *(floats *)(x + i) = (v + anchor) - anchor;
    }
}

/* Without branches on the data: a block of zeros, as ReLU leaves many, is rounded like others at scale 1. */
NG_INLINE bool round_blocks(const shape *s, size_t size, float *x, size_t count)
{
    int32_t bad = 0;
    for (size_t at = 0; at < count; at += size) {
        const int32_t largest = largest_bits(x + at, size);
        const int32_t wanted = largest != 0 ? scale_exponent(s, largest) : 0;
        const int32_t high = wanted < NG_BLOCK_EXPONENT_MOST ? wanted : NG_BLOCK_EXPONENT_MOST;
        const int32_t exponent = high > NG_BLOCK_EXPONENT_LEAST ? high : NG_BLOCK_EXPONENT_LEAST;
        bad |= exponent ^ wanted;
        round_block(s, size, exponent, x + at);
    }
    return bad == 0;
}

NG_VECTORISED static bool round_rows(const shape *s, float *x, size_t count)
{
    return s->size == LANES ? round_blocks(s, LANES, x, count) : round_blocks(s, s->size, x, count);
}

bool ng_block_round(const ng_format *format, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    const shape s = shape_of(format, rule);
    return round_rows(&s, x, rows * columns);
}
