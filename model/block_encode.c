/* block_encode: the scale by bisection over its codes with exact comparisons, the elements from the exact quotient. */
#include "model/block_encode.h"

#include <math.h>

#include "model/dyadic.h"
#include "model/encode.h"
#include "model/long_sum.h"
#include "model/scale.h"

/* What a block is encoded under. */
typedef struct {
    const ng_format *format;
    ng_dyadic tensor;
    ng_dyadic largest; /* element that t is measured by */
} context;

static bool is_tensor_scale(float tensor)
{
    return isfinite(tensor) && tensor > 0;
}

static ng_dyadic absolute(ng_number number)
{
    const int64_t significand = number.significand;
    return ng_dyadic_make(significand < 0 ? -significand : significand, number.exponent);
}

/* The largest element; in a format without a positive one, the largest magnitude. */
static context make_context(const ng_format *format, float tensor)
{
    const ng_number largest = ng_decode_finite(format, ng_format_largest(format));
    const ng_number smallest = ng_decode_finite(format, ng_format_smallest(format));
    return (context){
        .format = format,
        .tensor = ng_dyadic_from_double(is_tensor_scale(tensor) ? (double)tensor : 1),
        .largest = absolute(largest.significand > 0 ? largest : smallest),
    };
}

/* tensor * scale. */
static ng_dyadic scale_of(const context *c, uint32_t code)
{
    const ng_number scale = ng_scale_decode(c->format->scale, code);
    return ng_dyadic_multiply(c->tensor, ng_dyadic_make(scale.significand, scale.exponent));
}

/* ---- scale from the largest magnitude --------------------------------------------------------------------------- */

/* -1, 0 or 1 as tensor * scale * element <, = or > m. */
static int reaches(const context *c, uint32_t code, ng_dyadic element, const ng_dyadic *m)
{
    const ng_dyadic reach = ng_dyadic_multiply(scale_of(c, code), element);
    return ng_dyadic_compare(&reach, m);
}

static bool is_power_of_two(ng_scale scale)
{
    return scale == NG_SCALE_E8M0 || scale == NG_SCALE_BIASED8;
}

/* FLOOR: the next scale would be too large. */
static bool floor_holds(const context *c, uint32_t code, const ng_dyadic *m)
{
    ng_dyadic element = c->largest;
    if (is_power_of_two(c->format->scale)) {
        element = ng_dyadic_make(1, element.exponent + (int)ng_wide_length(&element.significand) - 1);
    }
    return reaches(c, code + 1, element, m) > 0;
}

/* ROUND: m is not above the point where the next scale takes over. */
static bool round_holds(const context *c, uint32_t code, const ng_dyadic *m)
{
    const ng_dyadic reach = ng_dyadic_multiply(scale_of(c, code), c->largest);
    const ng_dyadic next = ng_dyadic_multiply(scale_of(c, code + 1), c->largest);
    if (is_power_of_two(c->format->scale)) {
        /* log2 t < k + 1/2 is t^2 < 2^k * 2^(k + 1). */
        const ng_dyadic limit = ng_dyadic_multiply(reach, next);
        const ng_dyadic square = ng_dyadic_multiply(*m, *m);
        return ng_dyadic_compare(&square, &limit) < 0;
    }
    /* 2 m against the sum of both: neighbours of UE4M3 share an exponent, or the next has the larger one. */
    const unsigned shift = (unsigned)(next.exponent - reach.exponent);
    const ng_wide sum = ng_wide_add(reach.significand, ng_wide_shift_left(next.significand, shift));
    const ng_dyadic both = {sum, reach.exponent - 1};
    const int side = ng_dyadic_compare(m, &both);
    return side < 0 || (side == 0 && code % 2 == 0);
}

static bool holds(const context *c, uint32_t code, const ng_dyadic *m, ng_scale_rule rule)
{
    switch (rule) {
    case NG_RULE_FLOOR: return floor_holds(c, code, m);
    case NG_RULE_ROUND: return round_holds(c, code, m);
    default: return reaches(c, code, c->largest, m) >= 0;
    }
}

/* The smallest code that is large enough by the rule, or the last one. */
static uint32_t scale_for(const context *c, double largest, ng_scale_rule rule)
{
    const ng_dyadic m = ng_dyadic_from_double(fabs(largest));
    uint32_t low = 0;
    uint32_t high = ng_scale_largest(c->format->scale);
    if (isinf(largest)) {
        return high;
    }
    if (ng_wide_is_zero(&m.significand) || ng_wide_is_zero(&c->largest.significand)) {
        return 0;
    }
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (holds(c, middle, &m, rule)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* ---- elements --------------------------------------------------------------------------------------------------- */

static uint32_t encode_element(const context *c, ng_dyadic scale, double value, const ng_encode_options *options)
{
    if (!isfinite(value) || value == 0) {
        return ng_encode_double_with(c->format, value, options);
    }
    if (ng_wide_is_zero(&scale.significand)) {
        return ng_encode_double_with(c->format, copysign(0, value), options);
    }
    const ng_dyadic quotient = ng_dyadic_divide(ng_dyadic_from_double(value), scale);
    return ng_encode_with(c->format, &quotient.significand, quotient.exponent, options);
}

/* ---- scale with the least squared error ------------------------------------------------------------------------- */

/* Largest magnitude first: it rules out most scales alone. */
typedef struct {
    const double *values;
    unsigned count;
    unsigned largest;
} block;

/* sum += (x - value)^2 = x^2 + value^2 - 2 x value, for the element nearest to x. */
static void add_error(const context *c, ng_dyadic scale, double value, ng_long_sum *sum)
{
    const ng_number element = ng_decode_finite(c->format, encode_element(c, scale, value, NULL));
    const ng_dyadic rounded = ng_dyadic_multiply(scale, ng_dyadic_make(element.significand, element.exponent));
    const ng_dyadic x = ng_dyadic_from_double(value);
    const ng_dyadic squares[] = {ng_dyadic_multiply(x, x), ng_dyadic_multiply(rounded, rounded)};
    ng_dyadic mixed = ng_dyadic_multiply(x, rounded);
    mixed.significand = ng_wide_negate(mixed.significand);
    mixed.exponent++;
    ng_long_sum_add(sum, &squares[0]);
    ng_long_sum_add(sum, &squares[1]);
    ng_long_sum_add(sum, &mixed);
}

/* A number whose square the long sum holds. */
static bool is_squarable(double value)
{
    const ng_dyadic x = ng_dyadic_from_double(value);
    return ng_wide_is_zero(&x.significand) || (x.exponent >= NG_LONG_LSB / 2 && fabs(value) < 0x1p300);
}

/* True if all values of the format fit the long sum when squared, and so do the finite ones of the block. */
static bool errors_are_exact(const context *c, const block *b)
{
    const ng_dyadic top = scale_of(c, ng_scale_largest(c->format->scale));
    const int most = top.exponent + (int)ng_wide_length(&top.significand) + c->largest.exponent +
                     (int)ng_wide_length(&c->largest.significand);
    const ng_dyadic least = scale_of(c, 0);
    bool fine = least.exponent + ng_format_lsb(c->format) >= NG_LONG_LSB / 2 && most < 300;
    for (unsigned i = 0; i < b->count; i++) {
        fine = fine && is_squarable(b->values[i]);
    }
    return fine;
}

/* A grid of twice the scale holds no number within reach that this one lacks: no scale above CEIL is better. */
static bool is_nested(const ng_format *format)
{
    return is_power_of_two(format->scale) &&
           (format->kind == NG_KIND_INTEGER || format->kind == NG_KIND_MINIFLOAT || format->kind == NG_KIND_SHIFT);
}

/* Adds up the errors under a scale until they exceed `best`; returns false if they do. */
static bool is_no_worse(const context *c, const block *b, ng_dyadic scale, const ng_long_sum *best, ng_long_sum *sum)
{
    for (unsigned i = 0; i < b->count; i++) {
        const unsigned at = i == 0 ? b->largest : i == b->largest ? 0 : i;
        if (isfinite(b->values[at])) {
            add_error(c, scale, b->values[at], sum);
        }
        if (best != NULL && ng_long_sum_compare(sum, best) > 0) {
            return false;
        }
    }
    return true;
}

/* True if the largest value lies beyond both ends of the elements by itself at more than `best`: its error only grows
 * as the scale shrinks further. */
static bool is_hopeless(const context *c, const block *b, uint32_t code, const ng_long_sum *best)
{
    const ng_dyadic m = ng_dyadic_from_double(fabs(b->values[b->largest]));
    const ng_dyadic ends[] = {absolute(ng_decode_finite(c->format, ng_format_largest(c->format))),
                              absolute(ng_decode_finite(c->format, ng_format_smallest(c->format)))};
    ng_long_sum alone = {{0}};
    if (reaches(c, code, ends[0], &m) >= 0 || reaches(c, code, ends[1], &m) >= 0) {
        return false;
    }
    add_error(c, scale_of(c, code), b->values[b->largest], &alone);
    return ng_long_sum_compare(&alone, best) > 0;
}

static uint32_t scale_of_least_error(const context *c, const block *b)
{
    const double largest = b->values[b->largest];
    const uint32_t ceil = scale_for(c, largest, NG_RULE_CEIL);
    uint32_t chosen = ceil;
    ng_long_sum best = {{0}};
    if (!errors_are_exact(c, b) || !isfinite(largest) || largest == 0) {
        return ceil;
    }
    (void)is_no_worse(c, b, scale_of(c, ceil), NULL, &best);
    for (int code = (int)(is_nested(c->format) ? ceil : ng_scale_largest(c->format->scale)); code >= 0; code--) {
        ng_long_sum sum = {{0}};
        if (is_no_worse(c, b, scale_of(c, (uint32_t)code), &best, &sum)) {
            if (ng_long_sum_compare(&sum, &best) < 0 || (uint32_t)code < chosen) {
                chosen = (uint32_t)code;
            }
            best = sum;
        } else if (is_hopeless(c, b, (uint32_t)code, &best)) {
            break;
        }
    }
    return chosen;
}

/* ---- public ----------------------------------------------------------------------------------------------------- */

uint32_t ng_block_scale_under(const ng_format *format, float tensor, double largest, ng_scale_rule rule)
{
    const context c = make_context(format, tensor);
    return scale_for(&c, largest, rule);
}

uint32_t ng_block_scale(const ng_format *format, double largest, ng_scale_rule rule)
{
    return ng_block_scale_under(format, 1, largest, rule);
}

/* The element's own word, where there is one. */
static ng_encode_options options_at(const ng_encode_options *options, const uint32_t *random, unsigned index)
{
    ng_encode_options own = *options;
    own.random = random != NULL ? random[index] : options->random;
    return own;
}

uint32_t ng_block_encode_with(const ng_format *format, float tensor, const double *values, ng_scale_rule rule,
                              const ng_encode_options *options, const uint32_t *random, uint16_t *codes)
{
    const context c = make_context(format, tensor);
    block b = {.values = values, .count = format->block};
    bool number = is_tensor_scale(tensor);
    double largest = 0;
    for (unsigned i = 0; i < format->block; i++) {
        number = number && isfinite(values[i]);
        if (isfinite(values[i]) && fabs(values[i]) > largest) {
            largest = fabs(values[i]);
            b.largest = i;
        }
    }
    const uint32_t code = rule == NG_RULE_MSE ? scale_of_least_error(&c, &b) : scale_for(&c, largest, rule);
    const ng_dyadic scale = scale_of(&c, code);
    for (unsigned i = 0; i < format->block; i++) {
        if (options == NULL) {
            codes[i] = (uint16_t)encode_element(&c, scale, values[i], NULL);
            continue;
        }
        const ng_encode_options own = options_at(options, random, i);
        codes[i] = (uint16_t)encode_element(&c, scale, values[i], &own);
    }
    return !number && ng_scale_nan(format->scale) >= 0 ? (uint32_t)ng_scale_nan(format->scale) : code;
}

uint32_t ng_block_encode_under(const ng_format *format, float tensor, const float *values, ng_scale_rule rule,
                               uint16_t *codes)
{
    double wide[NG_BLOCK_MAX];
    for (unsigned i = 0; i < format->block && i < NG_BLOCK_MAX; i++) {
        wide[i] = (double)values[i];
    }
    return ng_block_encode_with(format, tensor, wide, rule, NULL, NULL, codes);
}

uint32_t ng_block_encode(const ng_format *format, const float *values, ng_scale_rule rule, uint16_t *codes)
{
    return ng_block_encode_under(format, 1, values, rule, codes);
}

const char *ng_scale_rule_name(ng_scale_rule rule)
{
    static const char names[][8] = {"floor", "ceil", "round", "mse"};
    return (unsigned)rule < sizeof names / sizeof names[0] ? names[rule] : NULL;
}

ng_scale_rule ng_scale_rule_default(const ng_format *format)
{
    return format->scale == NG_SCALE_UE4M3 ? NG_RULE_ROUND : format->kind == NG_KIND_INTEGER ? NG_RULE_FLOOR : NG_RULE_CEIL;
}
