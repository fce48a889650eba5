/* What a report shows beside a study's netlists: only records of those very netlists, made by the present code. */
#include <check.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "src/base/source_hash.h"
#include "src/store/store.h"
#include "src/study/known.h"
#include "tests/support/scratch.h"

static void put(const char *kind, char digit, json_t *record)
{
    char key[NG_HASH_SIZE];
    ng_error error;
    memset(key, digit, sizeof key - 1);
    key[sizeof key - 1] = 0;
    ck_assert_msg(ng_store_put(kind, key, record, &error), "%s", error.text);
    json_decref(record);
}

static json_t *proof(const char *result, const char *netlist, const char *rtl, const char *source)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "target", "xc7", "netlist_sha256", netlist, "rtl_sha256", rtl, "result",
                     result, "source", source);
}

static json_t *results(void)
{
    return json_pack("{s:[{s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}]}]}", "points", "costs", "target", "xc7", "netlist_sha256", "aa",
                     "rtl_sha256", "cc", "target", "ice40", "netlist_sha256", "bb", "rtl_sha256", "cc");
}

static const json_t *cost_of(const json_t *document, size_t index)
{
    return json_array_get(json_object_get(json_array_get(json_object_get(document, "points"), 0), "costs"), index);
}

static void move_to_scratch(void)
{
    ck_assert_int_eq(chdir(scratch_path(".")), 0);
}

START_TEST(nothing_is_known)
{
    json_t *document = results();
    ng_error error;
    move_to_scratch();
    ck_assert_msg(ng_known_add(document, "rtl", &error), "%s", error.text);
    ck_assert_ptr_null(json_object_get(cost_of(document, 0), "equivalence"));
    ck_assert_uint_eq(json_array_size(json_object_get(document, "mutants")), 0);
    json_decref(document);
}
END_TEST

/* Of two proofs of one netlist the finished one; none of another netlist, target, RTL or code. */
START_TEST(those_of_the_netlist)
{
    const char *source = ng_source_hash(NG_SOURCE_EQUIVALENCE);
    json_t *document = results();
    ng_error error;
    move_to_scratch();
    put("equivalence", '1', proof("proven", "aa", "cc", source));
    put("equivalence", '2', proof("not ended", "aa", "cc", source));
    put("equivalence", '3', proof("proven", "bb", "cc", source));
    put("route", '1', json_pack("{s:s, s:s, s:s}", "target", "ice40", "netlist_sha256", "bb", "source",
                                ng_source_hash(NG_SOURCE_ROUTE)));
    put("mutants", '1', json_pack("{s:s}", "source", ng_source_hash(NG_SOURCE_MUTANTS)));
    ck_assert_msg(ng_known_add(document, "rtl", &error), "%s", error.text);
    const json_t *known = json_object_get(cost_of(document, 0), "equivalence");
    ck_assert_str_eq(json_string_value(json_object_get(known, "result")), "proven");
    ck_assert_ptr_null(json_object_get(cost_of(document, 0), "route"));
    ck_assert_ptr_null(json_object_get(cost_of(document, 1), "equivalence"));
    ck_assert_ptr_nonnull(json_object_get(cost_of(document, 1), "route"));
    ck_assert_uint_eq(json_array_size(json_object_get(document, "mutants")), 0);
    json_decref(document);
}
END_TEST

START_TEST(other_code_or_rtl)
{
    json_t *document = results();
    ng_error error;
    move_to_scratch();
    put("equivalence", '1', proof("proven", "aa", "dd", ng_source_hash(NG_SOURCE_EQUIVALENCE)));
    ck_assert(ng_known_add(document, "rtl", &error));
    ck_assert_ptr_null(json_object_get(cost_of(document, 0), "equivalence"));
    put("equivalence", '1', proof("proven", "aa", "cc", "other"));
    ck_assert(ng_known_add(document, "rtl", &error));
    ck_assert_ptr_null(json_object_get(cost_of(document, 0), "equivalence"));
    json_decref(document);
}
END_TEST

Suite *ng_suite_known(void);

Suite *ng_suite_known(void)
{
    Suite *suite = suite_create("known");
    TCase *tcase = tcase_create("known");
    tcase_set_timeout(tcase, 300);
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, nothing_is_known);
    tcase_add_test(tcase, those_of_the_netlist);
    tcase_add_test(tcase, other_code_or_rtl);
    suite_add_tcase(suite, tcase);
    return suite;
}
