/* Cost records of a real unit (int3 products) on both targets, and of toy circuits that must be refused. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/cost/convert_back.h"
#include "src/cost/cost.h"
#include "tests/support/toy_rtl.h"

/* Another one each run, so that the first record of a run is computed. */
static const char *fresh_hash(void)
{
    static char text[NG_PATH_SIZE];
    ng_error error;
    ck_assert(ng_path(text, &error, "test %ld", (long)getpid()));
    return text;
}

static double number(const json_t *object, const char *first, const char *second)
{
    const json_t *value = json_object_get(object, first);
    value = second != NULL ? json_object_get(value, second) : value;
    ck_assert_msg(json_is_number(value), "%s %s", first, second != NULL ? second : "");
    return json_number_value(value);
}

static double split_sum(const json_t *record, const char *field)
{
    const json_t *split = json_object_get(record, "split");
    return number(split, "multiply", field) + number(split, "align", field) + number(split, "accumulate", field);
}

static void check_sums(const json_t *record)
{
    double by_size = 0;
    const char *size;
    json_t *count;
    json_object_foreach(json_object_get(record, "lut_cells_by_size"), size, count) {
        by_size += json_number_value(count);
    }
    const double honest = number(record, "honest_sites", NULL);
    ck_assert_double_eq(by_size, number(record, "lut_cells", NULL));
    ck_assert_double_eq(honest, number(record, "sites", NULL) + number(record, "route_throughs", NULL));
    ck_assert_double_eq(split_sum(record, "lut_cells"), number(record, "lut_cells", NULL));
    ck_assert_double_eq(split_sum(record, "honest_sites"), honest);
    ck_assert_double_eq(number(record, "per_mac", "honest_sites") * number(record, "lanes", NULL), honest);
    ck_assert_double_gt(honest, 0);
    ck_assert_double_gt(number(json_object_get(record, "split"), "convert_back", "lut_cells"), 0);
    ck_assert_double_gt(number(record, "depth", NULL), 0);
    ck_assert_uint_gt(json_array_size(json_object_get(record, "critical_path")), 0);
}

START_TEST(adds_up_and_is_kept)
{
    const ng_target *target = ng_target_at((size_t)_i);
    const ng_datapath path = toy_int3_mul();
    const ng_cost_options options = {"rtl", fresh_hash()};
    char netlist[NG_PATH_SIZE];
    json_t *first;
    json_t *second;
    ng_error error;
    ck_assert_msg(ng_cost(&path, target, &options, &first, &error), "%s", error.text);
    check_sums(first);
    ck_assert_str_eq(json_string_value(json_object_get(first, "unit")), "int_mul");
    ck_assert_str_eq(json_string_value(json_object_get(first, "target")), target->name);
    ck_assert(ng_cost_netlist(first, netlist, &error));
    ck_assert(ng_cost(&path, target, &options, &second, &error));
    ck_assert(json_equal(first, second));
    json_decref(first);
    json_decref(second);
}
END_TEST

/* A netlist that is lost or was changed comes back from a new run. */
START_TEST(lost_netlist)
{
    const ng_target *target = ng_target_find("ice40");
    const ng_datapath path = toy_int3_mul();
    const ng_cost_options options = {"rtl", fresh_hash()};
    char netlist[NG_PATH_SIZE];
    json_t *record;
    ng_error error;
    ck_assert(ng_cost(&path, target, &options, &record, &error));
    ck_assert(ng_cost_netlist(record, netlist, &error));
    ck_assert_int_eq(unlink(netlist), 0);
    ck_assert(!ng_cost_netlist(record, netlist, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_MISSING);
    json_decref(record);
    ck_assert_msg(ng_cost(&path, target, &options, &record, &error), "%s", error.text);
    ck_assert(ng_cost_netlist(record, netlist, &error));
    ck_assert(ng_write_file(netlist, "{}", 2, &error));
    ck_assert(!ng_cost_netlist(record, netlist, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    json_decref(record);
    ck_assert_msg(ng_cost(&path, target, &options, &record, &error), "%s", error.text);
    ck_assert(ng_cost_netlist(record, netlist, &error));
    json_decref(record);
}
END_TEST

static void check_refused(const char *mul, const char *reason)
{
    char folder[NG_PATH_SIZE];
    const ng_datapath path = toy_int3_mul();
    json_t *record;
    ng_error error;
    toy_folder(folder);
    toy_write(folder, "int_mul.sv", mul);
    toy_write(folder, "int_convert.sv", toy_convert);
    const ng_cost_options options = {folder, fresh_hash()};
    ck_assert(!ng_cost(&path, ng_target_find("xc7"), &options, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ck_assert_msg(strstr(error.text, reason) != NULL, "%s", error.text);
    ck_assert_ptr_null(record);
    ck_assert(ng_remove_tree(folder, &error));
}

START_TEST(latch_is_refused)
{
    check_refused(toy_latch_mul, "type LDCE is not allowed");
}
END_TEST

START_TEST(logic_of_no_part_is_refused)
{
    check_refused(toy_loose_mul, "belongs neither to multiply");
}
END_TEST

START_TEST(toy_with_a_part_is_fine)
{
    char folder[NG_PATH_SIZE];
    const ng_datapath path = toy_int3_mul();
    json_t *record;
    ng_error error;
    toy_folder(folder);
    toy_write(folder, "int_mul.sv", toy_good_mul);
    toy_write(folder, "int_convert.sv", toy_convert);
    const ng_cost_options options = {folder, fresh_hash()};
    ck_assert_msg(ng_cost(&path, ng_target_find("xc7"), &options, &record, &error), "%s", error.text);
    check_sums(record);
    json_decref(record);
    ck_assert(ng_remove_tree(folder, &error));
}
END_TEST

START_TEST(conversion_of_a_datapath)
{
    static const struct {
        ng_unit_kind kind;
        const char *format;
        const char *status;
    } rows[] = {{NG_UNIT_MUL, "int8", NULL},           {NG_UNIT_DOT, "e4m3", NULL},
                {NG_UNIT_MUL, "e4m3", "product_unaligned"}, {NG_UNIT_MUL, "mxint8", NULL},
                {NG_UNIT_DOT, "mxfp4", NULL},               {NG_UNIT_MAC, "bfp_m4k16", NULL},
                {NG_UNIT_DOT, "mxfp8_e4m3", NULL},          {NG_UNIT_DOT, "mxfp8_e5m2", "sum_too_wide"},
                {NG_UNIT_MUL, "mxfp4", "product_unaligned"}, {NG_UNIT_DOT, "msfp12", "no_quantiser"},
                {NG_UNIT_DOT, "nvfp4", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ng_datapath path;
        ng_datapath convert;
        const ng_format *format = ng_format_find(rows[i].format);
        const ng_request request = {.kind = rows[i].kind, .weight = format, .activation = format};
        ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
        const char *status = ng_convert_of(&path, &convert);
        ck_assert_int_eq(status == NULL, rows[i].status == NULL);
        if (status != NULL) {
            ck_assert_str_eq(status, rows[i].status);
        } else {
            ck_assert_uint_eq(convert.sum_bits, path.sum_bits);
            ck_assert_uint_eq(ng_convert_share(&convert), format->block != 0 ? format->block : 1);
        }
    }
}
END_TEST

Suite *ng_suite_cost(void);

Suite *ng_suite_cost(void)
{
    Suite *suite = suite_create("cost");
    TCase *tcase = tcase_create("cost");
    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(tcase, adds_up_and_is_kept, 0, NG_TARGET_COUNT);
    tcase_add_test(tcase, lost_netlist);
    tcase_add_test(tcase, latch_is_refused);
    tcase_add_test(tcase, logic_of_no_part_is_refused);
    tcase_add_test(tcase, toy_with_a_part_is_fine);
    tcase_add_test(tcase, conversion_of_a_datapath);
    suite_add_tcase(suite, tcase);
    return suite;
}
