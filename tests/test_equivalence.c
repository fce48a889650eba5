/* Proofs of RTL = netlist: they succeed on every target, and a netlist or RTL with one bug is refuted. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "src/base/process.h"
#include "src/base/source_hash.h"
#include "src/synth/synth.h"
#include "src/verify/equivalence.h"
#include "tests/support/scratch.h"
#include "tests/support/toy_rtl.h"

static ng_datapath datapath(ng_unit_kind kind, const char *name)
{
    const ng_format *format = ng_format_find(name);
    const ng_request request = {.kind = kind, .weight = format, .activation = format};
    ng_datapath path;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    return path;
}

static void check_result(const ng_datapath *path, const ng_target *target, const char *rtl, const char *netlist,
                         const char *result)
{
    const ng_equivalence_request request = {.rtl = rtl, .netlist = netlist};
    json_t *record = NULL;
    ng_error error;
    ck_assert_msg(ng_equivalence(path, target, &request, &record, &error), "%s", error.text);
    ck_assert_str_eq(json_string_value(json_object_get(record, "result")), result);
    ck_assert_str_eq(json_string_value(json_object_get(record, "target")), target->name);
    json_decref(record);
}

static void synthesise(const ng_datapath *path, const ng_target *target, ng_synthesis *made)
{
    ng_error error;
    ck_assert_msg(ng_synthesise(path, target, "rtl", made, &error), "%s", error.text);
}

START_TEST(proven_on_every_target)
{
    const ng_target *target = ng_target_at((size_t)_i);
    const ng_datapath path = datapath(NG_UNIT_MUL, "int3");
    ng_synthesis made;
    synthesise(&path, target, &made);
    check_result(&path, target, "rtl", made.netlist, "proven");
}
END_TEST

START_TEST(clocked)
{
    const ng_target *target = ng_target_find("ice40");
    const ng_datapath path = datapath(NG_UNIT_MAC, "int3");
    ng_synthesis made;
    synthesise(&path, target, &made);
    check_result(&path, target, "rtl", made.netlist, "proven");
}
END_TEST

/* Turns the last LUT's truth table around. */
static void bend_netlist(const char *from, const char *to)
{
    ng_error error;
    json_t *root = json_load_file(from, 0, NULL);
    const char *name;
    json_t *module;
    json_t *bent = NULL;
    ck_assert_ptr_nonnull(root);
    json_object_foreach(json_object_get(root, "modules"), name, module) {
        json_t *cell;
        json_object_foreach(json_object_get(module, "cells"), name, cell) {
            const char *type = json_string_value(json_object_get(cell, "type"));
            bent = strcmp(type, "SB_LUT4") == 0 ? json_object_get(cell, "parameters") : bent;
        }
    }
    ck_assert_ptr_nonnull(bent);
    char *table = strdup(json_string_value(json_object_get(bent, "LUT_INIT")));
    for (char *entry = table; *entry != 0; entry++) {
        *entry = *entry == '0' ? '1' : '0';
    }
    (void)json_object_set_new(bent, "LUT_INIT", json_string(table));
    free(table);
    char *text = json_dumps(root, 0);
    ck_assert(ng_write_file(to, text, strlen(text), &error));
    free(text);
    json_decref(root);
}

START_TEST(bent_netlist_is_refuted)
{
    const ng_target *target = ng_target_find("ice40");
    const ng_datapath path = datapath(_i == 0 ? NG_UNIT_MUL : NG_UNIT_MAC, "int3");
    char folder[NG_PATH_SIZE];
    char netlist[NG_PATH_SIZE];
    ng_synthesis made;
    ng_error error;
    synthesise(&path, target, &made);
    toy_folder(folder);
    ck_assert(ng_path(netlist, &error, "%s/bent.json", folder));
    bend_netlist(made.netlist, netlist);
    check_result(&path, target, "rtl", netlist, "refuted");
    ck_assert(ng_remove_tree(folder, &error));
}
END_TEST

/* Another circuit of the same name and ports: the toy multiplies signed numbers, this one does not. */
START_TEST(other_rtl_is_refuted)
{
    const ng_target *target = ng_target_find("ice40");
    const ng_datapath path = toy_int3_mul();
    static const char unsigned_mul[] =
        "module int_mul #(parameter int WeightBits = 3, parameter int ActivationBits = 3,\n"
        "  parameter int Architecture = 0, parameter int SumBits = 6) (input logic [WeightBits-1:0] w_i,\n"
        "  input logic [ActivationBits-1:0] a_i, output logic [SumBits-1:0] y_o);\n"
        "  assign y_o = SumBits'(w_i * a_i);\nendmodule\n";
    char folder[NG_PATH_SIZE];
    ng_synthesis made;
    ng_error error;
    toy_folder(folder);
    toy_write(folder, "int_mul.sv", toy_good_mul);
    ck_assert_msg(ng_synthesise(&path, target, folder, &made, &error), "%s", error.text);
    check_result(&path, target, folder, made.netlist, "proven");
    toy_write(folder, "int_mul.sv", unsigned_mul);
    check_result(&path, target, folder, made.netlist, "refuted");
    ck_assert(ng_remove_tree(folder, &error));
}
END_TEST

/* A program that takes too long is ended, and that is no error. */
START_TEST(time_limit)
{
    const char *const slow[] = {"sleep", "600", NULL};
    const char *const quick[] = {"true", NULL};
    const char *const failing[] = {"false", NULL};
    const time_t start = time(NULL);
    bool ended = true;
    ng_error error;
    ck_assert(ng_run_limited(slow, NULL, NULL, 1, &ended, &error));
    ck_assert(!ended);
    ck_assert_int_lt(time(NULL) - start, 300);
    ck_assert(ng_run_limited(quick, NULL, NULL, 60, &ended, &error));
    ck_assert(ended);
    ck_assert(!ng_run_limited(failing, NULL, NULL, 60, &ended, &error));
}
END_TEST

/* A yosys of the test's own, whose ABC runs `command` instead. */
static void use_other_abc(const char *command)
{
    static const char yosys[] = "#!/bin/sh\nexec yosys \"$@\"\n";
    const char *program = scratch_text("yosys", yosys);
    ck_assert_int_eq(chmod(program, 0755), 0);
    ck_assert_int_eq(setenv("YOSYS", program, 1), 0);
    ck_assert_int_eq(chmod(scratch_text("yosys-abc", command), 0755), 0);
}

/* An ABC that takes too long or says nothing proves nothing, and the first is found out in time. */
START_TEST(no_answer_is_no_proof)
{
    static const char *const commands[] = {"#!/bin/sh\nsleep 600\n", "#!/bin/sh\necho 'Networks are UNDECIDED.'\n"};
    static const char *const results[] = {"not ended", "undecided"};
    const ng_target *target = ng_target_find("ice40");
    const ng_datapath path = datapath(NG_UNIT_MUL, "int3");
    ng_synthesis made;
    synthesise(&path, target, &made);
    use_other_abc(commands[_i]);
    const ng_equivalence_request request = {.rtl = "rtl", .netlist = made.netlist, .limit_s = (unsigned)(1 + 1000 * _i)};
    json_t *record = NULL;
    ng_error error;
    ck_assert_msg(ng_equivalence(&path, target, &request, &record, &error), "%s", error.text);
    ck_assert_str_eq(json_string_value(json_object_get(record, "result")), results[_i]);
    json_decref(record);
}
END_TEST

Suite *ng_suite_equivalence(void);

Suite *ng_suite_equivalence(void)
{
    Suite *suite = suite_create("equivalence");
    TCase *tcase = tcase_create("equivalence");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(tcase, proven_on_every_target, 0, NG_TARGET_COUNT);
    tcase_add_test(tcase, clocked);
    tcase_add_loop_test(tcase, bent_netlist_is_refuted, 0, 2);
    tcase_add_test(tcase, other_rtl_is_refuted);
    tcase_add_test(tcase, time_limit);
    tcase_add_loop_test(tcase, no_answer_is_no_proof, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
