/* Canonical codes of any shape, complete or not, and limits that only ascend, as far as their bits go, with any places; any
 * symbols; windows at a limit, beside it, or anywhere. */
#include "src/verify/stimulus_kind.h"

enum { CORNERS = 1 << 14, LENGTHS_MOST = 16 };

uint64_t ng_stimulus_huffman_fixed(const ng_stimulus *stimulus)
{
    (void)stimulus;
    return CORNERS;
}

typedef struct {
    uint32_t limit[LENGTHS_MOST + 1];
    uint32_t place[LENGTHS_MOST + 1];
} code;

/* Words counted up length by length; `lean` says how many of the words that are left a length may take. */
static code draw(ng_random *random, const ng_datapath *path)
{
    code made = {{0}, {0}};
    const uint64_t control = ng_random_bits(random);
    const unsigned lean = (unsigned)(control & 3);
    uint32_t word = 0;
    uint32_t offset = 0;
    for (unsigned length = 1; length <= path->width; length++) {
        const uint64_t bits = ng_random_bits(random);
        word *= 2;
        const uint32_t room = (UINT32_C(1) << length) - word;
        const uint32_t left = path->lanes - offset;
        const uint32_t most = room < left ? room : left;
        uint32_t count = most == 0 || (bits & 3) < lean ? 0 : (uint32_t)(bits >> 8) % (most + 1);
        count = length == path->width && (control & 4) != 0 ? most : lean == 1 && count > 2 ? 1 : count;
        made.place[length] = offset - word;
        word += count;
        offset += count;
        made.limit[length] = word << (path->width - length);
    }
    return made;
}

/* Limits that ascend by nothing, by little or by much, up to their largest number. */
static code draw_limits(ng_random *random, const ng_datapath *path)
{
    code made = {{0}, {0}};
    const uint32_t most = (UINT32_C(2) << path->width) - 1;
    const uint64_t control = ng_random_bits(random);
    uint32_t limit = (control & 1) != 0 ? (uint32_t)(control >> 16) & most : 0;
    for (unsigned length = 1; length <= path->width; length++) {
        const uint64_t bits = ng_random_bits(random);
        const uint32_t step = (uint32_t)(bits >> 32) & (most >> (bits >> 8) % (path->width + 2));
        limit = most - limit < step ? most : limit + ((bits & 3) != 0 ? step : 0);
        made.limit[length] = limit;
        made.place[length] = (uint32_t)(bits >> 12);
    }
    return made;
}

void ng_stimulus_huffman_fill(ng_stimulus *stimulus, ng_step *step)
{
    const ng_datapath *path = stimulus->path;
    const code made = stimulus->sequence % 4 == 3 ? draw_limits(&stimulus->random, path) : draw(&stimulus->random, path);
    const uint64_t control = ng_random_bits(&stimulus->random);
    const unsigned lengths = path->width;
    unsigned index_bits = 0;
    while ((1U << index_bits) < path->lanes) {
        index_bits++;
    }
    for (unsigned length = 1; length <= lengths; length++) {
        ng_operand_put(step->operand[1], (length - 1) * (lengths + 1), lengths + 1, made.limit[length]);
        ng_operand_put(step->operand[1], lengths * (lengths + 1) + (length - 1) * index_bits, index_bits, made.place[length]);
    }
    ng_stimulus_put_random(stimulus, step->operand[1], lengths * (lengths + 1 + index_bits), 8 * path->lanes);
    const uint32_t chosen = made.limit[1 + (control >> 8) % lengths] + (uint32_t)(control >> 16 & 3) - 2;
    const uint32_t window = (control & 3) != 0 ? chosen : (uint32_t)(control >> 32);
    ng_operand_put(step->operand[0], 0, lengths, window);
}
