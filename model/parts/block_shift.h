/* block_shift.h: the scale of one block of block_array.h; shared by its paths. */
#ifndef NG_BLOCK_SHIFT_H
#define NG_BLOCK_SHIFT_H

#include "model/block_array.h"
#include "model/parts/array_cell.h"

enum { NG_FLOAT_SMALLEST_NORMAL = 1 << NG_FLOAT_MANTISSA_BITS };

/* S of a block whose largest magnitude has this pattern: FLOOR compares exponents, CEIL whole patterns. False where
 * the block is one for ng_block_encode(). Range: plan->fast. */
static inline bool ng_block_shift(const ng_block_plan *plan, int32_t largest, int *shift)
{
    const int32_t up = NG_FLOAT_SMALLEST_NORMAL - 1;
    if (largest == 0) {
        *shift = 0;
        return plan->lowest <= 0;
    }
    const int exponents = (largest >> NG_FLOAT_MANTISSA_BITS) - (plan->largest >> NG_FLOAT_MANTISSA_BITS);
    *shift = plan->rule == NG_RULE_FLOOR ? exponents : (largest - plan->largest + up) >> NG_FLOAT_MANTISSA_BITS;
    return largest >= NG_FLOAT_SMALLEST_NORMAL && largest < NG_FLOAT_INFINITY && *shift >= plan->lowest &&
           *shift < NG_SCALE_NAN - NG_SCALE_BIAS;
}

/* Scale code of a block after ng_block_shift(); zeros alone have the smallest. */
static inline uint8_t ng_block_scale_code(int32_t largest, int shift)
{
    return (uint8_t)(largest == 0 ? 0 : shift + NG_SCALE_BIAS);
}

/* One block by ng_block_encode(). */
uint8_t ng_block_slow(const ng_block_plan *plan, const float *values, uint8_t *codes);

#if defined(__x86_64__) && defined(__GNUC__)
/* Range: plan->fast, blocks of a multiple of 16 elements. */
void ng_block_array_avx2(const ng_block_plan *plan, const float *values, size_t blocks, uint8_t *scales,
                         uint8_t *codes);
#endif

#endif
