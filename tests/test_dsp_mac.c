/* The golden dsp_mac against sums in GMP that run on from step to step and start anew. */
#include <stdio.h>
#include <string.h>

#include "src/cost/measure.h"
#include "src/verify/check.h"
#include "tests/support/dsp_check.h"
#include "tests/support/random.h"

enum { STEPS = 2000, CASES = 20000 };

static const struct {
    char weight[8];
    char activation[8];
    unsigned width;
    unsigned lanes;
} cases[] = {{"int8", "int8", 1, 1}, {"int8", "int8", 2, 1}, {"int8", "int8", 2, 2},
             {"int4", "int4", 4, 8}, {"int4", "int4", 2, 3}, {"int6", "int3", 4, 2}};

static ng_datapath path_of(int at)
{
    kind_case asked = {.kind = NG_UNIT_DSP_MAC, .lanes = cases[at].lanes, .width = cases[at].width, .terms = 1000};
    snprintf(asked.weight, sizeof asked.weight, "%s", cases[at].weight);
    snprintf(asked.activation, sizeof asked.activation, "%s", cases[at].activation);
    return kind_path(&asked);
}

START_TEST(running_sums)
{
    const ng_datapath path = path_of(_i);
    tally count = {0};
    ng_result before = {{0}};
    mpz_t sums[4];
    mpz_inits(sums[0], sums[1], sums[2], sums[3], (mpz_ptr)0);
    for (uint64_t step = 0; step < STEPS && !tally_full(&count); step++) {
        uint64_t first[NG_OPERAND_LIMBS] = {0};
        uint64_t second[NG_OPERAND_LIMBS] = {0};
        const bool starts = step % (1000 / path.lanes) == 0 || random_below(step, 0, 500) == 0;
        ng_result result;
        for (unsigned k = 0; starts && k < 4; k++) {
            mpz_set_ui(sums[k], 0);
        }
        dsp_draw(&path, step, first, second);
        dsp_add(&path, first, second, sums);
        ng_golden_result(&path, first, second, starts ? NULL : &before, &result);
        tally_case(&count, dsp_same(&path, &result, sums, step));
        before = result;
    }
    mpz_clears(sums[0], sums[1], sums[2], sums[3], (mpz_ptr)0);
    tally_verdict(&count, "dsp_mac");
}
END_TEST

START_TEST(requests)
{
    ng_datapath path;
    char text[256];
    const kind_case int8 = {.kind = NG_UNIT_DSP_MAC, .weight = "int8", .activation = "int8"};
    const kind_case alone = {.kind = NG_UNIT_DSP_MAC, .weight = "int8", .activation = "int8", .width = 1};
    const kind_case cascade = {.kind = NG_UNIT_DSP_MAC, .weight = "int8", .activation = "int8", .width = 1, .lanes = 2};
    const kind_case full = {.kind = NG_UNIT_DSP_MAC, .weight = "int8", .activation = "int8", .width = 2, .lanes = 3};
    const kind_case short_sum = {.kind = NG_UNIT_DSP_MAC, .weight = "int4", .activation = "int4", .lanes = 8, .terms = 7};
    ck_assert_int_eq(kind_status(&int8, &path), NG_OK);
    ck_assert_uint_eq(path.width, 2);
    ck_assert_uint_eq(path.lanes, 2);
    ck_assert_uint_eq(ng_datapath_dsps(&path), 2);
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "WeightBits=8 ActivationBits=8 Products=2 Lanes=2 SumBits=28 ");
    ck_assert_int_eq(kind_status(&alone, &path), NG_OK);
    ck_assert_uint_eq(path.lanes, 1);
    ck_assert_int_eq(kind_status(&cascade, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&full, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&short_sum, &path), NG_BAD_TERMS);
}
END_TEST

/* One product a block; fields wider than the sum; joined activations. */
START_TEST(netlists)
{
    static const int rows[] = {0, 4, 5};
    const ng_target *target = ng_target_find("xc7");
    const ng_datapath path = path_of(rows[_i]);
    ng_synthesis made;
    ng_verdict verdict = {0};
    ng_error error;
    ck_assert_msg(ng_synthesise(&path, target, "rtl", &made, &error), "%s", error.text);
    ck_assert_msg(ng_check_netlist(&path, target, made.netlist, 1, CASES, &verdict, &error), "%s", error.text);
    ck_assert_uint_ge(verdict.cases, CASES);
    ck_assert_msg(verdict.mismatches == 0, "%s", verdict.first);
}
END_TEST

/* One product a block takes nothing else but the inverse of first; packed ones a sum of SumBits each. */
START_TEST(counts)
{
    const ng_datapath path = path_of(_i);
    ng_measurement made;
    ng_error error;
    const bool alone = path.width == 1;
    ck_assert_msg(ng_measure(&path, ng_target_find("xc7"), "rtl", &made, &error), "%s", error.text);
    ck_assert_uint_eq(made.counts.dsp, path.lanes);
    ck_assert_uint_eq(made.counts.lut_cells, alone ? 1 : 2 * path.sum_bits + 2);
    ck_assert_uint_eq(made.counts.ff, alone ? 0 : 2 * path.sum_bits + 1);
    ng_measurement_free(&made);
}
END_TEST

/* No other family's blocks are described. */
START_TEST(other_targets)
{
    const ng_datapath path = path_of(0);
    ng_synthesis made;
    ng_error error;
    for (size_t i = 0; ng_target_at(i) != NULL; i++) {
        const bool xc7 = strcmp(ng_target_at(i)->name, "xc7") == 0;
        ck_assert_int_eq(ng_synth_plan(&path, ng_target_at(i), "rtl", NULL, &made, &error), xc7);
        ck_assert(xc7 || strstr(error.text, "needs DSP blocks") != NULL);
    }
}
END_TEST

Suite *ng_suite_dsp_mac(void);

Suite *ng_suite_dsp_mac(void)
{
    Suite *suite = suite_create("dsp_mac");
    TCase *tcase = golden_tcase(suite, "dsp_mac");
    tcase_add_loop_test(tcase, running_sums, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, requests);
    tcase_add_loop_test(tcase, netlists, 0, 3);
    tcase_add_loop_test(tcase, counts, 0, 2);
    tcase_add_test(tcase, other_targets);
    return suite;
}
