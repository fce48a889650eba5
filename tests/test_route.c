/* Place and route, with whatever nextpnr is installed; where one is not, that it says what to run. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/source_hash.h"
#include "src/route/legal.h"
#include "src/route/nextpnr.h"
#include "src/route/route.h"
#include "src/route/wrapper.h"
#include "src/verify/check.h"
#include "tests/support/scratch.h"

static ng_datapath datapath(ng_unit_kind kind, const char *name)
{
    const ng_format *format = ng_format_find(name);
    const ng_request request = {.kind = kind, .weight = format, .activation = format, .lanes = 2};
    ng_datapath path;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    return path;
}

static json_t *cost_of(const ng_datapath *path, const ng_target *target)
{
    const ng_cost_options counting = {"rtl", ng_source_hash(NG_SOURCE_COST)};
    json_t *cost = NULL;
    ng_error error;
    ck_assert_msg(ng_cost(path, target, &counting, &cost, &error), "%s", error.text);
    return cost;
}

static double number(const json_t *object, const char *name)
{
    ck_assert_msg(json_is_number(json_object_get(object, name)), "%s", name);
    return json_number_value(json_object_get(object, name));
}

static void check_record(const json_t *record, const json_t *cost)
{
    const json_t *fmax = json_object_get(record, "fmax_mhz");
    const json_t *all = json_object_get(fmax, "all");
    size_t i;
    json_t *one;
    ck_assert_uint_eq(json_array_size(all), 4);
    ck_assert_double_gt(number(fmax, "least"), 0);
    ck_assert_double_ge(number(fmax, "median"), number(fmax, "least"));
    ck_assert_double_le(number(fmax, "median"), number(fmax, "largest"));
    json_array_foreach(all, i, one) {
        ck_assert_double_ge(json_number_value(one), number(fmax, "least"));
        ck_assert_double_le(json_number_value(one), number(fmax, "largest"));
    }
    /* Every LUT that was counted is there; nextpnr only adds. */
    ck_assert_double_ge(number(record, "luts"), number(cost, "lut_cells"));
    ck_assert_double_le(number(record, "luts"), 3 * number(cost, "honest_sites") + number(cost, "ff"));
    ck_assert(json_equal(json_object_get(record, "netlist_sha256"), json_object_get(cost, "netlist_sha256")));
}

/* Nexus and GateMate are left to `make route`: even the smallest circuit takes them too long for a suite. */
START_TEST(routed_or_missing)
{
    static const char *const targets[] = {"ice40", "ecp5", "gowin"};
    const ng_target *target = ng_target_find(targets[_i]);
    const ng_datapath path = datapath(NG_UNIT_MUL, "int3");
    json_t *cost = cost_of(&path, target);
    json_t *record = NULL;
    ng_error error = {0};
    if (ng_route(&path, target, cost, NG_ROUTE_SEEDS, &record, &error)) {
        check_record(record, cost);
        json_decref(record);
    } else {
        ck_assert_msg(error.exit_code == NG_EXIT_MISSING, "%s", error.text);
        ck_assert_ptr_nonnull(strstr(error.text, _i == 0 ? "apt-get install" : "make extras"));
        fprintf(stderr, "route: %s is not installed here: skipped\n", ng_nextpnr_find(target)->program);
    }
    json_decref(cost);
}
END_TEST

START_TEST(missing_program)
{
    const ng_target *target = ng_target_find("ice40");
    const ng_datapath path = datapath(NG_UNIT_MUL, "int3");
    json_t *cost = cost_of(&path, target);
    json_t *record = NULL;
    ng_error error = {0};
    ck_assert_int_eq(setenv("PATH", "/no/such/folder", 1), 0);
    ck_assert(!ng_route(&path, target, cost, NG_ROUTE_SEEDS, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_MISSING);
    ck_assert_ptr_nonnull(strstr(error.text, "apt-get install --no-install-recommends nextpnr-ice40"));
    json_decref(cost);
}
END_TEST

START_TEST(refused)
{
    const ng_datapath path = datapath(NG_UNIT_MUL, "int3");
    json_t *record = NULL;
    ng_error error = {0};
    ck_assert(!ng_route(&path, ng_target_find("xc7"), NULL, NG_ROUTE_SEEDS, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(error.text, "xc7"));
    ck_assert(!ng_route(&path, ng_target_find("ice40"), NULL, NG_ROUTE_SEEDS - 1, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
}
END_TEST

/* A bit enters the chain of the second row through a carry that nextpnr could not route: rewritten, and still the MAC. */
START_TEST(legal_carries)
{
    const ng_target *target = ng_target_find("ice40");
    const ng_datapath path = datapath(NG_UNIT_MAC, "int4");
    json_t *cost = cost_of(&path, target);
    ng_verdict *verdict = calloc(1, sizeof *verdict);
    char netlist[NG_PATH_SIZE];
    unsigned changed = 0;
    ng_error error;
    const char *copy = scratch_path("netlist.json");
    ck_assert(ng_cost_netlist(cost, netlist, &error));
    ck_assert_msg(ng_route_legal(netlist, copy, &changed, &error), "%s", error.text);
    ck_assert_uint_gt(changed, 0);
    ck_assert_msg(ng_check_netlist(&path, target, copy, 1, 20000, verdict, &error), "%s", error.text);
    ck_assert_uint_eq(verdict->mismatches, 0);
    ck_assert_msg(ng_route_legal(copy, scratch_path("again.json"), &changed, &error), "%s", error.text);
    ck_assert_uint_eq(changed, 0);
    free(verdict);
    json_decref(cost);
}
END_TEST

/* The shift register has a bit for each operand bit, each of them on one pin of the unit. */
START_TEST(wrapper)
{
    const ng_datapath mac = datapath(NG_UNIT_MAC, "int3");
    const ng_datapath convert = datapath(NG_UNIT_CONVERT, "e2m1");
    char wanted[64];
    char *text;
    ng_error error;
    ck_assert(ng_route_wrapper(&mac, "", &text, &error));
    ck_assert_ptr_nonnull(strstr(text, "logic [6:0] operands_q;"));
    ck_assert_ptr_nonnull(strstr(text, ".clk_i(clk_i)"));
    ck_assert_ptr_nonnull(strstr(text, ".first_i(operands_q[0:0])"));
    ck_assert_ptr_nonnull(strstr(text, ".w_i(operands_q[3:1])"));
    ck_assert_ptr_nonnull(strstr(text, ".a_i(operands_q[6:4])"));
    ck_assert_ptr_nonnull(strstr(text, "module ng_route (input logic clk_i, input"));
    free(text);
    ck_assert(ng_route_wrapper(&convert, "CLOCK u_clock (.o(clk_i));", &text, &error));
    (void)snprintf(wanted, sizeof wanted, ".sum_i(operands_q[%u:0])", convert.first_bits - 1);
    ck_assert_ptr_nonnull(strstr(text, wanted));
    ck_assert_ptr_nonnull(strstr(text, ".shift_i(operands_q["));
    ck_assert_ptr_nonnull(strstr(text, "module ng_route (input logic data_i"));
    ck_assert_ptr_nonnull(strstr(text, "CLOCK u_clock"));
    free(text);
}
END_TEST

Suite *ng_suite_route(void);

Suite *ng_suite_route(void)
{
    Suite *suite = suite_create("route");
    TCase *tcase = tcase_create("route");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_set_timeout(tcase, 900);
    tcase_add_loop_test(tcase, routed_or_missing, 0, 3);
    tcase_add_test(tcase, missing_program);
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, legal_carries);
    tcase_add_test(tcase, wrapper);
    suite_add_tcase(suite, tcase);
    return suite;
}
