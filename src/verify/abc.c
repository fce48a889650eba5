#include "src/verify/abc.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "src/base/process.h"
#include "src/synth/synth.h"

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* What ABC said; anything but its two answers is no proof. It ends with 0 even where it cannot read a circuit. */
static bool read_result(const char *log, const char **result, ng_error *error)
{
    ng_buffer text;
    if (!ng_read_file(log, (size_t)1 << 24, &text, error)) {
        return false;
    }
    const char *said = (const char *)text.data;
    const bool unread = strstr(said, "Reading network from file has failed") != NULL;
    *result = strstr(said, "NOT EQUIVALENT") != NULL            ? "refuted"
              : strstr(said, "Networks are equivalent") != NULL ? "proven"
                                                                : "undecided";
    ng_buffer_free(&text);
    return !unread || ng_fail(error, NG_EXIT_CHECK, "%s: ABC cannot read a circuit", log);
}

/* Flip-flops cut: their states are inputs, what they take in outputs. */
static bool write_command(const ng_abc_question *q, char command[NG_PATH_SIZE], ng_error *error)
{
    if (q->clocked && q->any_state) {
        return ng_path(command, error, "read_blif %s; comb; write_blif cut.%s; read_blif %s; comb; write_blif cut.%s; cec cut.%s cut.%s",
                       q->left, q->left, q->right, q->right, q->left, q->right);
    }
    return ng_path(command, error, "%s %s %s", q->clocked ? "dsec" : "cec", q->left, q->right);
}

/* ABC comes with yosys, under its name and "-abc". */
bool ng_abc_ask(const ng_abc_question *question, const char **result, double *seconds, ng_error *error)
{
    char program[NG_PATH_SIZE];
    char log[NG_PATH_SIZE];
    char command[NG_PATH_SIZE];
    bool ended;
    const char *const argv[] = {program, "-q", command, NULL};
    if (!ng_path(program, error, "%s-abc", ng_yosys_program()) ||
        !ng_path(log, error, "%s/abc.log", question->folder) ||
        !write_command(question, command, error)) {
        return false;
    }
    const double start = now();
    if (!ng_run_limited(argv, question->folder, log, question->limit_s, &ended, error)) {
        return false;
    }
    *seconds = now() - start;
    *result = "not ended";
    return !ended || read_result(log, result, error);
}
