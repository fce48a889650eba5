#include "tests/ref/ref_huffman.h"

#include <stdlib.h>
#include <string.h>

/* ---- cost ------------------------------------------------------------------------------------------------------- */

uint64_t ref_huffman_cost_by_force(const uint64_t *counts, size_t n, unsigned limit)
{
    uint64_t best = UINT64_MAX;
    unsigned lengths[8] = {0};
    uint64_t shapes = 1;
    for (size_t i = 0; i < n; i++) {
        shapes *= limit;
    }
    for (uint64_t shape = 0; shape < shapes; shape++) {
        uint64_t rest = shape;
        uint64_t leaves = 0;
        uint64_t cost = 0;
        for (size_t i = 0; i < n; i++) {
            lengths[i] = 1 + (unsigned)(rest % limit);
            rest /= limit;
            leaves += UINT64_C(1) << (limit - lengths[i]);
            cost += counts[i] * lengths[i];
        }
        if (leaves <= UINT64_C(1) << limit && cost < best) {
            best = cost;
        }
    }
    return best;
}

enum { N = 64, LEVELS = 33 };

/* Counts in falling order and the sums of their tails. */
typedef struct {
    size_t n;
    unsigned limit;
    uint64_t tail[N + 1];
    uint64_t memo[LEVELS][N + 1][N + 1]; /* 0: not known yet */
} search;

static int falling(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

/* Cost of the levels from here down, `placed` symbols standing above and `nodes` nodes free on this one: some of them
 * become leaves, the others have two children each; everything not placed yet costs its count once a level. */
static uint64_t cost_from(search *s, unsigned level, size_t placed, size_t nodes)
{
    if (placed == s->n) {
        return 0;
    }
    nodes = nodes < s->n - placed ? nodes : s->n - placed;
    uint64_t *known = &s->memo[level][placed][nodes];
    if (*known != 0) {
        return *known;
    }
    uint64_t best = UINT64_MAX;
    for (size_t leaves = 0; leaves <= nodes; leaves++) {
        uint64_t below = 0;
        if (placed + leaves < s->n) {
            if (level == s->limit || leaves == nodes) {
                continue;
            }
            below = cost_from(s, level + 1, placed + leaves, 2 * (nodes - leaves));
        }
        const uint64_t cost = below == UINT64_MAX ? UINT64_MAX : s->tail[placed] + below;
        best = cost < best ? cost : best;
    }
    *known = best;
    return best;
}

uint64_t ref_huffman_cost(const uint64_t *counts, size_t n, unsigned limit)
{
    uint64_t sorted[N];
    search *s = calloc(1, sizeof *s);
    if (s == NULL) {
        abort();
    }
    memcpy(sorted, counts, n * sizeof *counts);
    qsort(sorted, n, sizeof *sorted, falling);
    s->n = n;
    s->limit = limit;
    for (size_t i = n; i-- > 0;) {
        s->tail[i] = s->tail[i + 1] + sorted[i];
    }
    const uint64_t cost = cost_from(s, 1, 0, 2);
    free(s);
    return cost;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* Counts a string of 0 and 1 up by one. */
static void count_up(char *word)
{
    for (size_t i = strlen(word); i-- > 0;) {
        if (word[i] == '0') {
            word[i] = '1';
            return;
        }
        word[i] = '0';
    }
}

void ref_huffman_words(const uint8_t lengths[256], ref_words *words)
{
    char next[REF_WORD_MOST + 1] = "";
    bool first = true;
    memset(words, 0, sizeof *words);
    for (size_t length = 1; length <= REF_WORD_MOST; length++) {
        for (unsigned symbol = 0; symbol < 256; symbol++) {
            if (lengths[symbol] != length) {
                continue;
            }
            if (!first) {
                count_up(next);
            }
            while (strlen(next) < length) {
                strcat(next, "0");
            }
            first = false;
            strcpy(words->word[symbol], next);
        }
    }
}

uint64_t ref_huffman_kraft(const uint8_t lengths[256])
{
    uint64_t sum = 0;
    for (unsigned symbol = 0; symbol < 256; symbol++) {
        sum += lengths[symbol] != 0 ? UINT64_C(1) << (32 - lengths[symbol]) : 0;
    }
    return sum;
}

ref_word_status ref_huffman_read(const ref_words *words, const uint8_t *bytes, uint64_t bits, uint64_t position,
                                 unsigned *symbol)
{
    char seen[REF_WORD_MOST + 2] = "";
    for (size_t length = 0; length <= REF_WORD_MOST; length++) {
        bool begins = false;
        for (unsigned s = 0; s < 256; s++) {
            if (words->word[s][0] == '\0') {
                continue;
            }
            if (length > 0 && strcmp(words->word[s], seen) == 0) {
                *symbol = s;
                return REF_WORD_FOUND;
            }
            begins = begins || strncmp(words->word[s], seen, length) == 0;
        }
        if (!begins && length > 0) {
            return REF_WORD_NONE;
        }
        if (position + length >= bits) {
            return REF_WORD_CUT;
        }
        const uint64_t at = position + length;
        seen[length] = bytes[at / 8] >> (7 - at % 8) & 1 ? '1' : '0';
        seen[length + 1] = '\0';
    }
    return REF_WORD_NONE;
}
