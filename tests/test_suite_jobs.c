/* Suites side by side: counts add up, output comes whole and in the order of the rows, a suite that dies is a failure. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "src/base/file.h"
#include "tests/support/scratch.h"
#include "tests/support/suite_jobs.h"

START_TEST(fine)
{
    (void)fputs("a test speaks\n", stderr);
}
END_TEST

START_TEST(wrong)
{
    ck_assert_int_eq(1, 2);
}
END_TEST

static Suite *suite_of(const char *name, const TTest *first, const TTest *second)
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    tcase_add_test(tests, first);
    tcase_add_test(tests, second);
    suite_add_tcase(suite, tests);
    return suite;
}

static Suite *make_slow(void)
{
    const struct timespec pause = {0, 300 * 1000000};
    (void)nanosleep(&pause, NULL);
    return suite_of("slow", fine, fine);
}

static Suite *make_dead(void)
{
    (void)puts("last words");
    (void)fflush(stdout);
    abort();
}

static Suite *make_ended(void)
{
    _exit(7);
}

static Suite *make_half(void)
{
    return suite_of("half", fine, wrong);
}

static const suite_row rows[] = {{"slow", make_slow}, {"dead", make_dead}, {"ended", make_ended}, {"half", make_half}};
enum { ROWS = sizeof rows / sizeof rows[0] };

/* Runs the rows with standard output in a file, whose text is returned. */
static suite_counts run(const size_t *order, unsigned jobs, ng_buffer *text)
{
    const char *path = scratch_path("output");
    (void)fflush(stdout);
    const int kept = dup(STDOUT_FILENO);
    ck_assert_ptr_nonnull(freopen(path, "w", stdout));
    const suite_counts counts = suite_jobs_run(rows, order, ROWS, jobs);
    (void)fflush(stdout);
    ck_assert_int_ge(dup2(kept, STDOUT_FILENO), 0);
    (void)close(kept);
    ck_assert(ng_read_file(path, 1 << 16, text, NULL));
    return counts;
}

START_TEST(whole_and_in_order)
{
    static const size_t orders[][ROWS] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}};
    static const char *const parts[] = {"Running suite(s): slow", "a test speaks", "a test speaks", "100%: Checks: 2", "last words",
                                        "suite dead died of signal 6", "suite ended ended with status 7",
                                        "Running suite(s): half", "50%: Checks: 2, Failures: 1"};
    scratch_make();
    ng_buffer text;
    const suite_counts counts = run(orders[_i % 3], 1 + (unsigned)_i / 3, &text);
    ck_assert_int_eq(counts.run, 2 + 1 + 1 + 2);
    ck_assert_int_eq(counts.failed, 1 + 1 + 1);
    const char *at = (const char *)text.data;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        at = strstr(at, parts[i]);
        ck_assert_msg(at != NULL, "no '%s' in its place in\n%s", parts[i], (const char *)text.data);
        at++;
    }
    ng_buffer_free(&text);
    scratch_remove();
}
END_TEST

Suite *ng_suite_suite_jobs(void);

Suite *ng_suite_suite_jobs(void)
{
    Suite *suite = suite_create("suite_jobs");
    TCase *jobs = tcase_create("jobs");
    tcase_set_timeout(jobs, 60);
    tcase_add_loop_test(jobs, whole_and_in_order, 0, 9);
    suite_add_tcase(suite, jobs);
    return suite;
}
