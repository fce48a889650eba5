/* The committed costs: a handful is counted again (all of them: make expected-check), and the file is read strictly. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"
#include "src/expected/expected.h"
#include "src/synth/synth.h"
#include "tests/support/scratch.h"

static const char *const committed = "tests/expected/cost.csv";

static ng_expected *load(const char *path)
{
    ng_expected *expected = malloc(sizeof *expected);
    ng_error error;
    ck_assert_ptr_nonnull(expected);
    ck_assert_msg(ng_expected_read(path, expected, &error), "%s", error.text);
    return expected;
}

START_TEST(complete)
{
    ng_expected *expected = load(committed);
    ck_assert_uint_ge(expected->count, 55);
    for (size_t i = 0; i < expected->count; i++) {
        for (size_t j = 0; j < NG_EXPECTED_COUNTS; j++) {
            ck_assert_msg(expected->rows[i].counts[j] >= 0, "%s:%zu: not counted", committed, i + 3);
        }
    }
    free(expected);
}
END_TEST

static bool is_quick(const ng_expected_row *row)
{
    return strcmp(row->target, "xc7") != 0 && strcmp(row->target, "nexus") != 0 && strcmp(row->weights, "int8") != 0 &&
           strcmp(row->weights, "e4m3") != 0 && row->lanes == 0;
}

/* Whoever changes a count changes the file. */
START_TEST(as_committed)
{
    ng_expected *expected = load(committed);
    char yosys[128];
    ng_error error;
    size_t priced = 0;
    ck_assert_msg(ng_yosys_version(yosys, &error), "%s", error.text);
    for (size_t i = 0; strcmp(yosys, expected->yosys) == 0 && i < expected->count; i++) {
        const ng_expected_row *row = &expected->rows[i];
        long counts[NG_EXPECTED_COUNTS];
        if (!is_quick(row)) {
            continue;
        }
        ck_assert_msg(ng_expected_price(row, "rtl", counts, &error), "%s", error.text);
        for (size_t j = 0; j < NG_EXPECTED_COUNTS; j++) {
            ck_assert_msg(counts[j] == row->counts[j], "%s %s on %s: %s %ld -> %ld: is it meant? Then: make expected", row->unit,
                          row->weights, row->target, ng_expected_column(j), row->counts[j], counts[j]);
        }
        priced++;
    }
    if (priced == 0) {
        fprintf(stderr, "expected: made with %s, here is %s: not compared\n", expected->yosys, yosys);
    }
    free(expected);
}
END_TEST

START_TEST(written_and_read)
{
    ng_expected *expected = load(committed);
    ng_error error;
    const char *path = scratch_path("cost.csv");
    ck_assert_msg(ng_expected_write(path, expected, &error), "%s", error.text);
    ng_expected *again = load(path);
    ck_assert_str_eq(again->yosys, expected->yosys);
    ck_assert_uint_eq(again->count, expected->count);
    for (size_t i = 0; i < again->count; i++) {
        ck_assert_str_eq(again->rows[i].weights, expected->rows[i].weights);
        ck_assert_uint_eq(again->rows[i].lanes, expected->rows[i].lanes);
        ck_assert_mem_eq(again->rows[i].counts, expected->rows[i].counts, sizeof again->rows[i].counts);
    }
    free(again);
    free(expected);
}
END_TEST

#define COLUMNS "unit,weights,activations,lanes,chain,target,lut_cells,honest_sites,carry,ff,depth\n"

typedef struct {
    const char *text;
    const char *place;
} damage;

static const damage damages[] = {
    {"", "no columns"},
    {"yosys 1\n" COLUMNS, ":1:"},
    {"# yosys 1\nunit,weights\n", ":2:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,0,0,xc7\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,0,0,xc7,1,2,3,4\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,0,0,xc7,1,2,3,4,5,6\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,0,0,xc7,1,2,3,4,-5\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,0,0,xc7,1,2,3,4,\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,x,0,xc7,\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,9999999999,0,xc7,\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,,int4,0,0,xc7,\n", ":3:"},
    {"# yosys 1\n" COLUMNS "mul,int4,int4,0,0,xc7,\n\n", ":4:"},
};

START_TEST(refused)
{
    ng_expected *expected = malloc(sizeof *expected);
    ng_error error;
    ck_assert(!ng_expected_read(scratch_text("bad.csv", damages[_i].text), expected, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    ck_assert_msg(strstr(error.text, damages[_i].place) != NULL, "%s", error.text);
    free(expected);
}
END_TEST

START_TEST(unknown_names)
{
    static const ng_expected_row rows[] = {
        {.unit = "sum", .weights = "int4", .activations = "int4", .target = "xc7"},
        {.unit = "mul", .weights = "no", .activations = "int4", .target = "xc7"},
        {.unit = "mul", .weights = "int4", .activations = "int4", .target = "moon"},
        {.unit = "mul", .weights = "int4", .activations = "mxfp4", .target = "xc7"},
    };
    long counts[NG_EXPECTED_COUNTS];
    ng_error error;
    ck_assert(!ng_expected_price(&rows[_i], "rtl", counts, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
}
END_TEST

Suite *ng_suite_expected(void);

Suite *ng_suite_expected(void)
{
    Suite *suite = suite_create("expected");
    TCase *tcase = tcase_create("expected");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, complete);
    tcase_add_test(tcase, as_committed);
    tcase_add_test(tcase, written_and_read);
    tcase_add_loop_test(tcase, refused, 0, (int)(sizeof damages / sizeof damages[0]));
    tcase_add_loop_test(tcase, unknown_names, 0, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
