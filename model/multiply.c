#include "model/multiply.h"

/* The 128-bit product of two limbs from four products of their halves. */
static ng_wide multiply_limbs(uint64_t a, uint64_t b)
{
    const uint64_t low_half = UINT32_MAX;
    const uint64_t low = (a & low_half) * (b & low_half);
    const uint64_t left = (a >> 32) * (b & low_half);
    const uint64_t right = (a & low_half) * (b >> 32);
    const uint64_t high = (a >> 32) * (b >> 32);
    const uint64_t middle = (low >> 32) + (left & low_half) + (right & low_half);
    return (ng_wide){{(low & low_half) | middle << 32, high + (left >> 32) + (right >> 32) + (middle >> 32), 0, 0}};
}

ng_wide ng_wide_times(ng_wide a, uint64_t b)
{
    ng_wide product = {{0}};
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        product = ng_wide_add(product, ng_wide_shift_left(multiply_limbs(a.limb[i], b), 64 * i));
    }
    return product;
}
