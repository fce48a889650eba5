/* The golden block_quantiser against exact rationals: the scale by its rule, every element by search. */
#include <math.h>

#include "tests/ref/ref_block_encode.h"
#include "tests/support/kind_check.h"
#include "tests/support/random.h"

enum { BLOCKS = 30, LANES_MOST = 64, RULES = 3, ROUNDINGS = 7 };

static const kind_case cases[] = {
    {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "", 0, 0, 16},         {NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 0, 0, 22},
    {NG_UNIT_QUANTISE, "bfp_m4k16", "bfp_m4k16", "", 0, 0, 9},  {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp8_e4m3", 0, 0, 20},
    {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp6_e2m3", 0, 0, 3}, {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp8_e5m2", 0, 0, 24},
};

static ref_scale scale_of(const ng_format *format)
{
    return format->scale == NG_SCALE_E8M0 ? REF_SCALE_E8M0 : REF_SCALE_BIASED8;
}

/* Sums of any length, one at the end of the range, none, or a largest one beside which the scale changes. */
static int64_t sum_of(const ng_datapath *path, uint64_t run, unsigned lane, uint64_t control)
{
    static const int64_t edges[] = {3, 45, 181, 127, 7, 53, 11585, 51, 57, 63}; /* L, L / sqrt(2), multiples of 3 */
    const uint64_t word = random_bits(GOLDEN_SEED + run, lane + 1);
    const unsigned length = (unsigned)(word >> 40) % path->width;
    const unsigned cap = (unsigned)(control >> 8) % path->width;
    const int64_t size = (int64_t)(word & ((UINT64_C(1) << (length < cap ? length : cap)) - 1));
    const int64_t most = INT64_C(1) << (path->width - 1);
    if (run % 8 == 0 && lane == 3) {
        return -most;
    }
    if (run % 4 == 1) {
        const int64_t edge = (edges[control >> 20 & 7] << (control >> 24 & 3)) + (int64_t)(control >> 28) % 3 - 1;
        const int64_t last = edge < most ? edge : most - 1;
        return lane == 5 ? last : size % last;
    }
    return run % 8 == 2 ? 0 : (word >> 60 & 1) != 0 ? size : -size;
}

/* One block of sums, golden and by the oracle. */
static void check_block(const ng_datapath *path, const ref_block *ref, uint64_t run, tally *count)
{
    uint64_t words[2][NG_OPERAND_LIMBS] = {{0}};
    double values[LANES_MOST];
    ng_result result;
    mpz_t got;
    mpq_t largest;
    mpq_t size;
    const uint64_t control = random_bits(GOLDEN_SEED, run);
    const int lsb = (int)(control % 128) - 64;
    const ref_options options = {.rounding = (ref_rounding)path->rounding, .random_bits = 1};
    mpz_init(got);
    mpq_inits(largest, size, NULL);
    for (unsigned i = 0; i < path->lanes; i++) {
        const int64_t sum = sum_of(path, run, i, control);
        values[i] = ldexp((double)sum, lsb);
        mpq_set_d(size, fabs(values[i]));
        if (mpq_cmp(size, largest) > 0) {
            mpq_set(largest, size);
        }
        kind_put(words[0], i * path->width, path->width, (uint64_t)sum);
    }
    kind_put(words[1], 0, path->second_bits, (uint64_t)lsb);
    const uint32_t scale = ref_block_scale(ref, largest, (ref_rule)path->rule);
    ng_golden_result(path, words[0], words[1], NULL, &result);
    for (unsigned i = 0; i < path->lanes; i++) {
        kind_field(got, &result, i * path->output->bits, path->output->bits, false);
        (void)tally_case(count, mpz_cmp_ui(got, ref_block_element(ref, scale, values[i], &options)) == 0);
    }
    kind_field(got, &result, path->lanes * path->output->bits, path->scale_bits, false);
    (void)tally_case(count, mpz_cmp_ui(got, scale) == 0);
    mpz_clear(got);
    mpq_clears(largest, size, NULL);
}

/* _i: the case and the rule; every rounding. */
START_TEST(blocks)
{
    const kind_case *asked = &cases[_i / RULES];
    tally count = {0, 0};
    ng_datapath path = kind_path(asked);
    ref_block ref;
    ref_block_init(&ref, ref_table_named(path.output->name), path.lanes, scale_of(path.output), 1);
    for (unsigned rounding = 0; rounding < ROUNDINGS; rounding++) {
        ck_assert_int_eq(kind_status_rounded(asked, (ng_scale_rule)(_i % RULES), 1 + rounding, &path), NG_OK);
        for (uint64_t run = 0; run < BLOCKS && !tally_full(&count); run++) {
            check_block(&path, &ref, run + BLOCKS * rounding, &count);
        }
    }
    ref_block_clear(&ref);
    tally_verdict(&count, path.output->name);
}
END_TEST

START_TEST(requests)
{
    char text[256];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "ElementExponentBits=2 ElementMantissaBits=1 ElementTop=2 GridBits=4 Largest=7 Lanes=32 SumBits=16 ");
    path = kind_path(&(kind_case){NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 0, 0, 32});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "ElementExponentBits=0 ElementMantissaBits=7 ElementTop=0 GridBits=7 Largest=127 Lanes=32 SumBits=32 ");
    ck_assert_uint_eq(path.result_bits, 264);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 0, 0, 65}, &path), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 16, 0, 0}, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "nvfp4", "nvfp4", "", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "int8", "int8", "", 0, 0, 0}, &path), NG_NO_UNIT);
    const kind_case quantise = {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "", 0, 0, 0};
    ck_assert_int_eq(kind_status_rounded(&quantise, NG_RULE_ROUND, 1 + NG_ROUND_TO_ODD, &path), NG_OK);
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "ElementExponentBits=2 ElementMantissaBits=1 ElementTop=2 GridBits=4 Largest=7 Lanes=32 SumBits=16 "
                           "Rule=2 Rounding=6 ");
    const kind_case multiply = {NG_UNIT_MUL, "mxfp4", "mxfp4", "", 0, 0, 0};
    ck_assert_int_eq(kind_status_rounded(&quantise, NG_RULE_MSE, 0, &path), NG_BAD_ROUNDING);
    ck_assert_int_eq(kind_status_rounded(&quantise, NG_RULE_FLOOR, 1 + NG_ROUND_STOCHASTIC, &path), NG_BAD_ROUNDING);
    ck_assert_int_eq(kind_status_rounded(&multiply, NG_RULE_CEIL, 0, &path), NG_BAD_ROUNDING);
    ck_assert_int_eq(kind_status_rounded(&multiply, NG_RULE_FLOOR, 1, &path), NG_BAD_ROUNDING);
}
END_TEST

Suite *ng_suite_block_quantiser(void);

Suite *ng_suite_block_quantiser(void)
{
    Suite *suite = suite_create("block_quantiser");
    TCase *tcase = golden_tcase(suite, "block_quantiser");
    tcase_add_loop_test(tcase, blocks, 0, RULES * (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, requests);
    return suite;
}
