/* Sums of several weight vectors with several activation vectors: every case of narrow words, all ends of all vectors, corner codes
 * in every mixture, then random codes of four distributions. */
#include "model/packing.h"
#include "src/verify/stimulus_kind.h"

enum { EXHAUSTIVE_BITS = 16, END_RUNS = NG_DSP_MAC_END_RUNS, MIXED_CORNERS = 4096 };

/* Vectors of a side, and codes of a step in all of them. */
static unsigned vectors_of(const ng_datapath *path, int side)
{
    ng_packing packing = {.weights = 1, .activations = 1};
    (void)ng_packing_init(&packing, path->weight, path->activation, path->width);
    return side == 0 ? packing.weights : packing.activations;
}

static unsigned codes_of(const ng_datapath *path, int side)
{
    return path->lanes * vectors_of(path, side);
}

static const ng_format *format_of(const ng_datapath *path, int side)
{
    return side == 0 ? path->weight : path->activation;
}

static void put(const ng_stimulus *stimulus, ng_step *step, int side, unsigned index, uint64_t code)
{
    const ng_format *format = format_of(stimulus->path, side);
    ng_operand_put(step->operand[side], index * format->bits, format->bits, (uint32_t)code & (ng_format_codes(format) - 1));
}

uint64_t ng_stimulus_dsp_every(const ng_datapath *path)
{
    const unsigned bits = path->first_bits + path->second_bits;
    return path->unit->kind == NG_UNIT_DSP_DOT && bits <= EXHAUSTIVE_BITS ? UINT64_C(1) << bits : 0;
}

static uint64_t fixed(const ng_stimulus *stimulus)
{
    return ng_stimulus_dsp_every(stimulus->path) + END_RUNS + MIXED_CORNERS;
}

/* Corners 0 and 1 are the ends: bit v of the choice for vector v of the weights, then of the activations. */
static void fill_ends(ng_stimulus *stimulus, ng_step *step, uint64_t choice)
{
    for (int side = 0; side < 2; side++) {
        const unsigned vectors = vectors_of(stimulus->path, side);
        for (unsigned i = 0; i < codes_of(stimulus->path, side); i++) {
            put(stimulus, step, side, i, stimulus->corners[side].code[choice >> (2 * side + (int)(i % vectors)) & 1]);
        }
    }
}

static void fill_corners(ng_stimulus *stimulus, ng_step *step)
{
    for (int side = 0; side < 2; side++) {
        for (unsigned i = 0; i < codes_of(stimulus->path, side); i++) {
            const uint64_t bits = ng_random_bits(&stimulus->random) >> 20;
            put(stimulus, step, side, i, stimulus->corners[side].code[bits % stimulus->corners[side].count]);
        }
    }
}

/* Two codes of a side for a whole sequence, or Gaussian ones, or any. */
static void fill_random(ng_stimulus *stimulus, ng_step *step)
{
    ng_random choice = ng_random_start(~stimulus->seed, stimulus->sequence);
    for (int side = 0; side < 2; side++) {
        const uint64_t two = ng_random_bits(&choice);
        for (unsigned i = 0; i < codes_of(stimulus->path, side); i++) {
            const uint64_t bits = ng_random_bits(&stimulus->random);
            switch (stimulus->sequence % 4) {
            case 0: put(stimulus, step, side, i, bits); break;
            case 1: put(stimulus, step, side, i, stimulus->gaussian[side].code[bits % NG_GAUSSIAN_CODES]); break;
            case 2: put(stimulus, step, side, i, two >> (bits & 32)); break;
            default: put(stimulus, step, side, i, stimulus->corners[side].code[bits & 1]); break;
            }
        }
    }
}

static void fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t every = ng_stimulus_dsp_every(path);
    uint64_t index = stimulus->sequence;
    if (index < every) {
        step->operand[0][0] = index & ((UINT64_C(1) << path->first_bits) - 1);
        step->operand[1][0] = index >> path->first_bits;
        return;
    }
    index -= every;
    if (index < END_RUNS) {
        fill_ends(stimulus, step, index);
    } else if (index < END_RUNS + MIXED_CORNERS) {
        fill_corners(stimulus, step);
    } else {
        fill_random(stimulus, step);
    }
}

uint64_t ng_stimulus_dsp_dot_fixed(const ng_stimulus *stimulus)
{
    return fixed(stimulus);
}

void ng_stimulus_dsp_dot_fill(ng_stimulus *stimulus, ng_step *step)
{
    fill(stimulus, step);
}

uint64_t ng_stimulus_dsp_mac_fixed(const ng_stimulus *stimulus)
{
    return fixed(stimulus);
}

void ng_stimulus_dsp_mac_fill(ng_stimulus *stimulus, ng_step *step)
{
    fill(stimulus, step);
}
