/* Synthesis of toy circuits in a folder of their own: which files are read, what is refused, what is kept. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/synth/sources.h"
#include "src/synth/synth.h"
#include "tests/support/toy_rtl.h"

static char folder[NG_PATH_SIZE];

static void make_folder(void)
{
    toy_folder(folder);
}

static void remove_folder(void)
{
    ng_error error;
    ck_assert(ng_remove_tree(folder, &error));
}

START_TEST(needed_sources)
{
    ng_sources sources;
    ng_error error;
    toy_write(folder, "top.sv", "module top; a u_a (); endmodule");
    toy_write(folder, "other.sv", "module other; endmodule");
    toy_write(folder, "parts/a.sv", "module a; // like b_x, not\n b u_b (); endmodule");
    toy_write(folder, "parts/b.sv", "module b; endmodule");
    toy_write(folder, "parts/c.sv", "module c; endmodule");
    toy_write(folder, "parts/notes.txt", "c");
    ck_assert_msg(ng_sources_find(&sources, folder, "top", &error), "%s", error.text);
    ck_assert_uint_eq(sources.count, 3);
    ck_assert_str_eq(sources.files[0].name, "parts/a.sv");
    ck_assert_str_eq(sources.files[1].name, "parts/b.sv");
    ck_assert_str_eq(sources.files[2].name, "top.sv");
    ng_sources_free(&sources);
}
END_TEST

START_TEST(refused_sources)
{
    ng_sources sources;
    ng_error error;
    ck_assert(!ng_sources_find(&sources, "build/no/such", "top", &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    toy_write(folder, "top.sv", "module top; endmodule");
    ck_assert(!ng_sources_find(&sources, folder, "missing", &error));
    ck_assert_ptr_nonnull(strstr(error.text, "missing.sv"));
    toy_write(folder, "x; exec -- touch y #.sv", "module x; endmodule");
    ck_assert(!ng_sources_find(&sources, folder, "top", &error));
    ck_assert_ptr_nonnull(strstr(error.text, "unusable file name"));
}
END_TEST

START_TEST(maps_and_keeps)
{
    const ng_datapath path = toy_int3_mul();
    ng_synthesis first;
    ng_synthesis second;
    ng_synthesis plan;
    struct stat info[2];
    ng_error error;
    toy_write(folder, "int_mul.sv", toy_good_mul);
    ck_assert_msg(ng_synthesise(&path, ng_target_find("ice40"), folder, &first, &error), "%s", error.text);
    ck_assert_int_eq(stat(first.netlist, &info[0]), 0);
    ck_assert(ng_synthesise(&path, ng_target_find("ice40"), folder, &second, &error));
    ck_assert_int_eq(stat(first.netlist, &info[1]), 0);
    ck_assert_int_eq(memcmp(&info[0].st_mtim, &info[1].st_mtim, sizeof info[0].st_mtim), 0);
    ck_assert_str_eq(first.netlist_sha256, second.netlist_sha256);
    ck_assert(ng_synth_plan(&path, ng_target_find("ice40"), folder, first.yosys, &plan, &error));
    ck_assert_str_eq(plan.key, first.key);
    /* A comment more in a file that is read is another circuit; one in a file that is not, is not. */
    toy_write(folder, "unused.sv", "module unused; endmodule");
    ck_assert(ng_synth_plan(&path, ng_target_find("ice40"), folder, first.yosys, &plan, &error));
    ck_assert_str_eq(plan.key, first.key);
    toy_write(folder, "parts/toy_row.sv", "// changed\n");
    toy_write(folder, "int_mul.sv", "// toy_row\nmodule int_mul; endmodule");
    ck_assert(ng_synth_plan(&path, ng_target_find("ice40"), folder, first.yosys, &plan, &error));
    ck_assert_str_ne(plan.rtl_sha256, first.rtl_sha256);
    ck_assert_str_ne(plan.key, first.key);
    ck_assert_str_eq(plan.yosys, first.yosys);
}
END_TEST

START_TEST(broken_rtl)
{
    const ng_datapath path = toy_int3_mul();
    ng_synthesis made;
    ng_error error;
    toy_write(folder, "int_mul.sv", "module int_mul (input w_i; endmodule");
    ck_assert(!ng_synthesise(&path, ng_target_find("ice40"), folder, &made, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_CHECK);
    ck_assert_ptr_nonnull(strstr(error.text, "int_mul.sv:1"));
    ck_assert(!ng_exists(made.netlist));
}
END_TEST

START_TEST(yosys_missing)
{
    char version[128];
    ng_error error;
    ck_assert_int_eq(setenv("YOSYS", "/no/such/yosys", 1), 0);
    ck_assert(!ng_yosys_version(version, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_MISSING);
    ck_assert_ptr_nonnull(strstr(error.text, "/no/such/yosys"));
    ck_assert_int_eq(unsetenv("YOSYS"), 0);
}
END_TEST

/* A program of the test's own that says it is some version, and then does what yosys does. */
static void use_yosys(const char *name, const char *version)
{
    char text[256];
    char here[NG_PATH_SIZE / 2];
    char path[NG_PATH_SIZE];
    (void)snprintf(text, sizeof text, "#!/bin/sh\n[ \"$1\" = -V ] && { echo '%s'; exit 0; }\nexec yosys \"$@\"\n", version);
    toy_write(folder, name, text);
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    ck_assert(ng_path(path, NULL, "%s/%s/%s", here, folder, name));
    ck_assert_int_eq(chmod(path, 0755), 0);
    ck_assert_int_eq(setenv("YOSYS", path, 1), 0);
}

/* Another version: another key, in the record, and nothing of the first one is taken for its own. */
START_TEST(other_yosys)
{
    const ng_datapath path = toy_int3_mul();
    const ng_target *target = ng_target_find("ice40");
    ng_synthesis first;
    ng_synthesis second;
    ng_error error;
    toy_write(folder, "int_mul.sv", toy_good_mul);
    ck_assert_msg(ng_synthesise(&path, target, folder, &first, &error), "%s", error.text);
    use_yosys("other", "Yosys 9.99 (test)");
    ck_assert_msg(ng_synthesise(&path, target, folder, &second, &error), "%s", error.text);
    ck_assert_str_eq(second.yosys, "Yosys 9.99 (test)");
    ck_assert_str_ne(second.key, first.key);
    ck_assert_str_ne(second.netlist, first.netlist);
    ck_assert(ng_exists(first.netlist) && ng_exists(second.netlist));
}
END_TEST

START_TEST(unusable_yosys)
{
    static const char *const names[] = {"bin/yosys", "./yosys", "-yosys", "yosys;true", "yosys\nx", "yo sys"};
    char version[128];
    ng_error error;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert_int_eq(setenv("YOSYS", names[i], 1), 0);
        ck_assert_msg(!ng_yosys_version(version, &error), "%s", names[i]);
        ck_assert_int_eq(error.exit_code, NG_EXIT_USAGE);
    }
    use_yosys("silent", "no version at all");
    ck_assert(!ng_yosys_version(version, &error));
    ck_assert_int_eq(error.exit_code, NG_EXIT_MISSING);
}
END_TEST

Suite *ng_suite_synth(void);

Suite *ng_suite_synth(void)
{
    Suite *suite = suite_create("synth");
    TCase *tcase = tcase_create("synth");
    tcase_set_timeout(tcase, 300);
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, needed_sources);
    tcase_add_test(tcase, refused_sources);
    tcase_add_test(tcase, maps_and_keeps);
    tcase_add_test(tcase, broken_rtl);
    tcase_add_test(tcase, yosys_missing);
    tcase_add_test(tcase, other_yosys);
    tcase_add_test(tcase, unusable_yosys);
    suite_add_tcase(suite, tcase);
    return suite;
}
