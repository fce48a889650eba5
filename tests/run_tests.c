/* run_tests: runs the Check suites of suites.def.
 *
 *   run_tests          every suite
 *   run_tests NAME...  these suites
 *   run_tests --list   the names, one a line
 *
 * Each test runs in its own process (CK_FORK=no keeps them in this one). The last line of the output is
 * "N passed, M failed". Exit status: 0 all passed, 1 a test failed or none ran, 2 no such suite.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) Suite *ng_suite_##name(void);
#include "tests/suites.def"
#undef SUITE

typedef struct {
    const char *name;
    Suite *(*make)(void);
} row;

static const row rows[] = {
#define SUITE(name) {#name, ng_suite_##name},
#include "tests/suites.def"
#undef SUITE
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static const row *find(const char *name)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

static int list(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        printf("%s\n", rows[i].name);
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        return list();
    }
    SRunner *runner = srunner_create(NULL);
    for (int i = 1; i < argc; i++) {
        const row *named = find(argv[i]);
        if (named == NULL) {
            fprintf(stderr, "run_tests: no suite %s; --list lists them\n", argv[i]);
            srunner_free(runner);
            return 2;
        }
        srunner_add_suite(runner, named->make());
    }
    for (size_t i = 0; argc < 2 && i < ROWS; i++) {
        srunner_add_suite(runner, rows[i].make());
    }
    srunner_run_all(runner, CK_ENV);
    const int run = srunner_ntests_run(runner);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    printf("%d passed, %d failed\n", run - failed, failed);
    return run > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
