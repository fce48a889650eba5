/* The error bound of windows: never exceeded, and how near the worst vectors come that a search over all pairs of codes
 * finds. */
#include <stdio.h>

#include "model/round.h"
#include "model/window.h"
#include "tests/support/random.h"
#include "tests/support/sum_check.h"

enum { TERMS = 9, ALIGNMENTS = 256, LENGTH = 100 };

/* exact sum - sum in the window, and the bound. */
static void error_and_bound(const ng_dot_path *path, const uint32_t *w, const uint32_t *a, size_t count, int largest,
                            unsigned terms, mpfr_t error, mpfr_t bound)
{
    const ng_accumulator exactly = accumulate_exact();
    const ng_vector weights = {w, NULL};
    const ng_vector activations = {a, NULL};
    ng_dot_path exact;
    ng_random random[LENGTH];
    ref_random words[LENGTH];
    ng_sum sum;
    mpz_t number;
    mpfr_t value;
    int exponent = 0;
    mpfr_init2(value, REF_LONG_PRECISION);
    mpz_init(number);
    ck_assert_int_eq(ng_dot_path_init(&exact, path->weight, path->activation, &exactly, path->products), NG_PATH_OK);
    ng_dot(&exact, &weights, &activations, count, &sum);
    sum_value(&exact, &sum, error);
    draw_words(path->accumulator.random_bits, *w + count, random, words, count);
    ng_dot_drawn(path, &weights, &activations, count, random, &sum);
    sum_value(path, &sum, value);
    ref_exact(mpfr_sub(error, error, value, MPFR_RNDN));
    const ng_wide units = ng_window_error(path, largest, terms, &exponent);
    mpz_import(number, NG_WIDE_LIMBS, -1, sizeof units.limb[0], 0, 0, units.limb);
    ref_exact(mpfr_set_z_2exp(bound, number, exponent, MPFR_RNDN));
    mpfr_clear(value);
    mpz_clear(number);
}

/* ---- random vectors --------------------------------------------------------------------------------------------- */

static const char pairs[][2][NG_FORMAT_NAME_SIZE] = {
    {"int8", "int8"}, {"e4m3", "e4m3"}, {"e5m2ieee", "e4m3fn"}, {"e6m1", "e6m1"},
    {"e2m1", "int8"}, {"bf16", "bf16"}, {"tf32", "fp16"},       {"dense4", "int8"}, {"e1m1", "e1m1"}, {"pot4", "e3m2"},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

/* Largest alignment and number of the terms that are not zero. */
static unsigned survey(const ng_dot_path *path, const uint32_t *w, const uint32_t *a, size_t count, int *largest)
{
    unsigned terms = 0;
    for (size_t i = 0; i < count; i++) {
        const ng_term term = ng_term_product(path->weight, w[i], path->activation, a[i]);
        if (!ng_wide_is_zero(&term.significand)) {
            *largest = terms == 0 || term.alignment > *largest ? term.alignment : *largest;
            terms++;
        }
    }
    return terms;
}

/* The bound is at most a unit a term, half of it to nearest. */
static bool is_no_looser(const ng_accumulator *how, int largest, unsigned terms, const mpfr_t bound)
{
    const long unit = largest + 2 - (long)how->window - ng_rounding_is_nearest(how->cut);
    return mpfr_cmp_ui_2exp(bound, terms, unit) <= 0;
}

/* _i: the direction. */
START_TEST(never_exceeded)
{
    static const unsigned widths[] = {1, 2, 5, 8, 11, 14, 20, 27, 40};
    tally count = {0, 0};
    mpfr_t error;
    mpfr_t bound;
    mpfr_init2(error, REF_LONG_PRECISION);
    mpfr_init2(bound, REF_LONG_PRECISION);
    for (uint64_t i = 0; i < PAIRS * 9 * FILLS; i++) {
        const paired_format wf = paired(pairs[i % PAIRS][0]);
        const paired_format af = paired(pairs[i % PAIRS][1]);
        const ng_accumulator how = accumulate_window(widths[i / PAIRS % 9], (ng_rounding)_i);
        uint32_t w[LENGTH];
        uint32_t a[LENGTH];
        ng_dot_path path;
        ck_assert_int_eq(ng_dot_path_init(&path, &wf.model, &af.model, &how, LENGTH), NG_PATH_OK);
        for (uint64_t seed = 0; seed < 8; seed++) {
            int largest = 0;
            const size_t length = 1 + random_below(i, seed, LENGTH);
            fill_codes(&wf, &af, (fill)(i / PAIRS / 9), GOLDEN_SEED + 3 * (8 * i + seed), w, a, length);
            const unsigned terms = survey(&path, w, a, length, &largest);
            if (terms > 0) {
                error_and_bound(&path, w, a, length, largest, terms, error, bound);
                (void)tally_case(&count, mpfr_cmpabs(error, bound) <= 0);
                (void)tally_case(&count, is_no_looser(&how, largest, terms, bound));
            }
        }
    }
    mpfr_clears(error, bound, (mpfr_ptr)0);
    tally_verdict(&count, "window, bound");
}
END_TEST

/* ---- worst vectors ---------------------------------------------------------------------------------------------- */

typedef struct {
    bool found;
    int64_t error; /* in units of 2^lsb, signed */
    uint32_t w;
    uint32_t a;
} culprit;

/* By alignment: the pair that gains most and the pair that loses most. */
typedef struct {
    culprit most[2][ALIGNMENTS];
    int lowest;
    int highest;
} culprits;

static int64_t error_of(const ng_accumulator *how, const ng_term *term, int lsb, int unit)
{
    const int64_t exact = (int64_t)(term->significand.limb[0] << (term->exponent - lsb));
    const ng_wide cut = ng_window_cut(how, &term->significand, term->exponent, unit, 0);
    return exact - (int64_t)(cut.limb[0] << (unit - lsb));
}

static void consider(culprit *most, int64_t error, uint32_t w, uint32_t a)
{
    if (!most->found || error > most->error) {
        *most = (culprit){true, error, w, a};
    }
}

/* Goes through all pairs of codes for a window whose largest alignment is `largest`. */
static void search(const ng_dot_path *path, int largest, culprits *found)
{
    const int unit = ng_window_unit(&path->accumulator, largest);
    *found = (culprits){.lowest = largest, .highest = largest};
    for (uint32_t w = 0; w < ng_format_codes(path->weight); w++) {
        for (uint32_t a = 0; a < ng_format_codes(path->activation); a++) {
            const ng_term term = ng_term_product(path->weight, w, path->activation, a);
            const int at = term.alignment - path->lsb;
            if (ng_wide_is_zero(&term.significand) || term.alignment > largest) {
                continue;
            }
            ck_assert(at >= 0 && at < ALIGNMENTS);
            const int64_t error = unit >= path->lsb ? error_of(&path->accumulator, &term, path->lsb, unit) : 0;
            consider(&found->most[0][at], error, w, a);
            consider(&found->most[1][at], -error, w, a);
            found->lowest = term.alignment < found->lowest ? term.alignment : found->lowest;
        }
    }
}

/* The worst vector: a term at the largest alignment that errs most, and others that err most in the same direction.
 * Returns |error| / bound of the vector as the model adds it, or -1 without a bound. */
static double worst_ratio(const ng_dot_path *path, const culprits *found, int side, int largest, bool *exceeded)
{
    const culprit *first = &found->most[side][largest - path->lsb];
    const culprit *other = first;
    uint32_t w[TERMS];
    uint32_t a[TERMS];
    double ratio = -1;
    mpfr_t error;
    mpfr_t bound;
    for (int i = found->lowest; i <= largest; i++) {
        const culprit *here = &found->most[side][i - path->lsb];
        other = here->found && here->error > other->error ? here : other;
    }
    for (unsigned i = 0; i < TERMS; i++) {
        w[i] = i == 0 ? first->w : other->w;
        a[i] = i == 0 ? first->a : other->a;
    }
    mpfr_init2(error, REF_LONG_PRECISION);
    mpfr_init2(bound, REF_LONG_PRECISION);
    error_and_bound(path, w, a, TERMS, largest, TERMS, error, bound);
    *exceeded = mpfr_cmpabs(error, bound) > 0;
    if (!mpfr_zero_p(bound)) {
        mpfr_div(error, error, bound, MPFR_RNDN);
        ratio = mpfr_get_d(error, MPFR_RNDZ);
        ratio = ratio < 0 ? -ratio : ratio;
    }
    mpfr_clears(error, bound, (mpfr_ptr)0);
    return ratio;
}

typedef struct {
    double least; /* over all windows and alignments: the worst vector's error / bound */
    double sum;
    unsigned count;
    bool exceeded;
} nearness;

static void measure(const char *weight, const char *activation, ng_rounding cut, nearness *near)
{
    const paired_format wf = paired(weight);
    const paired_format af = paired(activation);
    static culprits found;
    for (unsigned bits = 2; bits <= 14; bits += 3) {
        const ng_accumulator how = accumulate_window(bits, cut);
        ng_dot_path path;
        ck_assert_int_eq(ng_dot_path_init(&path, &wf.model, &af.model, &how, TERMS), NG_PATH_OK);
        const int top = path.lsb + (int)(ng_format_magnitude_bits(&wf.model) + ng_format_magnitude_bits(&af.model));
        for (int largest = path.lsb; largest <= top; largest += 2) {
            search(&path, largest, &found);
            double worst = -1;
            for (int side = 0; side < 2 && found.most[side][largest - path.lsb].found; side++) {
                bool exceeded = false;
                const double ratio = worst_ratio(&path, &found, side, largest, &exceeded);
                worst = ratio > worst ? ratio : worst;
                near->exceeded = near->exceeded || exceeded;
            }
            if (worst >= 0) {
                near->least = worst < near->least ? worst : near->least;
                near->sum += worst;
                near->count++;
            }
        }
    }
}

static const char searched[][2][NG_FORMAT_NAME_SIZE] = {
    {"int8", "int8"}, {"int4", "int8"}, {"e2m1", "e2m1"}, {"e3m2", "e3m2"},
    {"e2m3", "e2m3"}, {"e2m1", "e4m3"}, {"e4m3", "e2m3"}, {"dense4", "int8"},
};
enum { SEARCHED = sizeof searched / sizeof searched[0] };

/* How near to the bound the worst vector of every window must come. A product of two short significands cannot end in
 * as many ones as the bound for cutting allows it to. */
static double demanded(ng_rounding cut)
{
    return ng_rounding_is_nearest(cut) ? 1 : cut == NG_ROUND_TOWARD_ZERO ? 0.78 : 0.99;
}

/* _i: the direction. */
START_TEST(worst_vectors)
{
    for (size_t i = 0; i < SEARCHED; i++) {
        nearness near = {.least = 2};
        measure(searched[i][0], searched[i][1], (ng_rounding)_i, &near);
        printf("window, %s x %s, direction %d: %u windows, worst error / bound at least %.3f, mean %.3f\n",
               searched[i][0], searched[i][1], _i, near.count, near.least, near.sum / near.count);
        ck_assert(!near.exceeded);
        ck_assert_uint_gt(near.count, 0);
        ck_assert_double_ge(near.least, demanded((ng_rounding)_i));
    }
}
END_TEST

/* The example of the header: e4m3, eight bits, two terms. */
START_TEST(examples)
{
    const ng_format *f = ng_format_find("e4m3");
    const ng_accumulator how = accumulate_window(8, NG_ROUND_TOWARD_ZERO);
    ng_dot_path path;
    int exponent = 0;
    ck_assert_int_eq(ng_dot_path_init(&path, f, f, &how, 2), NG_PATH_OK);
    const ng_wide error = ng_window_error(&path, 0, 2, &exponent);
    ck_assert(ng_wide_to_double(&error, exponent) == 0x1p-6 * 255 / 256);
    const ng_wide none = ng_window_error(&path, 0, 1, &exponent);
    ck_assert(ng_wide_is_zero(&none));
}
END_TEST

Suite *ng_suite_window(void);

Suite *ng_suite_window(void)
{
    Suite *suite = suite_create("window");
    TCase *tcase = golden_tcase(suite, "window");
    tcase_add_loop_test(tcase, never_exceeded, 0, NG_ROUND_STOCHASTIC + 1);
    tcase_add_loop_test(tcase, worst_vectors, 0, NG_ROUND_STOCHASTIC);
    tcase_add_test(tcase, examples);
    return suite;
}
