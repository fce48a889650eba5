/* The library as another project meets it: installed into a folder of its own, found by pkg-config, compiled as C11 and as
 * C++17, linked shared and static, and removed again without a trace. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/file.h"
#include "src/base/process.h"

/* A program under AddressSanitizer is not installed: the library alone, which is never sanitised, is. */
#if defined(__SANITIZE_ADDRESS__)
#define INSTALL "install-library"
enum { WITH_PROGRAM = false };
#else
#define INSTALL "install"
enum { WITH_PROGRAM = true };
#endif

static char root[NG_PATH_SIZE]; /* the scratch folder, absolute */

/* Runs a command line of the shell in which $ROOT is the scratch folder; fails the test with its output. */
static void shell(const char *command)
{
    char log[NG_PATH_SIZE];
    ng_error error;
    const char *const words[] = {"env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "-u", "MFLAGS", "-u", "SANITIZE", "sh", "-euc", command,
                                 NULL};
    ck_assert(ng_path(log, NULL, "%s.log", root));
    ck_assert_msg(ng_run(words, NULL, log, &error), "%s\n%s", command, error.text);
    (void)unlink(log);
}

/* The first bytes of a shell command's output. */
static void output_of(const char *command, char *text, size_t size)
{
    const char *const words[] = {"sh", "-euc", command, NULL};
    ng_buffer out;
    ng_error error;
    ck_assert_msg(ng_capture(words, size - 1, &out, &error), "%s\n%s", command, error.text);
    ck_assert_uint_lt(out.size, size);
    memcpy(text, out.data, out.size);
    text[out.size] = 0;
    ng_buffer_free(&out);
}

static void install(void)
{
    char folder[NG_PATH_SIZE / 2];
    ck_assert_ptr_nonnull(getcwd(folder, sizeof folder));
    ck_assert(ng_path(root, NULL, "%s/build/test_install.%ld", folder, (long)getpid()));
    ck_assert(ng_make_folders(root, NULL));
    ck_assert_int_eq(setenv("ROOT", root, 1), 0);
    ck_assert_int_eq(setenv("PKG_CONFIG_PATH", "", 1), 0);
    shell("make --no-print-directory " INSTALL " PREFIX=$ROOT/usr");
    char path[NG_PATH_SIZE];
    ck_assert(ng_path(path, NULL, "%s/usr/lib/pkgconfig", root));
    ck_assert_int_eq(setenv("PKG_CONFIG_PATH", path, 1), 0);
}

static void clean(void)
{
    ck_assert(ng_remove_tree(root, NULL));
}

static const char *const expected = "e4m3b9: code 0x4d = 13 * 2^-3\n";

/* Compiles the example, with -I of a folder whose "model" is another project's, and runs it. */
static void build_and_run(const char *compile, const char *run)
{
    char text[256];
    shell("mkdir -p $ROOT/own/model && echo '#error not this one' > $ROOT/own/model/format.h");
    shell(compile);
    output_of(run, text, sizeof text);
    ck_assert_str_eq(text, expected);
}

#define WARNINGS "-Wall -Wextra -Werror -pedantic -I$ROOT/own "

START_TEST(example_in_c)
{
    build_and_run("gcc -std=c11 " WARNINGS "docs/examples/round.c -o $ROOT/round $(pkg-config --cflags --libs narrowgauge)",
                  "LD_LIBRARY_PATH=$ROOT/usr/lib $ROOT/round e4m3b9 1.6");
}
END_TEST

START_TEST(example_in_cpp)
{
    build_and_run("g++ -std=c++17 " WARNINGS
                  "-x c++ docs/examples/round.c -x none -o $ROOT/round $(pkg-config --cflags --libs narrowgauge)",
                  "LD_LIBRARY_PATH=$ROOT/usr/lib $ROOT/round e4m3b9 1.6");
}
END_TEST

/* No shared library of that name is left for the linker, and none is asked for at run time. */
START_TEST(example_static)
{
    shell("rm $ROOT/usr/lib/libnarrowgauge.so*");
    build_and_run("gcc -std=c11 " WARNINGS
                  "docs/examples/round.c -o $ROOT/round $(pkg-config --static --cflags --libs narrowgauge)",
                  "$ROOT/round e4m3b9 1.6");
}
END_TEST

/* Without pkg-config: only the folder of all headers is known. */
START_TEST(headers_alone)
{
    shell("echo '#include <narrowgauge/narrowgauge.h>' > $ROOT/all.c; for header in $ROOT/usr/include/narrowgauge/model/*.h; do "
          "echo \"#include <narrowgauge/model/$(basename $header)>\" > $ROOT/one.c; "
          "gcc -std=c11 " WARNINGS "-fsyntax-only -I$ROOT/usr/include $ROOT/one.c; "
          "g++ -std=c++17 " WARNINGS "-fsyntax-only -x c++ -I$ROOT/usr/include $ROOT/one.c; done; "
          "gcc -std=c11 " WARNINGS "-fsyntax-only -I$ROOT/usr/include $ROOT/all.c");
}
END_TEST

/* Every function of the headers is in the library, and nothing else is. */
START_TEST(exports_are_declarations)
{
    shell("nm -D --defined-only $ROOT/usr/lib/libnarrowgauge.so | sed -n 's/.* T \\([^@]*\\).*/\\1/p' | LC_ALL=C sort > $ROOT/exported; "
          "for header in model/*.h; do .ci/man3 0 --names $header; done | LC_ALL=C sort -u > $ROOT/declared; "
          "diff $ROOT/declared $ROOT/exported; test -s $ROOT/exported");
    shell("nm -D --defined-only $ROOT/usr/lib/libnarrowgauge.so | grep -v ' [TA] ' > $ROOT/rest && cat $ROOT/rest && exit 1 || :");
    shell("readelf -d $ROOT/usr/lib/libnarrowgauge.so | grep -q 'SONAME.*\\[libnarrowgauge.so.0\\]'; "
          "test \"$(readlink $ROOT/usr/lib/libnarrowgauge.so)\" = libnarrowgauge.so.0; "
          "test -e $ROOT/usr/lib/libnarrowgauge.so.0");
    shell("readelf -d $ROOT/usr/lib/libnarrowgauge.so | grep NEEDED | grep -vE 'lib[mc]\\.so' > $ROOT/rest && cat $ROOT/rest && exit 1 || :");
}
END_TEST

/* The static library holds no writable data and calls nothing that prints, allocates or exits. */
START_TEST(no_state_no_output)
{
    shell("nm $ROOT/usr/lib/libnarrowgauge.a > $ROOT/symbols; test -s $ROOT/symbols; "
          "if grep -E ' [bBcCdD] ' $ROOT/symbols; then exit 1; fi; "
          "if grep -v ' U ng_' $ROOT/symbols | grep -E ' U .*(printf|puts|write|alloc|free|exit|abort|rand|time|getenv|errno)'; then exit 1; fi");
}
END_TEST

/* Every function has a page, every page is well-formed, every verb and option is in the program's. */
START_TEST(man_pages)
{
    shell("for function in $(cat model/*.h | grep -oE '^[a-z].*ng_[a-z0-9_]+\\(' | grep -oE 'ng_[a-z0-9_]+\\($' | tr -d '('); do "
          "test -s $ROOT/usr/share/man/man3/$function.3; done");
    shell("for page in $ROOT/usr/share/man/man3/*.3; do target=$(sed -n 's/^\\.so //p' $page); "
          "test -z \"$target\" || test -s $ROOT/usr/share/man/$target; done");
    shell("if command -v groff > /dev/null; then for page in $ROOT/usr/share/man/man*/*; do "
          "groff -I $ROOT/usr/share/man -man -Tascii -ww $page 2> $ROOT/warnings > /dev/null; test ! -s $ROOT/warnings; done; fi");
}
END_TEST

static const char *const verbs[] = {
#define VERB(name, usage, text) #name,
#include "src/cli/verbs.def"
#undef VERB
};

static const char *const options[] = {
#define TEXT(field, name, argument, value, text, verbs) name,
#define NUMBER(field, name, argument, value, least, most, text, verbs) name,
#define FLAG(field, name, text, verbs) name,
#include "src/cli/options.def"
#undef TEXT
#undef NUMBER
#undef FLAG
};

/* The entry of a verb or an option: ".B NAME ", hyphens escaped as roff wants them. */
static void expect_entry(const char *page, const char *dashes, const char *name)
{
    char entry[128] = "\n.B ";
    char escaped[96];
    size_t length = 0;
    for (const char *at = name; *at != 0 && length + 2 < sizeof escaped; at++) {
        if (*at == '-') {
            escaped[length++] = '\\';
        }
        escaped[length++] = *at;
    }
    escaped[length] = 0;
    strcat(strcat(strcat(entry, dashes), escaped), " ");
    ck_assert_msg(strstr(page, entry) != NULL, "no entry of %s", name);
}

START_TEST(program_page)
{
    char path[NG_PATH_SIZE];
    ng_buffer page;
    ck_assert(ng_path(path, NULL, "%s/usr/share/man/man1/narrowgauge.1", root));
    ck_assert(ng_read_file(path, 1 << 20, &page, NULL));
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        expect_entry((char *)page.data, "", verbs[i]);
    }
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        expect_entry((char *)page.data, "\\-\\-", options[i]);
    }
    ng_buffer_free(&page);
}
END_TEST

START_TEST(program_runs)
{
    shell("$ROOT/usr/bin/narrowgauge decode e2m1 7 | grep -q '= 6$'; "
          "test \"$($ROOT/usr/bin/narrowgauge --version)\" = \"narrowgauge $(pkg-config --modversion narrowgauge)\"");
}
END_TEST

/* Under DESTDIR the same files lie, and uninstall leaves folders only. */
START_TEST(destdir_and_uninstall)
{
    shell("make --no-print-directory " INSTALL " DESTDIR=$ROOT/stage PREFIX=$ROOT/usr; "
          "(cd $ROOT/usr && find . ! -type d | sort) > $ROOT/plain; (cd $ROOT/stage$ROOT/usr && find . ! -type d | sort) > $ROOT/staged; "
          "diff $ROOT/plain $ROOT/staged; cmp $ROOT/usr/lib/pkgconfig/narrowgauge.pc $ROOT/stage$ROOT/usr/lib/pkgconfig/narrowgauge.pc; "
          "make --no-print-directory uninstall DESTDIR=$ROOT/stage PREFIX=$ROOT/usr; test -z \"$(find $ROOT/stage ! -type d)\"; "
          "touch $ROOT/usr/lib/another; make --no-print-directory uninstall PREFIX=$ROOT/usr; "
          "test \"$(find $ROOT/usr ! -type d)\" = $ROOT/usr/lib/another");
}
END_TEST

START_TEST(bad_prefix)
{
    shell("for prefix in relative '/a b' '/a;b' '/a\"b'; do ! make --no-print-directory uninstall PREFIX=\"$prefix\"; done");
}
END_TEST

Suite *ng_suite_install(void);

Suite *ng_suite_install(void)
{
    Suite *suite = suite_create("install");
    TCase *installed = tcase_create("installed");
    tcase_set_timeout(installed, 600);
    tcase_add_checked_fixture(installed, install, clean);
    tcase_add_test(installed, example_in_c);
    tcase_add_test(installed, example_in_cpp);
    tcase_add_test(installed, example_static);
    tcase_add_test(installed, headers_alone);
    tcase_add_test(installed, exports_are_declarations);
    tcase_add_test(installed, no_state_no_output);
    tcase_add_test(installed, man_pages);
    if (WITH_PROGRAM) {
        tcase_add_test(installed, program_page);
        tcase_add_test(installed, program_runs);
    }
    tcase_add_test(installed, destdir_and_uninstall);
    tcase_add_test(installed, bad_prefix);
    suite_add_tcase(suite, installed);
    return suite;
}
