#include "model/operand.h"

uint32_t ng_operand_bits(const uint64_t *word, unsigned position, unsigned count)
{
    const unsigned limb = position / 64;
    const unsigned shift = position % 64;
    uint64_t bits = word[limb] >> shift;
    if (shift + count > 64) {
        bits |= word[limb + 1] << (64 - shift);
    }
    return (uint32_t)(bits & ((UINT64_C(1) << count) - 1));
}

void ng_operand_put(uint64_t *word, unsigned position, unsigned count, uint32_t value)
{
    const unsigned limb = position / 64;
    const unsigned shift = position % 64;
    const uint64_t bits = value & ((UINT64_C(1) << count) - 1);
    word[limb] |= bits << shift;
    if (shift + count > 64) {
        word[limb + 1] |= bits >> (64 - shift);
    }
}

ng_wide ng_sum_of_products(const ng_datapath *path, const uint64_t *first, const uint64_t *second)
{
    const unsigned wbits = path->weight->bits;
    const unsigned abits = path->activation->bits;
    const bool narrow = ng_sum_bits(path->weight, path->activation, path->lanes) <= 64;
    ng_wide sum = ng_wide_from_int(0);
    uint64_t low = 0; /* the whole sum modulo 2^64 when it fits */
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        const ng_number w = ng_decode_finite(path->weight, ng_operand_bits(first, lane * wbits, wbits));
        const ng_number a = ng_decode_finite(path->activation, ng_operand_bits(second, lane * abits, abits));
        const int64_t product = w.significand * a.significand;
        const unsigned shift = (unsigned)(w.exponent + a.exponent - path->lsb);
        if (narrow) {
            low += (uint64_t)product << shift;
        } else {
            sum = ng_wide_add(sum, ng_wide_shift_left(ng_wide_from_int(product), shift));
        }
    }
    return narrow ? ng_wide_from_int((int64_t)low) : sum;
}

bool ng_operands_special(const ng_datapath *path, const uint64_t *first, const uint64_t *second)
{
    const unsigned wbits = path->weight->bits;
    const unsigned abits = path->activation->bits;
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        if (ng_code_is_special(path->weight, ng_operand_bits(first, lane * wbits, wbits)) ||
            ng_code_is_special(path->activation, ng_operand_bits(second, lane * abits, abits))) {
            return true;
        }
    }
    return (path->weight->scale == NG_SCALE_E8M0 &&
            ng_operand_bits(first, path->lanes * wbits, NG_SCALE_BITS) == NG_SCALE_NAN) ||
           (path->activation->scale == NG_SCALE_E8M0 &&
            ng_operand_bits(second, path->lanes * abits, NG_SCALE_BITS) == NG_SCALE_NAN);
}

uint32_t ng_scale_sum(const ng_datapath *path, const uint64_t *first, const uint64_t *second)
{
    return ng_operand_bits(first, path->lanes * path->weight->bits, NG_SCALE_BITS) +
           ng_operand_bits(second, path->lanes * path->activation->bits, NG_SCALE_BITS);
}

ng_wide ng_result_pack(const ng_datapath *path, const uint64_t *first, const uint64_t *second,
                       const ng_wide *previous, ng_wide sum)
{
    const unsigned flag_at = path->sum_bits + path->scale_bits;
    if (previous != NULL) {
        sum = ng_wide_add(sum, *previous);
    }
    ng_wide result = ng_wide_truncate(sum, path->sum_bits);
    if (path->scale_bits != 0) {
        ng_wide_put(&result, path->sum_bits, path->scale_bits, ng_scale_sum(path, first, second));
    }
    if (path->flag_bits != 0) {
        const bool before = previous != NULL && ng_wide_bits(previous, flag_at, 1) != 0;
        ng_wide_put(&result, flag_at, 1, before || ng_operands_special(path, first, second));
    }
    return result;
}
