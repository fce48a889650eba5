#include "src/verify/stimulus_block_term.h"

#include "src/verify/stimulus_block_pair.h"

enum { SCALES = 1 << NG_SCALE_SUM_BITS, ENDS = 8, LENGTHS = 64, SHIFTS = 29 };

uint64_t ng_stimulus_block_term_fixed(const ng_stimulus *stimulus)
{
    (void)stimulus;
    return ENDS * LENGTHS;
}

/* The field as it is. */
static void put_field(const ng_stimulus *stimulus, ng_step *step, uint64_t sum, uint64_t scale, bool flag)
{
    const ng_datapath *path = stimulus->path;
    ng_wide word = ng_wide_truncate(ng_wide_from_int((int64_t)sum), path->sum_bits);
    ng_wide_put(&word, path->sum_bits, path->scale_bits, scale);
    ng_wide_put(&word, path->sum_bits + path->scale_bits, path->flag_bits, flag);
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        step->operand[0][i] = word.limb[i];
    }
}

static bool has_product(const ng_stimulus *stimulus)
{
    return stimulus->path->scale_bits != NG_SCALE_SUM_BITS;
}

static void put(const ng_stimulus *stimulus, ng_step *step, uint64_t sum, uint64_t scale, bool flag)
{
    if (has_product(stimulus)) { /* {shift, product of two significands of 4 bits} */
        scale = scale % SHIFTS << NG_SCALE_PRODUCT_BITS | ((scale * 37 + sum) & 15) * ((scale * 11 + sum / 16) & 15);
    }
    put_field(stimulus, step, sum, scale, flag);
}

/* +-2^length and its neighbours at an end of the scales or near it; every second step the negative of a neighbour. */
static void fill_corner(ng_stimulus *stimulus, ng_step *step)
{
    static const uint16_t ends[ENDS] = {0, 1, 100, 254, 255, 300, 509, 510};
    const uint64_t index = stimulus->sequence;
    const unsigned length = (unsigned)(index / ENDS) % stimulus->path->sum_bits;
    const uint64_t power = UINT64_C(1) << length;
    const uint64_t word = ng_random_bits(&stimulus->random);
    const uint64_t sum = power + (word & 3) - 1;
    put(stimulus, step, stimulus->position % 2 == 0 ? sum : 0 - sum, ends[index % ENDS] ^ (word >> 8 & (word >> 12 & 1)),
        (word >> 16 & 15) == 0);
}

/* Random sums under random scales; a sequence's scales lie about a middle, or cancel the term before. */
static void fill_anywhere(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t word = ng_random_bits(&stimulus->random);
    const uint64_t control = ng_random_bits(&stimulus->random);
    const ng_wide last = {{stimulus->last.operand[0][0], stimulus->last.operand[0][1], 0, 0}};
    const unsigned length = 1 + (unsigned)(control >> 8) % path->sum_bits;
    const uint64_t mask = length < 64 ? (UINT64_C(1) << length) - 1 : UINT64_MAX;
    const uint64_t middle = stimulus->sequence * 37 % 480;
    uint64_t sum = (control & 1) != 0 ? word & mask : 0 - (word & mask);
    uint64_t scale = middle + (control >> 16 & 31);
    if ((control & 6) == 2) {
        scale = (control >> 16) % (SCALES - 1);
    }
    if ((control & 14) == 8 && stimulus->position != 0) {
        const ng_wide before = ng_wide_sign_extend(last, path->sum_bits);
        sum = 0 - before.limb[0] + (control >> 32 & 1);
        scale = ng_wide_bits(&last, path->sum_bits, path->scale_bits);
    }
    put(stimulus, step, sum, scale, (control >> 40 & 255) == 0);
}

/* ---- about a register that rounds ---- */

enum { SHAPES = 8, MODES = 8 };

/* `length` bits with a leading one: alone, with one other or two, ones without an end or with one and
 * at times another below, a hole in them, few ones, or any. */
static uint64_t shape(ng_random *random, unsigned length)
{
    const uint64_t top = UINT64_C(1) << (length - 1);
    const uint64_t control = ng_random_bits(random);
    const uint64_t below = ng_random_bits(random) & (top - 1);
    const uint64_t one = UINT64_C(1) << (control >> 8 & 0xFFFF) % length;
    const uint64_t other = UINT64_C(1) << (control >> 24 & 0xFFFF) % length;
    switch (control % SHAPES) {
    case 0: return top;
    case 1: return top | one;
    case 2: return top | one | other;
    case 3: return (2 * top - (below % 4 == 0 ? 1 : one)) | (below % 2 == 0 ? 0 : other);
    case 4: return (2 * top - 1) ^ (one == top ? 0 : one);
    case 5: return top | (below & (7 * (top / 8))) | one;
    case 6: return top | (below & ng_random_bits(random) & ng_random_bits(random));
    default: return top | below;
    }
}

/* One to three ones anywhere below bit `length`: what an OR of many bits may miss. */
static uint64_t few_ones(ng_random *random, unsigned length)
{
    const uint64_t control = ng_random_bits(random);
    const uint64_t first = UINT64_C(1) << (control >> 8 & 0xFFFF) % length;
    const uint64_t second = UINT64_C(1) << (control >> 24 & 0xFFFF) % length;
    const uint64_t third = UINT64_C(1) << (control >> 40 & 0xFFFF) % length;
    return first | ((control & 3) != 0 ? second : 0) | ((control & 2) != 0 ? third : 0);
}

static int clamped(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

static unsigned length_of(uint64_t number)
{
    unsigned length = 0;
    for (; number != 0; number >>= 1) {
        length++;
    }
    return length;
}

/* size * 2^k with its leading one at `exponent`, as nearly as the scales allow. */
static void put_at(ng_stimulus *stimulus, ng_step *step, uint64_t size, bool negative, int exponent)
{
    const ng_datapath *path = stimulus->path;
    const int most = path->scale_bits != NG_SCALE_SUM_BITS ? SHIFTS - 1 : SCALES - 2;
    const int shift = clamped(exponent - (int)length_of(size) + 1 - path->lsb, 0, most);
    put(stimulus, step, negative ? 0 - size : size, (uint64_t)shift, (ng_random_bits(&stimulus->random) & 255) == 0);
}

static int smallest_exponent(const ng_format *output)
{
    return 1 - output->bias - (int)output->mantissa_bits;
}

/* Exponents of leading ones, from what leaves but a sign to what stays too large with its top bits lost; a sequence keeps to a middle
 * and strays from it by what a register can still see. Half of them have one sign and so climb. */
static void fill_near(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const int bits = (int)path->sum_bits;
    const int sees = (int)path->output->mantissa_bits + 3;
    const int least = smallest_exponent(path->output) - 3;
    const int most = path->output->bias + 2 + bits;
    ng_random of_sequence = ng_random_start(~stimulus->seed, stimulus->sequence);
    const uint64_t kept = ng_random_bits(&of_sequence);
    const uint64_t control = ng_random_bits(&stimulus->random);
    const unsigned length = 1 + (unsigned)(control >> 8 & 0xFFFF) % path->sum_bits;
    const bool smallest = length == path->sum_bits;
    const int stray = (kept & 6) == 0 || (control & 3) == 0 ? 0 : (int)(control >> 24 & 0xFFFF) % (2 * sees + 1) - sees;
    const int middle = least + (int)(kept >> 8 & 0xFFFF) % (most - least + 1);
    const uint64_t size = smallest ? UINT64_C(1) << (length - 1) : shape(&stimulus->random, length);
    const bool negative = smallest || ((kept & 1) != 0 ? (kept & 8) != 0 : (control & 4) != 0);
    put_at(stimulus, step, size, negative, middle + stray);
}

/* Far below all numbers, near the smallest or as far as scales go: of what is lost only the sign is left, which shows after the other sign,
 * so most of the time signs take turns. The most negative sum alone has a one in its top bit. */
static void fill_lost(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const uint64_t control = ng_random_bits(&stimulus->random);
    const unsigned bits = path->sum_bits - 1;
    const bool most = (control & 0xE0) == 0;
    const uint64_t size = most                  ? UINT64_C(1) << bits
                          : (control & 16) != 0 ? few_ones(&stimulus->random, bits)
                                                : shape(&stimulus->random, 1 + (unsigned)(control >> 8 & 0xFFFF) % bits);
    const int smallest = smallest_exponent(path->output);
    const int near = 2 * (int)path->sum_bits;
    const int deepest = smallest - path->lsb - (int)path->sum_bits;
    const int depth = (control >> 40 & 1) != 0 || deepest < near ? near : deepest;
    const bool negative = most || ((control & 7) == 0 ? (control & 8) != 0 : stimulus->position % 2 == 0);
    put_at(stimulus, step, size, negative, smallest - 1 - (int)(control >> 24 & 0xFFFF) % depth);
}

/* Half between two numbers, normal or not, or barely more: what is left of the sum in the register, or below, decides. */
static void fill_tie(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const int smallest = smallest_exponent(path->output);
    const uint64_t control = ng_random_bits(&stimulus->random);
    const int exponent = smallest - 1 + (int)(control >> 48) % (path->output->bias - smallest + 2);
    const unsigned kept = (unsigned)clamped(exponent - smallest + 1, 0, (int)path->output->mantissa_bits + 1);
    const uint64_t head = kept != 0 ? UINT64_C(1) << (kept - 1) : 0;
    const uint64_t half = 2 * (head | (control >> 8 & (head - (head != 0)))) + 1;
    const unsigned room = path->sum_bits > kept + 2 ? path->sum_bits - 2 - kept : 0;
    const unsigned below = room != 0 ? (unsigned)(control >> 40 & 255) % (room + 1) : 0;
    const uint64_t rest = below != 0 && (control & 2) != 0 ? shape(&stimulus->random, 1 + (unsigned)(control >> 2) % below) : 0;
    put_at(stimulus, step, (half << below) + rest, (control & 1) != 0, exponent);
}

/* The opposite of as much of the term before as a register keeps, and something below it: the sum's leading one lies anywhere. */
static void fill_opposite(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const ng_wide last = {{stimulus->last.operand[0][0], stimulus->last.operand[0][1], 0, 0}};
    const uint64_t before = ng_wide_sign_extend(last, path->sum_bits).limb[0];
    const bool negative = (before >> 63) != 0;
    const uint64_t size = negative ? 0 - before : before;
    const uint64_t control = ng_random_bits(&stimulus->random);
    unsigned lost = 0;
    while (size >> lost > UINT64_C(2) << path->output->mantissa_bits) {
        lost++;
    }
    const uint64_t head = (size >> lost) + (control >> 1 & 1);
    const uint64_t rest = lost != 0 && (control & 12) != 0 ? shape(&stimulus->random, 1 + (unsigned)(control >> 8) % lost) : 0;
    const uint64_t sum = (head << lost) + ((control & 1) != 0 ? rest : 0 - rest);
    put(stimulus, step, negative ? sum : 0 - sum, ng_wide_bits(&last, path->sum_bits, path->scale_bits), false);
}

/* A number where a scale puts it; of the shifts that do any: with as many zeros below as there is room for. Where none does, as near as
 * scales go. */
static void put_number(ng_stimulus *stimulus, ng_step *step, const ng_block_number *number)
{
    const uint64_t control = ng_random_bits(&stimulus->random);
    const unsigned length = length_of(number->size);
    const unsigned bits = stimulus->path->sum_bits - 1;
    const unsigned doubled = has_product(stimulus) && (control & 1) != 0 ? 6 : 0; /* significands 8 * 8, or 1 * 1 */
    const int most = has_product(stimulus) ? SHIFTS - 1 : SCALES - 2;
    const int place = number->unit - stimulus->path->lsb - (int)doubled;
    const int room = length < bits ? (int)(bits - length) : 0;
    const int zeros = clamped((int)(control >> 8 & 0xFFFF) % (room + 1), clamped(place - most, 0, room), clamped(place, 0, room));
    const uint64_t scale = (uint64_t)clamped(place - zeros, 0, most);
    const uint64_t size = number->size << zeros;
    put_field(stimulus, step, number->negative ? 0 - size : size,
              has_product(stimulus) ? scale << NG_SCALE_PRODUCT_BITS | UINT64_C(1) << doubled : scale, (control >> 32 & 255) == 0);
}

/* The register begun anew at every even step. The count of distances is odd, that of modes even: each mode has them all. */
static void fill_pair(ng_stimulus *stimulus, ng_step *step)
{
    const uint64_t index = stimulus->sequence | stimulus->position / 2 << 32;
    const ng_block_pair pair = stimulus->sequence % MODES == MODES - 1 ? ng_block_pair_beside(stimulus->path, stimulus->seed, index)
                                                                     : ng_block_pair_of(stimulus->path, stimulus->seed, index);
    step->first = stimulus->position % 2 == 0;
    put_number(stimulus, step, step->first ? &pair.before : &pair.term);
}

static void fill_register(ng_stimulus *stimulus, ng_step *step)
{
    const unsigned mode = stimulus->sequence % MODES;
    const bool answers = stimulus->position % 2 == 1;
    if (mode == 0) {
        fill_anywhere(stimulus, step);
    } else if (mode == 1) {
        fill_lost(stimulus, step);
    } else if (mode == 2 || mode == 5 || mode == 7) {
        fill_pair(stimulus, step);
    } else if (mode == 6 && answers) {
        fill_opposite(stimulus, step);
    } else if (mode == 3) {
        fill_tie(stimulus, step);
    } else {
        fill_near(stimulus, step);
    }
}

void ng_stimulus_block_term_fill(ng_stimulus *stimulus, ng_step *step)
{
    if (stimulus->sequence < ng_stimulus_block_term_fixed(stimulus)) {
        fill_corner(stimulus, step);
    } else if (stimulus->path->output != NULL) {
        fill_register(stimulus, step);
    } else {
        fill_anywhere(stimulus, step);
    }
}
