/* threshold_convert: y = code number `level` of the output's values in ascending order, level = thresholds <= sum. */
#include "model/operand.h"

static int64_t number_at(const uint64_t *word, unsigned position, unsigned bits)
{
    const uint64_t low = ng_operand_bits(word, position, bits < 32 ? bits : 32);
    const uint64_t high = bits > 32 ? ng_operand_bits(word, position + 32, bits - 32) : 0;
    const uint64_t value = high << 32 | low;
    const uint64_t sign = UINT64_C(1) << (bits - 1);
    return (int64_t)((value ^ sign) - sign);
}

/* Integers count up from the smallest; a minifloat's codes are signs and magnitudes about the one level of zero. */
static uint32_t code_of(const ng_format *output, unsigned level)
{
    const unsigned half = 1U << (output->bits - 1);
    if (output->kind == NG_KIND_INTEGER) {
        return level ^ half;
    }
    return level < half - 1 ? half | (half - 1 - level) : level - (half - 1);
}

void ng_threshold_convert(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                          ng_wide *result)
{
    const int64_t sum = number_at(first, 0, path->sum_bits);
    const unsigned count = path->second_bits / path->sum_bits;
    unsigned level = 0;
    (void)previous;
    for (unsigned i = 0; i < count; i++) {
        level += number_at(second, i * path->sum_bits, path->sum_bits) <= sum;
    }
    *result = ng_wide_from_int(code_of(path->output, level));
}
