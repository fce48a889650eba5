/* array_encode.h: arrays of fp32 to codes of a format of at most 8 bits, with the very bits of ng_encode_double().
 *
 *   codes[i] = ng_encode_double(format, values[i])
 *
 * The code of x is a step function of the bit pattern of |x|, one for each sign, as rounding is monotonic. A plan
 * cuts the patterns from `low` to `high` into cells of 2^shift, so narrow that none holds two steps: a cell is found
 * by a shift, and the code in it by one comparison. Steps are found by bisecting the scalar function, so ties fall as
 * they do there. The ends:
 *   lowest cell    every |x| below, too; its step lies between 0 and the smallest fp32 (-0 against what rounds to it)
 *   highest cell   every |x| above, too; its step lies between infinity and NaN
 *
 *   pattern  31 | 30 ............. shift | shift-1 .... 0        example: e4m3 has 153 cells a sign of 2^20 patterns
 *            s  |  cell + low/2^shift    | compared with `last`
 *
 * Only integer operations: neither the rounding mode nor the flush-to-zero bits of the machine change a bit.
 */
#ifndef NG_ARRAY_ENCODE_H
#define NG_ARRAY_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/array_path.h"
#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_ARRAY_BITS_MAX = 8, NG_ARRAY_CELLS = 4096 };

/* Code of a pattern p = bits of |x| in this cell: p <= last ? code : code - drop. */
typedef struct {
    int32_t last;
    int16_t code;
    int16_t drop;
} ng_array_cell;

/* Everything an array encode needs; 32 KiB, owned by the caller, written by ng_array_plan_init() only. A format whose
 * steps are too unevenly spread for NG_ARRAY_CELLS (a codebook may be) has cells = 0 and is encoded one by one. */
typedef struct {
    ng_format format;
    unsigned shift;
    int32_t low;      /* first pattern of the lowest and of the highest cell */
    int32_t high;
    int32_t start[2]; /* index of the cell of pattern 0, by sign; may be negative */
    unsigned cells;   /* of both signs */
    ng_array_cell cell[NG_ARRAY_CELLS];
} ng_array_plan;

/* False, and nothing written, if the format is not legal or has elements of more than 8 bits. A codebook must outlive
 * the plan. A block format stands for its elements without a scale. */
bool ng_array_plan_init(ng_array_plan *plan, const ng_format *format);

/* codes[0..count) from values[0..count), on the fastest path of the machine. Range: any count and values, any
 * alignment of a float; the arrays must not overlap, not even in place: codes written over values not yet read would
 * be encoded themselves. */
void ng_array_encode(const ng_array_plan *plan, const float *values, size_t count, uint8_t *codes);

/* The same on a path of the caller's choice; a path that does not run here gives way to the portable one. */
void ng_array_encode_on(ng_array_path path, const ng_array_plan *plan, const float *values, size_t count,
                        uint8_t *codes);

#ifdef __cplusplus
}
#endif

#endif
