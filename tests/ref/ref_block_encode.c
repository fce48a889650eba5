#include "tests/ref/ref_block_encode.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* value of a UE4M3 code, from the words of OCP OFP8 v1.0 for a number with 4 exponent and 3 mantissa bits of bias 7. */
static void set_ue4m3(mpq_t value, unsigned code)
{
    const unsigned exponent = code / 8;
    const unsigned mantissa = code % 8;
    mpq_set_ui(value, exponent == 0 ? mantissa : 8 + mantissa, 8);
    mpq_canonicalize(value);
    mpq_mul_2exp(value, value, exponent == 0 ? 1 : exponent);
    mpq_div_2exp(value, value, 7);
}

static void set_power_of_two(mpq_t value, unsigned code)
{
    mpq_set_ui(value, 1, 1);
    mpq_mul_2exp(value, value, code);
    mpq_div_2exp(value, value, 127);
}

void ref_block_init(ref_block *block, const ref_table *table, unsigned length, ref_scale scale, float tensor)
{
    block->table = table;
    block->block = length;
    block->scale = scale;
    block->scales = scale == REF_SCALE_UE4M3 ? 127 : 255;
    block->nan = scale == REF_SCALE_UE4M3 ? 127 : scale == REF_SCALE_E8M0 ? 255 : -1;
    mpq_init(block->tensor);
    mpq_set_d(block->tensor, (double)tensor);
    for (unsigned code = 0; code < REF_BLOCK_SCALES; code++) {
        mpq_init(block->scale_value[code]);
        if (code < block->scales) {
            (scale == REF_SCALE_UE4M3 ? set_ue4m3 : set_power_of_two)(block->scale_value[code], code);
        }
    }
    block->element = malloc(table->codes * sizeof *block->element);
    if (block->element == NULL) {
        fprintf(stderr, "ref_block_init: no memory\n");
        abort();
    }
    for (unsigned code = 0; code < table->codes; code++) {
        mpq_init(block->element[code]);
        if (table->value[code].class == REF_FINITE) {
            mpfr_get_q(block->element[code], table->value[code].number);
        }
    }
}

void ref_block_clear(ref_block *block)
{
    mpq_clear(block->tensor);
    for (unsigned code = 0; code < REF_BLOCK_SCALES; code++) {
        mpq_clear(block->scale_value[code]);
    }
    for (unsigned code = 0; code < block->table->codes; code++) {
        mpq_clear(block->element[code]);
    }
    free(block->element);
}

/* ---- elements --------------------------------------------------------------------------------------------------- */

/* First place in the order whose value is >= number; the last place if there is none. */
static unsigned place_of(const ref_block *block, const mpq_t number)
{
    const uint32_t *order = block->table->order;
    unsigned low = 0;
    unsigned high = block->table->finite - 1;
    while (low < high) {
        const unsigned middle = (low + high) / 2;
        if (mpq_cmp(block->element[order[middle]], number) >= 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* Of the codes with the value of `code`, the one with the sign wanted. */
static uint32_t with_sign(const ref_block *block, uint32_t code, bool negative)
{
    const uint32_t *order = block->table->order;
    unsigned i = place_of(block, block->element[code]);
    for (; i < block->table->finite && mpq_equal(block->element[order[i]], block->element[code]); i++) {
        const bool minus = mpfr_signbit(block->table->value[order[i]].number) != 0;
        if (minus == negative) {
            return order[i];
        }
    }
    return code;
}

/* Code nearest to the number; ties to the even code, of two even ones to the upper. */
static uint32_t nearest(const ref_block *block, const mpq_t number, bool negative)
{
    const uint32_t *order = block->table->order;
    const unsigned low = place_of(block, number);
    uint32_t best = order[low];
    if (low > 0) {
        mpq_t up;
        mpq_t down;
        mpq_inits(up, down, NULL);
        mpq_sub(up, block->element[order[low]], number);
        mpq_sub(down, number, block->element[order[low - 1]]);
        mpq_abs(up, up);
        const int side = mpq_cmp(down, up);
        if (side < 0 || (side == 0 && best % 2 == 1)) {
            best = order[low - 1];
        }
        mpq_clears(up, down, NULL);
    }
    return with_sign(block, best, negative);
}

/* The largest NaN code of positive sign, or 0. */
static uint32_t nan_code(const ref_table *table)
{
    uint32_t nan = 0;
    for (uint32_t code = 0; code < table->codes; code++) {
        if (table->value[code].class == REF_NAN && !mpfr_signbit(table->value[code].number)) {
            nan = code;
        }
    }
    return nan;
}

/* The element of x under a scale. */
static uint32_t element_of(const ref_block *block, const mpq_t scale, float x)
{
    uint32_t code;
    mpq_t number;
    if (isnan(x)) {
        return nan_code(block->table);
    }
    if (isinf(x)) {
        return x < 0 ? ref_smallest(block->table) : ref_largest(block->table);
    }
    mpq_init(number);
    mpq_set_d(number, (double)x);
    if (mpq_sgn(scale) == 0) {
        mpq_set_ui(number, 0, 1);
    } else {
        mpq_div(number, number, scale);
    }
    code = nearest(block, number, signbit(x) != 0);
    mpq_clear(number);
    return code;
}

/* True for the upper of the neighbours low < number < high. */
static bool takes_upper(const mpq_t low, const mpq_t high, bool high_is_odd, const mpq_t number, const ref_options *options)
{
    const bool negative = mpq_sgn(number) < 0;
    mpq_t share; /* of the way from the neighbour near zero to the other */
    mpq_t whole;
    mpz_t words;
    bool away;
    mpq_inits(share, whole, NULL);
    mpz_init(words);
    mpq_sub(whole, high, low);
    mpq_sub(share, negative ? high : number, negative ? number : low);
    mpq_div(share, share, whole);
    mpq_set_ui(whole, 1, 2);
    const int side = mpq_cmp(share, whole);
    switch (options->rounding) {
    case REF_NEAREST_AWAY: away = side >= 0; break;
    case REF_TIES_UP: away = side > 0 || (side == 0 && !negative); break;
    case REF_TOWARD_ZERO: away = false; break;
    case REF_UP: away = !negative; break;
    case REF_DOWN: away = negative; break;
    case REF_TO_ODD: away = high_is_odd != negative; break;
    case REF_STOCHASTIC:
        mpq_mul_2exp(share, share, options->random_bits);
        mpz_fdiv_q(words, mpq_numref(share), mpq_denref(share));
        mpz_add_ui(words, words, options->random);
        away = mpz_sizeinbase(words, 2) > options->random_bits;
        break;
    default: away = side > 0 || (side == 0 && high_is_odd == negative); break;
    }
    mpq_clears(share, whole, NULL);
    mpz_clear(words);
    return away != negative;
}

uint32_t ref_block_element(const ref_block *block, uint32_t scale, double x, const ref_options *options)
{
    const uint32_t *order = block->table->order;
    uint32_t code;
    mpq_t number;
    mpq_init(number);
    mpq_set_d(number, x);
    if (mpq_sgn(block->scale_value[scale]) != 0) {
        mpq_div(number, number, block->scale_value[scale]);
        mpq_div(number, number, block->tensor);
    } else {
        mpq_set_ui(number, 0, 1);
    }
    const unsigned at = place_of(block, number);
    code = order[at];
    if (at > 0 && mpq_cmp(block->element[code], number) > 0 &&
        !takes_upper(block->element[order[at - 1]], block->element[code], code % 2 == 1, number, options)) {
        code = order[at - 1];
    }
    code = with_sign(block, code, signbit(x) != 0);
    mpq_clear(number);
    return code;
}

/* ---- scales ----------------------------------------------------------------------------------------------------- */

static void whole_scale(const ref_block *block, unsigned code, mpq_t scale)
{
    mpq_mul(scale, block->scale_value[code], block->tensor);
}

/* OCP MX calls the exponent of this number emax: the largest power of two among the elements. */
static void largest_power(const ref_block *block, mpq_t power)
{
    mpq_set_ui(power, 0, 1);
    for (unsigned i = 0; i < block->table->finite; i++) {
        const mpq_t *value = &block->element[block->table->order[i]];
        const bool one = mpz_popcount(mpq_numref(*value)) == 1 && mpz_popcount(mpq_denref(*value)) == 1;
        if (one && mpq_cmp(*value, power) > 0) {
            mpq_set(power, *value);
        }
    }
}

/* How far the scale is from t: the ratio of the larger to the smaller for powers of two, the difference else. */
static void distance(const ref_block *block, unsigned code, const mpq_t t, mpq_t out)
{
    if (block->scale == REF_SCALE_UE4M3) {
        mpq_sub(out, t, block->scale_value[code]);
        mpq_abs(out, out);
    } else if (mpq_cmp(t, block->scale_value[code]) < 0) {
        mpq_div(out, block->scale_value[code], t);
    } else {
        mpq_div(out, t, block->scale_value[code]);
    }
}

static uint32_t closest_scale(const ref_block *block, const mpq_t t)
{
    uint32_t best = 0;
    mpq_t least;
    mpq_t here;
    mpq_inits(least, here, NULL);
    distance(block, 0, t, least);
    for (unsigned code = 1; code < block->scales; code++) {
        distance(block, code, t, here);
        const int order = mpq_cmp(here, least);
        if (order < 0 || (order == 0 && code % 2 == 0)) {
            mpq_set(least, here);
            best = code;
        }
    }
    mpq_clears(least, here, NULL);
    return best;
}

uint32_t ref_block_scale(const ref_block *block, const mpq_t largest, ref_rule rule)
{
    uint32_t best = 0;
    mpq_t element;
    mpq_t t;
    if (mpq_sgn(largest) == 0) {
        return 0;
    }
    mpq_inits(element, t, NULL);
    mpq_set(element, block->element[ref_largest(block->table)]);
    if (rule == REF_RULE_FLOOR && block->scale != REF_SCALE_UE4M3) {
        largest_power(block, element);
    }
    mpq_mul(element, element, block->tensor);
    mpq_div(t, largest, element);
    if (rule == REF_RULE_FLOOR) {
        while (best + 1 < block->scales && mpq_cmp(block->scale_value[best + 1], t) <= 0) {
            best++;
        }
    } else if (rule == REF_RULE_CEIL) {
        while (best + 1 < block->scales && mpq_cmp(block->scale_value[best], t) < 0) {
            best++;
        }
    } else {
        best = closest_scale(block, t);
    }
    mpq_clears(element, t, NULL);
    return best;
}

/* Sum of squared errors of the finite values. */
static void squared_error(const ref_block *block, const float *values, unsigned code, mpq_t sum)
{
    mpq_t scale;
    mpq_t x;
    mpq_t value;
    mpq_inits(scale, x, value, NULL);
    whole_scale(block, code, scale);
    mpq_set_ui(sum, 0, 1);
    for (unsigned i = 0; i < block->block; i++) {
        if (isfinite(values[i])) {
            mpq_set_d(x, (double)values[i]);
            mpq_mul(value, block->element[element_of(block, scale, values[i])], scale);
            mpq_sub(x, x, value);
            mpq_mul(x, x, x);
            mpq_add(sum, sum, x);
        }
    }
    mpq_clears(scale, x, value, NULL);
}

static uint32_t scale_of_least_error(const ref_block *block, const float *values)
{
    uint32_t best = 0;
    mpq_t least;
    mpq_t here;
    mpq_inits(least, here, NULL);
    squared_error(block, values, 0, least);
    for (unsigned code = 1; code < block->scales; code++) {
        squared_error(block, values, code, here);
        if (mpq_cmp(here, least) < 0) {
            mpq_set(least, here);
            best = code;
        }
    }
    mpq_clears(least, here, NULL);
    return best;
}

uint32_t ref_block_encode(const ref_block *block, const float *values, ref_rule rule, uint16_t *codes)
{
    bool finite = true;
    mpq_t largest;
    mpq_t x;
    mpq_inits(largest, x, NULL);
    for (unsigned i = 0; i < block->block; i++) {
        if (!isfinite(values[i])) {
            finite = false;
            continue;
        }
        mpq_set_d(x, fabs((double)values[i]));
        if (mpq_cmp(x, largest) > 0) {
            mpq_set(largest, x);
        }
    }
    const uint32_t code =
        rule == REF_RULE_MSE ? scale_of_least_error(block, values) : ref_block_scale(block, largest, rule);
    whole_scale(block, code, x);
    for (unsigned i = 0; i < block->block; i++) {
        codes[i] = (uint16_t)element_of(block, x, values[i]);
    }
    mpq_clears(largest, x, NULL);
    return !finite && block->nan >= 0 ? (uint32_t)block->nan : code;
}
