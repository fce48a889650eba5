/* operand.h: reading operand words and assembling results; the helpers the golden units share. */
#ifndef NG_OPERAND_H
#define NG_OPERAND_H

#include "model/unit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bits [position, position + count) of a limb array. Range: count 1..32, all bits inside the array. */
uint32_t ng_operand_bits(const uint64_t *word, unsigned position, unsigned count);

/* ORs the low count bits of value into a limb array. Range as above. */
void ng_operand_put(uint64_t *word, unsigned position, unsigned count, uint32_t value);

/* What a circuit multiplies for an element code: ng_decode_finite(), but the fourth code of ternary (int2s), which no encoder
 * gives, is 0: a sign and whether there is one, as in SHIFT's ternary sign. */
ng_number ng_operand_value(const ng_format *format, uint32_t code);

/* Exact sum over the datapath's lanes of weight * activation, in units of 2^lsb; codes read without specials. */
ng_wide ng_sum_of_products(const ng_datapath *path, const uint64_t *first, const uint64_t *second);

/* True if an element of either operand is a special code, or a scale is NaN. */
bool ng_operands_special(const ng_datapath *path, const uint64_t *first, const uint64_t *second);

/* Sum of the two scale codes of a block pair; UE4M3: {exponents' sum, significands' product} (model/unit.h). */
uint32_t ng_scale_sum(const ng_datapath *path, const uint64_t *first, const uint64_t *second);

/* Packs {flag, scale, sum} of one step; previous (may be NULL) adds its sum and its flag. */
ng_wide ng_result_pack(const ng_datapath *path, const uint64_t *first, const uint64_t *second,
                       const ng_wide *previous, ng_wide sum);

#ifdef __cplusplus
}
#endif

#endif
