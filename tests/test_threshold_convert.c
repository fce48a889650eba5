/* The golden threshold_convert: with the thresholds that ng_thresholds_init() makes it is the exact affine quantiser, for
 * every sum of ten bits; the codes ascend; the order of the thresholds does not matter. */
#include <stdio.h>

#include "model/thresholds.h"
#include "tests/support/kind_check.h"

static const kind_case cases[] = {
    {NG_UNIT_THRESHOLD, "int4", "int4", "int4", 0, 1, 0}, {NG_UNIT_THRESHOLD, "int3", "int4", "int3", 0, 4, 0},
    {NG_UNIT_THRESHOLD, "int4", "int4", "e2m1", 0, 4, 0}, {NG_UNIT_THRESHOLD, "int4", "int3", "e1m2", 0, 2, 0},
    {NG_UNIT_THRESHOLD, "int4", "int4", "e1m1", 0, 4, 0},
};

static uint32_t converted(const ng_datapath *path, const uint64_t *thresholds, int64_t x)
{
    uint64_t sum[NG_OPERAND_LIMBS] = {0};
    ng_result result;
    kind_put(sum, 0, path->sum_bits, (uint64_t)x);
    ng_golden_result(path, sum, thresholds, NULL, &result);
    return (uint32_t)result.limb[0];
}

/* A threshold that is never reached lies beyond the largest sum, where a word of its width cannot: the largest sum must then
 * be left out. */
START_TEST(is_the_quantiser)
{
    static const ng_affine affines[] = {{0.5, 0}, {0.11, 0.3}, {1, -2.5}, {0.02, 0.01}};
    const ng_datapath path = kind_path(&cases[_i]);
    const int64_t end = INT64_C(1) << (path.sum_bits - 1);
    tally count = {0, 0};
    for (unsigned k = 0; k < sizeof affines / sizeof affines[0]; k++) {
        ng_thresholds made;
        ck_assert_int_eq(ng_thresholds_init(&made, &affines[k], path.sum_bits, path.output, NULL), NG_THRESHOLDS_OK);
        ck_assert_uint_eq(made.count * path.sum_bits, path.second_bits);
        uint64_t up[NG_OPERAND_LIMBS] = {0};
        uint64_t down[NG_OPERAND_LIMBS] = {0};
        bool unreached = false;
        for (unsigned i = 0; i < made.count; i++) {
            unreached = unreached || made.threshold[i] >= end;
            const int64_t threshold = made.threshold[i] >= end ? end - 1 : made.threshold[i];
            kind_put(up, i * path.sum_bits, path.sum_bits, (uint64_t)threshold);
            kind_put(down, (made.count - 1 - i) * path.sum_bits, path.sum_bits, (uint64_t)threshold);
        }
        for (int64_t x = -end; x < end - unreached; x++) {
            const uint32_t wanted = ng_affine_encode(&affines[k], x, path.output, NULL);
            const double value = ng_decode_double(path.output, converted(&path, up, x));
            (void)tally_case(&count, value == ng_decode_double(path.output, wanted));
            (void)tally_case(&count, converted(&path, down, x) == converted(&path, up, x));
        }
    }
    tally_verdict(&count, cases[_i].output);
}
END_TEST

/* Thresholds -2, 1, 6 and a spread of sums. */
START_TEST(by_hand)
{
    const ng_datapath path = kind_path(&(kind_case){NG_UNIT_THRESHOLD, "int3", "int3", "e1m1", 0, 1, 0});
    uint64_t thresholds[NG_OPERAND_LIMBS] = {0};
    static const int64_t numbers[] = {-8, -6, -3, 2, 5, 7};
    static const struct {
        int64_t sum;
        uint32_t code;
    } rows[] = {{-9, 0x7}, {-8, 0x6}, {-6, 0x5}, {-3, 0x0}, {1, 0x0}, {2, 0x1}, {6, 0x2}, {7, 0x3}, {15, 0x3}};
    ck_assert_uint_eq(path.second_bits, 6 * path.sum_bits);
    for (unsigned i = 0; i < 6; i++) {
        kind_put(thresholds, i * path.sum_bits, path.sum_bits, (uint64_t)numbers[i]);
    }
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_uint_eq(converted(&path, thresholds, rows[i].sum), rows[i].code);
    }
}
END_TEST

START_TEST(requests)
{
    char text[256];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_THRESHOLD, "int4", "int4", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "OutputBits=4 SignMagnitude=0 SumBits=20 ");
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_THRESHOLD, "int8", "int8", "", 0, 0, 0}, &path), NG_BAD_TERMS);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_THRESHOLD, "int4", "int4", "e4m3fn", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_THRESHOLD, "int4", "int4", "mxfp4", 0, 0, 0}, &path), NG_NO_UNIT);
}
END_TEST

Suite *ng_suite_threshold_convert(void);

Suite *ng_suite_threshold_convert(void)
{
    Suite *suite = suite_create("threshold_convert");
    TCase *tcase = golden_tcase(suite, "threshold_convert");
    tcase_add_loop_test(tcase, is_the_quantiser, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, requests);
    return suite;
}
