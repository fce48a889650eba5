#include "src/netlist/evaluator.h"

#include <stdlib.h>
#include <string.h>

#include "src/netlist/program.h"
#include "src/netlist/transpose.h"

struct ng_evaluator {
    const ng_netlist *netlist;
    ng_program program;
    ng_block *nets;
    ng_block *states; /* of the flip-flops */
};

static ng_block *new_blocks(size_t count)
{
    const size_t size = (count + 1) * sizeof(ng_block);
    ng_block *blocks = aligned_alloc(sizeof(ng_block), size);
    if (blocks != NULL) {
        memset(blocks, 0, size);
    }
    return blocks;
}

bool ng_evaluator_new(ng_evaluator **evaluator, const ng_netlist *netlist, ng_error *error)
{
    ng_evaluator *made = calloc(1, sizeof *made);
    *evaluator = NULL;
    if (made == NULL || !ng_program_make(&made->program, netlist, error)) {
        free(made);
        return ng_fail(error, NG_EXIT_MISSING, "evaluator: out of memory");
    }
    made->netlist = netlist;
    made->nets = new_blocks(netlist->net_count);
    made->states = new_blocks(made->program.flip_flop_count);
    if (made->nets == NULL || made->states == NULL) {
        ng_evaluator_free(made);
        return ng_fail(error, NG_EXIT_MISSING, "evaluator: out of memory");
    }
    ng_evaluator_reset(made);
    *evaluator = made;
    return true;
}

void ng_evaluator_free(ng_evaluator *evaluator)
{
    if (evaluator != NULL) {
        ng_program_free(&evaluator->program);
        free(evaluator->nets);
        free(evaluator->states);
        free(evaluator);
    }
}

static void fill(ng_block *block, uint64_t word)
{
    for (unsigned i = 0; i < NG_BLOCK_WORDS; i++) {
        (*block)[i] = word;
    }
}

static void show_states(ng_evaluator *evaluator)
{
    for (size_t i = 0; i < evaluator->program.flip_flop_count; i++) {
        evaluator->nets[evaluator->program.flip_flops[i].output] = evaluator->states[i];
    }
}

void ng_evaluator_reset(ng_evaluator *evaluator)
{
    memset(evaluator->nets, 0, evaluator->netlist->net_count * sizeof *evaluator->nets);
    fill(&evaluator->nets[NG_NET_ONE], UINT64_MAX);
    fill(&evaluator->nets[NG_NET_X], UINT64_C(0xAAAAAAAAAAAAAAAA));
    for (size_t i = 0; i < evaluator->program.flip_flop_count; i++) {
        fill(&evaluator->states[i], evaluator->program.flip_flops[i].initial ? UINT64_MAX : 0);
    }
    show_states(evaluator);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Bits [first, first + count) of a port that lie in one limb, for the 64 lanes of one word. */
typedef struct {
    unsigned first;
    unsigned count;
    unsigned word;
    size_t lanes;
} tile;

static void set_tile(ng_evaluator *evaluator, const ng_port *port, const uint64_t *words, size_t stride, tile where)
{
    uint64_t rows[64] = {0};
    for (size_t lane = 0; lane < where.lanes; lane++) {
        rows[lane] = words[lane * stride];
    }
    ng_transpose64(rows);
    for (unsigned bit = 0; bit < where.count; bit++) {
        evaluator->nets[port->bits[where.first + bit]][where.word] = rows[bit];
    }
}

static void get_tile(const ng_evaluator *evaluator, const ng_port *port, uint64_t *words, size_t stride, tile where)
{
    uint64_t rows[64] = {0};
    for (unsigned bit = 0; bit < where.count; bit++) {
        rows[bit] = evaluator->nets[port->bits[where.first + bit]][where.word];
    }
    ng_transpose64(rows);
    for (size_t lane = 0; lane < where.lanes; lane++) {
        words[lane * stride] = rows[lane];
    }
}

static tile tile_at(const ng_port *port, unsigned limb, unsigned word, size_t count)
{
    const size_t before = 64 * (size_t)word;
    return (tile){
        .first = 64 * limb,
        .count = (unsigned)smaller(64, port->width - 64 * limb),
        .word = word,
        .lanes = count > before ? smaller(64, count - before) : 0,
    };
}

void ng_evaluator_set(ng_evaluator *evaluator, const ng_port *port, const uint64_t *words, size_t stride, size_t count)
{
    for (unsigned limb = 0; 64 * limb < port->width; limb++) {
        for (unsigned word = 0; word < NG_BLOCK_WORDS; word++) {
            const tile where = tile_at(port, limb, word, count);
            const size_t at = where.lanes != 0 ? 64 * word * stride + limb : 0;
            set_tile(evaluator, port, words + at, stride, where);
        }
    }
}

void ng_evaluator_get(const ng_evaluator *evaluator, const ng_port *port, uint64_t *words, size_t stride, size_t count)
{
    for (unsigned limb = 0; 64 * limb < port->width; limb++) {
        for (unsigned word = 0; 64 * word < count; word++) {
            get_tile(evaluator, port, words + 64 * word * stride + limb, stride, tile_at(port, limb, word, count));
        }
    }
}

void ng_evaluator_settle(ng_evaluator *evaluator)
{
    ng_program_execute(&evaluator->program, evaluator->nets, evaluator->states);
}

/* Vectors go through pointers: passing them by value depends on the machine's registers. */
static void read_input(const ng_evaluator *evaluator, uint32_t net, unsigned inverted, ng_block *value)
{
    *value = inverted != 0 ? ~evaluator->nets[net] : evaluator->nets[net];
}

static void next_state(const ng_evaluator *evaluator, const ng_flip_flop *flip_flop, ng_block *state)
{
    ng_block data;
    ng_block enable;
    ng_block reset;
    read_input(evaluator, flip_flop->data, flip_flop->inverted >> NG_FF_DATA & 1, &data);
    read_input(evaluator, flip_flop->enable, flip_flop->inverted >> NG_FF_ENABLE & 1, &enable);
    read_input(evaluator, flip_flop->reset, flip_flop->inverted >> NG_FF_RESET & 1, &reset);
    if ((flip_flop->flags & NG_FF_GATED) != 0) {
        reset &= enable;
    }
    const ng_block kept = *state ^ ((*state ^ data) & enable);
    *state = (flip_flop->flags & NG_FF_SETS) != 0 ? kept | reset : kept & ~reset;
}

void ng_evaluator_clock(ng_evaluator *evaluator)
{
    ng_evaluator_settle(evaluator);
    for (size_t i = 0; i < evaluator->program.flip_flop_count; i++) {
        next_state(evaluator, &evaluator->program.flip_flops[i], &evaluator->states[i]);
    }
    show_states(evaluator);
    ng_evaluator_settle(evaluator);
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
