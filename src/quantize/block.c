#include "src/quantize/block.h"

#include <math.h>
#include <string.h>

#include "src/base/vectorise.h"

enum { MANTISSA = 23, BIAS = 127, FIELD = 0xFF };

static const ng_block_rule table[] = {
    {"ceil", NG_RULE_CEIL},
    {"floor", NG_RULE_FLOOR},
    {"round", NG_RULE_ROUND},
    {"mse", NG_RULE_MSE},
};

const ng_block_rule *ng_block_rule_at(size_t index)
{
    return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}

const ng_block_rule *ng_block_rule_default(const ng_format *format)
{
    return ng_block_rule_find(ng_scale_rule_name(ng_scale_rule_default(format)));
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
    const ng_format *format;
    size_t size;
    int32_t precision;  /* significant bits below the leading one; INTEGER: none but the quantum counts */
    int32_t least;      /* exponent of the smallest leading bit that has `precision` bits below it */
    int32_t top;        /* exponent of the largest element */
    /* Mantissas of the largest magnitude, as fp32's 23 bits, above and below which the next scale up or down is taken. */
    int32_t up;
    int32_t down;
    float smallest;     /* most negative and largest element */
    float largest;
} shape;

enum { HIDDEN = 1 << MANTISSA, NEVER_UP = HIDDEN, NEVER_DOWN = 0 };

/* CEIL: above the largest element. ROUND: where the ratio to it passes the root of 2, or of 1/2. No 24-bit number comes near
 * enough to either for a root in double to be on the wrong side of it. */
static void set_limits(shape *s, ng_scale_rule rule, int32_t significand)
{
    const double square = (double)(HIDDEN + significand) * (double)(HIDDEN + significand);
    s->up = rule == NG_RULE_FLOOR ? NEVER_UP : significand;
    s->down = NEVER_DOWN;
    if (rule == NG_RULE_ROUND) {
        const int32_t last = (int32_t)sqrt(2 * square) - HIDDEN;
        const int32_t first = (int32_t)sqrt(square / 2) + 1 - HIDDEN;
        s->up = last < NEVER_UP ? last : NEVER_UP;
        s->down = first > NEVER_DOWN ? first : NEVER_DOWN;
    }
}

static shape shape_of(const ng_format *format, ng_scale_rule rule)
{
    const bool integer = format->kind == NG_KIND_INTEGER;
    const double largest = ng_decode_double(format, ng_format_largest(format));
    int exponent = 0;
    const double fraction = frexp(largest, &exponent);
    /* An integer's quantum is its unit at every magnitude: as if all leading bits stood at its largest value's. */
    const int32_t precision = integer ? (int32_t)format->bits : (int32_t)format->mantissa_bits;
    shape s = {
        .format = format,
        .size = format->block,
        .precision = precision,
        .least = ng_format_lsb(format) + precision,
        .top = exponent - 1,
        .smallest = (float)ng_decode_double(format, ng_format_smallest(format)),
        .largest = (float)largest,
    };
    set_limits(&s, rule, (int32_t)ldexp(2 * fraction - 1, MANTISSA));
    return s;
}

/* Sixteen elements at a time: the blocks of the table are 16 or 32 long. */
typedef float floats __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t integers __attribute__((vector_size(64), aligned(4), may_alias));

enum { LANES = 16 };

/* Exponent of the scale for a block whose largest magnitude has these bits: that of ng_block_scale(). */
NG_INLINE int32_t scale_exponent(const shape *s, int32_t bits)
{
    const int32_t mantissa = bits & (HIDDEN - 1);
    return (bits >> MANTISSA) - BIAS - s->top + (mantissa > s->up) - (mantissa < s->down);
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

/* ---- the scale of least squared error ---------------------------------------------------------------------------- */

enum { BELOW = 24, ABOVE = 16 }; /* how far from the range of scales the search goes */

/* Sums of squares as doubles: differences are exact, so that two sums are in the order of the exact ones if they differ by more
 * than this share. */
static const double certain = 0x1p-40;

NG_INLINE double squared_error(const float *x, const float *y, size_t size)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++) {
        const double error = (double)x[i] - (double)y[i];
        sum += error * error;
    }
    return sum;
}

/* Exponent of the scale that ng_block_encode() finds, with its long sums. */
static int32_t exact_exponent(const shape *s, const float *x)
{
    uint16_t codes[NG_BLOCK_MAX];
    return (int32_t)ng_block_encode(s->format, x, NG_RULE_MSE, codes) - BIAS;
}

NG_INLINE double error_at(const shape *s, size_t size, int32_t exponent, const float *x, float *y)
{
    memcpy(y, x, size * sizeof *y);
    round_block(s, size, exponent, y);
    return squared_error(x, y, size);
}

/* True if the largest magnitude m lies beyond both ends by itself at more than `best`. */
NG_INLINE bool is_hopeless(const shape *s, int32_t exponent, float m, double best)
{
    const double beyond = (double)m - fmax((double)s->largest, -(double)s->smallest) * (double)power_of_two(exponent);
    return beyond > 0 && beyond * beyond > best * (1 + certain);
}

/* From CEIL downwards: with each scale more of the largest magnitude is cut off. Blocks of the same values have the same error;
 * two other sums that are too near to tell are left to the exact way. */
NG_INLINE int32_t least_exponent(const shape *s, size_t size, const float *x, int32_t bits)
{
    float y[2][NG_BLOCK_MAX];
    float m;
    unsigned kept = 0;
    int32_t chosen = scale_exponent(s, bits);
    double best = error_at(s, size, chosen, x, y[kept]);
    memcpy(&m, &bits, sizeof m);
    for (int32_t exponent = chosen - 1; exponent >= NG_BLOCK_EXPONENT_LEAST - BELOW; exponent--) {
        const double error = error_at(s, size, exponent, x, y[1 - kept]);
        if (memcmp(y[0], y[1], size * sizeof *x) == 0) {
            chosen = exponent;
        } else if (error < best * (1 - certain)) {
            best = error;
            chosen = exponent;
            kept = 1 - kept;
        } else if (error <= best * (1 + certain)) {
            return exact_exponent(s, x);
        } else if (is_hopeless(s, exponent, m, best)) {
            break;
        }
    }
    return chosen;
}

NG_VECTORISED static bool round_by_error(const shape *s, float *x, size_t count)
{
    for (size_t at = 0; at < count; at += s->size) {
        const int32_t bits = largest_bits(x + at, s->size);
        const int32_t ceil = bits != 0 ? scale_exponent(s, bits) : 0;
        if (ceil < NG_BLOCK_EXPONENT_LEAST || ceil > NG_BLOCK_EXPONENT_MOST + ABOVE) {
            return false;
        }
        const int32_t exponent = bits != 0 ? least_exponent(s, s->size, x + at, bits) : 0;
        if (exponent < NG_BLOCK_EXPONENT_LEAST || exponent > NG_BLOCK_EXPONENT_MOST) {
            return false;
        }
        round_block(s, s->size, exponent, x + at);
    }
    return true;
}

bool ng_block_round(const ng_format *format, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    const shape s = shape_of(format, rule);
    return rule == NG_RULE_MSE ? round_by_error(&s, x, rows * columns) : round_rows(&s, x, rows * columns);
}
