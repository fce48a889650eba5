/* array_cell.h: the step of array_encode.h for one pattern; shared by the files that encode arrays. */
#ifndef NG_ARRAY_CELL_H
#define NG_ARRAY_CELL_H

#include <string.h>

#include "model/array_encode.h"

enum { NG_FLOAT_MANTISSA_BITS = 23, NG_FLOAT_MAGNITUDE = 0x7FFFFFFF, NG_FLOAT_INFINITY = 0x7F800000 };

static inline uint32_t ng_float_pattern(float value)
{
    uint32_t pattern;
    memcpy(&pattern, &value, sizeof pattern);
    return pattern;
}

/* Code of the value of this sign (0, 1) whose magnitude has this pattern. Range: plan->cells > 0. Patterns below 0
 * read as 0. */
static inline uint8_t ng_array_code(const ng_array_plan *plan, unsigned sign, int32_t magnitude)
{
    const int32_t above = magnitude > plan->low ? magnitude : plan->low;
    const int32_t inside = above < plan->high ? above : plan->high;
    const ng_array_cell *cell = &plan->cell[plan->start[sign] + (inside >> plan->shift)];
    /* No branch: it would be as good as random. */
    return (uint8_t)(cell->code - (cell->drop & -(magnitude > cell->last)));
}

#if defined(__x86_64__) && defined(__GNUC__)
/* The whole 32s of count, on AVX2; how many that are. Range: plan->cells > 0. */
size_t ng_array_encode_avx2(const ng_array_plan *plan, const float *restrict values, size_t count,
                            uint8_t *restrict codes);
#endif

#endif
