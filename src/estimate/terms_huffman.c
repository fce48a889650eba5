#include "src/estimate/terms.h"

enum { CODE_BITS = 8 };

/* A comparator a length, of a bit more than the longest word and the sign's; the word's number; a choice among all symbols. */
void ng_terms_huffman(const ng_datapath *path, ng_terms *terms)
{
    const unsigned lengths = path->width;
    const unsigned index = ng_terms_bit_length(path->lanes - 1);
    terms->count[NG_TERM_COMPARES] = (double)lengths * (lengths + 2);
    terms->count[NG_TERM_COUNTS] = lengths;
    terms->count[NG_TERM_WORDS] = (double)lengths * index;
    terms->count[NG_TERM_SYMBOLS] = (double)CODE_BITS * path->lanes;
    terms->count[NG_TERM_CONVERSION] = 1;
}
