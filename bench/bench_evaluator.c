/* The bit-parallel evaluator against Verilator on the same mapped netlist, the e4m3 MAC on xc7: cycles a second, a lane of the
 * evaluator being one simulation. Both are given new operands every cycle and clock once. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/bench.h"
#include "src/base/source_hash.h"
#include "src/cost/cost.h"
#include "src/netlist/evaluator.h"
#include "src/verify/verify.h"

enum { LANES = NG_EVALUATOR_LANES, ROUNDS = 2000, CYCLES = 100000, WORDS = 64 };

typedef struct {
    ng_datapath path;
    ng_netlist netlist;
    ng_evaluator *evaluator;
    const ng_port *start;
    const ng_port *first;
    const ng_port *second;
    ng_bench verilator;
    uint64_t operands[2][WORDS * LANES];
    uint64_t starts[LANES];
} circuit;

static _Noreturn void fail(const ng_error *error)
{
    fprintf(stderr, "bench: %s\n", error->text);
    exit(error->exit_code);
}

static void evaluate(void *context)
{
    circuit *c = context;
    for (unsigned i = 0; i < ROUNDS; i++) {
        const size_t at = (size_t)(i % WORDS) * LANES;
        ng_evaluator_set(c->evaluator, c->first, c->operands[0] + at, 1, LANES);
        ng_evaluator_set(c->evaluator, c->second, c->operands[1] + at, 1, LANES);
        ng_evaluator_set(c->evaluator, c->start, c->starts, 1, LANES);
        ng_evaluator_clock(c->evaluator);
    }
}

static void simulate(void *context)
{
    circuit *c = context;
    for (unsigned i = 0; i < CYCLES; i++) {
        const size_t at = i % (WORDS * LANES);
        c->verilator.load(c->verilator.model, 0, (int)c->starts[i % LANES], &c->operands[0][at], &c->operands[1][at]);
        c->verilator.clock(c->verilator.model);
    }
}

static void open_circuit(circuit *c)
{
    const ng_target *target = ng_target_find("xc7");
    const ng_format *format = ng_format_find("e4m3");
    const ng_request request = {.kind = NG_UNIT_MAC, .weight = format, .activation = format};
    const ng_cost_options counting = {"rtl", ng_source_hash(NG_SOURCE_COST)};
    char netlist[NG_PATH_SIZE];
    json_t *cost = NULL;
    ng_error error = {0};
    if (ng_datapath_init(&c->path, &request) != NG_OK || !ng_cost(&c->path, target, &counting, &cost, &error) ||
        !ng_cost_netlist(cost, netlist, &error) || !ng_netlist_load(&c->netlist, netlist, target, &error) ||
        !ng_evaluator_new(&c->evaluator, &c->netlist, &error) ||
        !ng_netlist_bench_open(&c->verilator, &c->path, target, netlist, "rtl", &error)) {
        fail(&error);
    }
    json_decref(cost);
    c->start = ng_netlist_port(&c->netlist, "first_i");
    c->first = ng_netlist_port(&c->netlist, "w_i");
    c->second = ng_netlist_port(&c->netlist, "a_i");
}

/* A sum of 64 products in each lane, the lanes one step apart. */
static void draw_operands(circuit *c)
{
    uint64_t state = 88172645463325252U;
    for (size_t i = 0; i < 2 * WORDS * LANES; i++) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        c->operands[i % 2][i / 2] = state >> 56;
    }
    for (size_t i = 0; i < LANES; i++) {
        c->starts[i] = i % WORDS == 0;
    }
}

void bench_evaluator(bench *b)
{
    circuit *c = bench_memory(sizeof *c);
    open_circuit(c);
    draw_operands(c);
    const bench_side evaluator = {"evaluator", "512 lanes", evaluate, c, (double)ROUNDS * LANES};
    const bench_side verilator = {"Verilator", "1 lane", simulate, c, CYCLES};
    bench_ratio(b, "netlist e4m3 mac", "cycles/s", &evaluator, &verilator, 40);
    ng_bench_close(&c->verilator);
    ng_evaluator_free(c->evaluator);
    ng_netlist_free(&c->netlist);
    free(c);
}
