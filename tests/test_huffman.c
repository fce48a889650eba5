/* Huffman codes: least cost against search, words and reading against strings, hostile lengths and streams. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/huffman.h"
#include "tests/ref/ref_huffman.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 256, SYMBOLS = NG_HUFFMAN_SYMBOLS };

static const uint64_t whole = UINT64_C(1) << 32;

/* ---- lengths ---------------------------------------------------------------------------------------------------- */

/* A histogram of n symbols in random places; small counts make ties, wide ones long codes. */
static void random_histogram(uint64_t seed, unsigned n, unsigned spread, uint64_t *histogram, uint64_t *counts)
{
    memset(histogram, 0, SYMBOLS * sizeof *histogram);
    for (unsigned i = 0; i < n;) {
        const unsigned symbol = random_below(seed, 3 * i + 1000 * (unsigned)(histogram[0] % 7), SYMBOLS);
        unsigned at = symbol;
        while (histogram[at] != 0) {
            at = (at + 1) % SYMBOLS;
        }
        counts[i] = 1 + (random_bits(seed, 3 * i + 1) >> (63 - random_below(seed, 3 * i + 2, spread)));
        histogram[at] = counts[i];
        i++;
    }
}

/* No longer than the limit, just the symbols that occur, no leaf to spare, and the longer the rarer, or the smaller of
 * equals. */
static bool is_tidy(const uint64_t *histogram, const uint8_t *lengths, unsigned limit)
{
    for (unsigned a = 0; a < SYMBOLS; a++) {
        if ((histogram[a] == 0) != (lengths[a] == 0) || lengths[a] > limit) {
            return false;
        }
        for (unsigned b = 0; b < SYMBOLS; b++) {
            const bool rarer = histogram[b] < histogram[a] || (b < a && histogram[b] == histogram[a]);
            if (rarer && histogram[b] != 0 && lengths[a] > lengths[b]) {
                return false;
            }
        }
    }
    return ref_huffman_kraft(lengths) == whole;
}

static void try_cost(tally *count, const uint64_t *histogram, unsigned limit, uint64_t least)
{
    uint8_t lengths[SYMBOLS];
    const ng_huffman_status status = ng_huffman_lengths(histogram, limit, lengths);
    if (least == UINT64_MAX) {
        tally_case(count, status == NG_HUFFMAN_LIMIT);
        return;
    }
    const uint64_t got = ng_huffman_bits(histogram, lengths);
    const bool right = status == NG_HUFFMAN_OK && got == least && is_tidy(histogram, lengths, limit);
    if (!tally_case(count, right) && !tally_full(count)) {
        fprintf(stderr, "huffman limit %u: %s, cost %lu expected %lu\n", limit, ng_huffman_status_name(status),
                (unsigned long)got, (unsigned long)least);
    }
}

START_TEST(small_alphabets)
{
    tally count = {0};
    uint64_t histogram[SYMBOLS];
    uint64_t counts[8];
    for (uint64_t i = 0; i < 600; i++) {
        const unsigned n = 2 + (unsigned)(i % 5);
        random_histogram(SEED + i, n, 1 + (unsigned)(i % 11), histogram, counts);
        for (unsigned limit = 1; limit <= (i % 20 == 0 ? 6U : 5U); limit++) {
            const uint64_t least = ref_huffman_cost_by_force(counts, n, limit);
            try_cost(&count, histogram, limit, least);
            tally_case(&count, least == ref_huffman_cost(counts, n, limit));
        }
    }
    tally_verdict(&count, "huffman of 2 to 6 symbols");
}
END_TEST

START_TEST(larger_alphabets)
{
    tally count = {0};
    uint64_t histogram[SYMBOLS];
    uint64_t counts[64];
    for (uint64_t i = 0; i < 60; i++) {
        const unsigned n = 2 + random_below(SEED, i, i % 6 == 0 ? 63 : 38);
        random_histogram(SEED + 5000 + i, n, 1 + (unsigned)(i % 40), histogram, counts);
        for (unsigned limit = 1 + (unsigned)(i % 3); limit <= 32; limit += 1 + limit / 4) {
            try_cost(&count, histogram, limit, ref_huffman_cost(counts, n, limit));
        }
    }
    tally_verdict(&count, "huffman of up to 64 symbols");
}
END_TEST

/* Fibonacci numbers make the longest codes: the limit of 32 cuts in from 34 symbols on. */
START_TEST(fibonacci)
{
    tally count = {0};
    for (unsigned n = 2; n <= 64; n++) {
        uint64_t histogram[SYMBOLS] = {0};
        uint8_t lengths[SYMBOLS];
        unsigned longest = 0;
        uint64_t a = 1;
        uint64_t b = 1;
        for (unsigned i = 0; i < n; i++) {
            histogram[200 - i] = a;
            const uint64_t next = a + b;
            a = b;
            b = next;
        }
        try_cost(&count, histogram, 32, ref_huffman_cost(histogram + 201 - n, n, 32));
        ck_assert_int_eq(ng_huffman_lengths(histogram, 32, lengths), NG_HUFFMAN_OK);
        for (unsigned i = 0; i < SYMBOLS; i++) {
            longest = lengths[i] > longest ? lengths[i] : longest;
        }
        /* Of equal costs the flattest code: 1 1 2 leaves a choice. */
        tally_case(&count, longest <= (n - 1 < 32 ? n - 1 : 32) && (n < 34 || longest == 32));
    }
    tally_verdict(&count, "huffman of fibonacci numbers");
}
END_TEST

START_TEST(all_symbols)
{
    uint64_t histogram[SYMBOLS];
    uint8_t lengths[SYMBOLS];
    for (unsigned i = 0; i < SYMBOLS; i++) {
        histogram[i] = UINT64_C(1) << (i % 40);
    }
    ck_assert_int_eq(ng_huffman_lengths(histogram, 8, lengths), NG_HUFFMAN_OK);
    for (unsigned i = 0; i < SYMBOLS; i++) {
        ck_assert_uint_eq(lengths[i], 8);
    }
    for (unsigned limit = 9; limit <= 32; limit++) {
        const uint64_t last = ng_huffman_bits(histogram, lengths);
        ck_assert_int_eq(ng_huffman_lengths(histogram, limit, lengths), NG_HUFFMAN_OK);
        ck_assert(is_tidy(histogram, lengths, limit));
        ck_assert_uint_le(ng_huffman_bits(histogram, lengths), last);
    }
    /* Sums beyond 64 bits still give a code. */
    for (unsigned i = 0; i < SYMBOLS; i++) {
        histogram[i] = UINT64_MAX - i;
    }
    ck_assert_int_eq(ng_huffman_lengths(histogram, 32, lengths), NG_HUFFMAN_OK);
    ck_assert_uint_eq(ref_huffman_kraft(lengths), whole);
}
END_TEST

START_TEST(few_symbols_and_bad_limits)
{
    uint64_t histogram[SYMBOLS] = {0};
    uint8_t lengths[SYMBOLS];
    memset(lengths, 0xEE, sizeof lengths);
    ck_assert_int_eq(ng_huffman_lengths(histogram, 0, lengths), NG_HUFFMAN_LIMIT);
    ck_assert_int_eq(ng_huffman_lengths(histogram, 33, lengths), NG_HUFFMAN_LIMIT);
    ck_assert_uint_eq(lengths[17], 0xEE);
    ck_assert_int_eq(ng_huffman_lengths(histogram, 1, lengths), NG_HUFFMAN_OK);
    ck_assert_uint_eq(ref_huffman_kraft(lengths), 0);
    histogram[77] = 5;
    ck_assert_int_eq(ng_huffman_lengths(histogram, 1, lengths), NG_HUFFMAN_OK);
    ck_assert_uint_eq(lengths[77], 1);
    ck_assert_uint_eq(ng_huffman_bits(histogram, lengths), 5);
    histogram[78] = histogram[79] = 1;
    ck_assert_int_eq(ng_huffman_lengths(histogram, 1, lengths), NG_HUFFMAN_LIMIT);
    ck_assert_uint_eq(lengths[77], 1);
}
END_TEST

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* Lengths at random, complete or not, or too many. */
static void random_lengths(uint64_t index, uint8_t *lengths)
{
    uint64_t left = whole;
    memset(lengths, 0, SYMBOLS);
    const unsigned n = random_below(SEED, index, 40);
    const unsigned shortest = 1 + random_below(SEED + 1, index, 6);
    for (unsigned i = 0; i < n; i++) {
        const unsigned length = shortest + random_below(SEED + 2, index * 64 + i, 33 - shortest);
        const uint64_t share = UINT64_C(1) << (32 - length);
        if (share <= left || index % 5 == 0) {
            lengths[random_below(SEED + 3, index * 64 + i, SYMBOLS)] = (uint8_t)length;
            left -= share <= left ? share : 0;
        }
    }
    if (index % 17 == 0) {
        lengths[index % SYMBOLS] = (uint8_t)(33 + index % 200);
    }
}

static ng_huffman_status expected_status(const uint8_t *lengths)
{
    for (unsigned i = 0; i < SYMBOLS; i++) {
        if (lengths[i] > 32) {
            return NG_HUFFMAN_LENGTH;
        }
    }
    return ref_huffman_kraft(lengths) > whole ? NG_HUFFMAN_OVERSUBSCRIBED : NG_HUFFMAN_OK;
}

/* Reads a stream to its end or to its first fault, both ways. */
static void try_stream(tally *count, const ng_huffman *code, const ref_words *words, const uint8_t *bytes,
                       uint64_t bits)
{
    static const ng_huffman_status same[] = {NG_HUFFMAN_OK, NG_HUFFMAN_NO_CODE, NG_HUFFMAN_TRUNCATED};
    uint64_t position = 0;
    for (ng_huffman_status status = NG_HUFFMAN_OK; status == NG_HUFFMAN_OK;) {
        const uint64_t start = position;
        uint8_t symbol = 0;
        unsigned right = 0;
        const ref_word_status expected = ref_huffman_read(words, bytes, bits, start, &right);
        status = ng_huffman_get(code, bytes, bits, &position, &symbol);
        const uint64_t end = start + (expected == REF_WORD_FOUND ? strlen(words->word[right]) : 0);
        if (!tally_case(count, status == same[expected] && position == end && symbol == right) && !tally_full(count)) {
            fprintf(stderr, "huffman at bit %lu of %lu: %s, symbol %u, position %lu; expected %d, %u, %lu\n",
                    (unsigned long)start, (unsigned long)bits, ng_huffman_status_name(status), symbol,
                    (unsigned long)position, (int)expected, right, (unsigned long)end);
        }
    }
}

/* Any lengths, and streams of any bits in buffers of their exact size. */
START_TEST(hostile)
{
    enum { CODES = 3000 };
    tally count = {0};
    static ref_words words;
    for (uint64_t index = 0; index < CODES; index++) {
        uint8_t lengths[SYMBOLS];
        ng_huffman code;
        random_lengths(index, lengths);
        memset(&code, 0xA5, sizeof code);
        const ng_huffman_status status = ng_huffman_init(lengths, &code);
        tally_case(&count, status == expected_status(lengths));
        if (status != NG_HUFFMAN_OK) {
            tally_case(&count, code.count[7] == 0xA5A5 && code.symbol[9] == 0xA5);
            continue;
        }
        ref_huffman_words(lengths, &words);
        const size_t size = random_below(SEED + 4, index, 24);
        uint8_t *bytes = malloc(size);
        ck_assert(size == 0 || bytes != NULL);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = index % 4 == 0 ? 0xFF : index % 4 == 1 ? 0 : (uint8_t)random_bits(SEED + 5, index * 32 + i);
        }
        for (uint64_t bits = size == 0 ? 0 : 8 * size - 7; bits <= 8 * size; bits++) {
            try_stream(&count, &code, &words, bytes, bits);
        }
        free(bytes);
    }
    tally_verdict(&count, "huffman codes of any lengths");
}
END_TEST

/* All streams of up to 12 bits under a complete, an incomplete, a lone and an empty code. */
START_TEST(every_short_stream)
{
    static const uint8_t codes[][5] = {
        {1, 2, 3, 4, 4}, {2, 2, 3, 5, 0}, {1, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {4, 4, 3, 2, 1},
    };
    tally count = {0};
    static ref_words words;
    for (unsigned c = 0; c < 5; c++) {
        uint8_t lengths[SYMBOLS] = {0};
        ng_huffman code;
        memcpy(lengths + 100, codes[c], 5);
        ck_assert_int_eq(ng_huffman_init(lengths, &code), NG_HUFFMAN_OK);
        ref_huffman_words(lengths, &words);
        for (unsigned bits = 0; bits <= 12; bits++) {
            for (unsigned stream = 0; stream < 1U << bits; stream++) {
                const unsigned aligned = stream << (16 - bits);
                const uint8_t bytes[] = {(uint8_t)(aligned >> 8), (uint8_t)aligned};
                try_stream(&count, &code, &words, bytes, bits);
            }
        }
    }
    tally_verdict(&count, "huffman short streams");
}
END_TEST

/* What is put is the words one after the other, in a buffer of no byte more. */
START_TEST(put)
{
    enum { COUNT = 300 };
    tally count = {0};
    static ref_words words;
    for (uint64_t index = 0; index < 200; index++) {
        uint64_t histogram[SYMBOLS];
        uint64_t counts[64];
        uint8_t lengths[SYMBOLS];
        uint8_t symbols[COUNT];
        ng_huffman code;
        uint64_t bits = 0;
        random_histogram(SEED + 9000 + index, 1 + random_below(SEED, index, 60), 1 + (unsigned)(index % 60), histogram,
                         counts);
        ck_assert_int_eq(ng_huffman_lengths(histogram, 32, lengths), NG_HUFFMAN_OK);
        ck_assert_int_eq(ng_huffman_init(lengths, &code), NG_HUFFMAN_OK);
        ref_huffman_words(lengths, &words);
        for (unsigned i = 0; i < COUNT; i++) {
            unsigned symbol = random_below(SEED + 6, index * COUNT + i, SYMBOLS);
            while (lengths[symbol] == 0) {
                symbol = (symbol + 1) % SYMBOLS;
            }
            symbols[i] = (uint8_t)symbol;
            bits += lengths[symbol];
        }
        const size_t capacity = (size_t)(bits + 7) / 8;
        uint8_t *bytes = malloc(capacity);
        ck_assert_ptr_nonnull(bytes);
        memset(bytes, 0xFF, capacity);
        uint64_t position = 0;
        for (unsigned i = 0; i < COUNT; i++) {
            const uint64_t start = position;
            ck_assert_int_eq(ng_huffman_put(&code, symbols[i], bytes, capacity, &position), NG_HUFFMAN_OK);
            for (uint64_t at = start; at < position; at++) {
                const char bit = bytes[at / 8] >> (7 - at % 8) & 1 ? '1' : '0';
                tally_case(&count, bit == words.word[symbols[i]][at - start]);
            }
            tally_case(&count, position - start == lengths[symbols[i]]);
        }
        ck_assert_uint_eq(position, bits);
        /* The bits left over are 0; the next word that does not fit is refused and leaves everything as it is. */
        const uint8_t last = bytes[capacity - 1];
        tally_case(&count, bits % 8 == 0 || (last & ((1U << (8 - bits % 8)) - 1)) == 0);
        ng_huffman_status status = NG_HUFFMAN_OK;
        while (status == NG_HUFFMAN_OK) {
            const uint64_t start = position;
            status = ng_huffman_put(&code, symbols[0], bytes, capacity, &position);
            tally_case(&count, status == NG_HUFFMAN_OK || (status == NG_HUFFMAN_FULL && position == start));
        }
        free(bytes);
    }
    tally_verdict(&count, "huffman put");
}
END_TEST

START_TEST(odd_arguments)
{
    static const uint8_t lengths[SYMBOLS] = {1, 1};
    ng_huffman code;
    uint8_t byte = 0;
    uint8_t symbol = 0;
    uint64_t position = UINT64_MAX;
    ck_assert_int_eq(ng_huffman_init(lengths, &code), NG_HUFFMAN_OK);
    ck_assert_int_eq(ng_huffman_put(&code, 0, &byte, 1, &position), NG_HUFFMAN_FULL);
    ck_assert_int_eq(ng_huffman_put(&code, 2, &byte, 1, &position), NG_HUFFMAN_NO_CODE);
    ck_assert_int_eq(ng_huffman_get(&code, &byte, 8, &position, &symbol), NG_HUFFMAN_TRUNCATED);
    ck_assert_int_eq(ng_huffman_get(&code, &byte, UINT64_MAX, &position, &symbol), NG_HUFFMAN_TRUNCATED);
    ck_assert_uint_eq(position, UINT64_MAX);
    position = 0;
    ck_assert_int_eq(ng_huffman_put(&code, 0, &byte, 0, &position), NG_HUFFMAN_FULL);
    ck_assert_int_eq(ng_huffman_get(&code, NULL, 0, &position, &symbol), NG_HUFFMAN_TRUNCATED);
    for (int status = 0; status <= NG_HUFFMAN_TRAILING; status++) {
        ck_assert_str_ne(ng_huffman_status_name((ng_huffman_status)status), "unknown");
    }
}
END_TEST

Suite *ng_suite_huffman(void);

Suite *ng_suite_huffman(void)
{
    Suite *suite = suite_create("huffman");
    TCase *tcase = golden_tcase(suite, "huffman");
    tcase_add_test(tcase, small_alphabets);
    tcase_add_test(tcase, larger_alphabets);
    tcase_add_test(tcase, fibonacci);
    tcase_add_test(tcase, all_symbols);
    tcase_add_test(tcase, few_symbols_and_bad_limits);
    tcase_add_test(tcase, hostile);
    tcase_add_test(tcase, every_short_stream);
    tcase_add_test(tcase, put);
    tcase_add_test(tcase, odd_arguments);
    return suite;
}
