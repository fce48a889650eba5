/* dfloat.h: bf16 numbers with Huffman-coded exponents, without loss (DFloat11, arXiv 2504.11651).
 *
 *   bf16      s eeeeeeee mmmmmmm
 *   stream 1  the code words of the exponents e, one after the other (model/huffman.h)
 *   stream 2  one byte a number: s mmmmmmm
 * n numbers take sum length(e) + 8 n bits. Infinities, NaNs and zeros are numbers like the others: every bit pattern
 * comes back.
 *
 * The caller owns all buffers. A code is made from the histogram by ng_huffman_lengths() with limit 32 and
 * ng_huffman_init(); the lengths are all a decoder has to be told, with the bits of stream 1 and n.
 */
#ifndef NG_DFLOAT_H
#define NG_DFLOAT_H

#include "model/huffman.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds the exponents of `count` bf16 numbers to a histogram. */
void ng_dfloat_histogram(const uint16_t *values, size_t count, uint64_t histogram[NG_HUFFMAN_SYMBOLS]);

/* Bits of both streams for numbers of this histogram, modulo 2^64. */
uint64_t ng_dfloat_bits(const uint64_t histogram[NG_HUFFMAN_SYMBOLS], const uint8_t lengths[NG_HUFFMAN_SYMBOLS]);

/* Writes both streams: the exponents into exponents[capacity], *bits of them, the rest into signs_and_mantissas[count].
 * Range: any numbers; (ng_dfloat_bits() - 8 count + 7) / 8 bytes are enough. NO_CODE, FULL: *bits is where the number
 * that did not fit would have begun; the numbers before it are written. */
ng_huffman_status ng_dfloat_encode(const ng_huffman *code, const uint16_t *values, size_t count, uint8_t *exponents,
                                   size_t capacity, uint8_t *signs_and_mantissas, uint64_t *bits);

/* Reads `count` numbers from stream 1 of `bits` bits, (bits + 7) / 8 bytes, and stream 2 of `count` bytes. Range: any
 * bytes. OK only if the stream holds `count` code words and not a bit more; else NO_CODE, TRUNCATED or TRAILING,
 * *position the bit at which the offending word or the surplus begins, *done (may be NULL) how many numbers were read;
 * the others are untouched. */
ng_huffman_status ng_dfloat_decode(const ng_huffman *code, const uint8_t *exponents, uint64_t bits,
                                   const uint8_t *signs_and_mantissas, size_t count, uint16_t *values,
                                   uint64_t *position, size_t *done);

#ifdef __cplusplus
}
#endif

#endif
