/* vector_dot: y = sum over lanes of value[w[lane / d] * d + lane % d] * a[lane], exact, d the `width` of the path. */
#include "model/operand.h"

/* Bits of an index: those of the table less those of a place in a vector. */
static unsigned index_bits(const ng_datapath *path)
{
    unsigned bits = path->weight->bits;
    for (unsigned d = path->width; d > 1; d /= 2) {
        bits--;
    }
    return bits;
}

static int64_t integer_of(const ng_format *format, uint32_t code)
{
    const ng_number number = ng_operand_value(format, code);
    return number.significand * (INT64_C(1) << (number.exponent - ng_format_lsb(format)));
}

void ng_vector_dot(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                   ng_wide *result)
{
    const unsigned wbits = index_bits(path);
    const unsigned abits = path->activation->bits;
    int64_t sum = 0;
    (void)previous;
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        const uint32_t index = ng_operand_bits(first, lane / path->width * wbits, wbits);
        const uint32_t code = index * path->width + lane % path->width;
        sum += integer_of(path->weight, code) *
               integer_of(path->activation, ng_operand_bits(second, lane * abits, abits));
    }
    *result = ng_wide_truncate(ng_wide_from_int(sum), path->sum_bits);
}
