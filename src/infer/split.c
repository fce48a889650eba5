#include "src/infer/split.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "model/wide.h"
#include "src/base/vectorise.h"
#include "src/quantize/weights.h"

enum { EXACT_BITS = 53, FLOAT_BITS = 24, INTEGER_BITS = 126 };

__extension__ typedef __int128 integer;

static int exponent_of(double value)
{
    int exponent = 0;
    (void)frexp(value, &exponent);
    return exponent - 1;
}

/* `count` parts of equal width over the exponents [low, high]. */
static ng_parts cut(const ng_grid *grid, int low, int high, unsigned count)
{
    const int width = (high - low + (int)count) / (int)count;
    ng_parts parts = {count, {{0, 0, 0}}};
    for (unsigned i = 0; i < count; i++) {
        /* Counted from the top, where the numbers are; what is left at the bottom is the part most often empty. */
        const int to = high + 1 - (int)(count - 1 - i) * width;
        const int from = to - width > low ? to - width : low;
        const int shift = from - (int)grid->precision;
        parts.part[i] = (ng_part){ldexp(1, from), ldexp(1, to), shift > 0 ? (unsigned)shift : 0};
    }
    return parts;
}

static void exponent_range(const double *values, size_t count, int *low, int *high)
{
    double least = INFINITY;
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        const double size = fabs(values[i]);
        least = size > 0 && size < least ? size : least;
        most = size > most ? size : most;
    }
    *low = most > 0 ? exponent_of(least) : 0;
    *high = most > 0 ? exponent_of(most) : 0;
}

static bool below_exact(const ng_wide *bound)
{
    return ng_wide_length(bound) <= EXACT_BITS;
}

typedef struct {
    const ng_grid *activation;
    const double *weights;
    double *scratch; /* as many as weights */
    size_t channels;
    size_t reduction;
} layer_weights;

/* Largest value of an activation part, in its units; 0 if it is too large to be worth a look. */
static double part_reach(const ng_grid *activation, const ng_part *part)
{
    const double most = fmin(part->to, ng_grid_reach(activation));
    const double reach = ceil(ldexp(most, -(int)part->shift));
    return reach < ldexp(1, EXACT_BITS) ? reach : 0;
}

static bool all_exact(const layer_weights *w, const ng_parts *weight_parts, const ng_parts *activation_parts)
{
    for (unsigned i = 0; i < weight_parts->count; i++) {
        (void)ng_split_part(&weight_parts->part[i], w->weights, w->channels * w->reduction, w->scratch);
        for (unsigned j = 0; j < activation_parts->count; j++) {
            const double reach = part_reach(w->activation, &activation_parts->part[j]);
            const ng_wide bound = ng_weights_bound(w->scratch, w->channels, w->reduction, reach);
            if (!(reach > 0) || !below_exact(&bound)) {
                return false;
            }
        }
    }
    return true;
}

bool ng_split_choose(const ng_grid *weight, const ng_grid *activation, const double *weights, size_t channels,
                     size_t reduction, ng_parts *weight_parts, ng_parts *activation_parts)
{
    int low;
    int high;
    const size_t count = channels * reduction;
    layer_weights w = {activation, weights, malloc(count * sizeof(double)), channels, reduction};
    if (w.scratch == NULL) {
        return false;
    }
    exponent_range(weights, count, &low, &high);
    const int top = exponent_of(ng_grid_reach(activation));
    bool found = false;
    for (unsigned pairs = 1; pairs <= NG_PAIRS_MOST && !found; pairs++) {
        for (unsigned i = 1; i <= NG_PARTS_MOST && !found; i++) {
            if (pairs % i != 0 || pairs / i > NG_PARTS_MOST) {
                continue;
            }
            *weight_parts = cut(weight, low, high, i);
            *activation_parts = cut(activation, 0, top, pairs / i);
            found = all_exact(&w, weight_parts, activation_parts);
        }
    }
    free(w.scratch);
    return found;
}

NG_VECTORISED static int64_t select_part(double from, double to, double factor, const double *x, size_t count,
                                         double *out)
{
    int64_t any = 0;
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        const double size = fabs(x[i]);
        const int64_t keep = (size >= from) & (size < to);
        any |= keep;
        out[i] = keep != 0 ? x[i] * factor : 0;
    }
    return any;
}

bool ng_split_part(const ng_part *part, const double *x, size_t count, double *out)
{
    return select_part(part->from, part->to, ldexp(1, -(int)part->shift), x, count, out) != 0;
}

/* ---- joining --------------------------------------------------------------------------------------------------- */

NG_VECTORISED static void join_one(const double *sums, double unit, size_t count, float *out)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = (float)(sums[i] * unit);
    }
}

static void join_integers(const ng_partial *partials, unsigned partial_count, unsigned base, float unit, size_t count,
                          float *out)
{
    for (size_t i = 0; i < count; i++) {
        integer sum = 0;
        for (unsigned p = 0; p < partial_count; p++) {
            sum += (integer)(int64_t)partials[p].sums[i] * ((integer)1 << (partials[p].shift - base));
        }
        out[i] = (float)sum * unit;
    }
}

/* fp32(a * 2^lsb). */
static float wide_to_float(const ng_wide *a, int lsb)
{
    const bool negative = ng_wide_is_negative(a);
    const ng_wide magnitude = negative ? ng_wide_negate(*a) : *a;
    const unsigned length = ng_wide_length(&magnitude);
    const unsigned drop = length > FLOAT_BITS ? length - FLOAT_BITS : 0;
    const ng_wide kept = ng_wide_round_even(&magnitude, drop);
    const float value = (float)ldexp((double)kept.limb[0], lsb + (int)drop);
    return negative ? -value : value;
}

static void join_wide(const ng_partial *partials, unsigned partial_count, int lsb, size_t count, float *out)
{
    for (size_t i = 0; i < count; i++) {
        ng_wide sum = ng_wide_from_int(0);
        for (unsigned p = 0; p < partial_count; p++) {
            const ng_wide term = ng_wide_from_int((int64_t)partials[p].sums[i]);
            sum = ng_wide_add(sum, ng_wide_shift_left(term, partials[p].shift));
        }
        out[i] = wide_to_float(&sum, lsb);
    }
}

void ng_split_join(const ng_partial *partials, unsigned partial_count, int lsb, size_t count, float *out)
{
    unsigned base = UINT32_MAX;
    unsigned top = 0;
    for (unsigned p = 0; p < partial_count; p++) {
        base = partials[p].shift < base ? partials[p].shift : base;
        top = partials[p].shift > top ? partials[p].shift : top;
    }
    if (partial_count == 1) {
        join_one(partials[0].sums, ldexp(1, lsb + (int)base), count, out);
    } else if (partial_count == 0 || top - base + EXACT_BITS + 5 <= INTEGER_BITS) {
        join_integers(partials, partial_count, base, partial_count == 0 ? 1 : ldexpf(1, lsb + (int)base), count, out);
    } else {
        join_wide(partials, partial_count, lsb, count, out);
    }
}
