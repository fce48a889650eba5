#include "tests/support/sum_check.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "model/format_name.h"
#include "tests/ref/ref_integer.h"
#include "tests/ref/ref_minifloat.h"
#include "tests/ref/ref_shift.h"
#include "tests/support/random.h"
#include "tests/support/ref_of.h"

enum { PRODUCTS_MAX = 512, DRAWN_BITS = 7 };

/* ---- formats ---------------------------------------------------------------------------------------------------- */

paired_format paired(const char *name)
{
    paired_format made;
    if (ng_format_parse(name, NULL, 0, &made.model, NULL) != NG_PARSE_OK) {
        fprintf(stderr, "paired: no format %s\n", name);
        abort();
    }
    made.ref = ref_format_of(&made.model);
    return made;
}

/* The written-out format; kept for the life of the process. */
static const ref_table *written_out(const paired_format *format)
{
    static struct {
        paired_format format;
        const ref_table *table;
    } kept[64];
    size_t at = 0;
    while (at < 64 && kept[at].table != NULL && !ng_format_same(&kept[at].format.model, &format->model)) {
        at++;
    }
    ck_assert_uint_lt(at, 64);
    if (kept[at].table == NULL) {
        kept[at].format = *format;
        kept[at].table = ref_table_new(&kept[at].format.ref);
    }
    return kept[at].table;
}

/* Of the kinds with long formats and in every inner loop the value alone. */
static bool value_alone(const ref_format *format, uint32_t code, ref_value *value)
{
    switch (format->kind) {
    case REF_INTEGER: ref_integer_value(format, code, value); return true;
    case REF_MINIFLOAT: ref_minifloat_value(format, code, value); return true;
    case REF_SHIFT: ref_shift_value(format, code, value); return true;
    default: return false;
    }
}

ref_class paired_value(const paired_format *format, uint32_t code, mpfr_t value)
{
    ref_value read = {.class = REF_FINITE};
    mpfr_init2(read.number, REF_VALUE_PRECISION);
    if (!value_alone(&format->ref, code, &read)) {
        const ref_value *written = &written_out(format)->value[code];
        read.class = written->class;
        ref_exact(mpfr_set(read.number, written->number, MPFR_RNDN));
    }
    ref_exact(mpfr_set(value, read.number, MPFR_RNDN));
    mpfr_clear(read.number);
    return read.class;
}

/* ---- accumulators ----------------------------------------------------------------------------------------------- */

ng_accumulator accumulate_exact(void)
{
    return (ng_accumulator){.kind = NG_ACCUMULATE_EXACT};
}

ng_accumulator accumulate_window(unsigned bits, ng_rounding cut)
{
    return (ng_accumulator){
        .kind = NG_ACCUMULATE_WINDOW, .window = bits, .cut = cut, .random_bits = cut == NG_ROUND_STOCHASTIC ? DRAWN_BITS : 0};
}

ng_accumulator accumulate_float(unsigned exponent_bits, unsigned mantissa_bits, ng_rounding rounding)
{
    return (ng_accumulator){.kind = NG_ACCUMULATE_FLOAT,
                            .rule = {{exponent_bits, mantissa_bits}, rounding, NG_OVERFLOW_INFINITE, {0, 0}},
                            .random_bits = rounding == NG_ROUND_STOCHASTIC ? DRAWN_BITS : 0};
}

ng_accumulator accumulate_blocked(unsigned group, unsigned exponent_bits, unsigned mantissa_bits)
{
    ng_accumulator made = accumulate_float(exponent_bits, mantissa_bits, NG_ROUND_NEAREST_EVEN);
    made.kind = NG_ACCUMULATE_BLOCKED;
    made.group = group;
    return made;
}

static ref_register reference_register(const ng_float_rule *rule, const ng_precision *precision)
{
    return (ref_register){precision->exponent_bits, precision->mantissa_bits, (ref_cut)rule->rounding,
                          rule->overflow == NG_OVERFLOW_SATURATE, {0, 1}};
}

ref_sum sum_reference(const ng_accumulator *accumulator)
{
    return (ref_sum){
        .kind = (ref_sum_kind)accumulator->kind,
        .window = accumulator->window,
        .cut = (ref_cut)accumulator->cut,
        .running = reference_register(&accumulator->rule, &accumulator->rule.precision),
        .product = reference_register(&accumulator->rule, &accumulator->product),
        .group = accumulator->group,
        .joined = accumulator->joined,
        .random_bits = accumulator->random_bits,
    };
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

static void set_float(mpfr_t value, const ng_float *number)
{
    if (number->category == NG_CLASS_NAN) {
        mpfr_set_nan(value);
    } else if (number->category == NG_CLASS_INFINITE) {
        mpfr_set_inf(value, number->negative ? -1 : 1);
    } else {
        ref_exact(mpfr_set_uj_2exp(value, number->significand, number->exponent, MPFR_RNDN));
        ref_exact(mpfr_setsign(value, value, number->negative, MPFR_RNDN));
    }
}

static void set_fixed(mpfr_t value, const ng_big *fixed, int exponent)
{
    const unsigned limbs = (fixed->bits + 63) / 64;
    mpz_t number;
    mpz_init(number);
    mpz_import(number, limbs, -1, sizeof fixed->limb[0], 0, 0, fixed->limb);
    if (mpz_tstbit(number, fixed->bits - 1)) {
        mpz_t period;
        mpz_init(period);
        mpz_setbit(period, 64 * limbs);
        mpz_sub(number, number, period);
        mpz_clear(period);
    }
    ref_exact(mpfr_set_z_2exp(value, number, exponent, MPFR_RNDN));
    mpz_clear(number);
}

void sum_value(const ng_dot_path *path, const ng_sum *sum, mpfr_t value)
{
    if (ng_sum_is_float(path)) {
        set_float(value, &sum->running);
    } else {
        set_fixed(value, &sum->fixed, sum->exponent);
    }
}

bool same_number(const mpfr_t a, const mpfr_t b)
{
    if (mpfr_nan_p(a) || mpfr_nan_p(b)) {
        return mpfr_nan_p(a) && mpfr_nan_p(b);
    }
    return mpfr_equal_p(a, b) && (mpfr_signbit(a) != 0) == (mpfr_signbit(b) != 0);
}

/* ---- operands --------------------------------------------------------------------------------------------------- */

static double gaussian(uint64_t seed, uint64_t index)
{
    const double u = ((double)(random_bits(seed, 2 * index) >> 11) + 0.5) * 0x1p-53;
    const double v = (double)(random_bits(seed, 2 * index + 1) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static uint32_t random_code(const ng_format *format, uint64_t seed, uint64_t index)
{
    return (uint32_t)random_bits(seed, index) & (ng_format_codes(format) - 1);
}

static uint32_t opposite(const ng_format *format, uint32_t code)
{
    return ng_encode_double(format, -ng_decode_double(format, code));
}

static uint32_t extreme(const ng_format *format, uint64_t seed, uint64_t index)
{
    return (random_bits(seed, index) & 1) != 0 ? ng_format_largest(format) : ng_format_smallest(format);
}

/* Of a third of the range, or 1000. */
static uint32_t gaussian_code(const ng_format *format, uint64_t seed, uint64_t index)
{
    const double largest = ng_decode_double(format, ng_format_largest(format));
    return ng_encode_double(format, gaussian(seed, index) * fmin(largest / 3, 1000));
}

static uint32_t one_code(const ng_format *format, fill how, uint64_t seed, uint64_t index)
{
    switch (how) {
    case FILL_GAUSSIAN: return gaussian_code(format, seed, index);
    case FILL_LARGE: return extreme(format, seed, index);
    case FILL_TINY: return random_code(format, seed, index) & (ng_format_codes(format) / 2 | 3);
    default: return random_code(format, seed, index);
    }
}

void fill_codes(const paired_format *weight, const paired_format *activation, fill how, uint64_t seed, uint32_t *w,
                uint32_t *a, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        w[i] = one_code(&weight->model, how, seed, 2 * i);
        a[i] = one_code(&activation->model, how, seed + 1, 2 * i);
        if (how == FILL_CANCELLING && i % 2 == 1) {
            w[i] = opposite(&weight->model, w[i - 1]);
            a[i] = random_below(seed + 2, i, 4) == 0 ? a[i - 1] ^ 1 : a[i - 1];
        }
    }
}

/* ---- checks ----------------------------------------------------------------------------------------------------- */

void draw_words(unsigned bits, uint64_t seed, ng_random *model, ref_random *ref, size_t count)
{
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t words[3];
        for (size_t j = 0; j < 3; j++) {
            const uint64_t random = bits != 0 ? random_bits(seed, 3 * i + j) : 0;
            words[j] = (uint32_t)((random & 7) == 0 ? 0 : (random & 7) == 1 ? mask : random >> 32 & mask);
        }
        model[i] = (ng_random){words[0], words[1], words[2]};
        ref[i] = (ref_random){words[0], words[1], words[2]};
    }
}

typedef struct {
    mpfr_t terms[PRODUCTS_MAX];
    long alignment[PRODUCTS_MAX];
    bool special;
} reference_terms;

static void make_terms(reference_terms *made, const paired_format *weight, const paired_format *activation,
                       const uint32_t *w, const uint32_t *a, size_t count)
{
    mpfr_t x;
    mpfr_t y;
    mpfr_init2(x, REF_VALUE_PRECISION);
    mpfr_init2(y, REF_VALUE_PRECISION);
    made->special = false;
    for (size_t i = 0; i < count; i++) {
        const bool number = paired_value(weight, w[i], x) == REF_FINITE;
        made->special |= paired_value(activation, a[i], y) != REF_FINITE || !number;
        made->alignment[i] = ref_alignment(&weight->ref, x) + ref_alignment(&activation->ref, y);
        mpfr_init2(made->terms[i], 2 * REF_VALUE_PRECISION);
        ref_exact(mpfr_mul(made->terms[i], x, y, MPFR_RNDN));
        if (mpfr_zero_p(made->terms[i])) {
            mpfr_set_zero(made->terms[i], 1);
        }
    }
    mpfr_clears(x, y, (mpfr_ptr)0);
}

static void free_terms(reference_terms *made, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mpfr_clear(made->terms[i]);
    }
}

/* Tells the sum the largest alignment of the next `count` terms, as a circuit's tree of maxima would. */
static void promise(const ng_dot_path *path, ng_sum *sum, const reference_terms *of, size_t from, size_t count)
{
    bool any = false;
    long largest = 0;
    for (size_t i = from; i < from + count; i++) {
        if (!mpfr_zero_p(of->terms[i]) && (!any || of->alignment[i] > largest)) {
            largest = of->alignment[i];
            any = true;
        }
    }
    if (any) {
        ng_sum_align(path, sum, (int)largest);
    }
}

static void step_by_step(const ng_dot_path *path, const reference_terms *of, const uint32_t *w, const uint32_t *a,
                         const ng_random *random, size_t count, ng_sum *sum)
{
    const size_t group = path->accumulator.kind == NG_ACCUMULATE_BLOCKED ? path->accumulator.group : count;
    ng_sum_start(path, sum);
    for (size_t i = 0; i < count; i++) {
        sum->random = random[i];
        if (i % group == 0) {
            promise(path, sum, of, i, count - i < group ? count - i : group);
        }
        ng_mac(path, sum, w[i], a[i]);
    }
    ng_sum_finish(path, sum);
}

static bool agrees(const ng_dot_path *path, const ng_sum *sum, const mpfr_t expected, bool special, const char *what,
                   uint64_t seed)
{
    mpfr_t got;
    mpfr_init2(got, REF_LONG_PRECISION);
    sum_value(path, sum, got);
    const bool ok = same_number(got, expected) && sum->flag == special;
    if (!ok) {
        fprintf(stderr, "%s %s x %s, %s, seed %" PRIu64 ": got %a flag %d expected %a flag %d\n", what,
                path->weight->name, path->activation->name, ng_accumulator_name(path->accumulator.kind), seed,
                mpfr_get_d(got, MPFR_RNDN), sum->flag, mpfr_get_d(expected, MPFR_RNDN), special);
    }
    mpfr_clear(got);
    return ok;
}

bool sum_check(tally *count, const ng_dot_path *path, const paired_format *weight, const paired_format *activation,
               const uint32_t *w, const uint32_t *a, size_t products, uint64_t seed)
{
    static reference_terms of;
    ng_random random[PRODUCTS_MAX];
    ref_random ref_words[PRODUCTS_MAX];
    ref_sum how = sum_reference(&path->accumulator);
    const ng_vector weights = {w, NULL};
    const ng_vector activations = {a, NULL};
    ng_sum sum;
    mpfr_t expected;
    mpfr_init2(expected, REF_LONG_PRECISION);
    make_terms(&of, weight, activation, w, a, products);
    draw_words(path->accumulator.random_bits, seed + 77, random, ref_words, products);
    how.random = ref_words;
    ref_sum_of(expected, &how, of.terms, of.alignment, products);
    ng_dot_drawn(path, &weights, &activations, products, random, &sum);
    bool ok = agrees(path, &sum, expected, of.special, "dot", seed);
    step_by_step(path, &of, w, a, random, products, &sum);
    ok = agrees(path, &sum, expected, of.special, "mac", seed) && ok;
    free_terms(&of, products);
    mpfr_clear(expected);
    return tally_case(count, ok);
}

void sum_check_fills(tally *count, const char *weight, const char *activation, const ng_accumulator *accumulator,
                     unsigned products, unsigned repeats)
{
    const paired_format wf = paired(weight);
    const paired_format af = paired(activation);
    uint32_t w[PRODUCTS_MAX];
    uint32_t a[PRODUCTS_MAX];
    ng_dot_path path;
    ck_assert_uint_le(products, PRODUCTS_MAX);
    ck_assert_int_eq(ng_dot_path_init(&path, &wf.model, &af.model, accumulator, products), NG_PATH_OK);
    for (int how = 0; how < FILLS; how++) {
        for (uint64_t i = 0; i < repeats && !tally_full(count); i++) {
            const uint64_t seed = GOLDEN_SEED + 1000 * (uint64_t)how + 10 * i;
            const size_t length = i == 0 ? products : random_below(seed, 0, products + 1);
            fill_codes(&wf, &af, (fill)how, seed, w, a, length);
            (void)sum_check(count, &path, &wf, &af, w, a, length, seed);
        }
    }
}
