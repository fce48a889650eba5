#include "model/sum.h"

#include "model/window.h"

bool ng_sum_is_float(const ng_dot_path *path)
{
    return path->accumulator.kind == NG_ACCUMULATE_FLOAT || path->accumulator.kind == NG_ACCUMULATE_BLOCKED;
}

void ng_sum_start(const ng_dot_path *path, ng_sum *sum)
{
    *sum = (ng_sum){.exponent = path->lsb, .running = {NG_CLASS_FINITE, false, 0, 0}};
    ng_big_zero(&sum->fixed, path->fixed_bits != 0 ? path->fixed_bits : 1);
}

/* A running sum that has to be aligned with the group to come. */
static bool joins(const ng_dot_path *path, const ng_sum *sum)
{
    return path->accumulator.joined && sum->running.category == NG_CLASS_FINITE && sum->running.significand != 0;
}

static ng_wide signed_significand(const ng_float *value)
{
    const ng_wide size = {{value->significand, 0, 0, 0}};
    return value->negative ? ng_wide_negate(size) : size;
}

void ng_sum_align(const ng_dot_path *path, ng_sum *sum, int largest)
{
    const ng_accumulator *accumulator = &path->accumulator;
    if (accumulator->window == 0) {
        return;
    }
    sum->exponent = ng_window_unit(accumulator, largest);
    if (!joins(path, sum)) {
        return;
    }
    const int own = sum->running.exponent + (int)accumulator->rule.precision.mantissa_bits;
    sum->exponent = ng_window_unit(accumulator, own > largest ? own : largest);
    const ng_wide value = signed_significand(&sum->running);
    const ng_wide cut = ng_window_cut(accumulator, &value, sum->running.exponent, sum->exponent, sum->random.product);
    ng_big_add_wide(&sum->fixed, &cut, 0);
    sum->running = (ng_float){NG_CLASS_FINITE, false, 0, 0};
}

/* running = running + value * 2^exponent by the accumulator's rule. */
static void add_running(const ng_accumulator *accumulator, ng_sum *sum, const ng_big *value, int exponent)
{
    ng_float_rule rule = accumulator->rule;
    rule.draw = (ng_draw){sum->random.sum, accumulator->random_bits};
    if (accumulator->product.exponent_bits == 0) {
        sum->running = ng_float_add(&rule, &sum->running, value, exponent);
        return;
    }
    ng_float_rule first = rule;
    first.precision = accumulator->product;
    first.draw.random = sum->random.product;
    unsigned drop = 0;
    const ng_wide leading = ng_big_leading(value, &drop);
    const ng_float rounded = ng_float_round(&first, &leading, exponent + (int)drop);
    sum->running = ng_float_add_float(&rule, &sum->running, &rounded);
}

static void close_group(const ng_dot_path *path, ng_sum *sum)
{
    add_running(&path->accumulator, sum, &sum->fixed, sum->exponent);
    ng_big_zero(&sum->fixed, path->fixed_bits);
    sum->exponent = path->lsb;
    sum->count = 0;
}

/* What the window leaves of a term that reaches below the register. */
static void add_cut(const ng_dot_path *path, ng_sum *sum, const ng_wide *significand, int exponent)
{
    const ng_wide cut = ng_window_cut(&path->accumulator, significand, exponent, sum->exponent, sum->random.cut);
    ng_big_add_wide(&sum->fixed, &cut, 0);
}

/* The register takes the term whole, or what the window leaves of it. */
static void add_fixed(const ng_dot_path *path, ng_sum *sum, const ng_term *term)
{
    if (term->exponent >= sum->exponent) {
        ng_big_add_wide(&sum->fixed, &term->significand, (unsigned)(term->exponent - sum->exponent));
    } else {
        add_cut(path, sum, &term->significand, term->exponent);
    }
}

static void add_fixed_long(const ng_dot_path *path, ng_sum *sum, const ng_long_term *term)
{
    if (term->exponent >= sum->exponent) {
        ng_big_add(&sum->fixed, &term->significand, (unsigned)(term->exponent - sum->exponent));
        return;
    }
    unsigned drop = 0;
    const ng_wide leading = ng_big_leading(&term->significand, &drop);
    add_cut(path, sum, &leading, term->exponent + (int)drop);
}

/* A term is in the fixed-point register. */
static void count_term(const ng_dot_path *path, ng_sum *sum)
{
    if (path->accumulator.kind != NG_ACCUMULATE_BLOCKED) {
        return;
    }
    sum->count++;
    if (sum->count == path->accumulator.group) {
        close_group(path, sum);
    }
}

void ng_sum_add(const ng_dot_path *path, ng_sum *sum, const ng_term *term)
{
    sum->flag = sum->flag || term->special;
    if (path->accumulator.kind == NG_ACCUMULATE_FLOAT) {
        ng_big value;
        ng_big_zero(&value, NG_WIDE_BITS);
        ng_big_add_wide(&value, &term->significand, 0);
        add_running(&path->accumulator, sum, &value, term->exponent);
        return;
    }
    add_fixed(path, sum, term);
    count_term(path, sum);
}

void ng_sum_add_long(const ng_dot_path *path, ng_sum *sum, const ng_long_term *term)
{
    sum->flag = sum->flag || term->special;
    if (path->accumulator.kind == NG_ACCUMULATE_FLOAT) {
        add_running(&path->accumulator, sum, &term->significand, term->exponent);
        return;
    }
    add_fixed_long(path, sum, term);
    count_term(path, sum);
}

void ng_sum_finish(const ng_dot_path *path, ng_sum *sum)
{
    if (sum->count != 0) {
        close_group(path, sum);
    }
}
