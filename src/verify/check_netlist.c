#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "src/netlist/evaluator.h"
#include "src/verify/check.h"

enum { LANES = NG_EVALUATOR_LANES };

/* One lane of the evaluator: its own stream of a clocked circuit, or every LANES-th case of the one stream of other units. */
typedef struct {
    ng_stimulus stimulus;
    ng_step step;
    ng_step previous_step;
    ng_result expected;
    ng_result previous;
    bool running;
    bool pending;
} lane;

/* What a run needs; allocated once. */
typedef struct {
    const ng_datapath *path;
    const ng_netlist *netlist;
    const ng_check_request *request;
    ng_evaluator *evaluator;
    const ng_port *tied;
    const ng_port *start; /* first_i of a clocked circuit */
    const ng_port *first;
    const ng_port *second; /* NULL: the circuit has one operand word */
    const ng_port *result;
    lane *lanes;
    uint64_t *start_bits; /* one word a lane */
    uint64_t *tied_words;
    uint64_t *operand[2]; /* NG_OPERAND_LIMBS words a lane */
    uint64_t *results;    /* NG_RESULT_LIMBS words a lane */
    ng_verdict *verdict;
} run;

static bool find_ports(run *here, ng_error *error)
{
    const char *netlist = here->request->name;
    const ng_kind_row *kind = ng_unit_kind_at(here->path->unit->kind);
    const bool single = kind->second[0] == 0;
    here->first = ng_netlist_port(here->netlist, kind->first);
    here->second = single ? NULL : ng_netlist_port(here->netlist, kind->second);
    here->result = ng_netlist_port(here->netlist, "y_o");
    here->start = kind->clocked ? ng_netlist_port(here->netlist, "first_i") : NULL;
    here->tied = here->request->tied != NULL ? ng_netlist_port(here->netlist, here->request->tied) : NULL;
    if (here->first == NULL || (here->second == NULL && !single) || here->result == NULL ||
        (kind->clocked && here->start == NULL) || (here->request->tied != NULL && here->tied == NULL)) {
        return ng_fail(error, NG_EXIT_CHECK, "%s: lacks a port of %s", netlist, here->path->unit->name);
    }
    if (here->first->width != here->path->first_bits ||
        (!single && here->second->width != here->path->second_bits) || here->result->width != here->path->result_bits) {
        return ng_fail(error, NG_EXIT_CHECK, "%s: a port of %s has another width than the golden model", netlist,
                       here->path->unit->name);
    }
    return true;
}

static bool allocate(run *here, ng_error *error)
{
    here->lanes = calloc(LANES, sizeof *here->lanes);
    here->start_bits = calloc(LANES, sizeof(uint64_t));
    here->tied_words = calloc(LANES, sizeof(uint64_t));
    here->operand[0] = calloc((size_t)LANES * NG_OPERAND_LIMBS, sizeof(uint64_t));
    here->operand[1] = calloc((size_t)LANES * NG_OPERAND_LIMBS, sizeof(uint64_t));
    here->results = calloc((size_t)LANES * NG_RESULT_LIMBS, sizeof(uint64_t));
    const bool fine = here->lanes != NULL && here->start_bits != NULL && here->tied_words != NULL && here->operand[0] != NULL &&
                      here->operand[1] != NULL && here->results != NULL;
    for (size_t i = 0; fine && i < LANES; i++) {
        here->tied_words[i] = here->request->tied_to;
    }
    return fine || ng_fail(error, NG_EXIT_MISSING, "verify: out of memory");
}

static void release(run *here)
{
    free(here->lanes);
    free(here->start_bits);
    free(here->tied_words);
    free(here->operand[0]);
    free(here->operand[1]);
    free(here->results);
}

static void compare(run *here, size_t index, const ng_step *step, const ng_result *expected)
{
    ng_result got = {{0}};
    for (int limb = 0; limb < NG_RESULT_LIMBS; limb++) {
        got.limb[limb] = here->results[index * NG_RESULT_LIMBS + (size_t)limb];
    }
    if (memcmp(&got, expected, sizeof got) != 0) {
        if (here->verdict->mismatches == 0) {
            ng_mismatch_text(here->verdict->first, here->path, NG_LEVEL_NETLIST, here->verdict->cases, step, &got,
                             expected);
        }
        here->verdict->mismatches++;
    }
    here->verdict->cases++;
}

static void store_operands(run *here, size_t index)
{
    const lane *from = &here->lanes[index];
    here->start_bits[index] = from->step.first;
    for (size_t limb = 0; limb < NG_OPERAND_LIMBS; limb++) {
        here->operand[0][index * NG_OPERAND_LIMBS + limb] = from->step.operand[0][limb];
        here->operand[1][index * NG_OPERAND_LIMBS + limb] = from->step.operand[1][limb];
    }
}

static void set_inputs(run *here)
{
    ng_evaluator_set(here->evaluator, here->first, here->operand[0], NG_OPERAND_LIMBS, LANES);
    if (here->second != NULL) {
        ng_evaluator_set(here->evaluator, here->second, here->operand[1], NG_OPERAND_LIMBS, LANES);
    }
    if (here->tied != NULL) {
        ng_evaluator_set(here->evaluator, here->tied, here->tied_words, 1, LANES);
    }
}

static bool is_decided(const run *here)
{
    return here->request->first_only && here->verdict->mismatches != 0;
}

/* LANES cases of the one stream at a time; the last round may be part empty. */
static void run_combinational(run *here)
{
    ng_stimulus *stimulus = &here->lanes[0].stimulus;
    ng_stimulus_start(stimulus, here->path, here->request->seed, here->request->cases, 0, 1);
    for (bool more = true; more && !is_decided(here);) {
        size_t count = 0;
        while (count < LANES && (more = ng_stimulus_next(stimulus, &here->lanes[count].step))) {
            store_operands(here, count++);
        }
        set_inputs(here);
        ng_evaluator_settle(here->evaluator);
        ng_evaluator_get(here->evaluator, here->result, here->results, NG_RESULT_LIMBS, count);
        for (size_t i = 0; i < count; i++) {
            const ng_step *step = &here->lanes[i].step;
            ng_result expected;
            ng_golden_result(here->path, step->operand[0], step->operand[1], NULL, &expected);
            compare(here, i, step, &expected);
        }
    }
}

/* One round of the pipelined stream: LANES cases, side by side. */
typedef struct {
    ng_step step[LANES];
    ng_result expected[LANES];
    size_t count;
} round_of_cases;

static size_t next_round(run *here, ng_stimulus *stimulus, round_of_cases *round)
{
    round->count = 0;
    while (round->count < LANES && ng_stimulus_next(stimulus, &here->lanes[round->count].step)) {
        const size_t i = round->count++;
        round->step[i] = here->lanes[i].step;
        ng_golden_result(here->path, round->step[i].operand[0], round->step[i].operand[1], NULL, &round->expected[i]);
        store_operands(here, i);
    }
    return round->count;
}

/* A round a clock edge; after edge n the result is that of round n - latency + 1. */
static bool run_pipelined(run *here)
{
    const unsigned latency = here->path->latency;
    ng_stimulus *stimulus = &here->lanes[0].stimulus;
    round_of_cases *rounds = calloc(latency, sizeof *rounds);
    if (rounds == NULL) {
        return false;
    }
    ng_stimulus_start(stimulus, here->path, here->request->seed, here->request->cases, 0, 1);
    ng_evaluator_reset(here->evaluator);
    unsigned left = latency;
    for (uint64_t cycle = 0; left != 0 && !is_decided(here); cycle++) {
        left = next_round(here, stimulus, &rounds[cycle % latency]) != 0 ? latency : left - 1;
        set_inputs(here);
        ng_evaluator_clock(here->evaluator);
        ng_evaluator_settle(here->evaluator);
        const round_of_cases *due = &rounds[(cycle + 1) % latency];
        const size_t count = cycle + 1 < latency ? 0 : due->count;
        ng_evaluator_get(here->evaluator, here->result, here->results, NG_RESULT_LIMBS, count);
        for (size_t i = 0; i < count; i++) {
            compare(here, i, &due->step[i], &due->expected[i]);
        }
    }
    free(rounds);
    return true;
}

/* Takes a lane's next step; true while it has one or a result of it is due. */
static bool advance(run *here, size_t index)
{
    lane *now = &here->lanes[index];
    now->previous_step = now->step;
    now->previous = now->expected;
    now->pending = now->running;
    now->running = now->running && ng_stimulus_next(&now->stimulus, &now->step);
    if (now->running) {
        ng_golden_result(here->path, now->step.operand[0], now->step.operand[1],
                         now->step.first ? NULL : &now->previous, &now->expected);
    }
    store_operands(here, index);
    return now->running || now->pending;
}

/* Every lane its own stream; after a clock edge the result shows the sum up to the step before the one clocked in. */
static void run_clocked(run *here)
{
    ng_stimulus_start(&here->lanes[0].stimulus, here->path, here->request->seed, here->request->cases, 0, LANES);
    for (size_t i = 0; i < LANES; i++) {
        here->lanes[i].running = true;
        if (i != 0) {
            ng_stimulus_fork(&here->lanes[i].stimulus, &here->lanes[0].stimulus, (unsigned)i);
        }
    }
    ng_evaluator_reset(here->evaluator);
    for (uint64_t cycle = 0;; cycle++) {
        bool busy = false;
        for (size_t i = 0; i < LANES; i++) {
            busy = advance(here, i) || busy;
        }
        if (!busy || is_decided(here)) {
            return;
        }
        set_inputs(here);
        ng_evaluator_set(here->evaluator, here->start, here->start_bits, 1, LANES);
        ng_evaluator_clock(here->evaluator);
        ng_evaluator_get(here->evaluator, here->result, here->results, NG_RESULT_LIMBS, LANES);
        for (size_t i = 0; cycle > 0 && i < LANES; i++) {
            const lane *now = &here->lanes[i];
            if (now->pending) {
                compare(here, i, &now->previous_step, &now->previous);
            }
        }
    }
}

static double seconds(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

bool ng_check_loaded(const ng_datapath *path, const ng_netlist *netlist, const ng_check_request *request,
                     ng_verdict *verdict, ng_error *error)
{
    run here = {.path = path, .netlist = netlist, .request = request, .verdict = verdict};
    *verdict = (ng_verdict){0};
    if (!find_ports(&here, error) || !ng_evaluator_new(&here.evaluator, netlist, error)) {
        return false;
    }
    const double start = seconds();
    bool fine = allocate(&here, error);
    if (fine && ng_unit_kind_at(path->unit->kind)->clocked) {
        run_clocked(&here);
    } else if (fine && path->latency != 0) {
        fine = run_pipelined(&here) || ng_fail(error, NG_EXIT_MISSING, "verify: out of memory");
    } else if (fine) {
        run_combinational(&here);
    }
    verdict->seconds = seconds() - start;
    release(&here);
    ng_evaluator_free(here.evaluator);
    return fine;
}

bool ng_check_netlist(const ng_datapath *path, const ng_target *target, const char *netlist, uint64_t seed,
                      uint64_t cases, ng_verdict *verdict, ng_error *error)
{
    const ng_check_request request = {.name = netlist, .seed = seed, .cases = cases};
    ng_netlist loaded;
    if (!ng_netlist_load_for(&loaded, netlist, target, ng_datapath_dsps(path) != 0, error)) {
        *verdict = (ng_verdict){0};
        return false;
    }
    const bool fine = ng_check_loaded(path, &loaded, &request, verdict, error);
    ng_netlist_free(&loaded);
    return fine;
}
