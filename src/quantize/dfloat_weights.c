#include "src/quantize/dfloat_weights.h"

#include <stdlib.h>
#include <string.h>

#include "model/dfloat.h"
#include "model/encode.h"

enum { LENGTH_LIMIT = 32, LENGTH_BITS = 8, BF16_SHIFT = 16 };

/* Both streams of a layer, and the code that reads the first. */
typedef struct {
    ng_huffman code;
    uint16_t *values;  /* [count] before, then after */
    uint8_t *exponents;
    uint8_t *rest;     /* [count] */
    size_t capacity;
    uint64_t bits;     /* of the first stream */
} streams;

static bool encode(streams *s, size_t count, const uint8_t lengths[NG_HUFFMAN_SYMBOLS])
{
    return ng_huffman_init(lengths, &s->code) == NG_HUFFMAN_OK &&
           ng_dfloat_encode(&s->code, s->values, count, s->exponents, s->capacity, s->rest, &s->bits) == NG_HUFFMAN_OK;
}

static bool decode(streams *s, size_t count)
{
    uint64_t position = 0;
    memset(s->values, 0, count * sizeof *s->values);
    return ng_dfloat_decode(&s->code, s->exponents, s->bits, s->rest, count, s->values, &position, NULL) == NG_HUFFMAN_OK;
}

static float widen(uint16_t value)
{
    const uint32_t word = (uint32_t)value << BF16_SHIFT;
    float number;
    memcpy(&number, &word, sizeof number);
    return number;
}

static bool round_trip(streams *s, const float *w, size_t count, float *numbers, unsigned long long *bits)
{
    const ng_format *bf16 = ng_format_find("bf16");
    uint64_t histogram[NG_HUFFMAN_SYMBOLS] = {0};
    uint8_t lengths[NG_HUFFMAN_SYMBOLS];
    for (size_t i = 0; i < count; i++) {
        s->values[i] = (uint16_t)ng_encode_double(bf16, (double)w[i]);
    }
    ng_dfloat_histogram(s->values, count, histogram);
    if (ng_huffman_lengths(histogram, LENGTH_LIMIT, lengths) != NG_HUFFMAN_OK) {
        return false;
    }
    *bits = ng_dfloat_bits(histogram, lengths) + NG_HUFFMAN_SYMBOLS * LENGTH_BITS;
    s->capacity = (size_t)(ng_huffman_bits(histogram, lengths) / 8 + 1);
    s->exponents = calloc(s->capacity, 1);
    if (s->exponents == NULL || !encode(s, count, lengths) || !decode(s, count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = widen(s->values[i]);
    }
    return true;
}

bool ng_dfloat_weights(const float *w, size_t count, float *numbers, unsigned long long *bits)
{
    streams s = {.values = malloc(count * sizeof *s.values), .rest = malloc(count)};
    const bool fine = s.values != NULL && s.rest != NULL && round_trip(&s, w, count, numbers, bits);
    free(s.values);
    free(s.exponents);
    free(s.rest);
    return fine;
}
