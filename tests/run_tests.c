/* run_tests: runs the Check suites of suites.def.
 *
 *   run_tests                     every suite
 *   run_tests NAME...             these suites
 *   run_tests --jobs N [NAME...]  at most N suites side by side, each in a process of its own; output in the order of the table
 *   run_tests --list              the names, one a line
 *
 * Each test runs in its own process (CK_FORK=no keeps them in their suite's). The last line of the output is
 * "N passed, M failed". Exit status: 0 all passed, 1 a test failed or none ran, 2 no such suite.
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite_jobs.h"

#define SUITE(name) Suite *ng_suite_##name(void);
#include "tests/suites.def"
#undef SUITE

static const suite_row table[] = {
#define SUITE(name) {#name, ng_suite_##name},
#include "tests/suites.def"
#undef SUITE
};

/* Those that take seconds, longest first: side by side they start first, so that the last to end is a short one. */
static const char *const long_suites[] = {"study",    "mutants",      "verify", "install",  "rounding",
                                          "simulate", "block_encode", "cost",   "evaluator", "array_encode"};

enum { ROWS = sizeof table / sizeof table[0], LONG = sizeof long_suites / sizeof long_suites[0], JOBS_MAX = 64 };

static const suite_row *find(const char *name)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

static int list(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        printf("%s\n", table[i].name);
    }
    return EXIT_SUCCESS;
}

/* The suites named, in that order, or all; 0 if there is one that does not exist. */
static size_t choose(char *const names[], size_t count, suite_row *rows)
{
    if (count == 0) {
        memcpy(rows, table, sizeof table);
        return ROWS;
    }
    for (size_t i = 0; i < count; i++) {
        const suite_row *named = find(names[i]);
        if (named == NULL) {
            fprintf(stderr, "run_tests: no suite %s; --list lists them\n", names[i]);
            return 0;
        }
        rows[i] = *named;
    }
    return count;
}

static size_t rank(const char *name)
{
    size_t i = 0;
    while (i < LONG && strcmp(long_suites[i], name) != 0) {
        i++;
    }
    return i;
}

static void longest_first(const suite_row *rows, size_t count, size_t *order)
{
    size_t placed = 0;
    for (size_t wanted = 0; wanted <= LONG; wanted++) {
        for (size_t i = 0; i < count; i++) {
            if (rank(rows[i].name) == wanted) {
                order[placed++] = i;
            }
        }
    }
}

/* Side by side a test gets less of the machine: its time limit, unless the caller says another, is as much longer. */
static suite_counts run_jobs(const suite_row *rows, size_t count, unsigned jobs)
{
    char times[16];
    size_t *order = calloc(count, sizeof *order);
    if (order == NULL) {
        exit(2);
    }
    (void)snprintf(times, sizeof times, "%u", 2 * jobs);
    (void)setenv("CK_TIMEOUT_MULTIPLIER", times, 0);
    longest_first(rows, count, order);
    const suite_counts counts = suite_jobs_run(rows, order, count, jobs);
    free(order);
    return counts;
}

int main(int argc, char **argv)
{
    char **names = argv + 1;
    size_t count = (size_t)argc - 1;
    unsigned jobs = 0;
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        return list();
    }
    if (count >= 2 && strcmp(names[0], "--jobs") == 0) {
        char *end;
        const unsigned long number = strtoul(names[1], &end, 10);
        if (*end != 0 || number < 1 || number > JOBS_MAX) {
            fprintf(stderr, "run_tests: --jobs %s: 1 to %d\n", names[1], JOBS_MAX);
            return 2;
        }
        jobs = (unsigned)number;
        names += 2;
        count -= 2;
    }
    suite_row *rows = calloc(count + ROWS, sizeof *rows);
    count = rows != NULL ? choose(names, count, rows) : 0;
    if (count == 0) {
        free(rows);
        return 2;
    }
    const suite_counts counts = jobs == 0 ? suites_run(rows, count) : run_jobs(rows, count, jobs);
    free(rows);
    printf("%d passed, %d failed\n", counts.run - counts.failed, counts.failed);
    return counts.run > 0 && counts.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
