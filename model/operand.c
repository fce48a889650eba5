#include "model/operand.h"

#include "model/scale.h"

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

enum { DIGIT_BITS = 32, DIGITS = NG_WIDE_BITS / DIGIT_BITS };

/* sum digit[i] * 2^(32 i) modulo 2^256, for digits of any sign. */
static ng_wide join_digits(const int64_t digit[DIGITS])
{
    ng_wide sum = ng_wide_from_int(0);
    int64_t carry = 0;
    for (unsigned i = 0; i < DIGITS; i++) {
        const int64_t whole = digit[i] + carry;
        const uint32_t low = (uint32_t)whole;
        carry = (whole - (int64_t)low) / (INT64_C(1) << DIGIT_BITS);
        sum.limb[i / 2] |= (uint64_t)low << (DIGIT_BITS * (i % 2));
    }
    return sum;
}

ng_number ng_operand_value(const ng_format *format, uint32_t code)
{
    const bool ternary = format->kind == NG_KIND_INTEGER && format->sign == NG_SIGN_SYMMETRIC && format->bits == 2;
    return ternary && code == 2 ? (ng_number){NG_CLASS_FINITE, 0, ng_format_lsb(format)} : ng_decode_finite(format, code);
}

/* Digits of 32 bits whose carries wait to the end: a product has at most 17 bits, so 64 lanes of them, each shifted by up to
 * 31, stay below 2^54. */
ng_wide ng_sum_of_products(const ng_datapath *path, const uint64_t *first, const uint64_t *second)
{
    const unsigned wbits = path->weight->bits;
    const unsigned abits = path->activation->bits;
    int64_t digit[DIGITS] = {0};
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        const ng_number w = ng_operand_value(path->weight, ng_operand_bits(first, lane * wbits, wbits));
        const ng_number a = ng_operand_value(path->activation, ng_operand_bits(second, lane * abits, abits));
        const unsigned shift = (unsigned)(w.exponent + a.exponent - path->lsb);
        digit[shift / DIGIT_BITS % DIGITS] += w.significand * a.significand * (INT64_C(1) << shift % DIGIT_BITS);
    }
    return join_digits(digit);
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
    return path->weight->block != 0 &&
           (ng_scale_is_nan(path->weight->scale, ng_operand_bits(first, path->lanes * wbits, NG_SCALE_BITS)) ||
            ng_scale_is_nan(path->activation->scale, ng_operand_bits(second, path->lanes * abits, NG_SCALE_BITS)));
}

/* A UE4M3 code read as a number, NaN too: its significand, and its exponent above the least. */
static ng_number scale_fields(uint32_t code)
{
    const uint32_t field = code >> 3 & 0xF;
    const uint32_t mantissa = code & 7;
    return field == 0 ? (ng_number){NG_CLASS_FINITE, mantissa, 0} : (ng_number){NG_CLASS_FINITE, 8 + mantissa, (int)field - 1};
}

uint32_t ng_scale_sum(const ng_datapath *path, const uint64_t *first, const uint64_t *second)
{
    const uint32_t weight = ng_operand_bits(first, path->lanes * path->weight->bits, NG_SCALE_BITS);
    const uint32_t activation = ng_operand_bits(second, path->lanes * path->activation->bits, NG_SCALE_BITS);
    if (path->weight->scale != NG_SCALE_UE4M3) {
        return weight + activation;
    }
    const ng_number w = scale_fields(weight);
    const ng_number a = scale_fields(activation);
    return (uint32_t)(w.significand * a.significand) | (uint32_t)(w.exponent + a.exponent) << NG_SCALE_PRODUCT_BITS;
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
