/* Mutants of netlists: a change is what it says and can be undone; ABC tells a changed circuit from its original on every
 * target; and a few mutants of real units are all caught or proven equivalent. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "src/mutants/mutants.h"
#include "src/mutants/mutation.h"
#include "src/mutants/subject.h"
#include "src/netlist/blif.h"
#include "src/synth/synth.h"
#include "src/verify/abc.h"
#include "tests/support/draft.h"
#include "tests/support/scratch.h"
#include "tests/support/toy_rtl.h"

static void load(ng_netlist *netlist, ng_unit_kind kind, const ng_target *target)
{
    const ng_format *format = ng_format_find("int3");
    const ng_request request = {.kind = kind, .weight = format, .activation = format};
    ng_datapath path;
    ng_synthesis made;
    ng_error error;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    ck_assert_msg(ng_synthesise(&path, target, "rtl", &made, &error), "%s", error.text);
    ck_assert_msg(ng_netlist_load(netlist, made.netlist, target, &error), "%s", error.text);
}

static const char *ask_abc(const ng_netlist *netlist, const ng_blif_options *options, bool any_state)
{
    char folder[NG_PATH_SIZE];
    const char *result = NULL;
    double seconds;
    ng_error error;
    (void)strcpy(folder, scratch_path("."));
    const ng_abc_question question = {folder, "a.blif", "b.blif", netlist->clock != NG_NET_ZERO, any_state, 60};
    ck_assert_msg(ng_netlist_blif(netlist, options, scratch_path("b.blif"), &error), "%s", error.text);
    ck_assert_msg(ng_abc_ask(&question, &result, &seconds, &error), "%s", error.text);
    return result;
}

static const char *ask_under(const ng_netlist *netlist, const ng_blif_options *options)
{
    return ask_abc(netlist, options, false);
}

static const char *ask(const ng_netlist *netlist)
{
    return ask_under(netlist, &(ng_blif_options){0});
}

/* The same asked of both circuits' next states, in any state. */
static const char *ask_in_any_state(const ng_netlist *netlist)
{
    return ask_abc(netlist, &(ng_blif_options){0}, true);
}

/* A MAC of every target has LUTs, carries and flip-flops in it: itself, and then another. */
START_TEST(told_apart)
{
    const ng_target *target = ng_target_at((size_t)_i);
    ng_netlist netlist;
    ng_cell undo;
    ng_error error;
    size_t cell = 0;
    load(&netlist, NG_UNIT_MAC, target);
    ck_assert(ng_netlist_blif(&netlist, &(ng_blif_options){0}, scratch_path("a.blif"), &error));
    ck_assert_str_eq(ask(&netlist), "proven");
    ck_assert_str_eq(ask_in_any_state(&netlist), "proven");
    while (netlist.cells[cell].type->role != NG_ROLE_FF) {
        cell++;
    }
    const ng_mutation mutation = {.kind = NG_MUTATION_DATA, .cell = cell};
    ng_mutation_apply(&netlist, &mutation, &undo);
    ck_assert_str_eq(ask(&netlist), "refuted");
    ck_assert_str_ne(ask_in_any_state(&netlist), "proven");
    netlist.cells[cell] = undo;
    ck_assert_str_eq(ask(&netlist), "proven");
    ng_netlist_free(&netlist);
}
END_TEST

/* A flip-flop that keeps its 0: what a circuit gives after a 1 is no difference, but one in any state. */
START_TEST(never_reached)
{
    draft made;
    ng_netlist netlist;
    ng_error error;
    draft_start(&made);
    draft_port(&made, "clk_i", false, "2");
    draft_port(&made, "y_o", true, "5");
    draft_cell(&made, "state", "FDRE", "INIT=0", "C=2 CE=1 R=0 D=3 Q=3");
    draft_cell(&made, "lut", "LUT1", "INIT=00", "I0=3 O=5");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert(ng_netlist_blif(&netlist, &(ng_blif_options){0}, scratch_path("a.blif"), &error));
    netlist.cells[1].table ^= 2;
    ck_assert_str_eq(ask(&netlist), "proven");
    ck_assert_str_eq(ask_in_any_state(&netlist), "refuted");
    netlist.cells[1].table ^= 3;
    ck_assert_str_eq(ask(&netlist), "refuted");
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* A table without a 1 is a constant, whatever its inputs: an AND that a mutant turned into one can still be asked about. */
START_TEST(without_a_one)
{
    const ng_target *target = ng_target_find("xc7");
    ng_netlist netlist;
    ng_error error;
    size_t cell = 0;
    load(&netlist, NG_UNIT_MUL, target);
    ck_assert(ng_netlist_blif(&netlist, &(ng_blif_options){0}, scratch_path("a.blif"), &error));
    while (netlist.cells[cell].type->role != NG_ROLE_LUT || netlist.cells[cell].inputs < 2) {
        cell++;
    }
    netlist.cells[cell].table = 0;
    ck_assert_str_eq(ask(&netlist), "refuted");
    ng_netlist_free(&netlist);
}
END_TEST

/* Of a file that is no circuit nothing is said. */
START_TEST(unreadable)
{
    char folder[NG_PATH_SIZE];
    const char *result = NULL;
    double seconds;
    ng_error error;
    (void)strcpy(folder, scratch_path("."));
    (void)scratch_text("a.blif", ".model a\n.inputs x y\n.outputs z\n.names x y z\n.end\n");
    const ng_abc_question question = {folder, "a.blif", "a.blif", false, false, 60};
    ck_assert(!ng_abc_ask(&question, &result, &seconds, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ck_assert_ptr_nonnull(strstr(error.text, "cannot read"));
}
END_TEST

/* Three numbers of two bits: a circuit that differs on one word alone is the same under the assumption that they ascend exactly if on
 * that word they do not. */
START_TEST(ascent)
{
    const ng_blif_options options = {.ascent = {"t_i", 3, 2}};
    draft made;
    ng_netlist netlist;
    ng_error error;
    draft_start(&made);
    draft_port(&made, "t_i", false, "2,3,4,5,6,7");
    draft_port(&made, "y_o", true, "8");
    draft_cell(&made, "lut", "LUT6", "INIT=0000000000000000000000000000000000000000000000000000000000000001",
               "I0=2 I1=3 I2=4 I3=5 I4=6 I5=7 O=8");
    draft_must_load(&made, "xc7", &netlist);
    ck_assert(ng_netlist_blif(&netlist, &options, scratch_path("a.blif"), &error));
    for (unsigned word = 0; word < 64; word++) {
        const unsigned number[3] = {word & 3, word >> 2 & 3, word >> 4};
        const bool ascends = number[0] <= number[1] && number[1] <= number[2];
        netlist.cells[0].table ^= UINT64_C(1) << word;
        ck_assert_str_eq(ask_under(&netlist, &options), ascends ? "refuted" : "proven");
        netlist.cells[0].table ^= UINT64_C(1) << word;
    }
    ng_netlist_free(&netlist);
    draft_free(&made);
}
END_TEST

/* Every drawn mutation changes its cell and nothing else. */
START_TEST(drawn)
{
    ng_netlist netlist;
    ng_random random = ng_random_start(7, 0);
    unsigned kinds = 0;
    load(&netlist, NG_UNIT_MAC, ng_target_find("ice40"));
    for (unsigned i = 0; i < 2000; i++) {
        ng_mutation mutation;
        ng_cell undo;
        char text[256];
        if (!ng_mutation_draw(&netlist, &random, &mutation)) {
            continue;
        }
        ng_mutation_text(&netlist, &mutation, text);
        ck_assert_ptr_nonnull(strstr(text, netlist.cells[mutation.cell].name));
        ng_mutation_apply(&netlist, &mutation, &undo);
        ck_assert(memcmp(&undo, &netlist.cells[mutation.cell], sizeof undo) != 0);
        netlist.cells[mutation.cell] = undo;
        kinds |= 1U << mutation.kind;
    }
    ck_assert_uint_eq(kinds, 15);
    ng_netlist_free(&netlist);
}
END_TEST

START_TEST(every_unit_has_a_subject)
{
    for (size_t i = 0; ng_unit_at(i) != NULL; i++) {
        ng_datapath path;
        ng_error error;
        ck_assert_msg(ng_mutant_subject(ng_unit_at(i), &path, &error), "%s", error.text);
        ck_assert_ptr_eq(path.unit, ng_unit_at(i));
    }
}
END_TEST

static json_t *make(const char *unit, ng_mutants_class class, const char *rtl, unsigned count)
{
    const ng_mutants_request request = {.rtl = rtl, .count = count, .seed = 11, .cases = 100000};
    json_t *record = NULL;
    ng_error error;
    size_t at = 0;
    while (strcmp(ng_unit_at(at)->name, unit) != 0) {
        at++;
    }
    ck_assert_msg(ng_mutants(ng_unit_at(at), class, &request, &record, &error), "%s", error.text);
    return record;
}

/* What is stored is found again, under its own request alone. */
START_TEST(stored)
{
    ng_mutants_request request = {.rtl = "rtl", .count = 12, .seed = 11, .cases = 100000};
    json_t *record = make("int_mac", NG_MUTANTS_RTL, "rtl", 12);
    json_t *again = NULL;
    ng_error error;
    char version[128];
    ck_assert(ng_yosys_version(version, &error));
    ck_assert(ng_mutants_stored(ng_unit_at(NG_ID_int_mac), NG_MUTANTS_RTL, &request, version, &again, &error));
    ck_assert(json_equal(record, again));
    json_decref(again);
    request.seed = 123456;
    ck_assert(ng_mutants_stored(ng_unit_at(NG_ID_int_mac), NG_MUTANTS_RTL, &request, version, &again, &error));
    ck_assert_ptr_null(again);
    json_decref(record);
}
END_TEST

/* A sample of `make mutants`. */
START_TEST(all_caught)
{
    static const char *const units[] = {"int_mac", "minifloat_mul"};
    json_t *record = make(units[_i / 2], (ng_mutants_class)(_i % 2), "rtl", 12);
    ck_assert_int_eq(json_integer_value(json_object_get(record, "mutants")), 12);
    ck_assert_int_eq(json_integer_value(json_object_get(record, "caught")) +
                         json_integer_value(json_object_get(record, "equivalent")),
                     12);
    ck_assert_uint_eq(json_array_size(json_object_get(record, "survivors")), 0);
    json_decref(record);
}
END_TEST

/* A circuit that is wrong to begin with gives no score. */
START_TEST(wrong_original)
{
    static const char wrong[] = "module int_mul #(parameter int WeightBits = 3, parameter int ActivationBits = 3,\n"
                                "  parameter int Architecture = 0, parameter int SumBits = 6) (\n"
                                "  input logic [WeightBits-1:0] w_i,\n"
                                "  input logic [ActivationBits-1:0] a_i, output logic [SumBits-1:0] y_o);\n"
                                "  assign y_o = SumBits'(w_i * a_i);\nendmodule\n";
    const ng_mutants_request request = {.rtl = scratch_path("rtl"), .count = 2, .seed = 1};
    json_t *record = NULL;
    ng_error error;
    (void)scratch_text("rtl/int_mul.sv", wrong);
    ck_assert(!ng_mutants(ng_unit_at(NG_ID_int_mul), NG_MUTANTS_RTL, &request, &record, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ck_assert_ptr_nonnull(strstr(error.text, "itself"));
}
END_TEST

Suite *ng_suite_mutation(void);

Suite *ng_suite_mutation(void)
{
    Suite *suite = suite_create("mutation");
    TCase *tcase = tcase_create("mutation");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(tcase, told_apart, 0, NG_TARGET_COUNT);
    tcase_add_test(tcase, never_reached);
    tcase_add_test(tcase, without_a_one);
    tcase_add_test(tcase, unreadable);
    tcase_add_test(tcase, ascent);
    tcase_add_test(tcase, drawn);
    tcase_add_test(tcase, every_unit_has_a_subject);
    tcase_add_loop_test(tcase, all_caught, 0, 4);
    tcase_add_test(tcase, stored);
    tcase_add_test(tcase, wrong_original);
    suite_add_tcase(suite, tcase);
    return suite;
}
