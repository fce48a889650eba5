#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "src/verify/check.h"

/* Results a pipelined circuit still owes: step n stands at n % latency. */
typedef struct {
    ng_step step[NG_LANES_MAX];
    ng_result expected[NG_LANES_MAX];
    bool owed[NG_LANES_MAX];
} queue;

/* One circuit of the bench: its stimulus, and what the golden model makes of it. */
typedef struct {
    ng_stimulus stimulus;
    ng_step step;
    ng_step previous_step;
    ng_result expected;
    ng_result previous;
    bool running;
    bool pending; /* clocked: a result of the previous cycle is due; pipelined: of any */
    queue waiting;
    uint64_t cycle;
} lane;

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void compare(const ng_datapath *path, ng_level level, const ng_step *step, const ng_result *got,
                    const ng_result *expected, ng_verdict *verdict)
{
    if (memcmp(got, expected, sizeof *got) != 0) {
        if (verdict->mismatches == 0) {
            ng_mismatch_text(verdict->first, path, level, verdict->cases, step, got, expected);
        }
        verdict->mismatches++;
    }
    verdict->cases++;
}

static ng_result read_result(const ng_bench *bench, unsigned dut)
{
    ng_result got;
    bench->read(bench->model, dut, got.limb);
    return got;
}

/* One step of a combinational circuit or one clock cycle of one with registers; true while any circuit has work. */
static bool advance(const ng_bench *bench, const ng_datapath *paths, size_t count, lane *lanes, bool clocked, bool edges)
{
    bool busy = false;
    for (size_t i = 0; i < count; i++) {
        lane *here = &lanes[i];
        here->running = here->running && ng_stimulus_next(&here->stimulus, &here->step);
        busy = busy || here->running || here->pending;
        bench->load(bench->model, (unsigned)i, here->step.first, here->step.operand[0], here->step.operand[1]);
    }
    if (!busy) {
        return false;
    }
    if (edges) {
        bench->clock(bench->model);
    } else {
        bench->settle(bench->model);
    }
    for (size_t i = 0; i < count; i++) {
        lane *here = &lanes[i];
        if (here->running) {
            here->previous = here->expected;
            ng_golden_result(&paths[i], here->step.operand[0], here->step.operand[1],
                             clocked && !here->step.first ? &here->previous : NULL, &here->expected);
        }
    }
    return true;
}

/* A clocked circuit shows the sum up to the step before the one just clocked in. */
static void judge_clocked(const ng_bench *bench, const ng_datapath *path, unsigned dut, ng_level level, lane *here,
                          ng_verdict *verdict)
{
    if (here->pending) {
        const ng_result got = read_result(bench, dut);
        const ng_result *due = here->running ? &here->previous : &here->expected;
        compare(path, level, &here->previous_step, &got, due, verdict);
    }
    here->pending = here->running;
    here->previous_step = here->step;
}

/* After clock edge n a pipelined circuit shows the result of the operands of edge n - latency + 1. */
static void judge_pipelined(const ng_bench *bench, const ng_datapath *path, unsigned dut, ng_level level, lane *here,
                            ng_verdict *verdict)
{
    queue *waiting = &here->waiting;
    const size_t now = here->cycle % path->latency;
    const size_t due = (here->cycle + 1) % path->latency;
    waiting->step[now] = here->step;
    waiting->expected[now] = here->expected;
    waiting->owed[now] = here->running;
    if (waiting->owed[due]) {
        const ng_result got = read_result(bench, dut);
        compare(path, level, &waiting->step[due], &got, &waiting->expected[due], verdict);
        waiting->owed[due] = false;
    }
    here->pending = false;
    for (unsigned i = 0; i < path->latency; i++) {
        here->pending = here->pending || waiting->owed[i];
    }
    here->cycle++;
}

static void judge(const ng_bench *bench, const ng_datapath *path, unsigned dut, ng_level level, lane *here,
                  ng_verdict *verdict)
{
    if (ng_unit_kind_at(path->unit->kind)->clocked) {
        judge_clocked(bench, path, dut, level, here, verdict);
    } else if (path->latency != 0) {
        judge_pipelined(bench, path, dut, level, here, verdict);
    } else if (here->running) {
        const ng_result got = read_result(bench, dut);
        compare(path, level, &here->step, &got, &here->expected, verdict);
    }
}

bool ng_check_bench(const ng_bench *bench, const ng_datapath *paths, size_t count, ng_level level, uint64_t seed,
                    uint64_t cases, ng_verdict *verdicts, ng_error *error)
{
    const bool clocked = ng_unit_kind_at(paths[0].unit->kind)->clocked;
    const bool edges = clocked || paths[0].latency != 0;
    const double start = now();
    lane *lanes = calloc(count, sizeof *lanes);
    if (lanes == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "verify: out of memory");
    }
    for (size_t i = 0; i < count; i++) {
        verdicts[i] = (ng_verdict){0};
        lanes[i].running = true;
        ng_stimulus_start(&lanes[i].stimulus, &paths[i], seed, cases, 0, 1);
    }
    while (advance(bench, paths, count, lanes, clocked, edges)) {
        for (size_t i = 0; i < count; i++) {
            judge(bench, &paths[i], (unsigned)i, level, &lanes[i], &verdicts[i]);
        }
    }
    free(lanes);
    for (size_t i = 0; i < count; i++) {
        verdicts[i].seconds = now() - start;
    }
    return true;
}
