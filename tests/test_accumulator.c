/* Widths of accumulators against extreme sums, and which accumulators are refused. */
#include "model/unit.h"
#include "tests/support/sum_check.h"

static const char formats[][NG_FORMAT_NAME_SIZE] = {"int3", "int8", "e1m1", "e2m1", "e4m3", "e4m3fn", "e5m2ieee",
                                                    "e6m1", "e3m2",     "dense2", "dense4", "pot3",   "pot4",   "bf16",
                                                    "tf32", "fp16",
                                                    "uint8", "uint1", "int4m", "dense1", "tpot4", "hif8", "posit8es2",
                                                    "posit12es4", "lns11f1"};
enum { FORMATS = sizeof formats / sizeof formats[0] };

/* The code whose ordinary reading has the largest magnitude. */
static uint32_t largest_code(const paired_format *format)
{
    uint32_t best = 0;
    mpfr_t x;
    mpfr_t most;
    mpfr_init2(x, REF_VALUE_PRECISION);
    mpfr_init2(most, REF_VALUE_PRECISION);
    mpfr_set_zero(most, 1);
    for (uint32_t code = 0; code < ng_format_codes(&format->model); code++) {
        (void)paired_value(format, code, x);
        if (mpfr_cmpabs(x, most) > 0) {
            ref_exact(mpfr_set(most, x, MPFR_RNDN));
            best = code;
        }
    }
    mpfr_clears(x, most, (mpfr_ptr)0);
    return best;
}

/* Bits of n * |w * a| / 2^lsb. */
static unsigned extreme_bits(const paired_format *weight, uint32_t w, const paired_format *activation, uint32_t a,
                             unsigned products, int lsb)
{
    mpfr_t x;
    mpfr_t y;
    mpfr_init2(x, REF_LONG_PRECISION);
    mpfr_init2(y, REF_VALUE_PRECISION);
    (void)paired_value(weight, w, x);
    (void)paired_value(activation, a, y);
    ref_exact(mpfr_mul(x, x, y, MPFR_RNDN));
    ref_exact(mpfr_mul_ui(x, x, products, MPFR_RNDN));
    const unsigned bits = (unsigned)(mpfr_get_exp(x) - lsb);
    mpfr_clears(x, y, (mpfr_ptr)0);
    return bits;
}

static bool is_fixed(const paired_format *format)
{
    return format->model.kind == NG_KIND_INTEGER || format->model.kind == NG_KIND_SHIFT;
}

/* A sum of n extreme products fits; one bit less would not do for integers and shifts, three less not for others. */
START_TEST(exact_width)
{
    static const unsigned lengths[] = {1, 2, 3, 32, 4608, 1 << 20};
    tally count = {0, 0};
    for (size_t i = 0; i < FORMATS * FORMATS; i++) {
        const paired_format w = paired(formats[i / FORMATS]);
        const paired_format a = paired(formats[i % FORMATS]);
        const uint32_t most_w = largest_code(&w);
        const uint32_t most_a = largest_code(&a);
        for (size_t n = 0; n < sizeof lengths / sizeof lengths[0]; n++) {
            const unsigned got = ng_exact_bits(&w.model, &a.model, lengths[n]);
            const int lsb = ng_format_lsb(&w.model) + ng_format_lsb(&a.model);
            const unsigned needed = 1 + extreme_bits(&w, most_w, &a, most_a, lengths[n], lsb);
            tally_case(&count, is_fixed(&w) && is_fixed(&a) ? got == needed : got >= needed && got <= needed + 2);
        }
    }
    tally_verdict(&count, "accumulator, exact width");
}
END_TEST

/* The width of the units that have a circuit; later families know more of their codes and may be narrower. MIXED adds
 * the bits of a product and of the count: one too many where every end is a power of two and the count is not. */
START_TEST(as_the_units)
{
    tally count = {0, 0};
    for (size_t i = 0; i < ng_format_count() * ng_format_count(); i++) {
        const ng_format *w = ng_format_at(i / ng_format_count());
        const ng_format *a = ng_format_at(i % ng_format_count());
        ng_family family;
        if (ng_pair_family(w, a, &family) == NG_OK && w->block == 0) {
            const unsigned bits = ng_sum_bits(w, a, NG_TERMS_DEFAULT);
            const unsigned exact = ng_exact_bits(w, a, NG_TERMS_DEFAULT);
            const unsigned most = exact + (family == NG_FAMILY_MIXED);
            tally_case(&count, family <= NG_FAMILY_BLOCK ? bits == exact : bits <= most && bits + 3 >= exact);
        }
    }
    tally_verdict(&count, "accumulator, widths of the units");
}
END_TEST

/* 2^20 extreme products: the register is as full as it gets and nothing wraps. */
static void longest_sum_of(const char *name, unsigned bits)
{
    const paired_format f = paired(name);
    const ng_accumulator how = accumulate_exact();
    const uint32_t w = largest_code(&f);
    const uint32_t minus = ng_format_smallest(&f.model);
    ng_dot_path path;
    ng_sum sum;
    mpfr_t got;
    mpfr_t expected;
    mpfr_init2(got, REF_LONG_PRECISION);
    mpfr_init2(expected, REF_LONG_PRECISION);
    ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &how, NG_TERMS_MAX), NG_PATH_OK);
    ck_assert_uint_eq(path.fixed_bits, bits);
    ng_sum_start(&path, &sum);
    const ng_term term = ng_term_product(&f.model, w, &f.model, minus);
    for (unsigned i = 0; i < NG_TERMS_MAX; i++) {
        ng_sum_add(&path, &sum, &term);
    }
    sum_value(&path, &sum, got);
    (void)paired_value(&f, minus, expected);
    ref_exact(mpfr_sqr(expected, expected, MPFR_RNDN));
    ref_exact(mpfr_mul_2ui(expected, expected, 20, MPFR_RNDN));
    ref_exact(mpfr_neg(expected, expected, MPFR_RNDN));
    ck_assert(mpfr_equal_p(got, expected));
    mpfr_clears(got, expected, (mpfr_ptr)0);
}

START_TEST(longest_sum)
{
    longest_sum_of("e8m10", 265 + 265 + 20 + 1);
    longest_sum_of("posit16es4", 449 + 449 + 20 + 1);
    longest_sum_of("lns11f1", 564 + 564 + 20 + 1);
}
END_TEST

/* Every legal scalar format, by its fields without a bias, which only moves the result. */
static unsigned longest_magnitude(ng_kind kind)
{
    unsigned longest = 0;
    for (unsigned i = 0; i < 20 * 9 * 11 * 5 * 2 * 6; i++) {
        ng_format f = {.kind = kind, .bits = i % 20, .exponent_bits = i / 20 % 9, .mantissa_bits = i / 180 % 11,
                       .sign = (ng_sign)(i / 1980 % 5), .has_zero = i / 9900 % 2 == 1, .specials = (ng_specials)(i / 19800)};
        for (f.terms = 0; f.terms <= (kind == NG_KIND_APOT ? 4 : 0); f.terms++) {
            f.bias = f.specials >= NG_SPECIALS_P3109_EXTENDED ? 1 << f.exponent_bits >> 1 : 0;
            const unsigned bits = ng_format_valid(&f) ? ng_format_magnitude_bits(&f) : 0;
            longest = bits > longest ? bits : longest;
        }
    }
    return longest;
}

/* No pair of formats is too wide: the longest magnitude of each kind, of a codebook, and of a block's element. */
START_TEST(every_pair_fits)
{
    static const unsigned expected[] = {[NG_KIND_INTEGER] = 16, [NG_KIND_MINIFLOAT] = 266, [NG_KIND_SHIFT] = 128,
                                        [NG_KIND_APOT] = 31,    [NG_KIND_POSIT] = 449,     [NG_KIND_LOGARITHMIC] = 564,
                                        [NG_KIND_HIFLOAT] = 38};
    const ng_codebook codebook = {.name = "floats", .bits = 1, .value = {0x1p-149F, 0x1p42F}};
    const ng_format floats = {.kind = NG_KIND_CODEBOOK, .bits = 1, .has_zero = true, .codebook = &codebook};
    ng_format f = paired("ue8m0nz").model;
    const ng_accumulator how = accumulate_exact();
    ng_dot_path path;
    for (int kind = 0; kind < NG_KIND_CODEBOOK; kind++) {
        ck_assert_uint_eq(longest_magnitude((ng_kind)kind), expected[kind]);
    }
    ck_assert(ng_format_valid(&floats));
    ck_assert_uint_eq(ng_format_magnitude_bits(&floats), 192);
    f.block = NG_BLOCK_MAX;
    f.scale = NG_SCALE_BIASED8;
    ck_assert_int_eq(ng_dot_path_init(&path, &f, &f, &how, NG_TERMS_MAX), NG_PATH_OK);
    ck_assert_uint_eq(path.fixed_bits, 256 + 256 + 20 + 1 + 255 + 255);
    ck_assert_uint_eq(path.block_bits, 256 + 256 + 10 + 1);
    ck_assert_uint_le(564 + 564 + 20 + 1, NG_FLOAT_ADDEND_BITS);
}
END_TEST

/* A register narrower than it takes holds the sum modulo 2^bits. */
START_TEST(narrow_register_wraps)
{
    const ng_format *f = ng_format_find("int8");
    ng_accumulator how = accumulate_exact();
    ng_dot_path path;
    ng_sum sum;
    how.bits = 16;
    ck_assert_int_eq(ng_dot_path_init(&path, f, f, &how, 1000), NG_PATH_OK);
    ck_assert_uint_eq(path.fixed_bits, 16);
    ck_assert_uint_gt(path.exact_bits, 16);
    ng_sum_start(&path, &sum);
    for (int i = 0; i < 5; i++) {
        ng_mac(&path, &sum, 0x7F, 0x7F);
    }
    ck_assert_int_eq((int64_t)sum.fixed.limb[0], (int16_t)(uint16_t)(5 * 127 * 127));
}
END_TEST

/* Window registers hold the extreme sums of cut terms: every term at the largest E, rounded away from zero or not. */
START_TEST(window_width)
{
    tally count = {0, 0};
    const paired_format f = paired("e2m1");
    const uint32_t largest = 7; /* 6, 36 a product */
    for (unsigned bits = 1; bits <= 6; bits++) {
        for (int cut = 0; cut <= NG_ROUND_STOCHASTIC; cut++) {
            for (unsigned n = 1; n <= 17; n++) {
                const ng_accumulator how = accumulate_window(bits, (ng_rounding)cut);
                uint32_t w[17];
                uint32_t a[17];
                ng_dot_path path;
                ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &how, n), NG_PATH_OK);
                for (int negative = 0; negative < 2; negative++) {
                    for (unsigned i = 0; i < n; i++) {
                        w[i] = largest | (negative == 1 ? 8 : 0);
                        a[i] = largest;
                    }
                    (void)sum_check(&count, &path, &f, &f, w, a, n, bits * 100 + n);
                }
            }
        }
    }
    tally_verdict(&count, "accumulator, window width");
}
END_TEST

/* A running sum just below 2, then a full group of products just below 4: the register has room for one term more. */
START_TEST(joined_width)
{
    tally count = {0, 0};
    const paired_format f = paired("e1m6");
    const uint32_t one = 0x40;
    const uint32_t largest = 0x7F; /* 127 / 64 */
    for (int cut = 0; cut <= NG_ROUND_STOCHASTIC; cut++) {
        for (unsigned group = 1; group <= 9; group++) {
            ng_accumulator how = accumulate_blocked(group, 8, 23);
            uint32_t w[18] = {0};
            uint32_t a[18] = {0};
            ng_dot_path path;
            how.window = 14;
            how.cut = (ng_rounding)cut;
            how.random_bits = cut == NG_ROUND_STOCHASTIC ? 9 : 0;
            how.joined = true;
            w[0] = largest;
            a[0] = one;
            for (unsigned i = group; i < 2 * group; i++) {
                w[i] = largest;
                a[i] = largest;
            }
            ck_assert_int_eq(ng_dot_path_init(&path, &f.model, &f.model, &how, 2 * group), NG_PATH_OK);
            (void)sum_check(&count, &path, &f, &f, w, a, 2 * group, group);
        }
    }
    tally_verdict(&count, "accumulator, joined width");
}
END_TEST

typedef struct {
    ng_accumulator how;
    ng_path_status status;
    unsigned products;
} refusal;

START_TEST(refused)
{
    const ng_format *f = ng_format_find("e4m3");
    ng_accumulator blocked = accumulate_blocked(4, 8, 23);
    ng_accumulator windowed = accumulate_float(8, 23, NG_ROUND_NEAREST_EVEN);
    ng_accumulator undrawn = accumulate_window(8, NG_ROUND_STOCHASTIC);
    undrawn.random_bits = 0;
    windowed.window = 8;
    refusal rows[] = {
        {accumulate_exact(), NG_PATH_TERMS, 0},
        {accumulate_exact(), NG_PATH_TERMS, NG_TERMS_MAX + 1},
        {accumulate_exact(), NG_PATH_OK, NG_TERMS_MAX},
        {{.kind = NG_ACCUMULATE_EXACT, .bits = NG_BIG_BITS + 1}, NG_PATH_TOO_WIDE, 8},
        {accumulate_window(0, NG_ROUND_TOWARD_ZERO), NG_PATH_WINDOW, 8},
        {accumulate_window(129, NG_ROUND_TOWARD_ZERO), NG_PATH_WINDOW, 8},
        {accumulate_window(128, NG_ROUND_TOWARD_ZERO), NG_PATH_OK, 8},
        {accumulate_window(8, NG_ROUND_STOCHASTIC), NG_PATH_OK, 8},
        {.how = undrawn, .status = NG_PATH_ROUNDING, .products = 8},
        {{.kind = NG_ACCUMULATE_WINDOW, .window = 8, .random_bits = 8}, NG_PATH_ROUNDING, 8},
        {{.kind = NG_ACCUMULATE_WINDOW, .window = 8, .cut = NG_ROUND_STOCHASTIC, .random_bits = 32}, NG_PATH_OK, 8},
        {{.kind = NG_ACCUMULATE_WINDOW, .window = 8, .cut = NG_ROUND_STOCHASTIC, .random_bits = 33}, NG_PATH_ROUNDING, 8},
        {{.kind = NG_ACCUMULATE_WINDOW, .window = 8, .cut = (ng_rounding)8}, NG_PATH_ROUNDING, 8},
        {{.kind = NG_ACCUMULATE_EXACT, .random_bits = 8}, NG_PATH_ROUNDING, 8},
        {{.kind = NG_ACCUMULATE_EXACT, .window = 8}, NG_PATH_WINDOW, 8},
        {.how = windowed, .status = NG_PATH_WINDOW, .products = 8},
        {accumulate_float(1, 3, NG_ROUND_NEAREST_EVEN), NG_PATH_PRECISION, 8},
        {accumulate_float(12, 3, NG_ROUND_NEAREST_EVEN), NG_PATH_PRECISION, 8},
        {accumulate_float(8, 53, NG_ROUND_NEAREST_EVEN), NG_PATH_PRECISION, 8},
        {accumulate_float(8, 23, NG_ROUND_STOCHASTIC), NG_PATH_OK, 8},
        {accumulate_blocked(0, 8, 23), NG_PATH_GROUP, 8},
        {accumulate_blocked(NG_TERMS_MAX + 1, 8, 23), NG_PATH_GROUP, 8},
        {accumulate_blocked(1000, 8, 23), NG_PATH_OK, 8},
        {.how = blocked, .status = NG_PATH_OK, .products = 8},
    };
    enum { ROWS = sizeof rows / sizeof rows[0] };
    for (size_t i = 0; i < ROWS; i++) {
        ng_dot_path path = {.products = 77};
        ck_assert_int_eq(ng_dot_path_init(&path, f, f, &rows[i].how, rows[i].products), rows[i].status);
        ck_assert_uint_eq(path.products, rows[i].status == NG_PATH_OK ? rows[i].products : 77);
        ck_assert(rows[i].how.kind != NG_ACCUMULATE_FLOAT || path.fixed_bits == 0);
    }
    ng_dot_path path;
    blocked.joined = true;
    ck_assert_int_eq(ng_dot_path_init(&path, f, f, &blocked, 8), NG_PATH_WINDOW);
    blocked.window = 12;
    ck_assert_int_eq(ng_dot_path_init(&path, f, f, &blocked, 8), NG_PATH_OK);
    blocked.product = (ng_precision){5, 10};
    ck_assert_int_eq(ng_dot_path_init(&path, f, f, &blocked, 8), NG_PATH_PRECISION);
    blocked.joined = false;
    blocked.product = (ng_precision){12, 10};
    ck_assert_int_eq(ng_dot_path_init(&path, f, f, &blocked, 8), NG_PATH_PRECISION);
    blocked.product = (ng_precision){0, 0};
    blocked.rule.overflow = NG_OVERFLOW_NAN;
    ck_assert_int_eq(ng_dot_path_init(&path, f, f, &blocked, 8), NG_PATH_ROUNDING);
    const ng_format *block = ng_format_find("mxfp4");
    const ng_accumulator how = accumulate_exact();
    ck_assert_int_eq(ng_dot_path_init(&path, f, block, &how, 32), NG_PATH_PAIR);
    ck_assert_int_eq(ng_dot_path_init(&path, block, block, &how, 33), NG_PATH_TERMS);
    ck_assert_int_eq(ng_dot_path_init(&path, block, block, &how, 64), NG_PATH_OK);
    ck_assert_uint_eq(path.terms, 2);
}
END_TEST

START_TEST(names)
{
    static const char *const expected[] = {"exact", "window", "float", "blocked"};
    for (int i = 0; i < 4; i++) {
        ck_assert_str_eq(ng_accumulator_name((ng_accumulator_kind)i), expected[i]);
    }
}
END_TEST

Suite *ng_suite_accumulator(void);

Suite *ng_suite_accumulator(void)
{
    Suite *suite = suite_create("accumulator");
    TCase *tcase = golden_tcase(suite, "accumulator");
    tcase_add_test(tcase, exact_width);
    tcase_add_test(tcase, as_the_units);
    tcase_add_test(tcase, longest_sum);
    tcase_add_test(tcase, every_pair_fits);
    tcase_add_test(tcase, narrow_register_wraps);
    tcase_add_test(tcase, window_width);
    tcase_add_test(tcase, joined_width);
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, names);
    return suite;
}
