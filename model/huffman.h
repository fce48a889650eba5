/* huffman.h: prefix codes of least total length for bytes, of limited code length, in canonical form.
 *
 *   lengths from a histogram   minimise sum count[s] * length[s] with length[s] <= limit (package-merge: Larmore and
 *                              Hirschberg, J. ACM 37(3), 1990); symbols that do not occur have no code (length 0), a
 *                              symbol alone has 1 bit
 *   codes from lengths         by length, then by symbol, counting up, as in RFC 1951 section 3.2.2; the most
 *                              significant bit goes first, into the most significant free bit of a byte
 * DFloat11 (arXiv 2504.11651) keeps its codes within 32 bits by changing the frequencies; here the lengths are the best
 * ones under that limit, the same wherever Huffman's own fit.
 *
 * Deterministic: of equal weights a symbol goes before a package, which makes the longest code as short as it can be;
 * of two symbols of equal count the smaller one has the longer code, if they differ.
 * Range: any histogram and any lengths; a stream may be hostile: what is no code word is refused with its bit position.
 * Example: counts a 5, b 2, c 1, d 1: lengths 1 2 3 3, codes 0 10 110 111.
 */
#ifndef NG_HUFFMAN_H
#define NG_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_HUFFMAN_SYMBOLS = 256, NG_HUFFMAN_LENGTH_MOST = 32 };

typedef enum {
    NG_HUFFMAN_OK = 0,
    NG_HUFFMAN_LIMIT = 1,          /* lengths: more symbols than codes of the limit, or a limit outside 1..32 */
    NG_HUFFMAN_LENGTH = 2,         /* code: a length above 32 */
    NG_HUFFMAN_OVERSUBSCRIBED = 3, /* code: the sum of 2^-length is above 1 */
    NG_HUFFMAN_NO_CODE = 4,        /* encoding: the symbol has no code; decoding: the bits are no code word */
    NG_HUFFMAN_TRUNCATED = 5,      /* decoding: the stream ends inside a code word */
    NG_HUFFMAN_FULL = 6,           /* encoding: the buffer is too small */
    NG_HUFFMAN_TRAILING = 7        /* decoding: bits are left after the last value */
} ng_huffman_status;

/* "ok", "limit", "length", "oversubscribed", "no code", "truncated", "full" or "trailing". */
const char *ng_huffman_status_name(ng_huffman_status status);

/* Lengths of the best code under the limit. Range: limit 1..32; counts that add up to more than 2^58 are compared as
 * saturated sums: a code, but not always the best. On failure the lengths are untouched. */
ng_huffman_status ng_huffman_lengths(const uint64_t histogram[NG_HUFFMAN_SYMBOLS], unsigned limit,
                                     uint8_t lengths[NG_HUFFMAN_SYMBOLS]);

/* sum count[s] * length[s] modulo 2^64: bits of the coded symbols. */
uint64_t ng_huffman_bits(const uint64_t histogram[NG_HUFFMAN_SYMBOLS], const uint8_t lengths[NG_HUFFMAN_SYMBOLS]);

/* A code ready for use, made by ng_huffman_init(); plain data. */
typedef struct {
    uint8_t length[NG_HUFFMAN_SYMBOLS];             /* of each symbol, 0: no code */
    uint32_t word[NG_HUFFMAN_SYMBOLS];              /* of each symbol, right-aligned */
    uint32_t first[NG_HUFFMAN_LENGTH_MOST + 1];     /* smallest word of each length */
    uint16_t count[NG_HUFFMAN_LENGTH_MOST + 1];     /* words of each length */
    uint16_t offset[NG_HUFFMAN_LENGTH_MOST + 1];    /* their place in `symbol` */
    uint8_t symbol[NG_HUFFMAN_SYMBOLS];             /* by length, then by symbol */
    uint64_t end;                                   /* sum of 2^(32 - length): 32 bits from here on begin no word */
} ng_huffman;

/* The canonical code of any lengths that are a prefix code. A code may be incomplete (the sum of 2^-length below 1,
 * also with no symbol at all): the words it lacks are refused when they are met. On failure *code is untouched. */
ng_huffman_status ng_huffman_init(const uint8_t lengths[NG_HUFFMAN_SYMBOLS], ng_huffman *code);

/* Appends the word of a symbol at bit *position of a buffer of `capacity` bytes and moves the position. The bits from
 * *position to the end of its byte must be 0; so are the bits left over in the last byte. NO_CODE, FULL: nothing is
 * written. */
ng_huffman_status ng_huffman_put(const ng_huffman *code, uint8_t symbol, uint8_t *bytes, size_t capacity,
                                 uint64_t *position);

/* Reads one symbol at bit *position of a stream of `bits` bits and moves the position; reads no byte that holds no bit
 * below `bits`. NO_CODE: the bits up to some point begin no word; TRUNCATED: they begin one, but the stream ends first.
 * The position then stays at the start of the word. Range: any bytes, any position. */
ng_huffman_status ng_huffman_get(const ng_huffman *code, const uint8_t *bytes, uint64_t bits, uint64_t *position,
                                 uint8_t *symbol);

#ifdef __cplusplus
}
#endif

#endif
