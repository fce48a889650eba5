#include "model/parts/block_shift.h"

uint8_t ng_block_slow(const ng_block_plan *plan, const float *values, uint8_t *codes)
{
    uint16_t wide[NG_BLOCK_MAX];
    const ng_format *format = &plan->elements.format;
    const uint32_t scale = ng_block_encode(format, values, plan->rule, wide);
    for (unsigned i = 0; i < format->block; i++) {
        codes[i] = (uint8_t)wide[i];
    }
    return (uint8_t)scale;
}
