/* huffman: package-merge on lists of at most 2n - 2 items, one flag an item kept a level; canonical codes. */
#include "model/huffman.h"

#include <string.h>

enum { ITEMS = 2 * NG_HUFFMAN_SYMBOLS };

const char *ng_huffman_status_name(ng_huffman_status status)
{
    switch (status) {
    case NG_HUFFMAN_OK: return "ok";
    case NG_HUFFMAN_LIMIT: return "limit";
    case NG_HUFFMAN_LENGTH: return "length";
    case NG_HUFFMAN_OVERSUBSCRIBED: return "oversubscribed";
    case NG_HUFFMAN_NO_CODE: return "no code";
    case NG_HUFFMAN_TRUNCATED: return "truncated";
    case NG_HUFFMAN_FULL: return "full";
    case NG_HUFFMAN_TRAILING: return "trailing";
    }
    return "unknown";
}

/* ---- lengths ---------------------------------------------------------------------------------------------------- */

/* Symbols that occur, by count, then by symbol. */
typedef struct {
    unsigned count;
    uint8_t symbol[NG_HUFFMAN_SYMBOLS];
    uint64_t weight[NG_HUFFMAN_SYMBOLS];
} leaves;

static void sort_leaves(const uint64_t *histogram, leaves *sorted)
{
    sorted->count = 0;
    for (unsigned symbol = 0; symbol < NG_HUFFMAN_SYMBOLS; symbol++) {
        if (histogram[symbol] == 0) {
            continue;
        }
        unsigned at = sorted->count++;
        for (; at > 0 && sorted->weight[at - 1] > histogram[symbol]; at--) {
            sorted->weight[at] = sorted->weight[at - 1];
            sorted->symbol[at] = sorted->symbol[at - 1];
        }
        sorted->weight[at] = histogram[symbol];
        sorted->symbol[at] = (uint8_t)symbol;
    }
}

/* The list of one level: leaves, and packages of two items of the level below. */
typedef struct {
    unsigned count;
    uint64_t weight[ITEMS];
} list;

typedef struct {
    bool package[NG_HUFFMAN_LENGTH_MOST][ITEMS];
} flags;

static uint64_t saturating_sum(uint64_t a, uint64_t b)
{
    return a + b < a ? UINT64_MAX : a + b;
}

/* Merges the leaves with the pairs of the list below; of equal weights the leaf goes first. */
static void merge(const leaves *l, const list *below, bool *package, list *merged)
{
    const unsigned pairs = below->count / 2;
    unsigned leaf = 0;
    unsigned pair = 0;
    merged->count = 0;
    while (leaf < l->count || pair < pairs) {
        const uint64_t weight = pair < pairs ? saturating_sum(below->weight[2 * pair], below->weight[2 * pair + 1]) : 0;
        const bool take_leaf = pair == pairs || (leaf < l->count && l->weight[leaf] <= weight);
        package[merged->count] = !take_leaf;
        merged->weight[merged->count++] = take_leaf ? l->weight[leaf] : weight;
        leaf += take_leaf;
        pair += !take_leaf;
    }
}

/* Of the 2n - 2 lightest items of the last level every leaf lengthens its code by a bit, every package stands for the
 * two items of the level below it that it was made of. */
static void count_lengths(const leaves *l, const flags *f, unsigned levels, uint8_t *lengths)
{
    unsigned items = 2 * l->count - 2;
    for (unsigned level = levels; level-- > 0;) {
        unsigned leaf = 0;
        for (unsigned i = 0; i < items; i++) {
            leaf += !f->package[level][i];
        }
        for (unsigned i = 0; i < leaf; i++) {
            lengths[l->symbol[i]]++;
        }
        items = 2 * (items - leaf);
    }
}

ng_huffman_status ng_huffman_lengths(const uint64_t histogram[NG_HUFFMAN_SYMBOLS], unsigned limit,
                                     uint8_t lengths[NG_HUFFMAN_SYMBOLS])
{
    leaves l;
    flags f;
    list lists[2];
    sort_leaves(histogram, &l);
    if (limit < 1 || limit > NG_HUFFMAN_LENGTH_MOST || (UINT64_C(1) << limit) < l.count) {
        return NG_HUFFMAN_LIMIT;
    }
    memset(lengths, 0, NG_HUFFMAN_SYMBOLS);
    if (l.count == 1) {
        lengths[l.symbol[0]] = 1;
    }
    if (l.count < 2) {
        return NG_HUFFMAN_OK;
    }
    lists[1].count = 0;
    for (unsigned level = 0; level < limit; level++) {
        merge(&l, &lists[(level + 1) % 2], f.package[level], &lists[level % 2]);
    }
    count_lengths(&l, &f, limit, lengths);
    return NG_HUFFMAN_OK;
}

uint64_t ng_huffman_bits(const uint64_t histogram[NG_HUFFMAN_SYMBOLS], const uint8_t lengths[NG_HUFFMAN_SYMBOLS])
{
    uint64_t bits = 0;
    for (unsigned symbol = 0; symbol < NG_HUFFMAN_SYMBOLS; symbol++) {
        bits += histogram[symbol] * lengths[symbol];
    }
    return bits;
}

/* ---- canonical code --------------------------------------------------------------------------------------------- */

/* Places of the words of each length; false if they are too many. */
static bool place_words(ng_huffman *made)
{
    uint64_t word = 0;
    unsigned offset = 0;
    for (unsigned length = 1; length <= NG_HUFFMAN_LENGTH_MOST; length++) {
        word *= 2;
        made->first[length] = (uint32_t)word;
        made->offset[length] = (uint16_t)offset;
        word += made->count[length];
        offset += made->count[length];
        if (word > UINT64_C(1) << length) {
            return false;
        }
    }
    made->end = word;
    return true;
}

ng_huffman_status ng_huffman_init(const uint8_t lengths[NG_HUFFMAN_SYMBOLS], ng_huffman *code)
{
    ng_huffman made = {.end = 0};
    uint16_t used[NG_HUFFMAN_LENGTH_MOST + 1] = {0};
    for (unsigned symbol = 0; symbol < NG_HUFFMAN_SYMBOLS; symbol++) {
        if (lengths[symbol] > NG_HUFFMAN_LENGTH_MOST) {
            return NG_HUFFMAN_LENGTH;
        }
        made.count[lengths[symbol]]++;
    }
    made.count[0] = 0;
    if (!place_words(&made)) {
        return NG_HUFFMAN_OVERSUBSCRIBED;
    }
    for (unsigned symbol = 0; symbol < NG_HUFFMAN_SYMBOLS; symbol++) {
        const unsigned length = lengths[symbol];
        made.length[symbol] = (uint8_t)length;
        if (length != 0) {
            made.word[symbol] = made.first[length] + used[length];
            made.symbol[made.offset[length] + used[length]] = (uint8_t)symbol;
            used[length]++;
        }
    }
    *code = made;
    return NG_HUFFMAN_OK;
}

/* ---- bits ------------------------------------------------------------------------------------------------------- */

ng_huffman_status ng_huffman_put(const ng_huffman *code, uint8_t symbol, uint8_t *bytes, size_t capacity,
                                 uint64_t *position)
{
    const unsigned length = code->length[symbol];
    if (length == 0 || length > NG_HUFFMAN_LENGTH_MOST) {
        return NG_HUFFMAN_NO_CODE;
    }
    if (*position > UINT64_MAX - length || (*position + length - 1) / 8 >= capacity) {
        return NG_HUFFMAN_FULL;
    }
    for (unsigned i = length; i-- > 0; (*position)++) {
        const uint8_t bit = (uint8_t)(code->word[symbol] >> i & 1);
        if (*position % 8 == 0) {
            bytes[*position / 8] = 0;
        }
        bytes[*position / 8] = (uint8_t)(bytes[*position / 8] | bit << (7 - *position % 8));
    }
    return NG_HUFFMAN_OK;
}

ng_huffman_status ng_huffman_get(const ng_huffman *code, const uint8_t *bytes, uint64_t bits, uint64_t *position,
                                 uint8_t *symbol)
{
    uint32_t word = 0;
    for (unsigned length = 1; length <= NG_HUFFMAN_LENGTH_MOST; length++) {
        if (bits < length || *position > bits - length) {
            return NG_HUFFMAN_TRUNCATED;
        }
        const uint64_t at = *position + length - 1;
        word = word << 1 | (bytes[at / 8] >> (7 - at % 8) & 1U);
        /* Canonical: the words of one length are consecutive numbers. */
        const uint32_t index = word - code->first[length];
        if (word >= code->first[length] && index < code->count[length]) {
            *symbol = code->symbol[(code->offset[length] + index) % NG_HUFFMAN_SYMBOLS];
            *position += length;
            return NG_HUFFMAN_OK;
        }
        if ((uint64_t)word << (NG_HUFFMAN_LENGTH_MOST - length) >= code->end) {
            break;
        }
    }
    return NG_HUFFMAN_NO_CODE;
}
