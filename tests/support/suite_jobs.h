/* suite_jobs.h: suites side by side, each in a process of its own. */
#ifndef SUPPORT_SUITE_JOBS_H
#define SUPPORT_SUITE_JOBS_H

#include <check.h>
#include <stddef.h>

typedef struct {
    const char *name;
    Suite *(*make)(void);
} suite_row;

/* Tests that ran and those of them that failed. */
typedef struct {
    int run;
    int failed;
} suite_counts;

/* Runs rows[0..count), at most `jobs` at a time, started in the order of `order` (a permutation of 0..count-1), and prints what
 * each wrote, whole and in the order of the rows. A suite that dies, or ends with a status, is one more test that failed, and
 * is named. Exits with status 2 where the machine has no processes or files left to give. */
suite_counts suite_jobs_run(const suite_row *rows, const size_t *order, size_t count, unsigned jobs);

/* The same one after the other in this process. */
suite_counts suites_run(const suite_row *rows, size_t count);

#endif
