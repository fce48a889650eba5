/* The verification machinery: stimuli hold what they promise, and circuits, netlists and records agree with them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "model/operand.h"
#include "src/base/source_hash.h"
#include "src/cost/cost.h"
#include "src/verify/verify.h"

enum { CASES = 20000 };

static ng_datapath datapath(ng_unit_kind kind, const char *weights, const char *activations)
{
    const ng_request request = {.kind = kind,
                                .weight = ng_format_find(weights),
                                .activation = ng_format_find(activations)};
    ng_datapath path;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    return path;
}

START_TEST(multiply_sees_every_pair)
{
    const ng_datapath path = datapath(NG_UNIT_MUL, "e2m1", "e3m2");
    bool seen[16][64] = {{false}};
    ng_stimulus *stimulus = malloc(sizeof *stimulus);
    ng_step step;
    size_t count = 0;
    ck_assert_ptr_nonnull(stimulus);
    ng_stimulus_start(stimulus, &path, 1, 0, 0, 1);
    while (ng_stimulus_next(stimulus, &step)) {
        seen[step.operand[0][0]][step.operand[1][0]] = true;
        count++;
    }
    free(stimulus);
    ck_assert_uint_eq(count, sizeof seen);
    for (size_t i = 0; i < sizeof seen; i++) {
        ck_assert(((bool *)seen)[i]);
    }
}
END_TEST

START_TEST(mac_reaches_its_extremes)
{
    const ng_datapath path = datapath(NG_UNIT_MAC, "int3", "int3");
    ng_stimulus *stimulus = malloc(sizeof *stimulus);
    ng_step step;
    ng_wide sum = ng_wide_from_int(0);
    bool most = false;
    bool least = false;
    ck_assert_ptr_nonnull(stimulus);
    ng_stimulus_start(stimulus, &path, 1, CASES, 0, 1);
    while (ng_stimulus_next(stimulus, &step)) {
        const ng_wide before = sum;
        ng_golden(&path, step.operand[0], step.operand[1], step.first ? NULL : &before, &sum);
        const ng_wide value = ng_wide_sign_extend(sum, path.sum_bits);
        most = most || (int64_t)value.limb[0] == 16 * (int64_t)path.terms;
        least = least || (int64_t)value.limb[0] == -12 * (int64_t)path.terms;
    }
    free(stimulus);
    ck_assert_msg(most && least, "the sum of %u products of ends does not occur", path.terms);
}
END_TEST

/* Distributions of a dot product's random part: all of them give more than a handful of different sums. */
START_TEST(streams_split_the_work)
{
    const ng_datapath path = datapath(NG_UNIT_DOT, "e2m1", "e2m1");
    ng_stimulus *stimulus = malloc(sizeof *stimulus);
    ng_step step;
    uint64_t total = 0;
    ck_assert_ptr_nonnull(stimulus);
    for (unsigned stream = 0; stream < 7; stream++) {
        ng_stimulus_start(stimulus, &path, 1, CASES, stream, 7);
        while (ng_stimulus_next(stimulus, &step)) {
            total++;
        }
    }
    free(stimulus);
    ck_assert_uint_ge(total, CASES);
    ck_assert_uint_lt(total, CASES + 7 * 2);
}
END_TEST

/* A stream made from another one's tables is the stream that a start of its own gives. */
START_TEST(forked_stream)
{
    const ng_datapath path = datapath(NG_UNIT_MAC, "e4m3", "e4m3");
    ng_stimulus *streams = calloc(3, sizeof *streams);
    ng_step forked;
    ng_step started;
    ck_assert_ptr_nonnull(streams);
    ng_stimulus_start(&streams[0], &path, 7, CASES, 0, 5);
    while (ng_stimulus_next(&streams[0], &forked)) {
    }
    ng_stimulus_fork(&streams[1], &streams[0], 3);
    ng_stimulus_start(&streams[2], &path, 7, CASES, 3, 5);
    bool more = true;
    for (unsigned count = 0; more; count++) {
        more = ng_stimulus_next(&streams[1], &forked);
        ck_assert_int_eq(more, ng_stimulus_next(&streams[2], &started));
        ck_assert_msg(!more || memcmp(&forked, &started, sizeof forked) == 0, "step %u", count);
    }
    free(streams);
}
END_TEST

static json_t *rtl_record(const ng_datapath *path)
{
    ng_verify_options options;
    json_t *record = NULL;
    ng_error error;
    ck_assert_msg(ng_verify_options_start(&options, "rtl", 1, CASES, &error), "%s", error.text);
    ck_assert_msg(ng_verify_rtl(path, 1, &options, &record, &error), "%s", error.text);
    return record;
}

static const struct {
    ng_unit_kind kind;
    const char *weights;
    const char *activations;
} circuits_checked[] = {{NG_UNIT_MUL, "int3", "int5"},    {NG_UNIT_MAC, "e2m1", "e4m3fn"}, {NG_UNIT_DOT, "pot3", "int8"},
                        {NG_UNIT_MAC, "mxfp4", "mxfp4"}, {NG_UNIT_DOT, "e2m1", "e2m1"},   {NG_UNIT_CONVERT, "e3m2", "e3m2"},
                        {NG_UNIT_MUL, "posit8es2", "apot4k2"}, {NG_UNIT_MUL, "hif8", "p3109k8p4"}};

START_TEST(rtl_equals_golden)
{
    const ng_unit_kind kind = circuits_checked[_i].kind;
    const ng_datapath path = datapath(kind, circuits_checked[_i].weights, circuits_checked[_i].activations);
    json_t *record = rtl_record(&path);
    ck_assert_msg(json_integer_value(json_object_get(record, "mismatches")) == 0, "%s",
                  json_string_value(json_object_get(record, "first_mismatch")));
    ck_assert_int_gt(json_integer_value(json_object_get(record, "cases")), kind == NG_UNIT_MUL ? 200 : CASES - 1);
    json_decref(record);
}
END_TEST

/* The evaluator and Verilator on the same netlist: both agree with the golden model, and a netlist held against the
 * golden model of another pair does not. */
START_TEST(netlist_in_both_engines)
{
    const ng_datapath path = datapath(NG_UNIT_MAC, "int3", "int3");
    const ng_datapath other = datapath(NG_UNIT_MAC, "e1m1", "e1m1");
    const ng_target *target = ng_target_find("xc7");
    const ng_cost_options counting = {"rtl", ng_source_hash(NG_SOURCE_COST)};
    char netlist[NG_PATH_SIZE];
    ng_verify_options options;
    json_t *cost = NULL;
    json_t *record = NULL;
    ng_error error;
    ck_assert_msg(ng_verify_options_start(&options, "rtl", 1, CASES, &error), "%s", error.text);
    ck_assert_msg(ng_cost(&path, target, &counting, &cost, &error), "%s", error.text);
    ck_assert_msg(ng_cost_netlist(cost, netlist, &error), "%s", error.text);
    json_decref(cost);
    ck_assert_msg(ng_verify_netlist(&path, target, netlist, &options, &record, &error), "%s", error.text);
    ck_assert_int_eq(json_integer_value(json_object_get(record, "mismatches")), 0);
    json_decref(record);
    ck_assert_msg(ng_verify_netlist_verilator(&path, target, netlist, &options, &record, &error), "%s", error.text);
    ck_assert_int_eq(json_integer_value(json_object_get(record, "mismatches")), 0);
    json_decref(record);
    ng_verdict *verdict = calloc(1, sizeof *verdict);
    ck_assert_ptr_nonnull(verdict);
    const bool ran = ng_check_netlist(&other, target, netlist, 1, CASES, verdict, &error);
    ck_assert_msg(!ran || verdict->mismatches > 0, "an int3 netlist passes for e1m1");
    free(verdict);
}
END_TEST

/* Odd lengths, so that chains end before a register is due. */
static const struct {
    const char *weights;
    const char *activations;
    unsigned lanes;
    unsigned chain;
    unsigned stage;
} pipes[] = {{"int4", "int4", 8, 8, 8}, {"int3", "int3", 16, 16, 3}, {"e2m1", "e2m1", 32, 9, 2},
             {"e2m1", "e3m2", 7, 3, 1}, {"pot3", "int4", 20, 20, 16}, {"e1m2", "e4m3fn", 5, 5, 2},
             {"binary", "binary", 12, 5, 2}, {"ternary", "binary", 7, 7, 3}, {"apot4k2", "uint4", 11, 4, 3}};

/* The circuit's result comes at its latency and, held to be one edge later, is another's. */
static void check_pipe(const ng_datapath *path, const ng_target *target, bool expected)
{
    ng_verify_options options;
    const ng_cost_options counting = {"rtl", ng_source_hash(NG_SOURCE_COST)};
    char netlist[NG_PATH_SIZE];
    json_t *cost = NULL;
    json_t *record = NULL;
    ng_error error;
    ck_assert_msg(ng_verify_options_start(&options, "rtl", 1, CASES, &error), "%s", error.text);
    ck_assert_msg(ng_cost(path, target, &counting, &cost, &error), "%s", error.text);
    ck_assert_msg(ng_cost_netlist(cost, netlist, &error), "%s", error.text);
    json_decref(cost);
    ck_assert_msg(ng_verify_netlist(path, target, netlist, &options, &record, &error), "%s", error.text);
    ck_assert_int_eq(json_integer_value(json_object_get(record, "mismatches")) == 0, expected);
    ck_assert_int_ge(json_integer_value(json_object_get(record, "cases")), CASES);
    json_decref(record);
    record = rtl_record(path);
    ck_assert_int_eq(json_integer_value(json_object_get(record, "mismatches")) == 0, expected);
    ck_assert_int_ge(json_integer_value(json_object_get(record, "cases")), CASES);
    json_decref(record);
}

START_TEST(pipes_equal_golden)
{
    const ng_request request = {.kind = NG_UNIT_PIPE,
                                .weight = ng_format_find(pipes[_i].weights),
                                .activation = ng_format_find(pipes[_i].activations),
                                .lanes = pipes[_i].lanes,
                                .chain = pipes[_i].chain,
                                .stage = pipes[_i].stage};
    ng_datapath path;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    check_pipe(&path, ng_target_find("ice40"), true);
    if (_i == 0) {
        path.latency++;
        check_pipe(&path, ng_target_find("ice40"), false);
    }
}
END_TEST

static const struct {
    ng_unit_kind kind;
    const char *format;
    unsigned architecture;
} variants[] = {{NG_UNIT_MUL, "int3", 1}, {NG_UNIT_MUL, "int8", 1}, {NG_UNIT_MUL, "int4", 2},
                {NG_UNIT_MUL, "e2m1", 1}, {NG_UNIT_DOT, "int3", 1}, {NG_UNIT_DOT, "int8", 1}};

START_TEST(variants_equal_golden)
{
    const ng_format *format = ng_format_find(variants[_i].format);
    const ng_request request = {.kind = variants[_i].kind, .weight = format, .activation = format, .lanes = 11, .chain = 4,
                                .architecture = variants[_i].architecture + 1};
    ng_datapath path;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    json_t *record = rtl_record(&path);
    ck_assert_msg(json_integer_value(json_object_get(record, "mismatches")) == 0, "%s",
                  json_string_value(json_object_get(record, "first_mismatch")));
    ck_assert_str_eq(json_string_value(json_object_get(record, "variant")),
                     ng_architecture_at(path.unit, path.architecture)->name);
    json_decref(record);
}
END_TEST

Suite *ng_suite_verify(void);

Suite *ng_suite_verify(void)
{
    Suite *suite = suite_create("verify");
    TCase *stimuli = tcase_create("stimuli");
    TCase *circuits = tcase_create("circuits");
    tcase_set_timeout(stimuli, 120);
    tcase_set_timeout(circuits, 600);
    tcase_add_test(stimuli, multiply_sees_every_pair);
    tcase_add_test(stimuli, mac_reaches_its_extremes);
    tcase_add_test(stimuli, streams_split_the_work);
    tcase_add_test(stimuli, forked_stream);
    tcase_add_loop_test(circuits, rtl_equals_golden, 0, (int)(sizeof circuits_checked / sizeof circuits_checked[0]));
    tcase_add_test(circuits, netlist_in_both_engines);
    tcase_add_loop_test(circuits, pipes_equal_golden, 0, (int)(sizeof pipes / sizeof pipes[0]));
    tcase_add_loop_test(circuits, variants_equal_golden, 0, (int)(sizeof variants / sizeof variants[0]));
    suite_add_tcase(suite, stimuli);
    suite_add_tcase(suite, circuits);
    return suite;
}
