#define _DEFAULT_SOURCE
#include "tests/support/suite_jobs.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* One suite: what it wrote goes to a file without a name, what it counted to memory that both processes see. */
typedef struct {
    pid_t pid;
    FILE *output;
    suite_counts *counts;
    bool ended;
    int status;
} job;

suite_counts suites_run(const suite_row *rows, size_t count)
{
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < count; i++) {
        srunner_add_suite(runner, rows[i].make());
    }
    srunner_run_all(runner, CK_ENV);
    const suite_counts counts = {srunner_ntests_run(runner), srunner_ntests_failed(runner)};
    srunner_free(runner);
    return counts;
}

static void give_up(const char *what)
{
    perror(what);
    exit(2);
}

static void start(job *one, const suite_row *row)
{
    one->output = tmpfile();
    if (one->output == NULL) {
        give_up("run_tests: tmpfile");
    }
    (void)fflush(stdout);
    one->pid = fork();
    if (one->pid < 0) {
        give_up("run_tests: fork");
    }
    if (one->pid == 0) {
        /* Nobody reads on when the parent is gone; Check passes the signal on to the test that runs. */
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (dup2(fileno(one->output), STDOUT_FILENO) < 0 || dup2(fileno(one->output), STDERR_FILENO) < 0) {
            give_up("run_tests: dup2");
        }
        *one->counts = suites_run(row, 1);
        exit(EXIT_SUCCESS);
    }
}

static void print(const job *one, const suite_row *row, suite_counts *sum)
{
    char text[4096];
    rewind(one->output);
    for (size_t size; (size = fread(text, 1, sizeof text, one->output)) > 0;) {
        (void)fwrite(text, 1, size, stdout);
    }
    (void)fclose(one->output);
    sum->run += one->counts->run;
    sum->failed += one->counts->failed;
    if (one->status != 0) {
        sum->run++;
        sum->failed++;
        if (WIFSIGNALED(one->status)) {
            printf("run_tests: suite %s died of signal %d (%s)\n", row->name, WTERMSIG(one->status), strsignal(WTERMSIG(one->status)));
        } else {
            printf("run_tests: suite %s ended with status %d\n", row->name, WEXITSTATUS(one->status));
        }
    }
    (void)fflush(stdout);
}

/* Waits for any suite. */
static void reap(job *list, size_t count)
{
    int status;
    const pid_t pid = wait(&status);
    if (pid < 0) {
        give_up("run_tests: wait");
    }
    for (size_t i = 0; i < count; i++) {
        if (list[i].pid == pid) {
            list[i].ended = true;
            list[i].status = status;
        }
    }
}

suite_counts suite_jobs_run(const suite_row *rows, const size_t *order, size_t count, unsigned jobs)
{
    suite_counts sum = {0, 0};
    job *list = calloc(count, sizeof *list);
    suite_counts *counts = mmap(NULL, count * sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (list == NULL || counts == MAP_FAILED) {
        give_up("run_tests: memory");
    }
    for (size_t i = 0; i < count; i++) {
        list[i].counts = &counts[i];
    }
    for (size_t started = 0, ended = 0, printed = 0; ended < count; ended++) {
        for (; started < count && started - ended < jobs; started++) {
            start(&list[order[started]], &rows[order[started]]);
        }
        reap(list, count);
        for (; printed < count && list[printed].ended; printed++) {
            print(&list[printed], &rows[printed], &sum);
        }
    }
    (void)munmap(counts, count * sizeof *counts);
    free(list);
    return sum;
}
