#include "src/quantize/block.h"

#include <math.h>
#include <string.h>

#include "src/quantize/block_shape.h"

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

/* CEIL: one scale up above the largest element. ROUND: one up where the ratio to it passes the root of 2, or one down below the root of
 * 1/2; of a significand, only one of the two can be. No 24-bit number comes near enough to either for a root in double to be on the wrong
 * side of it. */
static int32_t carry_of(ng_scale_rule rule, int32_t significand)
{
    const double square = (double)significand * (double)significand;
    const int32_t last = rule == NG_RULE_ROUND ? (int32_t)sqrt(2 * square) : significand;
    const int32_t first = (int32_t)sqrt(square / 2) + 1;
    if (rule == NG_RULE_FLOOR) {
        return 0;
    }
    return last < 2 * NG_FLOAT_HIDDEN ? 2 * NG_FLOAT_HIDDEN - 1 - last : NG_FLOAT_HIDDEN - first;
}

/* Under FLOOR and CEIL no magnitude reaches the power of two behind the largest element, which two's complement's smallest one has. */
static ng_block_style style_of(const ng_format *format, ng_scale_rule rule, double smallest, double largest)
{
    if (format->kind == NG_KIND_INTEGER && -smallest > largest && (rule == NG_RULE_FLOOR || rule == NG_RULE_CEIL)) {
        return NG_BLOCK_EVEN;
    }
    return rule != NG_RULE_CEIL || -smallest < largest ? NG_BLOCK_CLIPPED : NG_BLOCK_WHOLE;
}

ng_block_shape ng_block_shape_of(const ng_format *format, ng_scale_rule rule)
{
    const bool integer = format->kind == NG_KIND_INTEGER;
    const double largest = ng_decode_double(format, ng_format_largest(format));
    const double smallest = ng_decode_double(format, ng_format_smallest(format));
    int exponent = 0;
    const double fraction = frexp(largest, &exponent);
    /* An integer's quantum is its unit at every magnitude: as if all leading bits stood at its largest value's. */
    const int32_t precision = integer ? (int32_t)format->bits : (int32_t)format->mantissa_bits;
    const int32_t anchor = (NG_FLOAT_FRACTION - precision) << NG_FLOAT_FRACTION | NG_FLOAT_HIDDEN >> 1;
    return (ng_block_shape){
        .format = format,
        .size = format->block,
        .top = exponent - 1,
        .carry = carry_of(rule, (int32_t)ldexp(fraction, NG_FLOAT_FRACTION + 1)),
        .anchor = anchor,
        .least = (ng_format_lsb(format) + precision) * NG_FLOAT_HIDDEN + anchor,
        .style = style_of(format, rule, smallest, largest),
        .smallest = (float)smallest,
        .largest = (float)largest,
    };
}

/* ---- blocks in a row, a group at a time: the scales of a group are one loop over vectors -------------------------- */

enum { GROUP = 32 };

/* A block, cut off at the end of its row. */
typedef struct {
    float *x;
    size_t size;
} place;

/* Bits of the largest magnitude. */
NG_INLINE int32_t largest_bits(const float *x, size_t size)
{
    ng_words most = {{0}};
    for (size_t i = 0; i < size; i += NG_BLOCK_LANES) {
        most = ng_block_larger(most, x + i);
    }
    return ng_words_largest(most);
}

NG_INLINE void round_block(const ng_block_shape *s, ng_block_style style, int32_t exponent, size_t size, float *x)
{
    const ng_block_limits limits = ng_block_limits_of_one(s, exponent);
    for (size_t i = 0; i < size; i += NG_BLOCK_LANES) {
        ng_floats_store(ng_block_nearest(s, style, &limits, ng_floats_load(x + i)), x + i);
    }
}

/* False if a scale is out of range. */
NG_INLINE bool round_group(const ng_block_shape *s, ng_block_style style, const place *places, size_t count)
{
    int32_t exponent[GROUP] = {0};
    ng_words bad = {{0}};
    for (size_t b = 0; b < count; b++) {
        exponent[b] = largest_bits(places[b].x, places[b].size);
    }
    for (size_t b = 0; b < GROUP; b += NG_BLOCK_LANES) {
        ng_words some;
        memcpy(&some, exponent + b, sizeof some);
        some = ng_block_exponents(s, some, &bad);
        memcpy(exponent + b, &some, sizeof some);
    }
    for (size_t b = 0; b < count; b++) {
        round_block(s, style, exponent[b], places[b].size, places[b].x);
    }
    return ng_words_none(bad);
}

NG_INLINE bool round_groups(const ng_block_shape *s, ng_block_style style, float *x, size_t rows, size_t columns)
{
    place places[GROUP];
    size_t count = 0;
    bool fine = true;
    for (size_t row = 0; row < rows; row++, x += columns) {
        for (size_t at = 0; at < columns; at += s->size) {
            places[count++] = (place){x + at, columns - at < s->size ? columns - at : s->size};
            if (count == GROUP) {
                fine = round_group(s, style, places, count) && fine;
                count = 0;
            }
        }
    }
    return round_group(s, style, places, count) && fine;
}

NG_VECTORISED static bool round_by_rule(const ng_block_shape *s, float *x, size_t rows, size_t columns)
{
    switch (s->style) {
    case NG_BLOCK_WHOLE: return round_groups(s, NG_BLOCK_WHOLE, x, rows, columns);
    case NG_BLOCK_EVEN: return round_groups(s, NG_BLOCK_EVEN, x, rows, columns);
    default: return round_groups(s, NG_BLOCK_CLIPPED, x, rows, columns);
    }
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
static int32_t exact_exponent(const ng_block_shape *s, const float *x, size_t size)
{
    float whole[NG_BLOCK_MAX] = {0};
    uint16_t codes[NG_BLOCK_MAX];
    memcpy(whole, x, size * sizeof *x);
    return (int32_t)ng_block_encode(s->format, whole, NG_RULE_MSE, codes) - NG_FLOAT_BIAS;
}

NG_INLINE double error_at(const ng_block_shape *s, size_t size, int32_t exponent, const float *x, float *y)
{
    memcpy(y, x, size * sizeof *y);
    round_block(s, NG_BLOCK_CLIPPED, exponent, size, y);
    return squared_error(x, y, size);
}

/* True if the largest magnitude m lies beyond both ends by itself at more than `best`. */
NG_INLINE bool is_hopeless(const ng_block_shape *s, int32_t exponent, float m, double best)
{
    const double beyond = (double)m - ldexp(fmax((double)s->largest, -(double)s->smallest), exponent);
    return beyond > 0 && beyond * beyond > best * (1 + certain);
}

/* From CEIL downwards: with each scale more of the largest magnitude is cut off. Blocks of the same values have the same error;
 * two other sums that are too near to tell are left to the exact way. */
NG_INLINE int32_t least_exponent(const ng_block_shape *s, size_t size, const float *x, int32_t bits)
{
    float y[2][NG_BLOCK_MAX];
    float m;
    unsigned kept = 0;
    int32_t chosen = ng_block_exponent(s, bits);
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
            return exact_exponent(s, x, size);
        } else if (is_hopeless(s, exponent, m, best)) {
            break;
        }
    }
    return chosen;
}

NG_INLINE bool round_one_by_error(const ng_block_shape *s, float *x, size_t size)
{
    const int32_t bits = largest_bits(x, size);
    const int32_t ceil = ng_block_exponent(s, bits);
    if (ceil < NG_BLOCK_EXPONENT_LEAST || ceil > NG_BLOCK_EXPONENT_MOST + ABOVE) {
        return false;
    }
    const int32_t exponent = bits != 0 ? least_exponent(s, size, x, bits) : 0;
    if (exponent != ng_block_allowed(exponent)) {
        return false;
    }
    round_block(s, NG_BLOCK_CLIPPED, exponent, size, x);
    return true;
}

NG_VECTORISED static bool round_by_error(const ng_block_shape *s, float *x, size_t rows, size_t columns)
{
    for (size_t row = 0; row < rows; row++, x += columns) {
        for (size_t at = 0; at < columns; at += s->size) {
            if (!round_one_by_error(s, x + at, columns - at < s->size ? columns - at : s->size)) {
                return false;
            }
        }
    }
    return true;
}

static bool round_rows(const ng_block_shape *s, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    return (rule == NG_RULE_MSE ? round_by_error : round_by_rule)(s, x, rows, columns);
}

/* ---- blocks that are no whole vectors ---------------------------------------------------------------------------- */

/* Each as one of whole vectors: zeros behind it change nothing. */
static bool round_odd(const ng_block_shape *s, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    float whole[NG_BLOCK_MAX];
    ng_block_shape one = *s;
    bool fine = true;
    one.size = (s->size + NG_BLOCK_LANES - 1) / NG_BLOCK_LANES * NG_BLOCK_LANES;
    for (size_t row = 0; row < rows; row++, x += columns) {
        for (size_t at = 0; at < columns; at += s->size) {
            const size_t used = columns - at < s->size ? columns - at : s->size;
            memset(whole, 0, one.size * sizeof *whole);
            memcpy(whole, x + at, used * sizeof *whole);
            fine = round_rows(&one, rule, whole, 1, one.size) && fine;
            memcpy(x + at, whole, used * sizeof *whole);
        }
    }
    return fine;
}

bool ng_block_round(const ng_format *format, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    const ng_block_shape s = ng_block_shape_of(format, rule);
    return (s.size % NG_BLOCK_LANES == 0 ? round_rows : round_odd)(&s, rule, x, rows, columns);
}
