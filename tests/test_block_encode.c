/* Blocks under one scale against exact rationals: every scale rule, every kind of scale, and back to numbers. */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "model/block_decode.h"
#include "model/block_encode.h"
#include "model/scale.h"
#include "tests/ref/ref_block_encode.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 42, BLOCK_MAX = 128, BLOCKS = 160, SEARCHES = 24 };

static const char *const rule_names[] = {"floor", "ceil", "round", "mse"};

/* Elements that come under every scale, beside the block rows of the catalogue. */
static const char *const elements[] = {"e2m1", "e3m2", "e2m3", "e4m3fn", "e5m2ieee", "int8", "int4", "e1m2"};
static const ref_scale scales[] = {REF_SCALE_E8M0, REF_SCALE_BIASED8, REF_SCALE_UE4M3};

enum { ELEMENTS = sizeof elements / sizeof elements[0], SCALES = sizeof scales / sizeof scales[0] };

/* A block format under test: the same in both forms. */
typedef struct {
    ng_format format;
    ref_block ref;
    float tensor;
    tally count;
} subject;

static int catalogue_rows(void)
{
    int rows = 0;
    for (size_t i = 0; i < ref_format_count(); i++) {
        rows += ref_format_at(i)->block != 0;
    }
    return rows;
}

static int subjects(void)
{
    return catalogue_rows() + ELEMENTS * SCALES;
}

/* Subject `index`: a row of the catalogue, or an element under one of the scales in blocks of 16. */
static void open_subject(subject *s, int index, float tensor)
{
    *s = (subject){.tensor = tensor};
    for (size_t i = 0; i < ref_format_count(); i++) {
        const ref_format *row = ref_format_at(i);
        if (row->block != 0 && index-- == 0) {
            s->format = *ng_format_at(i);
            ref_block_init(&s->ref, ref_table_of(row), row->block, row->scale, tensor);
            return;
        }
    }
    const char *element = elements[index / SCALES];
    s->format = *ng_format_find(element);
    s->format.block = 16;
    s->format.scale = (ng_scale)scales[index % SCALES];
    snprintf(s->format.name, sizeof s->format.name, "%s_k16_%d", element, index % SCALES);
    ref_block_init(&s->ref, ref_table_named(element), 16, scales[index % SCALES], tensor);
}

static void close_subject(subject *s)
{
    ref_block_clear(&s->ref);
    tally_verdict(&s->count, s->format.name);
}

/* ---- the scale alone -------------------------------------------------------------------------------------------- */

static void try_scale(subject *s, double largest)
{
    mpq_t exact;
    if (!isfinite(largest) || largest < 0) {
        return;
    }
    mpq_init(exact);
    mpq_set_d(exact, largest);
    for (unsigned rule = 0; rule <= NG_RULE_ROUND; rule++) {
        const uint32_t got = ng_block_scale_under(&s->format, s->tensor, largest, (ng_scale_rule)rule);
        const uint32_t expected = ref_block_scale(&s->ref, exact, (ref_rule)rule);
        if (!tally_case(&s->count, got == expected) && !tally_full(&s->count)) {
            fprintf(stderr, "block scale-%s of %a under %a rule %s: got %u expected %u\n", s->format.name, largest,
                    (double)s->tensor, rule_names[rule], (unsigned)got, (unsigned)expected);
        }
    }
    mpq_clear(exact);
}

/* Powers of two, multiples of the largest element and of its midpoints: where a rule changes its mind. */
static void scales_of(subject *s)
{
    const double element = mpq_get_d(s->ref.element[ref_largest(s->ref.table)]);
    try_scale(s, 0);
    for (int exponent = -170; exponent <= 160; exponent += 3) {
        const double at[] = {ldexp(1, exponent), ldexp(element, exponent), ldexp(sqrt(2) * element, exponent)};
        for (unsigned i = 0; i < 3; i++) {
            try_scale(s, at[i]);
            try_scale(s, nextafter(at[i], 0));
            try_scale(s, nextafter(at[i], INFINITY));
        }
    }
    for (int eighths = 1; s->format.scale == NG_SCALE_UE4M3 && eighths <= 32; eighths++) {
        /* Values of UE4M3 and their midpoints, times the largest element. */
        for (int exponent = -11; exponent <= 7; exponent++) {
            try_scale(s, ldexp((double)s->tensor * element * eighths, exponent));
        }
    }
    for (uint64_t i = 0; i < 100; i++) {
        try_scale(s, fabs(random_double(SEED, i, -160, 160)));
    }
    try_scale(s, DBL_MAX);
    try_scale(s, DBL_TRUE_MIN);
}

START_TEST(block_scales)
{
    subject s;
    open_subject(&s, _i, 1);
    scales_of(&s);
    ck_assert_uint_eq(ng_block_scale(&s.format, INFINITY, NG_RULE_FLOOR), ng_scale_largest(s.format.scale));
    ck_assert_uint_eq(ng_block_scale(&s.format, NAN, NG_RULE_CEIL), 0);
    close_subject(&s);
}
END_TEST

START_TEST(block_scales_under_a_tensor_scale)
{
    static const float tensors[] = {0x1.234568p-9F, 0x1p-149F, 0x1.fffffep127F};
    for (unsigned i = 0; i < 3; i++) {
        subject s;
        open_subject(&s, _i, tensors[i]);
        scales_of(&s);
        close_subject(&s);
    }
}
END_TEST

/* ---- whole blocks ----------------------------------------------------------------------------------------------- */

static void try_block(subject *s, const float *values, ng_scale_rule rule, uint64_t index)
{
    uint16_t got[BLOCK_MAX] = {0};
    uint16_t expected[BLOCK_MAX] = {0};
    const uint32_t scale = ng_block_encode_under(&s->format, s->tensor, values, rule, got);
    const uint32_t right = ref_block_encode(&s->ref, values, (ref_rule)rule, expected);
    if (!tally_case(&s->count, scale == right) && !tally_full(&s->count)) {
        fprintf(stderr, "block-%s case %lu rule %s: scale %u expected %u\n", s->format.name, (unsigned long)index,
                rule_names[rule], (unsigned)scale, (unsigned)right);
    }
    for (unsigned i = 0; i < s->format.block; i++) {
        if (!tally_case(&s->count, got[i] == expected[i]) && !tally_full(&s->count)) {
            fprintf(stderr, "block-%s case %lu rule %s element %u %a scale %u: got 0x%02x expected 0x%02x\n",
                    s->format.name, (unsigned long)index, rule_names[rule], i, (double)values[i], (unsigned)scale,
                    (unsigned)got[i], (unsigned)expected[i]);
        }
    }
}

/* A block of one shape: `index` picks it. */
static void fill_block(float *values, unsigned length, uint64_t index)
{
    const int centre = (int)random_below(SEED, index, 270) - 145;
    for (unsigned i = 0; i < length; i++) {
        const uint64_t at = index * BLOCK_MAX + i;
        const float x = (float)random_double(SEED, at, -3, 1);
        switch (index % 10) {
        case 0: values[i] = i % 2 == 0 ? 0.0F : -0.0F; break;
        case 1: values[i] = ldexpf(x, centre); break;
        case 2: values[i] = i == index % length ? ldexpf(x, 20) : x; break; /* one outlier */
        case 3: values[i] = i % 2 == 0 ? FLT_MAX : -FLT_MAX; break;
        case 4: values[i] = ldexpf(x, -130); break;                         /* scale below its range, subnormals */
        case 5: values[i] = ldexpf(roundf(ldexpf(x, 8)), centre); break;    /* many ties */
        case 6: values[i] = (float)i - (float)length / 2; break;
        case 7: values[i] = i == 0 ? -1.0F : ldexpf(x, -2); break;          /* the odd end of two's complement */
        case 8: values[i] = i < 2 ? x : 0.0F; break;
        default: values[i] = (float)random_double(SEED, at, -149, 127); break;
        }
    }
}

START_TEST(blocks)
{
    float values[BLOCK_MAX];
    subject s;
    open_subject(&s, _i, 1);
    for (uint64_t index = 0; index < BLOCKS; index++) {
        fill_block(values, s.format.block, index);
        for (unsigned rule = 0; rule <= NG_RULE_ROUND; rule++) {
            try_block(&s, values, (ng_scale_rule)rule, index);
        }
    }
    /* One value that is no number, first, last and in between. */
    static const float odd[] = {NAN, INFINITY, -INFINITY};
    for (uint64_t index = 0; index < 9; index++) {
        fill_block(values, s.format.block, 1);
        values[index / 3 * (s.format.block - 1) / 2] = odd[index % 3];
        for (unsigned rule = 0; rule <= NG_RULE_ROUND; rule++) {
            try_block(&s, values, (ng_scale_rule)rule, BLOCKS + index);
        }
        if (index < 3) {
            try_block(&s, values, NG_RULE_MSE, BLOCKS + index);
        }
    }
    close_subject(&s);
}
END_TEST

/* The search against all 255 (UE4M3: 127) scales. */
START_TEST(least_squared_error)
{
    float values[BLOCK_MAX];
    subject s;
    open_subject(&s, _i, 1);
    for (uint64_t index = 0; index < SEARCHES; index++) {
        fill_block(values, s.format.block, index);
        try_block(&s, values, NG_RULE_MSE, index);
    }
    close_subject(&s);
}
END_TEST

START_TEST(blocks_under_a_tensor_scale)
{
    static const float tensors[] = {0x1.234568p-9F, 0x1p-149F, 0x1.abcdefp100F};
    float values[BLOCK_MAX];
    for (unsigned t = 0; t < 3; t++) {
        subject s;
        open_subject(&s, _i, tensors[t]);
        for (uint64_t index = 0; index < 20; index++) {
            fill_block(values, s.format.block, index);
            for (unsigned rule = 0; rule <= NG_RULE_ROUND; rule++) {
                try_block(&s, values, (ng_scale_rule)rule, index);
            }
            if (index < 3) {
                try_block(&s, values, NG_RULE_MSE, index);
            }
            /* Inside the range of the scales, and ties of the quotient where the tensor scale allows. */
            for (unsigned i = 0; i < s.format.block; i++) {
                values[i] = tensors[t] * (float)((int)random_below(SEED, index * BLOCK_MAX + i, 64) - 32);
            }
            for (unsigned rule = 0; rule <= NG_RULE_MSE; rule++) {
                try_block(&s, values, (ng_scale_rule)rule, 100 + index);
            }
        }
        close_subject(&s);
    }
}
END_TEST

/* ---- doubles and options ---------------------------------------------------------------------------------------- */

static const ng_rounding roundings[REF_ROUNDINGS] = {NG_ROUND_NEAREST_EVEN, NG_ROUND_NEAREST_AWAY, NG_ROUND_TIES_UP,
                                                     NG_ROUND_TOWARD_ZERO,  NG_ROUND_UP,           NG_ROUND_DOWN,
                                                     NG_ROUND_TO_ODD,       NG_ROUND_STOCHASTIC};

/* Numbers that no float is, most of them inside the range of the elements, and multiples of a quarter of their last place. */
static void fill_doubles(double *values, unsigned length, uint64_t index)
{
    const int centre = (int)random_below(SEED + 1, index, 200) - 100;
    for (unsigned i = 0; i < length; i++) {
        const uint64_t at = index * BLOCK_MAX + i;
        const double x = random_double(SEED + 1, at, -4, 2);
        values[i] = ldexp(index % 2 == 0 ? x : rint(x * 16) / 16, centre);
        values[i] = i % 11 == 10 ? copysign(0, x) : values[i];
    }
}

/* Every rounding of the elements, a word of their own for each; the scale is that of the rule. */
static void try_options(subject *s, const double *values, ng_scale_rule rule, uint64_t index)
{
    uint32_t random[BLOCK_MAX];
    uint16_t got[BLOCK_MAX] = {0};
    for (int rounding = 0; rounding < REF_ROUNDINGS; rounding++) {
        ref_options expected = {.rounding = (ref_rounding)rounding, .random_bits = 1};
        ng_encode_options options = {.rounding = roundings[rounding]};
        for (unsigned i = 0; i < s->format.block; i++) {
            const ng_draw draw = random_draw(index, i);
            expected.random_bits = i == 0 ? draw.bits : expected.random_bits;
            random[i] = draw.random & (uint32_t)((UINT64_C(1) << expected.random_bits) - 1);
        }
        options.random_bits = expected.random_bits;
        const uint32_t scale = ng_block_encode_with(&s->format, s->tensor, values, rule, &options, random, got);
        for (unsigned i = 0; i < s->format.block; i++) {
            expected.random = random[i];
            const uint32_t right = ref_block_element(&s->ref, scale, values[i], &expected);
            if (!tally_case(&s->count, got[i] == right) && !tally_full(&s->count)) {
                fprintf(stderr, "block-%s case %lu rounding %d element %u %a scale %u: got 0x%02x expected 0x%02x\n",
                        s->format.name, (unsigned long)index, rounding, i, values[i], (unsigned)scale, (unsigned)got[i],
                        (unsigned)right);
            }
        }
    }
}

START_TEST(doubles_and_options)
{
    static const float tensors[] = {1, 0x1.234568p-9F};
    double values[BLOCK_MAX];
    for (unsigned t = 0; t < 2; t++) {
        subject s;
        open_subject(&s, _i, tensors[t]);
        const ng_kind kind = s.format.kind;
        for (uint64_t index = 0; index < 40 && (kind == NG_KIND_INTEGER || kind == NG_KIND_MINIFLOAT); index++) {
            fill_doubles(values, s.format.block, index);
            try_options(&s, values, (ng_scale_rule)(index % (NG_RULE_ROUND + 1)), index);
        }
        close_subject(&s);
    }
}
END_TEST

/* Beyond the floats: scales end, errors of such numbers are not searched, one word serves all where no others are given. */
START_TEST(doubles_by_hand)
{
    const ng_format *mxfp4 = ng_format_find("mxfp4");
    double values[32] = {7, 1};
    uint16_t codes[32];
    uint16_t other[32];
    const ng_encode_options zero = {.rounding = NG_ROUND_TOWARD_ZERO};
    ck_assert_uint_eq(ng_block_encode_with(mxfp4, 1, values, NG_RULE_FLOOR, &zero, NULL, codes), 127);
    ck_assert_uint_eq(codes[0], 7);
    ck_assert_uint_eq(codes[1], 2);
    values[0] = 1e300;
    ck_assert_uint_eq(ng_block_encode_with(mxfp4, 1, values, NG_RULE_MSE, NULL, NULL, codes), 254);
    values[0] = 0x1p-1000;
    values[1] = 0;
    ck_assert_uint_eq(ng_block_encode_with(mxfp4, 1, values, NG_RULE_MSE, NULL, NULL, codes), 0);
    for (unsigned i = 0; i < 32; i++) {
        values[i] = 0.3 * (i + 1);
    }
    const ng_encode_options drawn = {.rounding = NG_ROUND_STOCHASTIC, .random = 5, .random_bits = 3};
    uint32_t same[32];
    for (unsigned i = 0; i < 32; i++) {
        same[i] = 5;
    }
    ck_assert_uint_eq(ng_block_encode_with(mxfp4, 1, values, NG_RULE_CEIL, &drawn, NULL, codes),
                      ng_block_encode_with(mxfp4, 1, values, NG_RULE_CEIL, &drawn, same, other));
    ck_assert_mem_eq(codes, other, sizeof codes);
}
END_TEST

/* ---- elements of 16 bits ---------------------------------------------------------------------------------------- */

/* All rules, every kind of scale; and the way back. */
START_TEST(elements_of_16_bits)
{
    static const char *const names[] = {"int16", "fp16", "bf16", "int12"};
    enum { LENGTH = 8, ROUNDS = 20 };
    const ref_scale scale = scales[_i % SCALES];
    const char *name = names[_i / SCALES];
    float values[BLOCK_MAX];
    subject s = {.tensor = 1, .format = *ng_format_find(name)};
    s.format.block = LENGTH;
    s.format.scale = (ng_scale)scale;
    ck_assert(ng_format_valid(&s.format));
    ref_block_init(&s.ref, ref_table_named(name), LENGTH, scale, 1);
    for (uint64_t index = 0; index < ROUNDS; index++) {
        fill_block(values, LENGTH, index);
        for (unsigned rule = 0; rule <= NG_RULE_ROUND; rule++) {
            try_block(&s, values, (ng_scale_rule)rule, index);
        }
        if (index < 3) {
            try_block(&s, values, NG_RULE_MSE, index);
        }
    }
    close_subject(&s);
}
END_TEST

/* OCP MX v1.0 section 6.3: X = 2^(floor(log2 max) - emax), emax 2 for FP4; 7 is above 6 and clamps. */
START_TEST(by_hand)
{
    float values[32] = {7.0F, -0.25F, 0.75F, 1.25F, 5.0F, -6.0F, 3.5F, 2.5F};
    uint16_t codes[32];
    const ng_format *mxfp4 = ng_format_find("mxfp4");
    static const uint16_t floor_codes[] = {0x7, 0x8, 0x2, 0x2, 0x6, 0xF, 0x6, 0x4};
    static const uint16_t ceil_codes[] = {0x6, 0x8, 0x1, 0x1, 0x4, 0xD, 0x4, 0x2};
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_FLOOR, codes), 127);
    for (unsigned i = 0; i < 8; i++) {
        ck_assert_uint_eq(codes[i], floor_codes[i]);
    }
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_CEIL, codes), 128);
    for (unsigned i = 0; i < 8; i++) {
        ck_assert_uint_eq(codes[i], ceil_codes[i]);
    }
    /* 7/6 is nearer to 1 than to 2 in the logarithm, and clamping 7 costs less than doubling every step. */
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_ROUND, codes), 127);
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_MSE, codes), 127);
    /* The block has one place for a NaN, its scale (OCP MX v1.0 section 5.4.1). */
    values[9] = NAN;
    ck_assert_uint_eq(ng_block_encode(mxfp4, values, NG_RULE_FLOOR, codes), NG_SCALE_NAN);
    values[9] = 0;
    ck_assert_uint_eq(ng_block_encode_under(mxfp4, 0, values, NG_RULE_FLOOR, codes), NG_SCALE_NAN);
    ck_assert_uint_eq(codes[0], 0x7);
}
END_TEST

/* ---- and back --------------------------------------------------------------------------------------------------- */

/* Every element under every scale code, specials as OCP MX v1.0 section 5.1 has them. */
START_TEST(decode_every_code)
{
    static const float tensors[] = {1, 0x1.234568p-9F};
    MPFR_DECL_INIT(exact, REF_SUM_PRECISION);
    for (unsigned t = 0; t < 2; t++) {
        subject s;
        open_subject(&s, _i, tensors[t]);
        s.format.block = 1;
        for (uint32_t scale = 0; scale < 256; scale++) {
            const bool known = scale < s.ref.scales;
            for (uint16_t code = 0; code < s.ref.table->codes; code++) {
                const ref_value *element = &s.ref.table->value[code];
                double got;
                ng_block_decode_double(&s.format, tensors[t], scale, &code, &got);
                if ((int)scale == s.ref.nan || element->class == REF_NAN) {
                    tally_case(&s.count, isnan(got));
                } else if (known && element->class == REF_INFINITE) {
                    tally_case(&s.count, isinf(got) && signbit(got) == mpfr_signbit(element->number));
                } else if (known) {
                    ref_exact(mpfr_mul_q(exact, element->number, s.ref.scale_value[scale], MPFR_RNDN));
                    ref_exact(mpfr_mul_d(exact, exact, (double)tensors[t], MPFR_RNDN));
                    tally_case(&s.count, mpfr_cmp_d(exact, got) == 0 &&
                                             (signbit(got) != 0) == (mpfr_signbit(element->number) != 0));
                }
            }
        }
        s.format.block = 16;
        close_subject(&s);
    }
}
END_TEST

START_TEST(scale_codes)
{
    ck_assert_int_eq(ng_scale_decode(NG_SCALE_UE4M3, 0x7E).significand, 14);
    ck_assert_int_eq(ng_scale_decode(NG_SCALE_UE4M3, 0x7E).exponent, NG_SCALE_MOST);
    ck_assert(ng_scale_is_nan(NG_SCALE_UE4M3, 0x7F) && ng_scale_is_nan(NG_SCALE_UE4M3, 0xFF));
    ck_assert(ng_scale_is_nan(NG_SCALE_E8M0, 0xFF) && !ng_scale_is_nan(NG_SCALE_BIASED8, 0xFF));
    ck_assert_int_eq(ng_scale_decode(NG_SCALE_BIASED8, 0xFF).exponent, 128);
    ck_assert_int_eq(ng_scale_decode(NG_SCALE_NONE, 7).significand, 1);
    ck_assert(!ng_scale_is_nan(NG_SCALE_NONE, 0xFF));
    ck_assert_uint_eq(ng_scale_largest(NG_SCALE_NONE), 0);
}
END_TEST

Suite *ng_suite_block_encode(void);

Suite *ng_suite_block_encode(void)
{
    Suite *suite = suite_create("block_encode");
    TCase *tcase = golden_tcase(suite, "block_encode");
    tcase_add_loop_test(tcase, block_scales, 0, subjects());
    tcase_add_loop_test(tcase, block_scales_under_a_tensor_scale, 0, subjects());
    tcase_add_loop_test(tcase, blocks, 0, subjects());
    tcase_add_loop_test(tcase, least_squared_error, 0, subjects());
    tcase_add_loop_test(tcase, blocks_under_a_tensor_scale, 0, subjects());
    tcase_add_loop_test(tcase, doubles_and_options, 0, subjects());
    tcase_add_test(tcase, doubles_by_hand);
    tcase_add_loop_test(tcase, elements_of_16_bits, 0, 4 * SCALES);
    tcase_add_loop_test(tcase, decode_every_code, 0, subjects());
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, scale_codes);
    return suite;
}
