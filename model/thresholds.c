#include "model/thresholds.h"

#include <math.h>

#include "model/dyadic.h"
#include "model/exact_add.h"

static void long_of(const ng_wide *value, ng_big *number)
{
    ng_big_zero(number, NG_WIDE_BITS);
    ng_big_add_wide(number, value, 0);
}

uint32_t ng_affine_encode(const ng_affine *affine, int64_t x, const ng_format *output, const ng_encode_options *options)
{
    const ng_dyadic offset = ng_dyadic_from_double(affine->offset);
    const ng_dyadic product = ng_dyadic_multiply(ng_dyadic_from_double(affine->gain), ng_dyadic_make(x, 0));
    ng_big a;
    ng_big b;
    int exponent = 0;
    long_of(&product.significand, &a);
    long_of(&offset.significand, &b);
    const ng_wide sum = ng_exact_add(&a, product.exponent, &b, offset.exponent, &exponent);
    return ng_encode_with(output, &sum, exponent, options);
}

static ng_thresholds_status check(const ng_affine *affine, unsigned bits, const ng_format *output,
                                  const ng_encode_options *options)
{
    if (!isfinite(affine->gain) || affine->gain <= 0 || !isfinite(affine->offset)) {
        return NG_THRESHOLDS_AFFINE;
    }
    if (output->block != 0 || output->bits > NG_THRESHOLDS_FORMAT_BITS) {
        return NG_THRESHOLDS_FORMAT;
    }
    if (options != NULL &&
        ((unsigned)options->rounding >= NG_ROUND_STOCHASTIC || options->overflow != NG_OVERFLOW_SATURATE)) {
        return NG_THRESHOLDS_OPTIONS;
    }
    if (options != NULL && options->rounding == NG_ROUND_DOWN && !output->has_zero) {
        return NG_THRESHOLDS_OPTIONS;
    }
    return bits >= 1 && bits <= NG_THRESHOLDS_INPUT_BITS ? NG_THRESHOLDS_OK : NG_THRESHOLDS_BITS;
}

/* Inserts a code by its value unless the value is there already: codes come in ascending order, the lower one stays. */
static void insert(ng_thresholds *made, unsigned *levels, const ng_format *output, uint32_t code)
{
    const double value = ng_decode_double(output, code);
    unsigned at = *levels;
    while (at > 0 && ng_decode_double(output, made->code[at - 1]) > value) {
        at--;
    }
    if (at > 0 && ng_decode_double(output, made->code[at - 1]) == value) {
        return;
    }
    for (unsigned i = *levels; i > at; i--) {
        made->code[i] = made->code[i - 1];
    }
    made->code[at] = code;
    (*levels)++;
}

/* All values an encoder gives: a symmetric integer leaves its most negative code out. */
static unsigned list_levels(ng_thresholds *made, const ng_format *output)
{
    const double smallest = ng_decode_double(output, ng_format_smallest(output));
    unsigned levels = 0;
    for (uint32_t code = 0; code < ng_format_codes(output); code++) {
        if (!ng_code_is_special(output, code) && ng_decode_double(output, code) >= smallest) {
            insert(made, &levels, output, code);
        }
    }
    return levels;
}

ng_thresholds_status ng_thresholds_init(ng_thresholds *made, const ng_affine *affine, unsigned bits,
                                        const ng_format *output, const ng_encode_options *options)
{
    const ng_thresholds_status status = check(affine, bits, output, options);
    if (status != NG_THRESHOLDS_OK) {
        return status;
    }
    ng_thresholds list = {.count = 0};
    list.count = list_levels(&list, output) - 1;
    const int64_t end = INT64_C(1) << (bits - 1);
    int64_t below = -end - 1; /* no x up to here reaches the level */
    for (unsigned level = 1; level <= list.count; level++) {
        const double value = ng_decode_double(output, list.code[level]);
        int64_t above = end;
        /* A level is not reached before the one under it. */
        for (below = level > 1 ? list.threshold[level - 2] - 1 : below; above - below > 1;) {
            const int64_t middle = below + (above - below) / 2;
            if (ng_decode_double(output, ng_affine_encode(affine, middle, output, options)) >= value) {
                above = middle;
            } else {
                below = middle;
            }
        }
        list.threshold[level - 1] = above;
    }
    *made = list;
    return NG_THRESHOLDS_OK;
}

uint32_t ng_thresholds_apply(const ng_thresholds *thresholds, int64_t x)
{
    unsigned level = 0;
    for (unsigned i = 0; i < thresholds->count; i++) {
        level += thresholds->threshold[i] <= x;
    }
    return thresholds->code[level];
}
