/* Networks in the circuit's arithmetic against our own fp32, and our fp32 against PyTorch: images a second of one thread. */
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"
#include "src/accuracy/quantise.h"

#define PYTHON "/usr/bin/python3" /* whose python3-torch is Debian's */

enum { BATCH = 64, PASSES = 2 };

extern char **environ;

static const char *const networks[] = {"resnet8", "vit4", "mobile"};

/* What the project promises of the exact sums: as fast as two thirds of fp32 where fp32 holds them, a third where double does. */
static const struct {
    const char *format;
    const char *path;
    double at_least;
} pairs[] = {{"int4", "sums of 24 bits", 1 / 1.5}, {"int8", "sums of 24 bits", 1 / 1.5},   {"e2m1", "sums of 24 bits", 1 / 1.5},
             {"e3m2", "sums of 24 bits", 1 / 1.5}, {"mxfp4", "blocks of 24 bits", 1 / 1.5},
             {"mxint8", "blocks of 24 bits", 1 / 1.5}, {"mxfp6_e2m3", "blocks of 24 bits", 1 / 1.5},
             {"mxfp6_e3m2", "blocks of 24 bits", 1 / 1.5}, {"bfp_m4k16", "blocks of 24 bits", 1 / 1.5},
             {"bfp_m8k32", "blocks of 24 bits", 1 / 1.5}, {"e4m3", "sums of 53 bits", 1 / 3.0}};

typedef struct {
    ng_subject subject;
    ng_quantised quantised;
    ng_engine engine;
    ng_workspace workspace;
    float *images;
} runner;

static _Noreturn void fail(const ng_error *error)
{
    fprintf(stderr, "bench: %s\n", error->text);
    exit(error->exit_code);
}

static void run(void *context)
{
    runner *r = context;
    ng_error error;
    for (unsigned i = 0; i < PASSES; i++) {
        if (!ng_engine_run(&r->engine, &r->workspace, r->images, BATCH, NULL, NULL, &error)) {
            fail(&error);
        }
    }
}

static ng_accuracy_request request_of(const char *path, const char *format)
{
    return (ng_accuracy_request){.network = path, .data = "/usr/share/datasets/fashion-mnist",
                                 .weight = ng_format_find(format != NULL ? format : "int8"),
                                 .activation = ng_format_find(format != NULL ? format : "int8"), .calibration_images = 64,
                                 .images = BATCH};
}

/* format NULL: fp32. */
static void open_runner(runner *r, const char *network, const char *format)
{
    char path[64];
    ng_error error = {0};
    (void)snprintf(path, sizeof path, "networks/%s.onnx", network);
    const ng_accuracy_request request = request_of(path, format);
    const ng_recipe plain = {.rule = NG_RULE_CEIL};
    *r = (runner){.images = NULL};
    if (!ng_subject_load(&r->subject, &request, &error) ||
        (format != NULL && !ng_quantise(&r->subject, &request, &r->quantised, &error)) ||
        !ng_engine_init(&r->engine, &r->subject.plan, format != NULL ? &r->quantised.recipe : &plain, &error) ||
        !ng_workspace_init(&r->workspace, &r->engine, BATCH, &error)) {
        fail(&error);
    }
    r->images = bench_memory(BATCH * r->subject.test.numbers * sizeof *r->images);
    for (size_t i = 0; i < BATCH; i++) {
        if (!ng_dataset_fetch(&r->subject.test, i, r->images + i * r->subject.test.numbers, &error)) {
            fail(&error);
        }
    }
}

static void close_runner(runner *r)
{
    ng_workspace_free(&r->workspace, &r->engine);
    ng_engine_free(&r->engine);
    ng_quantised_free(&r->quantised);
    ng_subject_free(&r->subject);
    free(r->images);
}

/* ---- PyTorch: bench/torch_forward.py runs a batch for every line it is sent and answers with its processor time ---- */

typedef struct {
    pid_t child;
    FILE *ask;
    FILE *answer;
} torch;

static double torch_seconds(torch *t)
{
    double taken = -1;
    if (fputs("run\n", t->ask) < 0 || fflush(t->ask) != 0 || fscanf(t->answer, "%lf", &taken) != 1) {
        return -1;
    }
    return taken;
}

static bool start_child(torch *t, const char *network, int ask[2], int answer[2])
{
    char batch[16];
    char passes[16];
    char *const arguments[] = {PYTHON, "bench/torch_forward.py", (char *)(uintptr_t)network, batch, passes, NULL};
    posix_spawn_file_actions_t actions;
    (void)snprintf(batch, sizeof batch, "%d", BATCH);
    (void)snprintf(passes, sizeof passes, "%d", PASSES);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ask[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answer[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ask[1]);
    posix_spawn_file_actions_addclose(&actions, answer[0]);
    const bool spawned = posix_spawn(&t->child, PYTHON, &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ask[0]);
    close(answer[1]);
    t->ask = fdopen(ask[1], "w");
    t->answer = fdopen(answer[0], "r");
    return spawned && t->ask != NULL && t->answer != NULL;
}

static void close_torch(torch *t)
{
    if (t->ask != NULL) {
        fclose(t->ask);
    }
    if (t->answer != NULL) {
        fclose(t->answer);
    }
    if (t->child > 0) {
        (void)waitpid(t->child, NULL, 0);
    }
}

/* False, with the reason said, where PyTorch is not installed. */
static bool open_torch(torch *t, const char *network)
{
    int ask[2];
    int answer[2];
    *t = (torch){0};
    if (pipe(ask) != 0 || pipe(answer) != 0) {
        return false;
    }
    if (start_child(t, network, ask, answer) && torch_seconds(t) > 0) {
        return true;
    }
    close_torch(t);
    printf("fp32 %s against PyTorch: missing, python3-torch is not installed (packages-extra.txt)\n", network);
    return false;
}

/* Both sides in their own processor time. */
static double either_seconds(const bench_side *side)
{
    return side->run != NULL ? bench_seconds(side) : torch_seconds(side->context);
}

static void compare_torch(bench *b, const char *network, runner *ours)
{
    torch t;
    char name[64];
    if (!open_torch(&t, network)) {
        return;
    }
    const bench_side own = {"fp32", "1 thread", run, ours, (double)BATCH * PASSES};
    const bench_side other = {"PyTorch", "1 thread", NULL, &t, (double)BATCH * PASSES};
    (void)snprintf(name, sizeof name, "infer %s fp32 / PyTorch", network);
    bench_ratio_by(b, name, "images/s", &own, &other, 1 / 1.2, either_seconds);
    close_torch(&t);
}

void bench_infer(bench *b)
{
    (void)signal(SIGPIPE, SIG_IGN);
    for (size_t n = 0; n < sizeof networks / sizeof networks[0]; n++) {
        runner plain;
        open_runner(&plain, networks[n], NULL);
        const bench_side fp32 = {"fp32", "1 thread", run, &plain, (double)BATCH * PASSES};
        for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
            runner exact;
            char name[64];
            open_runner(&exact, networks[n], pairs[i].format);
            const bench_side side = {pairs[i].format, pairs[i].path, run, &exact, (double)BATCH * PASSES};
            (void)snprintf(name, sizeof name, "infer %s %s", networks[n], pairs[i].format);
            bench_ratio(b, name, "images/s", &side, &fp32, pairs[i].at_least);
            close_runner(&exact);
        }
        compare_torch(b, networks[n], &plain);
        close_runner(&plain);
    }
}
