#include "src/quantize/two_level.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "model/nvfp4.h"
#include "model/scale.h"
#include "src/base/vectorise.h"
#include "src/quantize/block.h"

enum { SCALES = 127, ELEMENTS_MOST = 129, LANES = 16 };

static const float nvfp4_reach = 6;

/* What rounding needs to know of a format under a scale of the tensor. */
typedef struct {
    const ng_format *format;
    double tensor;
    size_t size;                       /* of a block */
    size_t steps;                      /* from one magnitude of the elements to the next */
    double middle[ELEMENTS_MOST];      /* between the two */
    double step[ELEMENTS_MOST];
    float largest;                     /* element; of two's complement below the largest magnitude */
    double scale[SCALES];
    float most[SCALES];                /* largest magnitude of a block that has the scale, or a smaller one */
} shape;

bool ng_is_two_level(const ng_format *format)
{
    return format->block != 0 && format->scale == NG_SCALE_UE4M3;
}

static double largest_element(const ng_format *format)
{
    return ng_decode_double(format, ng_format_largest(format));
}

float ng_block_tensor_scale(const ng_format *format, float largest)
{
    return ng_is_two_level(format) ? ng_nvfp4_tensor_scale((float)((double)largest * (double)nvfp4_reach / largest_element(format))) : 1;
}

/* The largest fp32 number below a positive limit, or at it where that still counts as below. */
NG_INLINE float below(double limit, bool at)
{
    const float near = (float)limit;
    const double back = (double)near;
    int32_t bits;
    float lower;
    memcpy(&bits, &near, sizeof bits);
    bits -= back > limit || (!at && back >= limit);
    memcpy(&lower, &bits, sizeof lower);
    return lower;
}

/* Magnitude number `index` of the elements: codes of minifloats and integers count them. */
static double magnitude(const ng_format *format, size_t index)
{
    return format->kind == NG_KIND_INTEGER ? ldexp((double)index, ng_format_lsb(format)) : ng_decode_double(format, (uint32_t)index);
}

static void list_elements(shape *s)
{
    const double most = fmax(largest_element(s->format), -ng_decode_double(s->format, ng_format_smallest(s->format)));
    for (s->steps = 0; s->steps < ELEMENTS_MOST && magnitude(s->format, s->steps) < most; s->steps++) {
        const double from = magnitude(s->format, s->steps);
        const double to = magnitude(s->format, s->steps + 1);
        s->middle[s->steps] = (from + to) / 2;
        s->step[s->steps] = to - from;
    }
    s->largest = (float)largest_element(s->format);
}

/* Where the next scale takes over (model/block_encode.h). */
static void list_scales(shape *s, ng_scale_rule rule)
{
    const double unit = s->tensor * largest_element(s->format);
    for (uint32_t code = 0; code < SCALES; code++) {
        const ng_number scale = ng_scale_decode(s->format->scale, code);
        s->scale[code] = ldexp((double)scale.significand, scale.exponent);
    }
    for (uint32_t code = 0; code + 1 < SCALES; code++) {
        const double here = unit * s->scale[code];
        const double next = unit * s->scale[code + 1];
        s->most[code] = rule == NG_RULE_FLOOR   ? below(next, false)
                        : rule == NG_RULE_ROUND ? below((here + next) / 2, code % 2 == 0)
                                                : code == 0 ? 0 : below(here, true);
    }
    s->most[SCALES - 1] = INFINITY;
}

static shape shape_of(const ng_format *format, float tensor, ng_scale_rule rule)
{
    shape s = {.format = format, .tensor = isfinite(tensor) && tensor > 0 ? (double)tensor : 1, .size = format->block};
    list_elements(&s);
    list_scales(&s, rule);
    return s;
}

/* The first scale that is large enough; 0 for a block of zeros. */
static size_t scale_for(const shape *s, float largest)
{
    size_t low = 0;
    size_t high = SCALES - 1;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (largest <= s->most[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return largest > 0 ? low : 0;
}

/* Where the rounded magnitude takes a step, and by how much. */
typedef struct {
    float limit[ELEMENTS_MOST];
    float step[ELEMENTS_MOST];
} ladder;

NG_INLINE void make_ladder(const shape *s, size_t code, ladder *l)
{
    const double unit = s->tensor * s->scale[code];
    for (size_t i = 0; i < s->steps; i++) {
        l->limit[i] = below(unit * s->middle[i], i % 2 == 0);
        l->step[i] = (float)(s->step[i] * s->scale[code]);
    }
}

/* Magnitudes climb the ladder, sixteen at a time. */
NG_INLINE void climb(const ladder *l, size_t steps, float largest, float x[LANES])
{
    float y[LANES] = {0};
    for (size_t i = 0; i < steps; i++) {
        for (size_t lane = 0; lane < LANES; lane++) {
            y[lane] += fabsf(x[lane]) > l->limit[i] ? l->step[i] : 0;
        }
    }
    for (size_t lane = 0; lane < LANES; lane++) {
        const float high = y[lane] > largest ? largest : y[lane];
        x[lane] = x[lane] < 0 ? -y[lane] : high;
    }
}

NG_INLINE void round_with(const shape *s, size_t code, float *x, size_t count)
{
    ladder l;
    make_ladder(s, code, &l);
    for (size_t from = 0; from < count; from += LANES) {
        const size_t used = count - from < LANES ? count - from : LANES;
        float some[LANES] = {0};
        memcpy(some, x + from, used * sizeof *some);
        climb(&l, s->steps, (float)((double)s->largest * s->scale[code]), some);
        memcpy(x + from, some, used * sizeof *some);
    }
}

NG_INLINE float largest_of(const float *x, size_t count)
{
    int32_t most = 0;
    float largest;
    for (size_t i = 0; i < count; i++) {
        int32_t bits;
        memcpy(&bits, &x[i], sizeof bits);
        bits &= INT32_MAX;
        most = bits > most ? bits : most;
    }
    memcpy(&largest, &most, sizeof largest);
    return largest;
}

/* The scale that the model finds. */
static size_t searched_scale(const shape *s, const float *x, size_t count)
{
    float whole[NG_BLOCK_MAX] = {0};
    uint16_t codes[NG_BLOCK_MAX];
    memcpy(whole, x, count * sizeof *x);
    return ng_block_encode_under(s->format, (float)s->tensor, whole, NG_RULE_MSE, codes);
}

NG_VECTORISED static bool round_rows(const shape *s, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    for (size_t row = 0; row < rows; row++, x += columns) {
        for (size_t at = 0; at < columns; at += s->size) {
            const size_t count = columns - at < s->size ? columns - at : s->size;
            const float largest = largest_of(x + at, count);
            if (!(largest < INFINITY)) {
                return false;
            }
            round_with(s, rule == NG_RULE_MSE ? searched_scale(s, x + at, count) : scale_for(s, largest), x + at, count);
        }
    }
    return true;
}

bool ng_block_round_under(const ng_format *format, float tensor, ng_scale_rule rule, float *x, size_t rows, size_t columns)
{
    if (!ng_is_two_level(format)) {
        return ng_block_round(format, rule, x, rows, columns);
    }
    const shape s = shape_of(format, tensor, rule);
    return round_rows(&s, rule, x, rows, columns);
}
