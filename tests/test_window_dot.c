/* The golden window_dot against real numbers: the sum of the terms cut or rounded by the oracle, the exponent, the flag, and how
 * far it is off the exact sum. */
#include <string.h>

#include "tests/support/kind_check.h"
#include "tests/support/random.h"
#include "tests/support/sum_check.h"

enum { LANES_MOST = 64, VECTORS = 400 };

/* A code of random length, so that exponents are spread. */
static uint32_t random_code(const ng_format *format, uint64_t seed, uint64_t index)
{
    const uint64_t word = random_bits(seed, index);
    const uint32_t length = (uint32_t)(word >> 40) % format->bits;
    const uint32_t magnitude = (uint32_t)word & ((UINT32_C(1) << length) - 1);
    return magnitude | (uint32_t)(word >> 60 & 1) << (format->bits - 1);
}

/* The field of a code's alignment exponent in the result: its bias added, a one-bit exponent not counted. */
static long field_of(const paired_format *format, long alignment)
{
    return format->ref.exponent_bits == 1 ? 0 : alignment + format->ref.bias;
}

typedef struct {
    mpfr_t terms[LANES_MOST];
    mpfr_t sum;
    mpfr_t got;
    mpz_t number;
} room;

static void make_room(room *r)
{
    for (unsigned i = 0; i < LANES_MOST; i++) {
        mpfr_init2(r->terms[i], REF_LONG_PRECISION);
    }
    mpfr_init2(r->sum, REF_LONG_PRECISION);
    mpfr_init2(r->got, REF_LONG_PRECISION);
    mpz_init(r->number);
}

static void clear_room(room *r)
{
    for (unsigned i = 0; i < LANES_MOST; i++) {
        mpfr_clear(r->terms[i]);
    }
    mpfr_clear(r->sum);
    mpfr_clear(r->got);
    mpz_clear(r->number);
}

/* r->got against the exact sum: half a unit of the window for every term that is not zero, a whole one where it is cut. */
static bool is_near(const ng_datapath *path, room *r, long largest)
{
    const bool nearest = path->rounding <= NG_ROUND_TIES_UP;
    unsigned present = 0;
    ref_exact(mpfr_set_ui(r->sum, 0, MPFR_RNDN));
    for (unsigned i = 0; i < path->lanes; i++) {
        present += mpfr_zero_p(r->terms[i]) ? 0 : 1;
        ref_exact(mpfr_add(r->sum, r->sum, r->terms[i], MPFR_RNDN));
    }
    ref_exact(mpfr_sub(r->sum, r->sum, r->got, MPFR_RNDN));
    mpfr_set_ui_2exp(r->got, present, largest + 2 - (long)path->width - (nearest ? 1 : 0), MPFR_RNDN);
    return mpfr_cmpabs(r->sum, r->got) <= 0;
}

static bool check_vector(const ng_datapath *path, const paired_format *weight, const paired_format *activation,
                         uint64_t seed, room *r)
{
    uint64_t words[2][NG_OPERAND_LIMBS] = {{0}};
    long alignment[LANES_MOST];
    long largest = 0;
    long field = 0;
    bool any = false;
    bool special = false;
    const ref_sum how = {.kind = REF_SUM_WINDOW, .window = path->width, .cut = (ref_cut)path->rounding};
    for (unsigned i = 0; i < path->lanes; i++) {
        const uint32_t w = random_code(path->weight, seed, 2 * i);
        const uint32_t a = random_bits(seed, 1000) % 4 == 0 && i % 3 == 0 ? 0 : random_code(path->activation, seed, 2 * i + 1);
        kind_put(words[0], i * path->weight->bits, path->weight->bits, w);
        kind_put(words[1], i * path->activation->bits, path->activation->bits, a);
        special = paired_value(weight, w, r->sum) != REF_FINITE || special;
        alignment[i] = ref_alignment(&weight->ref, r->sum);
        const long weight_field = field_of(weight, alignment[i]);
        special = paired_value(activation, a, r->got) != REF_FINITE || special;
        alignment[i] += ref_alignment(&activation->ref, r->got);
        ref_exact(mpfr_mul(r->terms[i], r->sum, r->got, MPFR_RNDN));
        if (!mpfr_zero_p(r->terms[i]) && (!any || alignment[i] > largest)) {
            any = true;
            largest = alignment[i];
            field = weight_field + field_of(activation, ref_alignment(&activation->ref, r->got));
        }
    }
    ref_sum_of(r->sum, &how, r->terms, alignment, path->lanes);
    ng_result result;
    ng_golden_result(path, words[0], words[1], NULL, &result);
    kind_field(r->number, &result, 0, path->sum_bits, true);
    mpfr_set_z_2exp(r->got, r->number, largest + 2 - (long)path->width, MPFR_RNDN);
    bool same = mpfr_equal_p(r->got, r->sum);
    kind_field(r->number, &result, path->sum_bits, path->scale_bits, false);
    same = same && mpz_cmp_si(r->number, any ? field : 0) == 0;
    kind_field(r->number, &result, path->sum_bits + path->scale_bits, 1, false);
    same = same && (mpz_sgn(r->number) != 0) == (special && path->flag_bits != 0);
    return same && (!any || is_near(path, r, largest));
}

static const char pairs[][2][NG_FORMAT_NAME_SIZE] = {{"e4m3", "e4m3"}, {"e5m2ieee", "e4m3fn"}, {"e2m1", "e3m2"},
                                                     {"e5m2", "e5m2"}, {"e1m1", "e2m3"},       {"e6m1", "e6m1"}};

/* _i: the pair; every rounding in turn, 0 for a unit that is not told. */
START_TEST(cut_sums)
{
    static const unsigned widths[] = {3, 5, 8, 13, 16, 24, 40, 64};
    static const unsigned lanes[] = {1, 2, 5, 32, 64};
    const paired_format weight = paired(pairs[_i][0]);
    const paired_format activation = paired(pairs[_i][1]);
    tally count = {0, 0};
    room r;
    make_room(&r);
    for (uint64_t i = 0; i < VECTORS && !tally_full(&count); i++) {
        kind_case asked = {.kind = NG_UNIT_WINDOW, .width = widths[i % 8], .lanes = lanes[i % 5]};
        memcpy(asked.weight, pairs[_i][0], sizeof asked.weight);
        memcpy(asked.activation, pairs[_i][1], sizeof asked.activation);
        ng_datapath path;
        ck_assert_int_eq(kind_status_rounded(&asked, NG_RULE_FLOOR, (unsigned)(i / 8) % 8, &path), NG_OK);
        (void)tally_case(&count, check_vector(&path, &weight, &activation, GOLDEN_SEED + i, &r));
    }
    clear_room(&r);
    tally_verdict(&count, pairs[_i][0]);
}
END_TEST

/* 1 * 1 + 0.5 * -6 in a window of six bits: 16 / 4 - 12, exponent fields 1 + 3. */
START_TEST(by_hand)
{
    const ng_datapath path = kind_path(&(kind_case){NG_UNIT_WINDOW, "e2m1", "e2m1", "", 2, 0, 6});
    const uint64_t weights[NG_OPERAND_LIMBS] = {0x12};
    const uint64_t activations[NG_OPERAND_LIMBS] = {0xF2};
    ng_result result;
    ng_golden_result(&path, weights, activations, NULL, &result);
    ck_assert_uint_eq(result.limb[0], 0x4F8);
}
END_TEST

START_TEST(widths)
{
    char text[512];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_WINDOW, "e4m3fn", "e5m2", "", 32, 0, 24});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "WeightExponentBits=4 WeightMantissaBits=3 WeightSpecials=1 ActivationExponentBits=5 "
                           "ActivationMantissaBits=2 ActivationSpecials=0 Lanes=32 ChainLength=8 WindowBits=24 SumBits=30 ");
    ck_assert_uint_eq(path.result_bits, 30 + 6 + 1);
    const kind_case rounded = {NG_UNIT_WINDOW, "e2m1", "e2m1", "", 32, 0, 16};
    ck_assert_int_eq(kind_status_rounded(&rounded, NG_RULE_FLOOR, 1 + NG_ROUND_NEAREST_EVEN, &path), NG_OK);
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "WeightExponentBits=2 WeightMantissaBits=1 WeightSpecials=0 ActivationExponentBits=2 "
                           "ActivationMantissaBits=1 ActivationSpecials=0 Lanes=32 ChainLength=8 WindowBits=16 SumBits=23 "
                           "Rounding=0 ");
    ng_datapath none;
    ck_assert_int_eq(kind_status_rounded(&rounded, NG_RULE_FLOOR, 1 + NG_ROUND_STOCHASTIC, &none), NG_BAD_ROUNDING);
    ck_assert_int_eq(kind_status_rounded(&rounded, NG_RULE_CEIL, 0, &none), NG_BAD_ROUNDING);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_WINDOW, "int8", "int8", "", 0, 0, 0}, &none), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_WINDOW, "e4m3", "e4m3", "", 65, 0, 0}, &none), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_WINDOW, "e4m3", "e4m3", "", 0, 0, 2}, &none), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_WINDOW, "e4m3", "e4m3", "", 0, 0, 65}, &none), NG_BAD_WIDTH);
}
END_TEST

Suite *ng_suite_window_dot(void);

Suite *ng_suite_window_dot(void)
{
    Suite *suite = suite_create("window_dot");
    TCase *tcase = golden_tcase(suite, "window_dot");
    tcase_add_loop_test(tcase, cut_sums, 0, (int)(sizeof pairs / sizeof pairs[0]));
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, widths);
    return suite;
}
