/* The golden block_quantiser against exact rationals: the scale by its rule, every element by search. */
#include "tests/support/quantiser_check.h"
#include "tests/support/random.h"

enum { BLOCKS = 30, RULES = 3, ROUNDINGS = 7 };

static const kind_case cases[] = {
    {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "", 0, 0, 16},         {NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 0, 0, 22},
    {NG_UNIT_QUANTISE, "bfp_m4k16", "bfp_m4k16", "", 0, 0, 9},  {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp8_e4m3", 0, 0, 20},
    {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp6_e2m3", 0, 0, 3}, {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp8_e5m2", 0, 0, 24},
};

static ref_scale scale_of(const ng_format *format)
{
    return format->scale == NG_SCALE_E8M0 ? REF_SCALE_E8M0 : REF_SCALE_BIASED8;
}

/* One block of sums, golden and by the oracle. */
static void check_block(const ng_datapath *path, const ref_block *ref, uint64_t run, tally *count)
{
    const uint64_t control = random_bits(GOLDEN_SEED, run);
    quantiser_block block = {.lsb = (int)(control % 128) - 64};
    for (unsigned i = 0; i < path->lanes; i++) {
        block.sums[i] = quantiser_sum(path, run, i, control);
    }
    quantiser_check(path, ref, &block, count);
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
