#include "src/netlist/evaluator.h"

#include <stdlib.h>
#include <string.h>

#include "src/netlist/program.h"
#include "src/netlist/transpose.h"

struct ng_evaluator {
    const ng_netlist *netlist;
    ng_program program;
    ng_block *slots;
    uint8_t *computed; /* of each net: a step drives it */
    bool stale;        /* the steps have not been executed since something changed */
};

static ng_block *new_blocks(size_t count)
{
    const size_t size = count * sizeof(ng_block);
    ng_block *blocks = aligned_alloc(sizeof(ng_block), size);
    if (blocks != NULL) {
        memset(blocks, 0, size);
    }
    return blocks;
}

static void mark_computed(const ng_netlist *netlist, uint8_t *computed)
{
    for (size_t i = 0; i < netlist->step_count; i++) {
        uint32_t nets[NG_STEP_OUTPUTS_MAX];
        const unsigned count = ng_step_outputs(netlist, netlist->steps[i], nets);
        for (unsigned o = 0; o < count; o++) {
            computed[nets[o]] = 1;
        }
    }
}

bool ng_evaluator_new(ng_evaluator **evaluator, const ng_netlist *netlist, ng_error *error)
{
    ng_evaluator *made = calloc(1, sizeof *made);
    *evaluator = NULL;
    if (made == NULL || !ng_program_make(&made->program, netlist, NG_PROGRAM_SETTLE, error)) {
        free(made);
        return ng_fail(error, NG_EXIT_MISSING, "evaluator: out of memory");
    }
    made->netlist = netlist;
    made->slots = new_blocks(made->program.slots);
    made->computed = calloc(netlist->net_count, 1);
    if (made->slots == NULL || made->computed == NULL) {
        ng_evaluator_free(made);
        return ng_fail(error, NG_EXIT_MISSING, "evaluator: out of memory");
    }
    mark_computed(netlist, made->computed);
    ng_evaluator_reset(made);
    *evaluator = made;
    return true;
}

void ng_evaluator_free(ng_evaluator *evaluator)
{
    if (evaluator != NULL) {
        ng_program_free(&evaluator->program);
        free(evaluator->slots);
        free(evaluator->computed);
        free(evaluator);
    }
}

static void fill(ng_block *block, uint64_t word)
{
    for (unsigned i = 0; i < NG_BLOCK_WORDS; i++) {
        (*block)[i] = word;
    }
}

void ng_evaluator_reset(ng_evaluator *evaluator)
{
    const ng_program *program = &evaluator->program;
    memset(evaluator->slots, 0, program->slots * sizeof *evaluator->slots);
    fill(&evaluator->slots[NG_NET_ONE], UINT64_MAX);
    for (unsigned i = 1; i < NG_BLOCK_WORDS; i += 2) {
        evaluator->slots[NG_NET_X][i] = UINT64_MAX;
    }
    for (size_t i = 0; i < program->initial_count; i++) {
        fill(&evaluator->slots[program->initials[i].slot], program->initials[i].value ? UINT64_MAX : 0);
    }
    evaluator->stale = true;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

void ng_evaluator_set(ng_evaluator *evaluator, const ng_port *port, const uint64_t *words, size_t stride, size_t count)
{
    ng_port_load(evaluator->slots, port, words, stride, count);
    evaluator->stale = true;
}

/* A port that flip-flops or inputs drive can be read before the logic has settled. */
static bool is_computed(const ng_evaluator *evaluator, const ng_port *port)
{
    for (unsigned bit = 0; bit < port->width; bit++) {
        if (evaluator->computed[port->bits[bit]] != 0) {
            return true;
        }
    }
    return false;
}

void ng_evaluator_get(ng_evaluator *evaluator, const ng_port *port, uint64_t *words, size_t stride, size_t count)
{
    if (evaluator->stale && is_computed(evaluator, port)) {
        ng_evaluator_settle(evaluator);
    }
    ng_port_store(evaluator->slots, port, words, stride, count);
}

void ng_evaluator_settle(ng_evaluator *evaluator)
{
    if (evaluator->stale) {
        ng_listing_execute(&evaluator->program.settle, evaluator->slots);
        evaluator->stale = false;
    }
}

void ng_evaluator_clock(ng_evaluator *evaluator)
{
    ng_evaluator_settle(evaluator);
    ng_listing_execute(&evaluator->program.edge, evaluator->slots);
    evaluator->stale = true;
}

static bool find_port(const ng_netlist *netlist, const char *name, bool output, const ng_port **port, ng_error *error)
{
    *port = ng_netlist_port(netlist, name);
    return (*port != NULL && (*port)->output == output) ||
           ng_fail(error, NG_EXIT_CHECK, "netlist %s has no %s port %s", netlist->module, output ? "output" : "input",
                   name);
}

bool ng_evaluator_run(ng_evaluator *evaluator, const ng_evaluator_ports *ports, const uint64_t *first,
                      size_t first_stride, const uint64_t *second, size_t second_stride, uint64_t *result,
                      size_t result_stride, size_t count, ng_error *error)
{
    const ng_port *in[2];
    const ng_port *out;
    if (!find_port(evaluator->netlist, ports->first, false, &in[0], error) ||
        !find_port(evaluator->netlist, ports->second, false, &in[1], error) ||
        !find_port(evaluator->netlist, ports->result, true, &out, error)) {
        return false;
    }
    for (size_t done = 0; done < count; done += NG_EVALUATOR_LANES) {
        const size_t lanes = smaller(NG_EVALUATOR_LANES, count - done);
        ng_evaluator_set(evaluator, in[0], first + done * first_stride, first_stride, lanes);
        ng_evaluator_set(evaluator, in[1], second + done * second_stride, second_stride, lanes);
        ng_evaluator_settle(evaluator);
        ng_evaluator_get(evaluator, out, result + done * result_stride, result_stride, lanes);
    }
    return true;
}
