#include "src/verify/stimulus_kind.h"

#include <string.h>

#include "model/operand.h"

enum { MIXED_CORNERS = 4096, RANDOM_RUN = 64, SHORT_RUN = 4, SCALE_PAIRS = 1 << (2 * NG_SCALE_BITS) };

/* ---- corners ---- */

static void add_corner(ng_corners *corners, const ng_format *format, uint32_t code)
{
    code &= ng_format_codes(format) - 1;
    for (unsigned i = 0; i < corners->count; i++) {
        if (corners->code[i] == code) {
            return;
        }
    }
    if (corners->count < NG_CORNERS_MAX) {
        corners->code[corners->count++] = code;
    }
}

ng_corners ng_corners_of(const ng_format *format)
{
    ng_corners corners = {.count = 0};
    const uint32_t sign = ng_format_codes(format) / 2;
    const uint32_t normal = format->kind == NG_KIND_MINIFLOAT ? UINT32_C(1) << format->mantissa_bits : sign / 2;
    const uint32_t magnitudes[] = {ng_format_largest(format), 0, 1, normal, normal - 1, sign - 1, sign - 2,
                                   0x55 & (sign - 1), normal + 1, 2 * normal, (sign - 1) & ~(normal - 1)};
    add_corner(&corners, format, ng_format_largest(format));
    add_corner(&corners, format, ng_format_smallest(format));
    for (unsigned i = 0; i < sizeof magnitudes / sizeof magnitudes[0]; i++) {
        add_corner(&corners, format, magnitudes[i] & (sign - 1));
        add_corner(&corners, format, format->kind == NG_KIND_INTEGER ? 0 - magnitudes[i] : magnitudes[i] | sign);
    }
    return corners;
}

static uint32_t negated(const ng_format *format, uint32_t code)
{
    const uint32_t codes = ng_format_codes(format);
    return (format->kind == NG_KIND_INTEGER ? 0 - code : code ^ codes / 2) & (codes - 1);
}

/* ---- operand words ---- */

static const ng_format *format_of(const ng_stimulus *stimulus, int side)
{
    return side == 0 ? stimulus->path->weight : stimulus->path->activation;
}

static void put_lane(const ng_stimulus *stimulus, ng_step *step, int side, unsigned lane, uint32_t code)
{
    const unsigned bits = format_of(stimulus, side)->bits;
    ng_operand_put(step->operand[side], lane * bits, bits, code);
}

static uint32_t get_lane(const ng_stimulus *stimulus, const ng_step *step, int side, unsigned lane)
{
    const unsigned bits = format_of(stimulus, side)->bits;
    return ng_operand_bits(step->operand[side], lane * bits, bits);
}

static void put_scales(const ng_stimulus *stimulus, ng_step *step, uint32_t weight, uint32_t activation)
{
    if (stimulus->path->scale_bits != 0) {
        ng_operand_put(step->operand[0], stimulus->path->first_bits - NG_SCALE_BITS, NG_SCALE_BITS, weight);
        ng_operand_put(step->operand[1], stimulus->path->second_bits - NG_SCALE_BITS, NG_SCALE_BITS, activation);
    }
}

/* Mostly uniform; one in four from the ends and the middle. */
static uint32_t random_scale(ng_random *random)
{
    static const uint8_t ends[8] = {0, 1, 126, 127, 128, 253, 254, 255};
    const uint64_t bits = ng_random_bits(random);
    return (bits & 3) == 0 ? ends[(bits >> 2) & 7] : (uint32_t)(bits >> 8) & 0xFF;
}

static void put_random_scales(ng_stimulus *stimulus, ng_step *step)
{
    if (stimulus->path->scale_bits != 0) {
        const uint32_t weight = random_scale(&stimulus->random);
        put_scales(stimulus, step, weight, random_scale(&stimulus->random));
    }
}

/* ---- random steps ---- */

void ng_stimulus_put_random(ng_stimulus *stimulus, uint64_t *word, unsigned position, unsigned count)
{
    for (unsigned done = 0; done < count; done += 32) {
        const unsigned bits = count - done < 32 ? count - done : 32;
        ng_operand_put(word, position + done, bits, (uint32_t)ng_random_bits(&stimulus->random));
    }
}

static void fill_uniform(ng_stimulus *stimulus, ng_step *step)
{
    for (int side = 0; side < 2; side++) {
        ng_stimulus_put_random(stimulus, step->operand[side], 0, format_of(stimulus, side)->bits * stimulus->path->lanes);
    }
}

static void fill_gaussian(ng_stimulus *stimulus, ng_step *step)
{
    for (unsigned lane = 0; lane < stimulus->path->lanes; lane++) {
        const uint64_t bits = ng_random_bits(&stimulus->random);
        put_lane(stimulus, step, 0, lane, stimulus->gaussian[0].code[bits % NG_GAUSSIAN_CODES]);
        put_lane(stimulus, step, 1, lane, stimulus->gaussian[1].code[(bits >> 32) % NG_GAUSSIAN_CODES]);
    }
}

/* Every second product is nearly the negative of the one before it, in the lane or the step before. */
static void fill_cancelling(ng_stimulus *stimulus, ng_step *step)
{
    for (unsigned lane = 0; lane < stimulus->path->lanes; lane++) {
        const bool across_steps = stimulus->path->lanes == 1 && stimulus->position % 2 == 1;
        const ng_step *from = across_steps ? &stimulus->last : step;
        const uint64_t bits = ng_random_bits(&stimulus->random);
        if (lane % 2 == 1 || across_steps) {
            const unsigned before = across_steps ? 0 : lane - 1;
            const uint32_t weight = get_lane(stimulus, from, 0, before);
            put_lane(stimulus, step, 0, lane, negated(stimulus->path->weight, weight));
            put_lane(stimulus, step, 1, lane, get_lane(stimulus, from, 1, before) ^ (uint32_t)(bits & 1));
        } else {
            put_lane(stimulus, step, 0, lane, (uint32_t)bits & (ng_format_codes(stimulus->path->weight) - 1));
            put_lane(stimulus, step, 1, lane, (uint32_t)(bits >> 32) & (ng_format_codes(stimulus->path->activation) - 1));
        }
    }
}

/* Two weights and two activations, one of each in every lane: lanes that carry, overflow or cancel together in all patterns, of
 * which independent lanes show few (found by a mutant of a count of sixteen carries). The codes hold for a sequence. */
static void fill_two_codes(ng_stimulus *stimulus, ng_step *step)
{
    ng_random choice = ng_random_start(~stimulus->seed, stimulus->sequence);
    const uint64_t codes[2] = {ng_random_bits(&choice), ng_random_bits(&choice)};
    for (unsigned lane = 0; lane < stimulus->path->lanes; lane++) {
        const uint64_t bits = ng_random_bits(&stimulus->random);
        for (int side = 0; side < 2; side++) {
            const uint64_t code = codes[side] >> (bits >> (32 * side) & 1 ? 32 : 0);
            put_lane(stimulus, step, side, lane, (uint32_t)code & (ng_format_codes(format_of(stimulus, side)) - 1));
        }
    }
}

static void fill_random(ng_stimulus *stimulus, ng_step *step)
{
    switch (stimulus->sequence % 4) {
    case 0: fill_uniform(stimulus, step); break;
    case 1: fill_gaussian(stimulus, step); break;
    case 2: fill_two_codes(stimulus, step); break;
    default: fill_cancelling(stimulus, step); break;
    }
    put_random_scales(stimulus, step);
}

/* ---- corner steps of products ---- */

static uint64_t corner_pairs(const ng_stimulus *stimulus)
{
    return (uint64_t)stimulus->corners[0].count * stimulus->corners[1].count;
}

static void corner_pair(const ng_stimulus *stimulus, uint64_t index, uint32_t codes[2])
{
    codes[0] = stimulus->corners[0].code[index % stimulus->corners[0].count];
    codes[1] = stimulus->corners[1].code[index / stimulus->corners[0].count % stimulus->corners[1].count];
}

/* The same corner pair in every lane; with alternate, odd lanes (or steps) have the weight negated. */
static void fill_corner_pair(ng_stimulus *stimulus, ng_step *step, uint64_t index, bool alternate)
{
    uint32_t codes[2];
    corner_pair(stimulus, index, codes);
    for (unsigned lane = 0; lane < stimulus->path->lanes; lane++) {
        const bool flip = alternate && (lane + stimulus->position) % 2 == 1;
        put_lane(stimulus, step, 0, lane, flip ? negated(stimulus->path->weight, codes[0]) : codes[0]);
        put_lane(stimulus, step, 1, lane, codes[1]);
    }
    put_random_scales(stimulus, step);
}

/* One lane holds an extreme pair, the others the first corner code that is zero (or the smallest magnitude). */
static void fill_single_lane(ng_stimulus *stimulus, ng_step *step, uint64_t index)
{
    const unsigned busy = (unsigned)(index / 4);
    for (unsigned lane = 0; lane < stimulus->path->lanes; lane++) {
        for (int side = 0; side < 2; side++) {
            const unsigned end = (unsigned)(index >> side) & 1;
            put_lane(stimulus, step, side, lane, lane == busy ? stimulus->corners[side].code[end] : 0);
        }
    }
    put_random_scales(stimulus, step);
}

static void fill_mixed_corners(ng_stimulus *stimulus, ng_step *step)
{
    for (unsigned lane = 0; lane < stimulus->path->lanes; lane++) {
        uint32_t codes[2];
        corner_pair(stimulus, ng_random_bits(&stimulus->random) >> 20, codes);
        put_lane(stimulus, step, 0, lane, codes[0]);
        put_lane(stimulus, step, 1, lane, codes[1]);
    }
    put_random_scales(stimulus, step);
}

/* ---- multiply: every pair ---- */

static uint64_t exhaustive_pairs(const ng_datapath *path)
{
    return (uint64_t)ng_format_codes(path->weight) * ng_format_codes(path->activation);
}

static uint64_t multiply_sequences(const ng_datapath *path)
{
    return exhaustive_pairs(path) + (path->scale_bits != 0 ? SCALE_PAIRS : 0);
}

static void fill_multiply(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t pairs = exhaustive_pairs(path);
    const uint64_t index = stimulus->sequence;
    if (index >= multiply_sequences(path)) {
        fill_random(stimulus, step);
    } else if (index >= pairs) {
        fill_uniform(stimulus, step);
        put_scales(stimulus, step, (uint32_t)((index - pairs) & 0xFF), (uint32_t)((index - pairs) >> 8));
    } else {
        put_lane(stimulus, step, 0, 0, (uint32_t)(index % ng_format_codes(path->weight)));
        put_lane(stimulus, step, 1, 0, (uint32_t)(index / ng_format_codes(path->weight)));
        put_random_scales(stimulus, step);
    }
}

/* ---- accumulate and dot ---- */

enum { EXTREME_RUNS = 8 };

/* Sequences before the random ones: corner pairs plain and alternating, and per kind the extremes or single lanes. */
uint64_t ng_stimulus_product_fixed(const ng_stimulus *stimulus)
{
    const uint64_t special = stimulus->path->unit->kind == NG_UNIT_MAC ? EXTREME_RUNS : 4 * stimulus->path->lanes;
    return special + 2 * corner_pairs(stimulus) + MIXED_CORNERS;
}

void ng_stimulus_product_fill(ng_stimulus *stimulus, ng_step *step)
{
    const bool mac = stimulus->path->unit->kind == NG_UNIT_MAC;
    const uint64_t special = mac ? EXTREME_RUNS : 4 * stimulus->path->lanes;
    const uint64_t pairs = corner_pairs(stimulus);
    uint64_t index = stimulus->sequence;
    if (index < special && mac) {
        /* Corners 0 and 1 are the ends: all four pairs of ends, held and alternating, for `terms` steps. */
        fill_corner_pair(stimulus, step, (index & 1) + (index >> 1 & 1) * stimulus->corners[0].count, index >= 4);
        return;
    }
    if (index < special) {
        fill_single_lane(stimulus, step, index);
        return;
    }
    index -= special;
    if (index < 2 * pairs) {
        fill_corner_pair(stimulus, step, index % pairs, index >= pairs);
    } else if (index < 2 * pairs + MIXED_CORNERS) {
        fill_mixed_corners(stimulus, step);
    } else {
        fill_random(stimulus, step);
    }
}

static uint64_t sequence_length(ng_stimulus *stimulus)
{
    const ng_kind_row *kind = ng_unit_kind_at(stimulus->path->unit->kind);
    if (stimulus->path->unit->kind == NG_UNIT_DSP_MAC && stimulus->sequence < NG_DSP_MAC_END_RUNS) {
        return stimulus->path->terms / stimulus->path->lanes;
    }
    if (kind->clocked && !kind->product) { /* seven of eight are short where sums round, and so forget */
        const uint64_t word = ng_random_bits(&stimulus->random);
        const bool brief = stimulus->path->output != NULL && (word & 7) != 0;
        return 1 + (word >> 32) % (brief ? SHORT_RUN : RANDOM_RUN);
    }
    if (!kind->clocked) {
        return 1;
    }
    const uint64_t terms = stimulus->path->terms;
    if (stimulus->sequence < EXTREME_RUNS) {
        return terms;
    }
    const uint64_t run = stimulus->sequence < ng_stimulus_product_fixed(stimulus)
                             ? 4
                             : 1 + ng_random_bits(&stimulus->random) % RANDOM_RUN;
    return run < terms ? run : terms;
}

/* ---- convert back ---- */

/* Corner sums: +-2^k, its neighbours, and 2^k + 2^j for two bits apart, each at every shift. */
static uint64_t convert_corners(const ng_datapath *path)
{
    return (uint64_t)path->sum_bits * 12 * path->sum_bits;
}

static ng_wide corner_sum(const ng_datapath *path, uint64_t index)
{
    static const int8_t offsets[6] = {0, 1, -1, 2, 3, -2};
    const unsigned power = (unsigned)(index / 12 % path->sum_bits);
    ng_wide sum = ng_wide_shift_left(ng_wide_from_int(1), power);
    sum = ng_wide_add(sum, ng_wide_shift_left(ng_wide_from_int(offsets[index % 6]), power > 5 ? power - 5 : 0));
    sum = ng_wide_add(sum, ng_wide_from_int(offsets[index % 6]));
    return index % 12 < 6 ? sum : ng_wide_negate(sum);
}

/* A sum of random length; one in four has few bits set, so that ties occur. */
static ng_wide random_sum(ng_stimulus *stimulus)
{
    ng_wide sum;
    const uint64_t control = ng_random_bits(&stimulus->random);
    for (int i = 0; i < NG_WIDE_LIMBS; i++) {
        sum.limb[i] = ng_random_bits(&stimulus->random);
        if ((control & 3) == 0) {
            sum.limb[i] &= ng_random_bits(&stimulus->random) & ng_random_bits(&stimulus->random) &
                           ng_random_bits(&stimulus->random);
        }
    }
    const unsigned length = 1 + (unsigned)(control >> 8) % stimulus->path->sum_bits;
    return ng_wide_sign_extend(sum, length);
}

static void fill_convert(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t corners = convert_corners(path);
    const bool corner = stimulus->sequence < corners;
    ng_wide sum = corner ? corner_sum(path, stimulus->sequence) : random_sum(stimulus);
    const uint64_t shift = corner ? stimulus->sequence / (12 * path->sum_bits)
                                  : ng_random_bits(&stimulus->random) >> 16 & ((1U << path->second_bits) - 1);
    sum = ng_wide_truncate(sum, path->first_bits);
    memcpy(step->operand[0], sum.limb, sizeof sum.limb);
    step->operand[1][0] = shift;
}

/* ---- the stream ---- */

bool ng_stimulus_exhaustive(const ng_datapath *path)
{
    return path->unit->kind == NG_UNIT_MUL || ng_stimulus_dsp_every(path) != 0;
}

/* Sequences every run must hold, whatever the number of cases asked for. */
static uint64_t fixed_sequences(const ng_stimulus *stimulus)
{
    switch (stimulus->path->unit->kind) {
    case NG_UNIT_MUL: return multiply_sequences(stimulus->path);
    case NG_UNIT_CONVERT: return convert_corners(stimulus->path);
#define PRODUCT(id, name, clocked, first, second)
#define KIND(id, name, clocked, first, second) case NG_UNIT_##id: return ng_stimulus_##name##_fixed(stimulus);
#include "model/kinds.def"
#undef PRODUCT
#undef KIND
    case NG_UNIT_MAC:
    case NG_UNIT_DOT:
    case NG_UNIT_PIPE:
    case NG_UNIT_KIND_COUNT: break;
    }
    return ng_stimulus_product_fixed(stimulus);
}

static void start_sequence(ng_stimulus *stimulus)
{
    stimulus->random = ng_random_start(stimulus->seed, stimulus->sequence);
    stimulus->position = 0;
    stimulus->length = sequence_length(stimulus);
}

void ng_stimulus_start(ng_stimulus *stimulus, const ng_datapath *path, uint64_t seed, uint64_t cases, unsigned stream,
                       unsigned streams)
{
    memset(stimulus, 0, sizeof *stimulus);
    stimulus->path = path;
    stimulus->seed = seed;
    stimulus->streams = streams;
    stimulus->wanted = (cases + streams - 1) / streams;
    for (int side = 0; side < 2; side++) {
        stimulus->corners[side] = ng_corners_of(format_of(stimulus, side));
        ng_gaussian_fill(&stimulus->gaussian[side], format_of(stimulus, side), seed + (uint64_t)side);
    }
    stimulus->sequence = stream;
    start_sequence(stimulus);
}

void ng_stimulus_fork(ng_stimulus *stimulus, const ng_stimulus *from, unsigned stream)
{
    *stimulus = *from;
    stimulus->given = 0;
    stimulus->sequence = stream;
    start_sequence(stimulus);
}

bool ng_stimulus_next(ng_stimulus *stimulus, ng_step *step)
{
    if (stimulus->position == stimulus->length) {
        stimulus->sequence += stimulus->streams;
        start_sequence(stimulus);
    }
    const uint64_t fixed = fixed_sequences(stimulus);
    const bool complete = stimulus->path->unit->kind == NG_UNIT_MUL || stimulus->given >= stimulus->wanted;
    if (stimulus->position == 0 && stimulus->sequence >= fixed && complete) {
        return false;
    }
    memset(step, 0, sizeof *step);
    step->first = stimulus->position == 0;
    switch (stimulus->path->unit->kind) {
    case NG_UNIT_MUL: fill_multiply(stimulus, step); break;
    case NG_UNIT_CONVERT: fill_convert(stimulus, step); break;
#define PRODUCT(id, name, clocked, first, second)
#define KIND(id, name, clocked, first, second) case NG_UNIT_##id: ng_stimulus_##name##_fill(stimulus, step); break;
#include "model/kinds.def"
#undef PRODUCT
#undef KIND
    case NG_UNIT_KIND_COUNT: break;
    case NG_UNIT_MAC:
    case NG_UNIT_DOT:
    case NG_UNIT_PIPE: ng_stimulus_product_fill(stimulus, step); break;
    }
    stimulus->last = *step;
    stimulus->position++;
    stimulus->given++;
    return true;
}
