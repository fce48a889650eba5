#include "model/dfloat.h"

enum { MANTISSA = 7, SIGN = 0x8000, REST_SIGN = 0x80, REST_MANTISSA = 0x7F, EXPONENT = 0xFF };

static uint8_t exponent_of(uint16_t value)
{
    return (uint8_t)(value >> MANTISSA & EXPONENT);
}

/* s mmmmmmm. */
static uint8_t rest_of(uint16_t value)
{
    return (uint8_t)((value & REST_MANTISSA) | ((value & SIGN) != 0 ? REST_SIGN : 0));
}

static uint16_t join(uint8_t exponent, uint8_t rest)
{
    return (uint16_t)((rest & REST_SIGN) << 8 | exponent << MANTISSA | (rest & REST_MANTISSA));
}

void ng_dfloat_histogram(const uint16_t *values, size_t count, uint64_t histogram[NG_HUFFMAN_SYMBOLS])
{
    for (size_t i = 0; i < count; i++) {
        histogram[exponent_of(values[i])]++;
    }
}

uint64_t ng_dfloat_bits(const uint64_t histogram[NG_HUFFMAN_SYMBOLS], const uint8_t lengths[NG_HUFFMAN_SYMBOLS])
{
    uint64_t bits = ng_huffman_bits(histogram, lengths);
    for (unsigned symbol = 0; symbol < NG_HUFFMAN_SYMBOLS; symbol++) {
        bits += 8 * histogram[symbol];
    }
    return bits;
}

ng_huffman_status ng_dfloat_encode(const ng_huffman *code, const uint16_t *values, size_t count, uint8_t *exponents,
                                   size_t capacity, uint8_t *signs_and_mantissas, uint64_t *bits)
{
    *bits = 0;
    for (size_t i = 0; i < count; i++) {
        const ng_huffman_status status = ng_huffman_put(code, exponent_of(values[i]), exponents, capacity, bits);
        if (status != NG_HUFFMAN_OK) {
            return status;
        }
        signs_and_mantissas[i] = rest_of(values[i]);
    }
    return NG_HUFFMAN_OK;
}

ng_huffman_status ng_dfloat_decode(const ng_huffman *code, const uint8_t *exponents, uint64_t bits,
                                   const uint8_t *signs_and_mantissas, size_t count, uint16_t *values,
                                   uint64_t *position, size_t *done)
{
    ng_huffman_status status = NG_HUFFMAN_OK;
    size_t i = 0;
    *position = 0;
    for (; i < count; i++) {
        uint8_t exponent = 0;
        status = ng_huffman_get(code, exponents, bits, position, &exponent);
        if (status != NG_HUFFMAN_OK) {
            break;
        }
        values[i] = join(exponent, signs_and_mantissas[i]);
    }
    if (done != NULL) {
        *done = i;
    }
    return status == NG_HUFFMAN_OK && *position != bits ? NG_HUFFMAN_TRAILING : status;
}
