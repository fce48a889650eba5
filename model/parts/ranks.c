/* Codes of a sign bit and a magnitude in ascending order of their values. */
#include "model/parts/kind.h"

uint32_t ng_ranks_sign_magnitude(uint32_t sign, uint32_t first, uint32_t last, bool zero)
{
    const uint32_t magnitudes = last - first + 1;
    return sign == 0 ? magnitudes : 2 * magnitudes - (zero ? 1 : 0);
}

uint32_t ng_rank_sign_magnitude(uint32_t sign, uint32_t first, uint32_t last, bool zero, uint32_t rank)
{
    const uint32_t negatives = sign == 0 ? 0 : last - first + 1 - (zero ? 1 : 0);
    return rank < negatives ? sign | (last - rank) : first + (rank - negatives);
}
