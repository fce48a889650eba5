/* ref_huffman.h: prefix codes the slow way: least cost by search over the shapes of trees, words as strings. */
#ifndef REF_HUFFMAN_H
#define REF_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REF_WORD_MOST = 32 };

/* Least sum count[i] * length[i] over all prefix codes with lengths of at most `limit`, by trying all lengths that
 * satisfy Kraft's inequality. Range: n <= 6 counts, limit <= 6. UINT64_MAX: there is none. */
uint64_t ref_huffman_cost_by_force(const uint64_t *counts, size_t n, unsigned limit);

/* The same by dynamic programming over the levels of the tree. Range: 2 <= n <= 64, limit <= 32, cost below 2^63. */
uint64_t ref_huffman_cost(const uint64_t *counts, size_t n, unsigned limit);

/* The canonical words of RFC 1951 section 3.2.2 as strings; symbols without a code have "". Range: a prefix code. */
typedef struct {
    char word[256][REF_WORD_MOST + 1];
} ref_words;

void ref_huffman_words(const uint8_t lengths[256], ref_words *words);

/* sum of 2^(32 - length). */
uint64_t ref_huffman_kraft(const uint8_t lengths[256]);

typedef enum { REF_WORD_FOUND, REF_WORD_NONE, REF_WORD_CUT } ref_word_status;

/* The symbol whose word begins at bit `position`: NONE if the bits up to some point begin no word, CUT if the stream
 * ends first. */
ref_word_status ref_huffman_read(const ref_words *words, const uint8_t *bytes, uint64_t bits, uint64_t position,
                                 unsigned *symbol);

#endif
