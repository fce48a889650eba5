/* block_shape.h: one block's rounding on sixteen numbers at a time; block.c rounds blocks that stand in a row by it,
 * src/infer/block_rows.c in a window, src/infer/depthwise_block.c sixteen blocks side by side.
 *
 *   v = clip(x, smallest * 2^e, largest * 2^e),  y = (v + anchor) - anchor,  anchor = 1.5 * 2^(place of v's last bit kept + 23)
 *
 * rounds to nearest even at that place. The steps are loops over the lanes of a struct, which become vectors of whatever width there
 * is; gcc 12 takes comparisons of its vector types apart into scalars where the machine's are narrower.
 */
#ifndef NG_BLOCK_SHAPE_H
#define NG_BLOCK_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"
#include "src/quantize/block.h"

enum { NG_BLOCK_LANES = 16, NG_FLOAT_FRACTION = 23, NG_FLOAT_BIAS = 127, NG_FLOAT_HIDDEN = 1 << NG_FLOAT_FRACTION };

/* How numbers under their block's scale lie to the elements; a cheaper rounding for each. */
typedef enum {
    NG_BLOCK_WHOLE = 0,   /* none beyond them */
    NG_BLOCK_CLIPPED = 1, /* perhaps some */
    NG_BLOCK_EVEN = 2     /* none below them, perhaps some above; one quantum at every magnitude, and so one anchor */
} ng_block_style;

/* What rounding needs to know of the format, in units of a block's scale; differences of the bits of fp32 numbers. */
typedef struct {
    const ng_format *format;
    size_t size;
    int32_t top;    /* exponent of the largest element */
    int32_t carry;  /* added to the largest magnitude: carries into its exponent, or borrows, where the scale is the next one */
    int32_t anchor; /* from a leading one to its anchor */
    int32_t least;  /* from the scale to the smallest anchor, that of the smallest leading one with all significant bits below it */
    ng_block_style style;
    float smallest; /* most negative and largest element */
    float largest;
} ng_block_shape;

ng_block_shape ng_block_shape_of(const ng_format *format, ng_scale_rule rule);

/* One operation on all lanes. Not unrolled: gcc makes vectors of loops more surely than of what is left of them. */
#define NG_EACH_LANE(i) _Pragma("GCC unroll 1") for (int32_t i = 0; i < NG_BLOCK_LANES; i++)

/* Sixteen numbers, and their bits. */
typedef struct {
    float lane[NG_BLOCK_LANES];
} ng_floats;

typedef struct {
    int32_t lane[NG_BLOCK_LANES];
} ng_words;

/* What the numbers of a block are rounded by; of sixteen blocks, lane by lane. */
typedef struct {
    ng_words least; /* bits of the smallest anchor */
    ng_floats smallest;
    ng_floats largest;
} ng_block_limits;

NG_INLINE ng_words ng_words_of(ng_floats x)
{
    ng_words bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

NG_INLINE ng_floats ng_floats_of(ng_words bits)
{
    ng_floats x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

NG_INLINE ng_floats ng_floats_load(const float *x)
{
    ng_floats y;
    NG_EACH_LANE(i) {
        y.lane[i] = x[i];
    }
    return y;
}

NG_INLINE void ng_floats_store(ng_floats x, float *y)
{
    NG_EACH_LANE(i) {
        y[i] = x.lane[i];
    }
}

NG_INLINE ng_words ng_words_and(ng_words x, int32_t mask)
{
    ng_words y;
    NG_EACH_LANE(i) {
        y.lane[i] = x.lane[i] & mask;
    }
    return y;
}

/* Modulo 2^32: what is not finite is refused, but rounded before. */
NG_INLINE int32_t ng_wrapped_sum(int32_t x, int32_t y)
{
    return (int32_t)((uint32_t)x + (uint32_t)y);
}

NG_INLINE ng_words ng_words_add(ng_words x, int32_t y)
{
    ng_words sum;
    NG_EACH_LANE(i) {
        sum.lane[i] = ng_wrapped_sum(x.lane[i], y);
    }
    return sum;
}

NG_INLINE ng_words ng_words_larger(ng_words x, ng_words y)
{
    ng_words larger;
    NG_EACH_LANE(i) {
        larger.lane[i] = x.lane[i] > y.lane[i] ? x.lane[i] : y.lane[i];
    }
    return larger;
}

NG_INLINE int32_t ng_words_largest(ng_words x)
{
    int32_t largest = x.lane[0];
    NG_EACH_LANE(i) {
        largest = x.lane[i] > largest ? x.lane[i] : largest;
    }
    return largest;
}

NG_INLINE bool ng_words_none(ng_words x)
{
    int32_t any = 0;
    NG_EACH_LANE(i) {
        any |= x.lane[i];
    }
    return any == 0;
}

/* The larger magnitudes, whose bits order as integers. */
NG_INLINE ng_words ng_block_larger(ng_words most, const float *x)
{
    return ng_words_larger(most, ng_words_and(ng_words_of(ng_floats_load(x)), INT32_MAX));
}

/* Exponent of the scale for a block whose largest magnitude has these bits, that of ng_block_scale(); zeros are rounded like others, at
 * scale 1: no branch depends on the data. */
NG_INLINE int32_t ng_block_exponent(const ng_block_shape *s, int32_t bits)
{
    const int32_t exponent = (ng_wrapped_sum(bits, s->carry) >> NG_FLOAT_FRACTION) - (NG_FLOAT_BIAS + s->top);
    return exponent & -(int32_t)(bits != 0);
}

/* The nearest exponent at which no step leaves the range of fp32. */
NG_INLINE int32_t ng_block_allowed(int32_t exponent)
{
    const int32_t high = exponent < NG_BLOCK_EXPONENT_MOST ? exponent : NG_BLOCK_EXPONENT_MOST;
    return high > NG_BLOCK_EXPONENT_LEAST ? high : NG_BLOCK_EXPONENT_LEAST;
}

/* The same of sixteen blocks; lanes of *bad get bits where an exponent is not allowed. */
NG_INLINE ng_words ng_block_exponents(const ng_block_shape *s, ng_words bits, ng_words *bad)
{
    ng_words exponent;
    NG_EACH_LANE(i) {
        const int32_t wanted = ng_block_exponent(s, bits.lane[i]);
        exponent.lane[i] = ng_block_allowed(wanted);
        bad->lane[i] |= exponent.lane[i] ^ wanted;
    }
    return exponent;
}

/* Bits of 2^exponent. */
NG_INLINE int32_t ng_block_power(int32_t exponent)
{
    return (exponent + NG_FLOAT_BIAS) << NG_FLOAT_FRACTION;
}

/* Through a pointer: gcc copies what is returned. */
NG_INLINE void ng_block_limits_at(const ng_block_shape *s, ng_words exponent, ng_block_limits *limits)
{
    ng_words power;
    NG_EACH_LANE(i) {
        power.lane[i] = ng_block_power(exponent.lane[i]);
        limits->least.lane[i] = ng_wrapped_sum(power.lane[i], s->least);
    }
    const ng_floats scale = ng_floats_of(power);
    NG_EACH_LANE(i) {
        limits->smallest.lane[i] = s->smallest * scale.lane[i];
        limits->largest.lane[i] = s->largest * scale.lane[i];
    }
}

NG_INLINE ng_words ng_words_all(int32_t x)
{
    ng_words all;
    NG_EACH_LANE(i) {
        all.lane[i] = x;
    }
    return all;
}

NG_INLINE ng_floats ng_floats_all(float x)
{
    ng_floats all;
    NG_EACH_LANE(i) {
        all.lane[i] = x;
    }
    return all;
}

/* The same limits for all lanes. */
NG_INLINE ng_block_limits ng_block_limits_of_one(const ng_block_shape *s, int32_t exponent)
{
    const int32_t power = ng_block_power(exponent);
    float scale;
    memcpy(&scale, &power, sizeof scale);
    return (ng_block_limits){ng_words_all(ng_wrapped_sum(power, s->least)), ng_floats_all(s->smallest * scale),
                             ng_floats_all(s->largest * scale)};
}

NG_INLINE ng_floats ng_block_clip(ng_block_style style, const ng_block_limits *limits, ng_floats x)
{
    ng_floats y;
    NG_EACH_LANE(i) {
        const float high = style != NG_BLOCK_WHOLE && x.lane[i] > limits->largest.lane[i] ? limits->largest.lane[i] : x.lane[i];
        y.lane[i] = style == NG_BLOCK_CLIPPED && high < limits->smallest.lane[i] ? limits->smallest.lane[i] : high;
    }
    return y;
}

NG_INLINE ng_floats ng_block_anchors(const ng_block_shape *s, ng_block_style style, const ng_block_limits *limits, ng_floats x)
{
    const ng_words bits = ng_words_add(ng_words_and(ng_words_of(x), (NG_FLOAT_BIAS * 2 + 1) << NG_FLOAT_FRACTION), s->anchor);
    ng_words anchor;
    NG_EACH_LANE(i) {
        anchor.lane[i] = style != NG_BLOCK_EVEN && bits.lane[i] > limits->least.lane[i] ? bits.lane[i] : limits->least.lane[i];
    }
    return ng_floats_of(anchor);
}

/* style: s->style, said where the compiler knows it, or CLIPPED. */
NG_INLINE ng_floats ng_block_nearest(const ng_block_shape *s, ng_block_style style, const ng_block_limits *limits, ng_floats x)
{
    const ng_floats v = ng_block_clip(style, limits, x);
    const ng_floats anchor = ng_block_anchors(s, style, limits, v);
    ng_floats y;
    NG_EACH_LANE(i) {
        y.lane[i] = (v.lane[i] + anchor.lane[i]) - anchor.lane[i];
    }
    return y;
}

#endif
