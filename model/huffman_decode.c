/* huffman_decode: {symbol, length, valid} of the word at the front of a window, by a canonical code's limits and places. */
#include "model/operand.h"

enum { SYMBOL_BITS = 8 };

static unsigned bits_of(unsigned value)
{
    unsigned bits = 0;
    for (; value != 0; value >>= 1) {
        bits++;
    }
    return bits;
}

void ng_huffman_decode(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                       ng_wide *result)
{
    const unsigned lengths = path->width;
    const unsigned index_bits = bits_of(path->lanes - 1);
    const unsigned places = lengths * (lengths + 1);
    const unsigned symbols = places + lengths * index_bits;
    const uint32_t window = ng_operand_bits(first, 0, lengths);
    (void)previous;
    *result = ng_wide_from_int(0);
    for (unsigned length = 1; length <= lengths; length++) {
        if (window >= ng_operand_bits(second, (length - 1) * (lengths + 1), lengths + 1)) {
            continue;
        }
        const uint32_t place = ng_operand_bits(second, places + (length - 1) * index_bits, index_bits);
        const uint32_t index = ((window >> (lengths - length)) + place) & (path->lanes - 1);
        ng_wide_put(result, 0, SYMBOL_BITS, ng_operand_bits(second, symbols + SYMBOL_BITS * index, SYMBOL_BITS));
        ng_wide_put(result, SYMBOL_BITS, bits_of(lengths), length);
        ng_wide_put(result, SYMBOL_BITS + bits_of(lengths), 1, 1);
        return;
    }
}
